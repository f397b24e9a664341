"""What is left out is left out: words planted in every private field are looked for in the whole archive."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from tests.cast import Cast
from tests.dossier.conftest import built, evaluated, words_of, young_of
from varpa.dossier.models import Names
from varpa.dossier.papers import PAPERS
from varpa.events.models import Event
from varpa.kernel.personal import KEEP
from varpa.kernel.text import TranslatedText
from varpa.people.models import Person
from varpa.programmes.models import Membership

pytestmark = pytest.mark.django_db
PLANT = re.compile(r"ZQ\d{3}Q")
SHOWN = frozenset(
    {
        # School or company stands in the list of people.
        "programmes.Membership.place",
        # What both have published.
        "profiles.Profile.approved_company",
        "profiles.Profile.company",
        "profiles.Part.text",
        "profiles.Approval.text",
        # The protocol, which is signed, names plans and jurors.
        "businessplans.BusinessPlan.title",
        "businessplans.Version.title",
        "people.Person.name",
        "defence.Juror.name",
    }
)
"""Private fields that the rules of redaction show; everything else is searched for."""
PRIVATE_THOUGH_KEPT = (
    "events.Question.answer",
    "events.Event.link",
    "post.Letter.text",
    "post.Letter.subject",
    "guardians.Guardian.address",
)
"""Fields that an erasure keeps, and that are still nobody's business."""

BESIDE = {key: {"rates": {"year": 2026}} for key in ("businessplans.Version", "presentations.Version")}
"""What the database asks for beside figures: the taxes with which a version is reckoned."""


def plant() -> dict[str, str]:
    """Put a word of its own into every private text of the whole database: {field: word}."""
    planted = {}
    for number, (model, field) in enumerate(_private()):
        word = f"ZQ{number:03}Q"
        rows = model._default_manager.all()
        for key in rows.values_list("pk", flat=True):
            found = rows.filter(pk=key)
            if isinstance(field, models.JSONField):
                found.update(**{field.name: {"zq": word}}, **BESIDE.get(model._meta.label, {}))
            else:
                unique = f"{word}{key}" + ("@varpa.example" if isinstance(field, models.EmailField) else "")
                found.update(**{field.name: unique})
        if rows.exists():
            planted[f"{model._meta.label}.{field.name}"] = word
    return planted


def _private() -> Iterator[tuple[type[models.Model], Any]]:
    ours = [model for model in apps.get_models() if model.__module__.startswith("varpa.")]
    for model in ours:
        personal: dict[str, str] = getattr(model, "PERSONAL", {})
        for field in model._meta.local_fields:
            label = f"{model._meta.label}.{field.name}"
            named = personal.get(field.name, KEEP) != KEEP or label in PRIVATE_THOUGH_KEPT
            wordy = isinstance(field, models.CharField | models.TextField | models.JSONField)
            if named and wordy and not field.choices and label not in SHOWN:
                yield model, field


@pytest.mark.parametrize("names", Names.values)
def test_no_private_word_is_in_the_archive(rich: Cast, tmp_path: Path, names: str) -> None:
    evaluated(rich)
    planted = plant()
    # Of all that people write, hardly anything is left unplanted.
    assert len(planted) > 60
    for field in (
        "diary.Entry.notes",
        "messaging.Message.text",
        "meetings.Review.text",
        "meetings.HourLine.work",
        "support.Case.text",
        "businessplans.Remark.text",
        "guardians.Guardian.address",
        "guardians.Worry.text",
        "programmes.Permission.guardian",
        "people.Person.email",
        "pairs.PlanAnswer.text",
        "post.Letter.text",
        "surveys.Sheet.values",
        "reports.Comment.text",
        "reports.Comment.answer",
        "guidelines.Recommendation.text",
    ):
        assert field in planted, field
    said = words_of(built(rich, tmp_path / "1.zip", names=names))
    found = {(file, word) for file, words in said.items() for word in PLANT.findall(words)}
    whose = {word: field for field, word in planted.items()}
    assert {(file, whose.get(word, word)) for file, word in found} == set()
    assert "12-report/report-1.docx" in said


def test_the_search_would_find_a_word(rich: Cast, tmp_path: Path) -> None:
    """Of the same test: a field that is shown is found in CSV, XLSX and PDF."""
    Membership.objects.filter(pk=rich.mentee.pk).update(place="ZQ999Q")
    Person.objects.filter(pk=rich.andris.pk).update(name="ZQ998Q Ozols")
    words = words_of(built(rich, tmp_path / "1.zip"))
    assert "ZQ999Q" in words["02-people/people.csv"]
    assert "ZQ999Q" in words["02-people/people.xlsx"]
    assert "ZQ998Q" in words[f"05-hours/{rich.pair.ref}.pdf"]


@pytest.mark.parametrize("names", Names.values)
def test_no_address_phone_or_birthday(rich: Cast, tmp_path: Path, names: str) -> None:
    Person.objects.filter(pk=rich.elina.pk).update(phone="+371 29998877", phone_shown="+371 29998877")
    for file, words in words_of(built(rich, tmp_path / "1.zip", names=names)).items():
        assert "@" not in words, file
        assert "29998877" not in words.replace(" ", ""), file
        for day in ("2006-05-04", "04.05.2006", "4 May 2006", "2009-05-04"):
            assert day not in words, file


