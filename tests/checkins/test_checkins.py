"""The agreed days of looking back open a short check for both, compared once both have answered (R4)."""

import html
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast, assemble
from tests.make import NOW
from tests.together import at_once
from varpa.checkins import actions
from varpa.checkins.models import Checkin, Look
from varpa.history.models import Line
from varpa.kernel import clock
from varpa.pairs.actions.pairs import NotActive, NotOneOfTheTwo, pause_pair
from varpa.pairs.actions.plans import begin_plan, confirm_plan, write_answers
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.post.models import Letter

DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    """Everybody on the stage."""
    return assemble()


def agree(pair: Pair, every: int = 28, now: datetime = NOW) -> None:
    """The plan of a pair, or its next version, says after how many days they look back."""
    mentor, mentee = pair.mentor.person, pair.mentee.person
    plan = begin_plan(pair=pair, by=mentor, now=now)
    texts, choices = {"evaluation": f"Pēc dienām: {every}."}, {"evaluation": every}
    write_answers(plan=plan, texts=texts, choices=choices, revisions={}, by=mentor, now=now)
    for who in (mentor, mentee):
        confirm_plan(plan=plan, by=who, now=now)


def begun(cast: Cast) -> Checkin:
    """The first look of Andris and Elīna has begun."""
    agree(cast.pair)
    actions.begin_checkins(NOW + 28 * DAY)
    return Checkin.objects.get(pair=cast.pair)


def look(checkin: Checkin, by: Person, change: str = "", **more: Any) -> Look:
    """One answers."""
    said: dict[str, Any] = {"how": "well", "nearer": "partly", "change": change, **more}
    return actions.look_back(checkin=checkin, by=by, now=NOW + 29 * DAY, **said)


def ask(who: Person | None, ref: str, post: dict[str, str] | None = None, language: str = "lv") -> Any:
    """The page as somebody sees it a day after it was asked for."""
    client = Client(headers={"accept-language": language})
    if who:
        client.force_login(who)
    address = reverse("checkins:checkin", args=[ref])
    with clock.moved_to(NOW + 29 * DAY):
        return client.get(address) if post is None else client.post(address, post)


def words(answer: Any) -> str:
    """The page in words."""
    return html.unescape(answer.content.decode())


@pytest.mark.django_db
class TestBeginning:
    def test_on_the_agreed_day_both_are_asked_once(self, cast: Cast) -> None:
        agree(cast.pair)
        assert actions.begin_checkins(NOW + 27 * DAY) == 0
        assert actions.begin_checkins(NOW + 28 * DAY) == 1
        assert actions.begin_checkins(NOW + 29 * DAY) == 0
        told = set(Letter.objects.filter(kind="checkins.asked").values_list("to_address", flat=True))
        assert told == {cast.andris.email, cast.elina.email}
        assert Checkin.objects.get().due == date(2025, 11, 11)
        assert Line.objects.filter(verb="checkin.begin").count() == 1

    def test_another_version_that_leaves_the_days_as_they_are_changes_none(self, cast: Cast) -> None:
        agree(cast.pair, 30)
        agree(cast.pair, 30, NOW + 28 * DAY)
        assert actions.begin_checkins(NOW + 30 * DAY) == 1
        assert Checkin.objects.get().due == date(2025, 11, 13)

    def test_other_days_count_from_their_own_agreement(self, cast: Cast) -> None:
        agree(cast.pair, 30)
        agree(cast.pair, 14, NOW + 20 * DAY)
        agree(cast.pair, 30, NOW + 28 * DAY)
        assert actions.begin_checkins(NOW + 57 * DAY) == 0
        assert actions.begin_checkins(NOW + 58 * DAY) == 1

    def test_days_on_which_nobody_looked_are_not_made_up_for(self, cast: Cast) -> None:
        agree(cast.pair)
        assert actions.begin_checkins(NOW + 100 * DAY) == 1
        assert Checkin.objects.get().due == date(2026, 1, 6)

    def test_nothing_where_nothing_is_agreed_or_the_pair_rests(self, cast: Cast) -> None:
        assert actions.begin_checkins(NOW + 90 * DAY) == 0
        agree(cast.pair)
        pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        assert actions.begin_checkins(NOW + 90 * DAY) == 0

    def test_many_pairs_cost_the_same_to_ask(self, cast: Cast) -> None:
        agree(cast.pair)
        agree(cast.neighbours)
        actions.begin_checkins(NOW + 30 * DAY)
        with CaptureQueriesContext(connection) as asked:
            assert actions.begin_checkins(NOW + 30 * DAY) == 0
        # What waits is asked for, whose pair does not go, and since when each plan has said so.
        assert len(asked) <= 5


