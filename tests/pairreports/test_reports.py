"""What a pair tells the joint meeting of what it has done (methodology §10, November; S14)."""

import html
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import make
from tests.cast import Cast, assemble
from tests.events.conftest import announced
from tests.make import NOW
from tests.together import at_once
from varpa.evaluation.queries import cell_of
from varpa.events.actions.planning import cancel_event
from varpa.events.models import Event
from varpa.history.models import Line
from varpa.kernel import clock
from varpa.kernel.merging import Conflict
from varpa.kernel.states import AlreadyMoved
from varpa.pairreports import actions
from varpa.pairreports.models import PairReport, ReportState
from varpa.pairreports.queries import facts_told, gather, with_pair
from varpa.pairs.actions.goals import set_goal
from varpa.pairs.actions.pairs import NotActive, NotOneOfTheTwo, pause_pair
from varpa.pairs.actions.sharing import share
from varpa.people.models import Person
from varpa.post.models import Letter

DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    """Everybody on the stage."""
    return assemble()


@pytest.fixture
def event(cast: Cast) -> Event:
    """The joint meeting in two weeks, to which pairs report."""
    return announced(cast.programme, cast.inga, training="second")


def begun(cast: Cast) -> PairReport:
    """The draft of Andris and Elīna."""
    actions.begin_reports(NOW + DAY)
    return with_pair(PairReport.objects.filter(pair=cast.pair)).get()


def write(report: PairReport, by: Person, *, revision: int = 0, left_out: Any = (), **texts: str) -> bool:
    return actions.write_report(
        report=report, texts=texts, left_out=left_out, revision=revision, by=by, now=NOW + DAY
    )


def handed(cast: Cast) -> PairReport:
    report = begun(cast)
    write(report, cast.elina, done="Atradām trīs pircējus.")
    actions.hand_over(report=report, revision=report.revision, by=cast.elina, now=NOW + DAY)
    return report


def shown(cast: Cast) -> PairReport:
    """Both let those at the event read it."""
    report = handed(cast)
    for who in (cast.elina, cast.andris):
        actions.let_show(report=report, shows=True, by=who, now=NOW + DAY)
    return report


def ask(who: Person | None, address: str, post: dict[str, Any] | None = None, language: str = "lv") -> Any:
    client = Client(headers={"accept-language": language})
    if who:
        client.force_login(who)
    with clock.moved_to(NOW + DAY):
        return client.get(address) if post is None else client.post(address, post)


def words(answer: Any) -> str:
    return html.unescape(str(answer.content.decode()))


def page_of(report: PairReport) -> str:
    return f"/pair-reports/{report.ref}/"


@pytest.mark.django_db
class TestDraft:
    def test_every_active_pair_gets_one_and_both_are_asked_once(self, cast: Cast, event: Event) -> None:
        assert actions.begin_reports(NOW - DAY) == 0
        assert actions.begin_reports(NOW + DAY) == 2
        assert actions.begin_reports(NOW + 2 * DAY) == 0
        asked = Letter.objects.filter(kind="pairreports.asked")
        assert asked.count() == 4
        assert all(each.ends_at == event.starts_at for each in asked)

    def test_an_event_to_which_nobody_reports_asks_for_none(self, cast: Cast) -> None:
        announced(cast.programme, cast.inga)
        announced(cast.programme, cast.inga, training="first", ref="23456789abcd")
        assert actions.begin_reports(NOW + DAY) == 0

    def test_it_is_made_of_facts_that_staff_may_know(self, cast: Cast, event: Event) -> None:
        make.agreed_plan(cast.pair)
        make.held(cast.pair, days=1, minutes=75)
        set_goal(pair=cast.pair, text="Trīs pircēji", by=cast.elina, now=NOW)
        told = {each.key: each for each in gather(begun(cast).pair)}
        assert told["meetings"].count == 1
        assert (told["hours"].count, told["hours"].of) == (75, 16 * 60)
        assert told["plan_agreed"].day == "2025-10-14"
        assert "goals" not in told

    def test_of_goals_it_tells_only_where_the_two_share_them(self, cast: Cast, event: Event) -> None:
        set_goal(pair=cast.pair, text="Trīs pircēji", by=cast.elina, now=NOW)
        for who in (cast.elina, cast.andris):
            share(pair=cast.pair, goals=True, plan=False, by=who, now=NOW)
        goals = next(each for each in gather(begun(cast).pair) if each.key == "goals")
        assert (goals.count, goals.of) == (1, 0)