def test_pupils_stand_by_name_on_what_is_signed_only(rich: Cast, tmp_path: Path) -> None:
    words = words_of(built(rich, tmp_path / "1.zip"))
    named = {file for file, said in words.items() if "Elīna" in said or "Gabija" in said}
    folders = {file.partition("/")[0] for file in named}
    assert folders == {"04-events", "05-hours", "09-defence"}
    assert {file for file in named if file.endswith((".csv", ".xlsx"))} == set()
    for file in ("02-people/people.csv", "05-hours/pairs.csv"):
        assert f"E. B. ({rich.mentee.ref})" in words[file], file
    assert f"G. P. ({rich.neighbours.mentee.ref})" in words["09-defence/presentations.csv"]
    assert "Andris Ozols" in words["02-people/people.csv"]


def test_without_names_no_pupil_is_named(rich: Cast, tmp_path: Path) -> None:
    words = words_of(built(rich, tmp_path / "1.zip", names=Names.NOWHERE))
    for name in ("Elīna", "Bērziņa", "Gabija", "Petrauskaitė", "Krista"):
        assert {file for file, said in words.items() if name in said} == set()
    assert f"E. B. ({rich.mentee.ref})" in words[f"05-hours/{rich.pair.ref}.pdf"]
    assert not [file for file in words if "protocol" in file]


def test_names_everywhere_where_the_funder_asks(rich: Cast, tmp_path: Path) -> None:
    words = words_of(built(rich, tmp_path / "1.zip", names=Names.EVERYWHERE))
    assert "Elīna Bērziņa" in words["02-people/people.csv"]
    assert "Elīna Bērziņa" in words["07-deliverables/deliverables.csv"]


@pytest.mark.parametrize("permitted", [True, False])
def test_a_minor_is_named_only_while_a_guardian_permits(rich: Cast, tmp_path: Path, permitted: bool) -> None:
    from varpa.programmes.actions.permissions import withdraw_permission

    young = young_of(rich)
    if not permitted:
        withdraw_permission(membership=young, kind="taking_part", by=None, now=young.applied_at)
    words = words_of(built(rich, tmp_path / "1.zip", names=Names.EVERYWHERE))
    assert any("Krista" in said for said in words.values()) is permitted
    assert "K. L." in words["02-people/people.csv"] or permitted


def test_what_one_of_the_two_keeps_back_is_in_no_published_profile(rich: Cast, tmp_path: Path) -> None:
    profile = rich.pair.profile
    part = profile.parts.exclude(text="").first()
    assert part is not None
    words = words_of(built(rich, tmp_path / "1.zip"))
    name = f"07-deliverables/profile-{profile.ref}.pdf"
    assert part.text.split()[0] in words[name]
    profile.parts.filter(pk=part.pk).update(kept_by_mentor=True)
    assert part.text not in words_of(built(rich, tmp_path / "2.zip")).get(name, "")


def test_a_published_profile_names_no_pupil_and_keeps_the_name_of_the_company(
    rich: Cast, tmp_path: Path
) -> None:
    """Of the classmates neither; the company is called as it is called."""
    profile = rich.pair.profile
    part = profile.parts.exclude(text="").first()
    assert part is not None
    text = "Profilu uzņēmumam Petrauskaitė ir Ko sagatavoja Elīna Bērziņa; Gabijai palīdzēja Petrauskaitė."
    profile.parts.filter(pk=part.pk).update(text=text)
    type(profile).objects.filter(pk=profile.pk).update(approved_company="Petrauskaitė ir Ko")
    name = f"07-deliverables/profile-{profile.ref}.pdf"
    read = words_of(built(rich, tmp_path / "1.zip"))[name]
    called = f"uzņēmumam Petrauskaitė ir Ko sagatavoja E. B. ({rich.mentee.ref}); G. palīdzēja P."
    assert called in " ".join(read.split())
    everywhere = words_of(built(rich, tmp_path / "2.zip", names=Names.EVERYWHERE))[name]
    assert text in " ".join(everywhere.split())


def test_a_title_of_an_event_names_no_pupil(rich: Cast, tmp_path: Path) -> None:
    Event.objects.update(title=TranslatedText(lv="Elīnas plāns", lt="Elīnos planas", en="Plan of Elīna"))
    for names in (Names.NOWHERE, Names.SIGNED):
        words = words_of(built(rich, tmp_path / f"{names}.zip", names=names))
        assert "Plan of E." in words["04-events/events.csv"]
        assert "Plan of E." in words["04-events/attendance.csv"]


def test_history_tells_nothing_of_help_that_was_sought(rich: Cast, tmp_path: Path) -> None:
    said = words_of(built(rich, tmp_path / "1.zip"))["15-history/history.csv"]
    for word in ("case", "worry", "message", "entry", "opening", "note", "diary.write", "Elīna", "Andris"):
        assert word not in said, word
    assert rich.mentee.ref in said


def test_each_kind_says_its_rule() -> None:
    assert len({paper.key for paper in PAPERS}) == len(PAPERS)
    for paper in PAPERS:
        assert all(str(said).endswith(".") for said in (paper.shows, paper.leaves_out, paper.why)), paper.key


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_the_index_shows_every_rule(rich: Cast, tmp_path: Path, language: str) -> None:
    from django.utils import translation

    said = words_of(built(rich, tmp_path / "1.zip", language=language))["index.pdf"]
    with translation.override(language):
        expected = [str(paper.name) for paper in PAPERS] + [str(paper.leaves_out)[:25] for paper in PAPERS]
    plain = said.replace("\u00a0", " ").replace("- ", "").replace("-", "")
    missing = [each for each in expected if each.replace("-", "") not in plain]
    assert missing == []
