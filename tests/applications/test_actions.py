"""Deciding on applications, preparation on paper, permissions, what is known, leaving (§4, R1, R11)."""

from datetime import date
from functools import partial
from typing import Any

import pytest
from django.test import Client

from tests import make
from tests.applications.conftest import applicant
from tests.cast import Cast
from tests.make import NOW
from varpa.applications.actions import members
from varpa.applications.actions.decisions import (
    ChangedSince,
    DecidedMeanwhile,
    NoSuchDecision,
    StaffIsAppointed,
    decide,
    decide_all,
    mark_all_trained,
    mark_trained,
)
from varpa.applications.queries.corrections import mark_of
from varpa.applications.queries.members import stands_as
from varpa.history.models import Channel, Line
from varpa.kernel.merging import Conflict
from varpa.kernel.states import AlreadyMoved
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.programmes.actions.memberships import CountryStays, HasLeft, NotAMember, change_member
from varpa.programmes.models import Membership, MembershipState, Preparation, Role
from varpa.programmes.queries import is_prepared

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def last_line(membership: Membership) -> Line:
    line = Line.objects.filter(thing_ref=membership.ref).last()
    assert line is not None
    return line


@pytest.mark.parametrize(
    ("step", "state"),
    [
        ("accept", MembershipState.ACCEPTED),
        ("wait", MembershipState.WAITING),
        ("decline", MembershipState.DECLINED),
    ],
)
def test_an_application_is_decided_and_the_person_told(cast: Cast, step: str, state: MembershipState) -> None:
    anna = applicant(cast)
    decide(membership=anna, step=step, by=cast.inga, now=NOW)
    anna.refresh_from_db()
    assert anna.state == state
    assert Letter.objects.filter(person=anna.person_id).count() == 1
    line = last_line(anna)
    assert (line.verb, line.actor, line.behalf) == (f"membership.{step}", cast.inga.pk, anna.person_id)


def test_a_decision_is_made_once(cast: Cast) -> None:
    anna = applicant(cast)
    second = Membership.objects.get(pk=anna.pk)
    decide(membership=anna, step="accept", by=cast.inga, now=NOW)
    with pytest.raises(AlreadyMoved):
        decide(membership=second, step="decline", by=cast.dace, now=NOW)
    assert Membership.objects.get(pk=anna.pk).state == MembershipState.ACCEPTED


def test_only_decisions_that_there_are(cast: Cast) -> None:
    anna = applicant(cast)
    for step in ("withdraw", "complete", "appoint", ""):
        with pytest.raises(NoSuchDecision):
            decide(membership=anna, step=step, by=cast.inga, now=NOW)
    assert Membership.objects.get(pk=anna.pk).state == MembershipState.APPLIED


def test_staff_is_appointed_never_decided_on(cast: Cast) -> None:
    inga = Membership.objects.get(person=cast.inga)
    with pytest.raises(StaffIsAppointed):
        decide(membership=inga, step="decline", by=cast.inga, now=NOW)
    with pytest.raises(StaffIsAppointed):
        members.let_go(membership=inga, by=cast.inga, now=NOW)
    with pytest.raises(StaffIsAppointed):
        mark_trained(membership=inga, notice_on_paper=True, note="", by=cast.inga, now=NOW)


def test_many_are_decided_and_who_cannot_be_is_told_by_name(cast: Cast) -> None:
    some = [applicant(cast, f"{name} Ozola") for name in ("Anna", "Ieva", "Jana")]
    decide(membership=Membership.objects.get(pk=some[1].pk), step="decline", by=cast.dace, now=NOW)
    outcome = decide_all(memberships=some, step="accept", by=cast.inga, now=NOW)
    assert [each.person.name for each in outcome.done] == ["Anna Ozola", "Jana Ozola"]
    assert [(each.person.name, bool(why)) for each, why in outcome.refused] == [("Ieva Ozola", True)]
    assert Membership.objects.get(pk=some[1].pk).state == MembershipState.DECLINED
    assert Line.objects.filter(verb="membership.accept").count() == 2
    assert Letter.objects.filter(kind="programmes.accepted").count() == 2


def test_who_was_changed_since_the_page_was_read_is_not_decided_with_the_others(cast: Cast) -> None:
    anna, ieva = (applicant(cast, f"{name} Ozola") for name in ("Anna", "Ieva"))
    read = {each.ref: stands_as(each) for each in (anna, ieva)}
    given = {"topic": "Rupjmaize"}
    change_member(membership=Membership.objects.get(pk=ieva.pk), changes=given, by=ieva.person, now=NOW)
    outcome = decide_all(memberships=[anna, ieva], step="decline", by=cast.inga, now=NOW, seen=read)
    assert [each.person.name for each in outcome.done] == ["Anna Ozola"]
    assert outcome.refused == [(ieva, str(ChangedSince()))]
    assert Membership.objects.get(pk=ieva.pk).state == MembershipState.APPLIED