@pytest.mark.django_db
class TestWriting:
    def test_either_of_the_two_writes_and_leaves_out(self, cast: Cast, event: Event) -> None:
        make.held(cast.pair, days=1)
        report = begun(cast)
        assert write(report, cast.elina, done="Atradām pircējus.")
        assert write(report, cast.andris, revision=1, left_out=["hours"], done="Atradām pircējus.")
        assert not write(report, cast.andris, revision=2, left_out=["hours"], done="Atradām pircējus.")
        assert [each.key for each in facts_told(report)] == ["meetings"]

    def test_the_words_of_neither_are_lost(self, cast: Cast, event: Event) -> None:
        report = begun(cast)
        write(report, cast.elina, done="Mani vārdi.")
        with pytest.raises(Conflict):
            write(report, cast.andris, done="Citi vārdi.")

    def test_nobody_else_writes_and_nobody_in_a_pause(self, cast: Cast, event: Event) -> None:
        report = begun(cast)
        for who in (cast.inga, cast.rimantas):
            with pytest.raises(NotOneOfTheTwo):
                write(report, who, done="Es.")
        with pytest.raises(actions.TooLong):
            write(report, cast.elina, done="x" * 3001)
        pause_pair(pair=cast.pair, by=cast.inga, now=NOW + DAY)
        with pytest.raises(NotActive):
            write(report, cast.elina, done="Es.")


@pytest.mark.django_db
class TestHandingOver:
    def test_what_is_counted_stays_as_it_was(self, cast: Cast, event: Event) -> None:
        make.held(cast.pair, days=1, minutes=60)
        report = handed(cast)
        make.held(cast.pair, days=2, minutes=60, kind="regular")
        assert next(each for each in facts_told(report) if each.key == "hours").count == 60

    def test_the_other_is_told_and_nobody_is_asked_any_more(self, cast: Cast, event: Event) -> None:
        handed(cast)
        told = Letter.objects.get(kind="pairreports.handed")
        assert told.person == cast.andris.pk
        asked = Letter.objects.filter(kind="pairreports.asked", about=told.about)
        assert {each.state for each in asked} == {"withdrawn"}

    def test_a_second_click_moves_nothing_and_it_is_changed_only_when_taken_back(
        self, cast: Cast, event: Event
    ) -> None:
        report = handed(cast)
        with pytest.raises(AlreadyMoved):
            actions.hand_over(report=report, revision=report.revision, by=cast.andris, now=NOW + DAY)
        with pytest.raises(actions.HandedOver):
            write(report, cast.elina, revision=1, done="Vēl.")
        actions.take_back(report=report, by=cast.andris, now=NOW + DAY)
        assert Letter.objects.get(kind="pairreports.handed").state == "withdrawn"
        assert write(report, cast.elina, revision=1, done="Vēl.")
        actions.hand_over(report=report, revision=report.revision, by=cast.andris, now=NOW + 2 * DAY)
        assert Letter.objects.filter(kind="pairreports.handed", state="queued").count() == 1

    def test_nobody_hands_over_words_that_were_written_meanwhile(self, cast: Cast, event: Event) -> None:
        report = begun(cast)
        read = with_pair(PairReport.objects.all()).get(pk=report.pk)
        write(report, cast.elina, done="Atradām trīs pircējus.")
        with pytest.raises(actions.ChangedSince):
            actions.hand_over(report=read, revision=0, by=cast.andris, now=NOW + DAY)
        assert PairReport.objects.get(pk=report.pk).state == ReportState.DRAFT
        actions.hand_over(report=read, revision=1, by=cast.andris, now=NOW + DAY)

    def test_after_the_event_has_begun_it_stays(self, cast: Cast, event: Event) -> None:
        report = handed(cast)
        with pytest.raises(actions.HasBegun):
            actions.take_back(report=report, by=cast.elina, now=event.starts_at)

    def test_to_an_event_that_is_cancelled_nothing_is_handed(self, cast: Cast, event: Event) -> None:
        report = begun(cast)
        cancel_event(event=event, by=cast.inga, now=NOW + DAY)
        report = with_pair(PairReport.objects.all()).get(pk=report.pk)
        with pytest.raises(actions.NotHeld):
            actions.hand_over(report=report, revision=report.revision, by=cast.elina, now=NOW + DAY)

    def test_the_calendar_counts_it(self, cast: Cast, event: Event) -> None:
        handed(cast)
        cell = cell_of(cast.programme, "pairs_report", NOW + DAY)
        assert cell is not None
        assert (cell.done, cell.of) == (1, 2)

    def test_it_is_shown_only_while_both_agree(self, cast: Cast, event: Event) -> None:
        report = handed(cast)
        address = f"/events/{event.ref}/reports/"
        assert actions.let_show(report=report, shows=True, by=cast.elina, now=NOW + DAY)
        assert not actions.let_show(report=report, shows=True, by=cast.elina, now=NOW + DAY)
        assert "Atradām trīs pircējus." not in words(ask(cast.gabija, address))
        actions.let_show(report=report, shows=True, by=cast.andris, now=NOW + DAY)
        assert "Atradām trīs pircējus." in words(ask(cast.gabija, address))
        actions.let_show(report=report, shows=False, by=cast.elina, now=NOW + DAY)
        assert "Atradām trīs pircējus." not in words(ask(cast.gabija, address))
        assert Line.objects.filter(verb="pair_report.hide").count() == 1


