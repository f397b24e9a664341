"""A word that stood in everything of a person is nowhere any more once they are erased."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import BinaryField, CharField, JSONField, Model, Q, TextField

from tests import make
from tests.cast import Cast
from tests.files.samples import picture, upload
from tests.make import NOW
from tests.merges.conftest import put
from tests.privacy.conftest import standing
from varpa.files import store
from varpa.files.actions import keep
from varpa.files.models import File
from varpa.files.queries import content
from varpa.guardians.actions.guardians import add_guardian
from varpa.guardians.models import Guardian
from varpa.merges.actions.merging import TooLate, undo
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.privacy.actions.erasing import erase_person, remove_leftovers
from varpa.privacy.holdings import HOLDINGS, STAYS, personal
from varpa.privacy.models import Leftover
from varpa.programmes.actions.memberships import add_member
from varpa.programmes.models import Membership
from varpa.site import drawings

pytestmark = pytest.mark.django_db

NEEDLE = "smilšpapīrs"
UPWARDS = 4


def test_every_personal_field_is_found_by_a_holding() -> None:
    """Whoever adds a field that is to be erased says whose it is, in privacy/holdings.py."""
    found: dict[str, set[str]] = {}
    for each in HOLDINGS:
        found.setdefault(each.model, set()).update(each.erased)
    missing = [
        f"{model._meta.label}.{name}"
        for model in drawings.models()
        for name in personal(model)
        if model._meta.label not in STAYS and name not in found.get(model._meta.label, ())
    ]
    assert missing == []


def test_what_stays_is_still_there() -> None:
    assert [name for name in STAYS if not personal(apps.get_model(name))] == []
    assert not set(STAYS) & {each.model for each in HOLDINGS}


def test_neither_name_nor_address_stands_anywhere(full: Cast) -> None:
    before = standing("Elīna Bērziņa", "El\\u012bna", "elina@varpa.example")
    assert {"people.Person.name", "people.Person.email", "post.Letter.text"} <= before
    erase_person(person=full.elina, by=None, now=NOW)
    assert standing("Elīna Bērziņa", "El\\u012bna", "elina@varpa.example") == set()


def test_guardians_are_nowhere_any_more_and_those_of_others_stay(full: Cast) -> None:
    pupil = Person.objects.get(email="krista@varpa.example")
    sibling = make.member(
        full.programme, make.person("Oto Liepiņš", born=date(2009, 1, 1)), "mentee", ready=False
    )
    for member in (pupil.memberships.get(), sibling):
        given = {"name": "Ilze Liepiņa", "address": "ilze@varpa.example", "language": "lv"}
        add_guardian(membership=member, by=full.inga, now=NOW, **given)
    erase_person(person=pupil, by=None, now=NOW)
    assert Guardian.objects.filter(address="ilze@varpa.example").count() == 1
    assert Letter.objects.filter(to_address="ilze@varpa.example").count() == 3
    erase_person(person=sibling.person, by=None, now=NOW)
    assert standing("ilze@varpa.example", "Ilze Liepiņa") == set()


def test_no_file_of_theirs_lies_on_the_disk(full: Cast) -> None:
    lying = {path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}
    assert lying
    erase_person(person=full.elina, by=None, now=NOW)
    assert {path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()} == lying
    while remove_leftovers(NOW):
        pass
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []


def test_what_the_disk_keeps_back_is_tried_again(full: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    erase_person(person=full.elina, by=None, now=NOW)
    waiting = Leftover.objects.count()
    with monkeypatch.context() as broken:
        broken.setattr(store, "remove", _refuse)
        assert remove_leftovers(NOW) == 0
    assert Leftover.objects.count() == waiting
    assert remove_leftovers(NOW) == waiting


def _refuse(_sha256: str) -> None:
    raise OSError("read only")


def test_bytes_that_somebody_else_has_too_stay(cast: Cast, files: None) -> None:
    given: dict[str, Any] = {"about_kind": "message", "about_ref": "abc", "now": NOW}
    for person in (cast.elina, cast.gabija):
        keep(upload=upload(picture()), by_id=person.pk, **given)
    mine, theirs = File.objects.order_by("pk")
    assert mine.sha256 == theirs.sha256
    erase_person(person=cast.elina, by=None, now=NOW)
    remove_leftovers(NOW)
    assert content(theirs)
    erase_person(person=cast.gabija, by=None, now=NOW)
    remove_leftovers(NOW)
    with pytest.raises(FileNotFoundError):
        content(theirs)


@pytest.mark.parametrize("who", ["elina", "andris"])
def test_no_needle_is_left_but_in_what_is_anothers(full: Cast, who: str) -> None:
    person: Person = getattr(full, who)
    _sew(person)
    assert len(standing(NEEDLE)) > 60
    erase_person(person=person, by=None, now=NOW)
    assert standing(NEEDLE) == OTHERS[who]


def test_of_a_pair_that_is_erased_nothing_is_left(full: Cast) -> None:
    for each in (full.elina, full.andris):
        _sew(each)
    for each in (full.elina, full.andris):
        erase_person(person=each, by=None, now=NOW)
    assert standing(NEEDLE) == set()


OTHERS: dict[str, set[str]] = {
    # Andris wrote it, offered it, planned it.
    "elina": {
        *(f"meetings.Review.{name}" for name in ("text", "how_it_went", "results", "progress")),
        "times.Proposal.place",
        "times.Proposal.word",
        "pairs.Answer.reason",
        "messaging.Message.text",
        "messaging.Message.search_text",
        "meetings.HourLine.work",
        "businessplans.Remark.text",
    },
    # Elīna's plan, profile, goals, promises; what she told; the diary that she was handed over (R6).
    "andris": {
        *(f"diary.Entry.{name}" for name in ("notes", "results", "recommendations")),
        *(f"diary.Entry.{name}" for name in ("on_mentee", "on_self", "on_effectiveness")),
        "times.Proposal.answer",
        "meetings.HourLine.objection",
        *(
            f"businessplans.Remark.{name}"
            for name in ("quote", "before", "after", "marked_before", "marked_after", "place")
        ),
        "businessplans.Answer.text",
        "pairs.Answer.reason",
        *("pairs.Goal.text", "pairs.Goal.progress", "pairs.Goal.evidence", "pairs.GoalStep.text"),
        *("profiles.Approval.text", "profiles.Part.text"),
        *("profiles.Profile.company", "profiles.Profile.approved_company"),
        *(
            "meetings.Topic.text",
            "meetings.Promise.text",
            "messaging.Message.text",
            "messaging.Message.search_text",
        ),
        *("support.Case.text", "support.CaseLine.text"),
    },
}
"""The own words of the other one stay theirs."""


def _sew(person: Person) -> None:
    """Put the needle into every personal field of every row that leads to the person."""
    members = list(Membership.objects.filter(person=person).values_list("pk", flat=True))
    targets: dict[type[Model], list[Any]] = {Person: [person.pk], Membership: members}
    for model in drawings.models():
        names = personal(model)
        rule = _leading(model, targets)
        if not names or rule is None:
            continue
        keys = set(model._base_manager.filter(rule).values_list("pk", flat=True))
        for pk in keys:
            values = {name: _needle(model, name, pk) for name in names}
            told = {name: value for name, value in values.items() if value is not None}
            model._base_manager.filter(pk=pk).update(**told)


def _needle(model: type[Model], name: str, pk: Any) -> Any:
    field = model._meta.get_field(name)
    word = f"{NEEDLE}{pk} {NEEDLE}" if name == "name" else f"{NEEDLE}{pk}"
    if isinstance(field, JSONField):
        return {"needle": word} if field.get_default() == {} else [word]
    if isinstance(field, BinaryField):
        return word.encode()
    if isinstance(field, (CharField, TextField)):
        return f"{word}@x.example" if name == "email" else word[: field.max_length]
    return None


def _leading(model: type[Model], targets: dict[type[Model], list[Any]], left: int = UPWARDS) -> Q | None:
    """Rows from which relations lead to the person; not by way of a whole programme, nor of an event."""
    if model in targets:
        return Q(pk__in=targets[model])
    rules = [Q(pk__in=[])]
    for field in model._meta.concrete_fields:
        if not left or not field.is_relation or field.related_model is model:
            continue
        of = field.related_model
        assert isinstance(of, type)
        if of._meta.label in (
            "programmes.Programme",
            "events.Event",
            "defence.Defence",
            "matching.Run",
            "files.File",
        ):
            continue
        rule = _leading(of, targets, left - 1)
        if rule is not None:
            rules.append(Q(**{f"{field.name}__in": of._base_manager.filter(rule).values("pk")}))
    if len(rules) == 1:
        return None
    found = rules[0]
    for rule in rules[1:]:
        found |= rule
    return found


def test_the_pair_is_found_by_leading() -> None:
    assert _leading(Pair, {Person: [1], Membership: [1]}) is not None


def test_what_was_put_together_is_erased_with_both_and_no_longer_undone(cast: Cast) -> None:
    other = make.person("Berzina Elina", "e.b@skola.example", born=cast.elina.born)
    add_member(programme=cast.programme, person=other, role="mentee", by=None, now=NOW)
    merged = put(cast, cast.elina, other)
    erase_person(person=cast.elina, by=None, now=NOW)
    assert standing("Elīna Bērziņa", "El\\u012bna", "Berzina Elina", "e.b@skola", "elina@varpa") == set()
    with pytest.raises(TooLate):
        undo(merge=merged, by=cast.inga, now=NOW)