@pytest.mark.django_db
class TestEnd:
    """Each reminder has an end: after two looks that were not answered by both nobody asks any more."""

    def _two_left(self, cast: Cast) -> Checkin:
        agree(cast.pair)
        for month in (1, 2):
            assert actions.begin_checkins(NOW + month * 28 * DAY) == 1
        return Checkin.objects.filter(pair=cast.pair).latest("due")

    def test_where_nobody_answers_nobody_is_asked_any_more(self, cast: Cast) -> None:
        self._two_left(cast)
        for month in range(3, 9):
            assert actions.begin_checkins(NOW + month * 28 * DAY) == 0
        assert Letter.objects.filter(kind="checkins.asked").count() == 4

    def test_one_of_the_two_alone_is_not_asked_for_ever_either(self, cast: Cast) -> None:
        look(self._two_left(cast), cast.elina)
        assert actions.begin_checkins(NOW + 84 * DAY) == 0

    def test_who_answers_late_is_heard_and_asked_again(self, cast: Cast) -> None:
        checkin = self._two_left(cast)
        for who in (cast.elina, cast.andris):
            look(checkin, who)
        assert actions.begin_checkins(NOW + 84 * DAY) == 1

    def test_a_plan_agreed_anew_begins_anew(self, cast: Cast) -> None:
        self._two_left(cast)
        agreed = NOW + 60 * DAY
        plan = begin_plan(pair=cast.pair, by=cast.andris, now=agreed)
        for who in (cast.andris, cast.elina):
            confirm_plan(plan=plan, by=who, now=agreed)
        assert actions.begin_checkins(agreed + 28 * DAY) == 1

    def test_home_asks_for_three_weeks(self, cast: Cast) -> None:
        checkin = self._two_left(cast)
        client = Client()
        client.force_login(cast.elina)
        shown = []
        for day in (20, 22):
            with clock.moved_to(NOW + (56 + day) * DAY):
                shown.append(f"/checkins/{checkin.ref}/" in words(client.get(reverse("home:home"))))
        assert shown == [True, False]


@pytest.mark.django_db
class TestAnswering:
    def test_each_answers_once_and_both_are_told(self, cast: Cast) -> None:
        checkin = begun(cast)
        look(checkin, cast.elina, "Vairāk laika jautājumiem.")
        assert not Letter.objects.filter(kind="checkins.both").exists()
        look(checkin, cast.andris)
        assert Letter.objects.filter(kind="checkins.both").count() == 2
        assert look(checkin, cast.andris).pk
        with pytest.raises(actions.AlreadyLooked):
            look(checkin, cast.andris, "Kaut kas cits.")

    def test_only_the_two_of_a_pair_that_goes(self, cast: Cast) -> None:
        checkin = begun(cast)
        for who in (cast.inga, cast.rimantas):
            with pytest.raises(NotOneOfTheTwo):
                look(checkin, who)
        pause_pair(pair=cast.pair, by=cast.inga, now=NOW + 28 * DAY)
        with pytest.raises(NotActive):
            look(checkin, cast.elina)

    def test_words_that_are_no_answer_are_refused(self, cast: Cast) -> None:
        with pytest.raises(actions.ChooseWords):
            look(begun(cast), cast.elina, how="10")


@pytest.mark.django_db
class TestPage:
    def test_the_others_answer_is_read_only_after_ones_own(self, cast: Cast) -> None:
        checkin = begun(cast)
        look(checkin, cast.andris, "Tikties biežāk.")
        assert "Tikties biežāk." not in words(ask(cast.elina, checkin.ref))
        form = {"how": "mixed", "nearer": "yes", "change": "Īsākas reizes."}
        assert ask(cast.elina, checkin.ref, form).status_code == 302
        page = words(ask(cast.elina, checkin.ref))
        assert "Tikties biežāk." in page
        assert "Īsākas reizes." in page
        assert "Tikties biežāk." in words(ask(cast.andris, checkin.ref))

    def test_nobody_else_ever(self, cast: Cast) -> None:
        checkin = begun(cast)
        for who in (cast.inga, cast.dace, cast.rimantas, cast.tomas, cast.zane):
            assert ask(who, checkin.ref).status_code == 404
        assert ask(None, checkin.ref).status_code == 302

    def test_what_was_written_stays_where_a_choice_lacks(self, cast: Cast) -> None:
        page = ask(cast.elina, begun(cast).ref, {"change": "Mani vārdi", "how": ""})
        assert "Mani vārdi" in words(page)
        assert not Look.objects.exists()

    @pytest.mark.parametrize("language", ["lv", "lt", "en"])
    def test_in_each_language(self, cast: Cast, language: str) -> None:
        checkin = begun(cast)
        cast.elina.language = language
        cast.elina.save()
        assert f'lang="{language}"' in words(ask(cast.elina, checkin.ref, language=language))

    def test_home_leads_to_it(self, cast: Cast) -> None:
        checkin = begun(cast)
        client = Client()
        client.force_login(cast.elina)
        with clock.moved_to(NOW + 29 * DAY):
            home = client.get(reverse("home:home"))
        assert f"/checkins/{checkin.ref}/" in words(home)


@pytest.mark.django_db(transaction=True)
def test_both_answer_at_one_moment_and_each_is_told_once(cast: Cast) -> None:
    checkin = begun(cast)
    found = at_once(partial(look, checkin, cast.elina), partial(look, checkin, cast.andris))
    assert all(isinstance(each, Look) for each in found)
    assert Letter.objects.filter(kind="checkins.both").count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_begin_one(cast: Cast) -> None:
    agree(cast.pair)
    moment: datetime = NOW + 28 * DAY
    at_once(partial(actions.begin_checkins, moment), partial(actions.begin_checkins, moment))
    assert Checkin.objects.count() == 1
    assert Letter.objects.filter(kind="checkins.asked").count() == 2