@pytest.mark.django_db
class TestPages:
    def test_who_sees_it(self, cast: Cast, event: Event) -> None:
        report = begun(cast)
        for who in (cast.inga, cast.dace, cast.rimantas, cast.tomas, cast.zane):
            assert ask(who, page_of(report)).status_code == 404
        assert ask(None, page_of(report)).status_code == 302
        write(report, cast.elina, done="Atradām trīs pircējus.")
        actions.hand_over(report=report, revision=report.revision, by=cast.elina, now=NOW + DAY)
        assert "Atradām trīs pircējus." in words(ask(cast.inga, page_of(report)))
        assert ask(cast.inga, f"{page_of(report)}return/", {}).status_code == 403
        for who in (cast.rimantas, cast.tomas, cast.zane):
            assert ask(who, page_of(report)).status_code == 404
        for who in (cast.elina, cast.andris):
            actions.let_show(report=report, shows=True, by=who, now=NOW + DAY)
        assert ask(cast.rimantas, page_of(report)).status_code == 200
        assert ask(cast.tomas, page_of(report)).status_code == 404

    def test_the_two_write_hand_over_show_and_take_back(self, cast: Cast, event: Event) -> None:
        make.held(cast.pair, days=1)
        report = begun(cast)
        assert "Notikusi 1 tikšanās reize" in words(ask(cast.elina, page_of(report)))
        form = {"revision": "0", "keep": ["meetings"], "done": "Pircēji.", "ahead": "", "discuss": ""}
        assert ask(cast.elina, f"{page_of(report)}words/", form).status_code == 302
        conflict = ask(cast.andris, f"{page_of(report)}words/", {**form, "done": "Cenas."})
        assert "Pircēji." in words(conflict)
        assert "Cenas." in words(conflict)
        ask(cast.andris, f"{page_of(report)}handover/", {**form, "revision": "1"})
        report.refresh_from_db()
        assert (report.state, report.left_out) == (ReportState.HANDED, ["hours"])
        ask(cast.andris, f"{page_of(report)}showing/", {"shows": "1"})
        assert "Elīna" in words(ask(cast.andris, page_of(report)))
        ask(cast.elina, f"{page_of(report)}return/", {})
        report.refresh_from_db()
        assert report.state == ReportState.DRAFT
        assert not report.showings.exists()

    def test_two_tabs_lose_no_word_at_the_handover(self, cast: Cast, event: Event) -> None:
        report = begun(cast)
        form = {"revision": "0", "keep": [], "done": "Pircēji.", "ahead": "", "discuss": ""}
        ask(cast.elina, f"{page_of(report)}words/", form)
        other = {**form, "done": "Cenas un vēl kas."}
        page = words(ask(cast.andris, f"{page_of(report)}handover/", other))
        assert ("Pircēji." in page, "Cenas un vēl kas." in page) == (True, True)
        report.refresh_from_db()
        assert (report.state, report.done) == (ReportState.DRAFT, "Pircēji.")
        both = {**other, "revision": "1", "done": "Pircēji. Cenas un vēl kas."}
        assert ask(cast.andris, f"{page_of(report)}handover/", both).status_code == 302
        report.refresh_from_db()
        assert (report.state, report.done) == (ReportState.HANDED, both["done"])
        late = words(ask(cast.elina, f"{page_of(report)}words/", {**form, "revision": "1", "done": "Un es!"}))
        assert "Un es!" in late

    def test_what_is_too_long_stays_on_the_form(self, cast: Cast, event: Event) -> None:
        report = begun(cast)
        form = {"revision": "0", "done": "x" * 3001}
        assert "3000" in words(ask(cast.elina, f"{page_of(report)}words/", form))

    def test_home_and_the_event_lead_to_it(self, cast: Cast, event: Event) -> None:
        report = begun(cast)
        assert page_of(report) in words(ask(cast.elina, reverse("home:home")))
        assert f"/events/{event.ref}/reports/" in words(ask(cast.inga, f"/events/{event.ref}/"))
        actions.hand_over(report=report, revision=report.revision, by=cast.elina, now=NOW + DAY)
        assert page_of(report) not in words(ask(cast.elina, reverse("home:home")))

    @pytest.mark.parametrize("language", ["lv", "lt", "en"])
    def test_in_each_language(self, cast: Cast, event: Event, language: str) -> None:
        report = shown(cast)
        cast.elina.language = language
        cast.elina.save()
        for address in (page_of(report), f"/events/{event.ref}/reports/"):
            assert f'lang="{language}"' in words(ask(cast.elina, address, language=language))

    def test_as_many_queries_for_one_report_as_for_two(self, cast: Cast, event: Event) -> None:
        shown(cast)
        client = Client()
        client.force_login(cast.inga)

        def queries() -> int:
            with clock.moved_to(NOW + DAY), CaptureQueriesContext(connection) as caught:
                assert client.get(f"/events/{event.ref}/reports/").status_code == 200
            return len(caught)

        queries()
        one = queries()
        other = with_pair(PairReport.objects.filter(pair=cast.neighbours)).get()
        actions.hand_over(report=other, revision=other.revision, by=cast.gabija, now=NOW + DAY)
        assert one == queries() <= 12


@pytest.mark.django_db(transaction=True)
def test_both_hand_it_over_at_one_moment_and_once(cast: Cast) -> None:
    announced(cast.programme, cast.inga, training="second")
    report = begun(cast)

    def hand(who: Person) -> str:
        mine = with_pair(PairReport.objects.filter(pk=report.pk)).get()
        actions.hand_over(report=mine, revision=mine.revision, by=who, now=NOW + DAY)
        return "handed"

    found = at_once(partial(hand, cast.elina), partial(hand, cast.andris))
    assert sorted(type(each).__name__ for each in found) == ["AlreadyMoved", "str"]
    assert Letter.objects.filter(kind="pairreports.handed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_begin_one_draft(cast: Cast) -> None:
    announced(cast.programme, cast.inga, training="second")
    at_once(partial(actions.begin_reports, NOW + DAY), partial(actions.begin_reports, NOW + DAY))
    assert PairReport.objects.count() == 2
    assert Letter.objects.filter(kind="pairreports.asked").count() == 4
