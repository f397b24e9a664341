"""The kinds of letters that the rooms register."""

from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec

import pytest
from django.conf import settings

from tests.post.conftest import REMINDER
from varpa.kernel.text import TranslatedText
from varpa.post import kinds


@pytest.fixture(autouse=True)
def registry(monkeypatch: pytest.MonkeyPatch) -> dict[str, kinds.LetterKind]:
    """What a test registers is forgotten afterwards."""
    known = dict(kinds._kinds)
    monkeypatch.setattr(kinds, "_kinds", known)
    return known


def test_a_kind_is_known_by_its_key() -> None:
    assert kinds.register(REMINDER) is REMINDER
    assert kinds.known("tests.reminder") is REMINDER
    assert kinds.kinds()["tests.reminder"] is REMINDER
    assert kinds.known("tests.dropped") is None


def test_registering_the_same_kind_again_changes_nothing() -> None:
    kinds.register(REMINDER)
    assert kinds.register(replace(REMINDER)) == REMINDER


def test_two_kinds_of_one_key_are_a_mistake() -> None:
    kinds.register(REMINDER)
    with pytest.raises(ValueError, match="the key tests"):
        kinds.register(replace(REMINDER, essential=True))


def test_a_kind_in_order_has_no_problems() -> None:
    assert kinds.problems(REMINDER) == []


def test_a_language_left_out_and_a_broken_template_are_told() -> None:
    broken = replace(
        REMINDER,
        subject=TranslatedText(lv="Ko?", lt=" ", en="What?"),
        text=TranslatedText(lv="{% if %}", lt="{{ name }}", en="{{ name"),
    )
    found = kinds.problems(broken)
    assert [line.partition(": ")[0] for line in found] == [
        "tests.reminder, subject, lt",
        "tests.reminder, text, lv",
    ]


def test_every_kind_of_every_room_is_whole() -> None:
    for room in settings.ROOMS:
        if find_spec(f"varpa.{room}.letters"):
            import_module(f"varpa.{room}.letters")
    known = kinds.kinds()
    assert len(known) > 5
    assert [line for kind in known.values() for line in kinds.problems(kind)] == []
    assert [kind.key for kind in known.values() if kind.essential and kind.stop] == []


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_no_two_kinds_are_stopped_by_the_same_words(language: str) -> None:
    said = [kind.stop.within(language) for kind in kinds.kinds().values() if kind.stop and not kind.essential]
    assert sorted(said) == sorted(set(said))
