"""R1 by every address: while one of the two may not meet yet, the two of a pair are not in contact.

What is missing: a minor's guardian's permission, or the screening of the mentor.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps

from tests import make
from tests.cast import Cast
from tests.guardians.people import Parent, address_of, guardian, link_of, pupil
from tests.make import NOW
from tests.visits import Visitor
from varpa.diary.models import Diary
from varpa.guardians.actions.answers import answer
from varpa.guardians.actions.schools import add_contact
from varpa.kernel.refs import new_ref
from varpa.pairs.actions.readiness import start_ready_pairs
from varpa.pairs.models import Pair, PairState
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.programmes.actions.screening import record_screening
from varpa.programmes.models import Membership, Programme, Role
from varpa.site import drawings

pytestmark = pytest.mark.django_db

# What the two may have before they meet: their pair, the yes of each, what each shares with the manager.
BEFORE = {"Pair", "Answer", "Sharing", "Happening"}
SCHOOL = "Jelgavas Valsts ģimnāzija"
SIGNED_OUT = ("sign-", "language/", "gallery/")
FILLED = {
    "kind": "first",
    "means": "video",
    "starts_local": (NOW + timedelta(days=3)).strftime("%Y-%m-%dT10:00"),
    "starts": (NOW + timedelta(days=3)).strftime("%Y-%m-%dT10:00"),
    "zone": "Europe/Riga",
    "minutes": "60",
    "length": "60",
    "text": "Sveika!",
    "own_words": "Sveika!",
    "title": "Sveika!",
    "day": NOW.date().isoformat(),
    "revision": "0",
    "yes": "1",
    "answer": "yes",
    "begin": "1",
    "confirm": "1",
    "propose": "1",
    "save": "1",
}


def _contact(cast: Cast, missing: str = "permission") -> tuple[Pair, Person, Person]:
    """Ilze and Kārlis have both said yes and are prepared, but for what is missing."""
    if missing == "screening":
        Programme.objects.filter(pk=cast.programme.pk).update(mentors_are_screened=True)
        cast.programme.refresh_from_db()
    ilze = make.person("Ilze Auza", "ilze.auza@maja.example", phone="+371 20000001")
    mentor = make.member(cast.programme, ilze, Role.MENTOR)
    grown = {"born": date(2000, 1, 1)} if missing == "screening" else {}
    mentee = pupil(cast, place=SCHOOL, **grown)
    Person.objects.filter(pk=mentee.person_id).update(phone="+371 20000002")
    pair = make.pair(mentor, mentee)
    assert pair.state == PairState.ACCEPTED
    return pair, ilze, mentee.person


def _roads(pair: Pair) -> Iterator[str]:
    """Every address of the house, with each thing of the pair that it might name.

    A door looks only among things of its own kind (varpa/kernel/doors.py): where the pair has none of them,
    one name stands for all that it does not know.
    """
    own: dict[object, list[str]] = {
        Pair: [pair.ref],
        Membership: [pair.mentor.ref, pair.mentee.ref],
        Programme: [pair.programme.ref],
        Diary: list(Diary.objects.filter(pair=pair).values_list("ref", flat=True)),
    }
    for pattern, view in drawings.addresses():
        if pattern.startswith(SIGNED_OUT):
            continue
        if "<" not in pattern:
            yield f"/{pattern}"
            continue
        _action, kind = getattr(view, "door", ("", ""))
        every = [name for named in own.values() for name in named]
        names = (own.get(kind) or [pair.ref]) if isinstance(kind, type) else every
        for name in names:
            yield "/" + re.sub(r"<(?!str:ref)[^>]+>", "first", pattern).replace("<str:ref>", name)


def _between_the_two() -> dict[str, int]:
    """How many rows there are of whatever belongs to two who are in contact."""
    rooms = ("pairs", "meetings", "diary", "closing")
    models = [model for room in rooms for model in apps.get_app_config(room).get_models()]
    return {model.__name__: model.objects.count() for model in models if model.__name__ not in BEFORE}


def _walk(visitor: Visitor, roads: list[str]) -> list[Any]:
    answers = [visitor.get(road) for road in roads]
    for road in roads:
        answers.append(visitor.post(road, {**FILLED, "ref": new_ref()}))
    return answers


@pytest.mark.parametrize("missing", ["permission", "screening"])
def test_no_address_brings_the_two_together(cast: Cast, missing: str) -> None:
    pair, ilze, karlis = _contact(cast, missing)
    roads, before = list(_roads(pair)), _between_the_two()
    assert len(roads) > 150
    for who, other in ((ilze, karlis), (karlis, ilze)):
        other.refresh_from_db()
        for answer_ in _walk(Visitor(who), roads):
            assert answer_.status_code < 500, answer_.request["PATH_INFO"]
            shown = b"" if answer_.streaming else answer_.content
            assert str(other.email).encode() not in shown, answer_.request["PATH_INFO"]
            assert other.phone.encode() not in shown, answer_.request["PATH_INFO"]
    start_ready_pairs(NOW)
    pair.refresh_from_db()
    assert pair.state == PairState.ACCEPTED
    assert _between_the_two() == before
    assert not Letter.objects.filter(person__in=[ilze.pk, karlis.pk], kind__startswith="meetings.").exists()


def test_no_door_without_an_account_brings_them_together(cast: Cast) -> None:
    """What a guardian and a school see and send: neither address nor phone, and nothing begins by it."""
    pair, ilze, karlis = _contact(cast)
    anna = guardian(pair.mentee, cast.inga)
    given = {"school": SCHOOL, "name": "Aija Zīle", "address": "skola@skola.example", "language": "lv"}
    add_contact(programme=cast.programme, by=cast.inga, now=NOW, **given)
    school = re.search(r"/school/[\w-]+/", Letter.objects.get(kind="guardians.school_link").text)
    assert school
    doors = [address_of(anna), school[0]]
    before, karlis.email = _between_the_two(), Person.objects.get(pk=karlis.pk).email
    parent = Parent()
    roads = [*doors, *(f"{each}{end}/" for each in doors for end in ("worry", "again"))]
    sent = {**FILLED, "pupil": pair.mentee.ref, "word": "yes", "reason": "Nē.", "visit": "yes"}
    for road in roads:
        for shown in (parent.get(road), parent.post(road, {**sent, "ref": new_ref()})):
            assert shown.status_code < 500, road
            for private in (ilze.email, ilze.phone, karlis.email, "+371 20000002"):
                assert str(private).encode() not in shown.content, road
    start_ready_pairs(NOW)
    pair.refresh_from_db()
    assert pair.state == PairState.ACCEPTED
    assert _between_the_two() == before
    for letter in Letter.objects.filter(to_address__in=[anna.address, given["address"]]):
        assert str(ilze.email) not in letter.text + letter.html


def test_the_same_roads_open_once_the_mentor_is_screened(cast: Cast) -> None:
    pair, ilze, _karlis = _contact(cast, "screening")
    road, before = f"/pairs/{pair.ref}/meetings/new/", _between_the_two()["Meeting"]
    Visitor(ilze).post(road, {**FILLED, "ref": new_ref()})
    assert _between_the_two()["Meeting"] == before
    mentor = Membership.objects.get(pk=pair.mentor_id)
    record_screening(membership=mentor, passed=True, day=NOW.date(), by=cast.inga, now=NOW)
    start_ready_pairs(NOW)
    Visitor(ilze).post(road, {**FILLED, "ref": new_ref()})
    assert _between_the_two()["Meeting"] == before + 1


def test_the_same_roads_open_once_the_guardian_has_permitted_it(cast: Cast) -> None:
    """Else the walk would prove nothing: with the permission a meeting is planned by the same address."""
    pair, ilze, _karlis = _contact(cast)
    anna = guardian(pair.mentee, cast.inga)
    road, before = f"/pairs/{pair.ref}/meetings/new/", _between_the_two()["Meeting"]
    Visitor(ilze).post(road, {**FILLED, "ref": new_ref()})
    assert _between_the_two()["Meeting"] == before
    answer(link=link_of(anna), answers={"taking_part": True}, now=NOW)
    Visitor(ilze).post(road, {**FILLED, "ref": new_ref()})
    assert _between_the_two()["Meeting"] == before + 1
