"""Two at one moment: real threads, each with a connection of its own; one effect."""

from typing import Any

import pytest

from tests.applications.conftest import PUPILS, applicant, hold, text_of
from tests.cast import Cast
from tests.make import NOW
from tests.together import at_once
from varpa.applications.actions.decisions import decide, decide_all
from varpa.applications.actions.rosters import take_roster
from varpa.applications.actions.talks import ask_for_talk
from varpa.applications.actions.writing import write_to
from varpa.applications.models import Interview, Roster
from varpa.applications.queries.members import stands_as
from varpa.history.models import Line
from varpa.kernel.refs import new_ref
from varpa.kernel.text import TranslatedText
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.programmes.models import Membership

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_who_take_in_the_same_people_at_once_add_them_once(cast: Cast) -> None:
    one, two = hold(cast, text_of(PUPILS)), hold(cast, text_of(PUPILS))
    found = at_once(
        lambda: take_roster(roster=Roster.objects.get(pk=one.pk), by=cast.inga, now=NOW),
        lambda: take_roster(roster=Roster.objects.get(pk=two.pk), by=cast.dace, now=NOW),
    )
    assert sorted(type(each).__name__ for each in found) == ["Counter", "RosterChanged"]
    assert Membership.objects.filter(person__name="Kārlis Šķēle").count() == 1
    assert Person.objects.filter(name="Žanete Ķirse").count() == 1


def test_two_clicks_at_once_take_one_roster_in_once(cast: Cast) -> None:
    roster = hold(cast, text_of(PUPILS))

    def act() -> Any:
        return take_roster(roster=Roster.objects.get(pk=roster.pk), by=cast.inga, now=NOW)

    found = at_once(act, act)
    assert sorted(type(each).__name__ for each in found) == ["AlreadyMoved", "Counter"]
    assert Person.objects.filter(name="Žanete Ķirse").count() == 1


def test_two_managers_who_decide_at_once_decide_once(cast: Cast) -> None:
    anna = applicant(cast)

    def act(step: str, by: Any) -> Any:
        return lambda: decide(membership=Membership.objects.get(pk=anna.pk), step=step, by=by, now=NOW)

    found = at_once(act("accept", cast.inga), act("decline", cast.dace))
    assert sorted(type(each).__name__ for each in found) == ["DecidedMeanwhile", "NoneType"]
    assert Line.objects.filter(thing_ref=anna.ref).count() == 2
    assert Letter.objects.filter(person=anna.person_id).count() == 1


def test_two_managers_who_ask_for_a_talk_at_once_ask_once(cast: Cast) -> None:
    anna = applicant(cast)
    seen = stands_as(anna)

    def act(times: str, by: Any) -> Any:
        given = {"words": "Nāc!", "times": times, "asked": new_ref(), "by": by, "now": NOW, "seen": seen}
        return lambda: ask_for_talk(membership=Membership.objects.get(pk=anna.pk), **given)

    found = at_once(act("Otrdien", cast.inga), act("Trešdien", cast.dace))
    assert sorted(type(each).__name__ for each in found) == ["ChangedSince", "NoneType"]
    assert Interview.objects.count() == 1


def test_two_managers_who_accept_the_same_people_at_once_accept_each_once(cast: Cast) -> None:
    some = [applicant(cast, f"{name} Ozola").pk for name in ("Anna", "Ieva", "Jana")]

    def act(by: Any, order: str) -> Any:
        found = Membership.objects.filter(pk__in=some).order_by(order)
        return lambda: decide_all(memberships=list(found), step="accept", by=by, now=NOW)

    outcomes: list[Any] = at_once(act(cast.inga, "pk"), act(cast.dace, "pk"))
    assert sorted(len(each.done) for each in outcomes) == [0, 3]
    assert Letter.objects.filter(kind="programmes.accepted").count() == 3


def test_two_clicks_at_once_write_one_letter(cast: Cast) -> None:
    asked = new_ref()
    text = TranslatedText(lv="Tiekamies otrdien.", lt="", en="")

    def click() -> None:
        member = Membership.objects.select_related("person", "programme").get(pk=cast.mentor.pk)
        write_to(membership=member, subject=text, words=text, asked=asked, by=cast.inga, now=NOW)

    at_once(click, click)
    assert Letter.objects.filter(kind="applications.written").count() == 1
    assert Line.objects.filter(verb="membership.written").count() == 1
