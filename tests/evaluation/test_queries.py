"""The board: each activity not yet, open, late or done, counted from evidence in few queries."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.cast import Cast
from tests.evaluation.conftest import ONCE, PEOPLE, cell, ended_without, stands
from tests.make import NOW
from varpa.evaluation.actions import record_evidence
from varpa.evaluation.queries import (
    BY_FACT,
    IN_WINDOW,
    SHOWN,
    board,
    members_with_evidence,
    missing_members,
    missing_pairs,
    pairs_with_evidence,
)
from varpa.evaluation.shown import BY_MEMBER, BY_PAIR, BY_PROGRAMME
from varpa.history.actions import record
from varpa.methodology import Counted, EvidenceKind, Fact
from varpa.pairs.actions.pairs import dissolve_pair, settle_fact
from varpa.pairs.queries import facts_of
from varpa.programmes.actions.memberships import note_reading, withdraw_member
from varpa.programmes.models import Programme, Role
from varpa.programmes.queries import today_of

pytestmark = pytest.mark.django_db

BEFORE = datetime(2025, 5, 31, 9, 0, tzinfo=UTC)
WITHIN = datetime(2025, 7, 1, 9, 0, tzinfo=UTC)
DUE = datetime(2025, 7, 31, 9, 0, tzinfo=UTC)
AFTER = datetime(2025, 8, 1, 9, 0, tzinfo=UTC)
READING = "mentee_reads_methodology"


def test_every_kind_of_evidence_is_handled() -> None:
    """A new kind of the methodology has to be counted somewhere: none may fall through to another."""
    alone = {
        EvidenceKind.READ,
        EvidenceKind.PREPARED,
        EvidenceKind.SURVEY_SENT,
    }
    assert set(EvidenceKind) == alone | BY_FACT | IN_WINDOW | SHOWN | set(BY_MEMBER) | set(BY_PAIR) | set(
        BY_PROGRAMME
    )
    assert not BY_FACT & IN_WINDOW
    assert {kind.value for kind in BY_FACT} <= {fact.value for fact in Fact}


def test_an_activity_is_not_yet_then_open_then_late(cast: Cast) -> None:
    moments = (BEFORE, WITHIN, DUE, AFTER)
    assert [stands(cast.programme, READING, now)[0] for now in moments] == [
        "not_yet",
        "open",
        "open",
        "late",
    ]


def test_an_activity_is_done_once_all_have_done_it(cast: Cast) -> None:
    document = cell(cast.programme, READING).activity.document
    for done, membership in enumerate((cast.mentee, cast.neighbours.mentee), 1):
        note_reading(membership=membership, document=document, by=membership.person, now=NOW)
        assert stands(cast.programme, READING)[1:] == (done, 2)
    assert stands(cast.programme, READING, AFTER)[0] == "done"


def test_what_nobody_has_to_do_yet_is_not_done(cast: Cast) -> None:
    empty = make.programme(cast.organisation)
    assert stands(empty, PEOPLE, BEFORE) == ("not_yet", 0, 0)


def test_the_programme_has_started_when_it_runs(cast: Cast) -> None:
    assert stands(cast.programme, "creates_methodology") == ("done", 1, 1)
    waiting = make.programme(cast.organisation, running=False)
    assert stands(waiting, "creates_methodology") == ("late", 0, 1)


def test_facts_of_pairs_are_counted(cast: Cast) -> None:
    make.held(cast.pair)
    make.agreed_plan(cast.pair)
    make.held(cast.pair, kind="visit", days=10, minutes=120)
    make.held(cast.pair, kind="role_swap", days=20, minutes=60)
    now = NOW + timedelta(days=25)
    assert {Fact.VISIT_HELD, Fact.ROLE_SWAP_HELD} <= set(facts_of(cast.pair))
    for key in ("organises_visit", "organises_role_swap", "visits_company"):
        assert stands(cast.programme, key, now)[1:] == (1, 2)


def test_a_pair_that_ended_with_a_reason_is_not_missing(cast: Cast) -> None:
    late = NOW + timedelta(days=400)
    ended_without(cast, Fact.VISIT_HELD)
    found = cell(cast.programme, "visits_company", late)
    assert (found.state, found.done, found.excused, found.missing) == ("late", 0, 1, 1)
    assert list(missing_pairs(cast.programme, found)) == [cast.neighbours]
    settle_fact(pair=cast.neighbours, fact=Fact.VISIT_HELD, holds=True, now=NOW)
    found = cell(cast.programme, "visits_company", late + timedelta(days=1))
    assert (found.state, found.done, found.of, found.missing) == ("done", 1, 2, 0)
    assert not missing_pairs(cast.programme, found).exists()
    assert cell(cast.programme, "organises_role_swap", late).excused == 0


def test_what_completion_does_not_look_for_has_no_reason(cast: Cast) -> None:
    ended_without(cast, Fact.VISIT_HELD)
    found = cell(cast.programme, "second_half_diary", NOW + timedelta(days=400))
    assert (found.excused, found.missing) == (0, 2)
    assert missing_pairs(cast.programme, found).filter(pk=cast.pair.pk).exists()


def test_meetings_and_diary_count_within_the_window_only(cast: Cast) -> None:
    make.held(cast.pair)
    make.entry(cast.pair)
    now = NOW + timedelta(days=5)
    assert stands(cast.programme, "first_half_meetings", now)[1:] == (1, 2)
    assert stands(cast.programme, "first_half_diary", now)[1:] == (1, 2)
    assert stands(cast.programme, "second_half_diary", now)[1:] == (0, 2)


def test_an_unfinished_entry_of_the_diary_does_not_count(cast: Cast) -> None:
    make.entry(cast.pair, kept=False)
    assert stands(cast.programme, "first_half_diary")[1:] == (0, 2)


def test_who_has_left_and_pairs_that_ended_early_are_not_counted(cast: Cast) -> None:
    record_evidence(
        programme=cast.programme,
        activity=PEOPLE,
        membership=cast.mentee,
        day=NOW.date(),
        note="Jelgavā.",
        by=cast.inga,
        now=NOW,
    )
    assert stands(cast.programme, PEOPLE)[1:] == (1, 2)
    dissolve_pair(pair=cast.pair, reason="Pārcēlās.", by=cast.inga, now=NOW)
    withdraw_member(membership=cast.mentee, by=cast.inga, now=NOW)
    assert stands(cast.programme, PEOPLE)[1:] == (0, 1)
    assert stands(cast.programme, "organises_visit")[2] == 1


def test_another_programme_counts_for_nothing(cast: Cast) -> None:
    make.held(cast.elsewhere)
    now = NOW + timedelta(days=5)
    assert stands(cast.programme, "first_half_meetings", now)[1:] == (0, 2)
    assert stands(cast.elsewhere.programme, "first_half_meetings", now)[1:] == (1, 1)


def test_the_board_counts_what_the_lists_show(cast: Cast) -> None:
    """Each cell leads to who is missing: the list has exactly as many as the cell lacks."""
    make.held(cast.pair)
    make.entry(cast.pair)
    now = NOW + timedelta(days=5)
    today = today_of(cast.programme, now)
    for row in board(cast.programme, now):
        for each in [one for cells in row.cells for one in cells]:
            activity = each.activity
            if activity.of == Counted.PAIRS:
                shown = pairs_with_evidence(cast.programme, activity, each.window).count()
                missing = missing_pairs(cast.programme, each).count()
            elif activity.of == Counted.PEOPLE:
                shown = members_with_evidence(cast.programme, activity, today).count()
                missing = missing_members(cast.programme, each, now).count()
            else:
                continue
            assert (shown, missing) == (each.done, each.of - each.done), activity.key


@pytest.mark.parametrize("many", [0, 29])
def test_the_board_needs_the_same_queries_for_few_and_for_many_pairs(cast: Cast, many: int) -> None:
    for at in range(many):
        mentor = make.person(f"Andris Ozols {at}", f"m{at}@x.example")
        mentee = make.person(f"Elīna Kalniņa {at}", f"e{at}@x.example", born=NOW.date().replace(year=2000))
        make.pair(
            make.member(cast.programme, mentor, Role.MENTOR), make.member(cast.programme, mentee, Role.MENTEE)
        )
    programme = Programme.objects.select_related("methodology_version").get(pk=cast.programme.pk)
    board(programme, NOW)
    with CaptureQueriesContext(connection) as caught:
        board(programme, NOW + timedelta(minutes=1))
    assert len(caught) == 8


def test_the_board_counts_again_after_a_change_and_every_minute(cast: Cast) -> None:
    def queries(now: datetime) -> int:
        programme = Programme.objects.select_related("methodology_version").get(pk=cast.programme.pk)
        with CaptureQueriesContext(connection) as caught:
            board(programme, now)
        return len(caught)

    counting = queries(NOW)
    assert queries(NOW + timedelta(seconds=59)) == 1
    assert queries(NOW + timedelta(minutes=1)) == counting
    record("programme.change", cast.programme, now=NOW, by=cast.inga, programme_ref=cast.programme.ref)
    assert queries(NOW + timedelta(minutes=1)) == counting
    record("programme.change", cast.neighbours, now=NOW, by=cast.inga, programme_ref="another")
    assert queries(NOW + timedelta(minutes=1)) == 1


def test_a_cell_that_the_methodology_does_not_have(cast: Cast) -> None:
    from varpa.evaluation.queries import cell_of

    assert cell_of(cast.programme, "no such activity", NOW) is None
    assert cell(cast.programme, ONCE).activity.of == Counted.PROGRAMME