def test_two_managers_never_decide_twice_on_what_only_one_of_them_saw(cast: Cast) -> None:
    """A place on the waiting list is a decision too: who reads the page of before is told of it."""
    anna, ieva = (applicant(cast, f"{name} Ozola") for name in ("Anna", "Ieva"))
    read = {each.ref: stands_as(each) for each in (anna, ieva)}
    decide(membership=anna, step="wait", by=cast.dace, now=NOW, seen=read[anna.ref])
    with pytest.raises(DecidedMeanwhile) as caught:
        decide(membership=anna, step="decline", by=cast.inga, now=NOW, seen=read[anna.ref])
    assert cast.dace.name in str(caught.value)
    outcome = decide_all(memberships=[anna, ieva], step="decline", by=cast.inga, now=NOW, seen=read)
    assert [each.person.name for each in outcome.done] == ["Ieva Ozola"]
    assert Membership.objects.get(pk=anna.pk).state == MembershipState.WAITING
    letters = Letter.objects.filter(to_address=anna.person.email)
    assert [each.kind for each in letters] == ["programmes.waiting"]
    decide(membership=anna, step="accept", by=cast.inga, now=NOW, seen=stands_as(anna))


def test_a_failure_leaves_nobody_decided(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    some = [applicant(cast, f"{name} Ozola") for name in ("Anna", "Ieva")]
    before = Letter.objects.count()

    def told(membership: Membership, step: str, **_given: Any) -> None:
        if membership.pk == some[1].pk:
            raise RuntimeError("the power went")

    monkeypatch.setattr("varpa.programmes.letters.tell_decision", told)
    with pytest.raises(RuntimeError):
        decide_all(memberships=some, step="accept", by=cast.inga, now=NOW)
    states = set(Membership.objects.filter(pk__in=[each.pk for each in some]).values_list("state", flat=True))
    assert (states, Letter.objects.count()) == ({MembershipState.APPLIED}, before)


def test_training_with_the_notice_signed_on_paper_makes_prepared(cast: Cast) -> None:
    anna = applicant(cast, role=Role.MENTOR)
    ieva = applicant(cast, "Ieva Liepa", role=Role.MENTOR)
    outcome = mark_all_trained(memberships=[anna], notice_on_paper=True, note="", by=cast.inga, now=NOW)
    assert [why for _each, why in outcome.refused] == [str(NotAMember())]
    for each in (anna, ieva):
        decide(membership=each, step="accept", by=cast.inga, now=NOW)
    mark_all_trained(memberships=[anna], notice_on_paper=True, note="Jelgavā", by=cast.inga, now=NOW)
    mark_trained(membership=ieva, notice_on_paper=False, note="", by=cast.inga, now=NOW)
    assert (is_prepared(anna, TODAY), is_prepared(ieva, TODAY)) == (True, False)
    assert last_line(anna).channel == Channel.PAPER
    lines = Line.objects.filter(verb="membership.trained").count()
    mark_trained(membership=anna, notice_on_paper=True, note="", by=cast.inga, now=NOW)
    assert Preparation.objects.filter(membership=anna).count() == 2
    assert Line.objects.filter(verb="membership.trained").count() == lines


def change(cast: Cast, **changes: Any) -> bool:
    shown: dict[str, Any] = {"country": "LV", "place": "", "topic": "Keramikas darbnīca"}
    shown |= {"means": ["in_person", "video", "email"], "revision": cast.mentee.revision, **changes}
    return members.change_details(membership=cast.mentee, by=cast.inga, now=NOW, **shown)


def test_what_is_known_of_a_member_is_changed(cast: Cast) -> None:
    assert change(cast, place=" Jelgavas ģimnāzija ", means=["chat", "pigeon"])
    cast.mentee.refresh_from_db()
    assert (cast.mentee.place, cast.mentee.means) == ("Jelgavas ģimnāzija", ["chat"])
    assert "jelgavas gimnazija" in cast.mentee.search_text
    assert last_line(cast.mentee).details == {"fields": "means, place"}


def test_a_country_that_is_known_is_never_unknown_again(cast: Cast) -> None:
    """Ages, permissions and partners are those of a country: another one may be chosen, none may not."""
    with pytest.raises(CountryStays):
        change(cast, country="", place="Jelgavas ģimnāzija")
    cast.mentee.refresh_from_db()
    assert (cast.mentee.country, cast.mentee.place) == ("LV", "")
    assert change(cast, country="LT")


def test_whose_country_nobody_knows_may_be_changed_otherwise(cast: Cast) -> None:
    Membership.objects.filter(pk=cast.mentee.pk).update(country="")
    assert change(cast, country="", place="Jelgavas ģimnāzija")


def test_what_stays_the_same_has_no_line(cast: Cast) -> None:
    before = Line.objects.count()
    assert not change(cast)
    assert Line.objects.count() == before


def test_two_who_change_one_topic_lose_no_word(cast: Cast) -> None:
    opened = cast.mentee.revision
    change(cast, topic="Māla trauki")
    with pytest.raises(Conflict) as caught:
        change(cast, topic="Keramikas darbnīca Jelgavā", revision=opened)
    assert caught.value.stored["topic"] == "Māla trauki"
    assert caught.value.given["topic"] == "Keramikas darbnīca Jelgavā"
    change(cast, topic="Māla trauki, Jelgavā", revision=caught.value.revision)
    assert Membership.objects.get(pk=cast.mentee.pk).topic == "Māla trauki, Jelgavā"


def test_who_leaves_stays_in_the_books(cast: Cast) -> None:
    members.let_go(membership=cast.mentee, by=cast.inga, now=NOW)
    assert Membership.objects.get(pk=cast.mentee.pk).state == MembershipState.WITHDRAWN
    assert last_line(cast.mentee).verb == "membership.withdraw"
    with pytest.raises(AlreadyMoved):
        members.let_go(membership=Membership.objects.get(pk=cast.mentee.pk), by=cast.inga, now=NOW)
    with pytest.raises(HasLeft):
        change(cast, place="Rīga")


def test_a_wrong_date_of_birth_is_corrected(cast: Cast) -> None:
    """A slip of the year decides whether a guardian is asked."""
    person = cast.elina
    page = f"/memberships/{cast.mentee.ref}/person/"
    client = Client()
    client.force_login(cast.inga)
    person.refresh_from_db()
    sent = {"mark": mark_of(person), "name": "Somebody Else", "phone": "1", "born": "2008-03-04"}
    Person.objects.filter(pk=person.pk).update(last_login=NOW)
    assert client.post(page, sent).headers["Location"] == f"/memberships/{cast.mentee.ref}/"
    person.refresh_from_db()
    # Name and phone are the person's own once they have signed in.
    assert (person.born, person.name) == (date(2008, 3, 4), "Elīna Bērziņa")
    line = Line.objects.get(verb="person.correct")
    assert (line.actor, line.behalf, line.details) == (cast.inga.pk, person.pk, {"fields": "born"})
    # Another tab, opened before, is told; a year that cannot be meant too.
    told = client.post(page, {**sent, "born": "2007-03-04"}).content.decode()
    assert "Pa šo laiku" in told
    assert "04.03.2008" in told
    assert f'value="{mark_of(person)}"' in told
    told = client.post(page, {**sent, "mark": mark_of(person), "born": "2026-03-04"}).content.decode()
    assert 'value="2026-03-04"' in told


def test_name_and_phone_of_whoever_never_came_in_are_corrected(cast: Cast) -> None:
    slip = make.person("Oskras Kalns", "oskars@skola.example")
    member = make.member(cast.programme, slip, Role.MENTEE)
    told = {"name": "Oskars Kalns", "phone": "+371 20000000", "born": None}
    correct = partial(members.correct_known, membership=member, by=cast.inga, now=NOW)
    assert correct(mark=mark_of(slip), **told)
    slip.refresh_from_db()
    assert (slip.name, slip.phone, slip.search_text) == (
        "Oskars Kalns",
        "+371 20000000",
        "oskars kalns oskars@skola.example",
    )
    assert not correct(mark=mark_of(slip), **told)
    assert Line.objects.filter(verb="person.correct").count() == 1


def test_what_another_organisation_knows_is_left_to_it(cast: Cast) -> None:
    member = make.member(cast.programme, make.person("Oskars Kalns"), Role.MENTEE)
    other = make.programme(make.organisation("Cits centrs"))
    make.member(other, member.person, Role.MENTEE)
    with pytest.raises(members.KnownElsewhere):
        members.correct_known(
            membership=member,
            name="O K",
            phone="",
            born=None,
            mark=mark_of(member.person),
            by=cast.inga,
            now=NOW,
        )
