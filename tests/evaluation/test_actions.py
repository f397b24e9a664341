"""Recording what no room can know: who, when, a note; once, and taken back where it was a mistake (S3)."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.evaluation.conftest import ONCE, PAIRS, PEOPLE, stands
from tests.make import NOW
from varpa.evaluation.actions import (
    BeforeTheProgramme,
    NoteMissing,
    NotHappenedYet,
    NotRecorded,
    WrongSubject,
    record_evidence,
    show_evidence,
    withdraw_evidence,
)
from varpa.evaluation.models import Evidence
from varpa.history.models import Line
from varpa.methodology import EvidenceKind
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_of

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def note(cast: Cast, activity: str, programme: Programme | None = None, **changes: Any) -> Evidence:
    asked: dict[str, Any] = {"day": TODAY, "note": "Jelgavā.", "by": cast.inga, "now": NOW, **changes}
    return record_evidence(programme=programme or cast.programme, activity=activity, **asked)


def test_what_the_programme_did_is_recorded_with_day_note_and_doer(cast: Cast) -> None:
    evidence = note(cast, ONCE, note="  Jelgavā ")
    assert (evidence.day, evidence.note, evidence.by) == (TODAY, "Jelgavā", cast.inga)
    assert (evidence.membership, evidence.pair) == (None, None)
    line = Line.objects.get(verb="evidence.record")
    assert (line.actor, line.programme_ref, line.details) == (
        cast.inga.pk,
        cast.programme.ref,
        {"activity": ONCE},
    )


def test_what_people_and_pairs_did_is_recorded_for_each(cast: Cast, by_pairs: Programme) -> None:
    assert note(cast, PEOPLE, membership=cast.mentee).membership == cast.mentee
    assert note(cast, PAIRS, by_pairs, pair=cast.pair).pair == cast.pair
    assert stands(by_pairs, PEOPLE)[1:] == (1, 2)
    assert stands(by_pairs, PAIRS)[1:] == (1, 2)


def test_the_day_lies_in_the_time_of_the_programme(cast: Cast) -> None:
    starts = cast.programme.starts
    with pytest.raises(BeforeTheProgramme, match=str(starts.year)):
        note(cast, ONCE, day=date(2020, 1, 1))
    with pytest.raises(BeforeTheProgramme):
        note(cast, ONCE, day=starts - timedelta(days=1))
    assert note(cast, ONCE, day=starts).day == starts


@pytest.mark.parametrize("said", ["", "  "])
def test_what_is_recorded_has_a_note(cast: Cast, said: str) -> None:
    with pytest.raises(NoteMissing):
        note(cast, ONCE, note=said)
    assert not Evidence.objects.exists()


def test_twice_is_once(cast: Cast, by_pairs: Programme) -> None:
    for subject in ({}, {"membership": cast.mentee}, {"pair": cast.pair}):
        activity = PAIRS if "pair" in subject else PEOPLE if subject else ONCE
        one, two = (note(cast, activity, by_pairs, **subject) for _turn in range(2))
        assert one.pk == two.pk
    assert Evidence.objects.count() == 3
    assert Line.objects.filter(verb="evidence.record").count() == 3


def test_a_day_that_has_not_come_is_refused(cast: Cast) -> None:
    with pytest.raises(NotHappenedYet):
        note(cast, ONCE, day=TODAY + timedelta(days=1))
    assert not Evidence.objects.exists()


def test_the_day_is_that_of_the_programmes_zone(cast: Cast) -> None:
    """At 22:30 in London it is tomorrow in Riga already."""
    late = NOW.replace(hour=22, minute=30)
    assert note(cast, ONCE, day=TODAY + timedelta(days=1), now=late).day == TODAY + timedelta(days=1)


def test_what_a_room_knows_is_never_recorded_by_hand(cast: Cast) -> None:
    for activity in methodology_of(cast.programme).activities():
        if activity.evidence != EvidenceKind.RECORDED:
            with pytest.raises(NotRecorded):
                note(cast, activity.key)
    with pytest.raises(NotRecorded):
        note(cast, "no such activity")
    assert not Evidence.objects.exists()


def test_the_subject_is_the_one_that_is_counted(cast: Cast, by_pairs: Programme) -> None:
    wrong: list[tuple[str, dict[str, Any]]] = [
        (ONCE, {"membership": cast.mentee}),
        (ONCE, {"pair": cast.pair}),
        (PEOPLE, {}),
        (PEOPLE, {"membership": cast.mentor}),
        (PEOPLE, {"membership": cast.elsewhere.mentee}),
        (PAIRS, {}),
        (PAIRS, {"pair": cast.elsewhere}),
    ]
    for activity, subject in wrong:
        with pytest.raises(WrongSubject):
            note(cast, activity, by_pairs, **subject)
    assert not Evidence.objects.exists()


def test_a_record_is_taken_back_and_may_be_made_anew(cast: Cast) -> None:
    evidence = note(cast, ONCE)
    withdraw_evidence(evidence=evidence, by=cast.dace, now=NOW)
    withdraw_evidence(evidence=evidence, by=cast.dace, now=NOW)
    assert stands(cast.programme, ONCE)[1:] == (0, 1)
    assert Line.objects.filter(verb="evidence.withdraw").count() == 1
    assert note(cast, ONCE).pk != evidence.pk
    assert stands(cast.programme, ONCE) == ("done", 1, 1)
    assert Evidence.objects.count() == 2


def test_a_room_above_shows_what_it_knows_once(cast: Cast) -> None:
    kind = EvidenceKind.GUIDELINES_PUBLISHED
    for day in (TODAY, TODAY + timedelta(days=1)):
        show_evidence(programme=cast.programme, kind=kind, day=day, by=cast.inga, now=NOW)
    rows = Evidence.objects.values_list("activity", "day")
    assert list(rows) == [("works_out_guidelines", TODAY)]
    with pytest.raises(NotRecorded):
        note(cast, "works_out_guidelines")
