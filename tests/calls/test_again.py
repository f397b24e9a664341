"""Applying again after a no; how an application stands; questions to one role; what one has at home (S2)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation
from django.utils.html import escape

from tests.calls.conftest import ADDRESS, Applicant, begun, letters, link_in, sent, window, write
from tests.make import NOW
from tests.visits import Visitor, forms, words
from varpa.calls.actions import applying, sending
from varpa.calls.models import Application
from varpa.calls.queries import asked_by
from varpa.calls.steps import ROLES
from varpa.calls.words import STANDS
from varpa.history.models import Line
from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.programmes.actions.memberships import decide, withdraw_member
from varpa.programmes.actions.overriding import write_question
from varpa.programmes.models import Membership, MembershipState, Participation, Programme

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def lines(verb: str) -> int:
    return Line.objects.filter(verb=verb).count()


def fresh(application: Application) -> Application:
    return Application.objects.select_related("programme").get(pk=application.pk)


def again(programme: Programme, **said: Any) -> Application:
    """The same person applies once more, a month later."""
    application = begun(programme, country="LV")
    write(application, "place", **said)
    applying.confirm_address(application=application, now=NOW)
    assert sending.send(application=application, consent=True, now=NOW + timedelta(days=30))
    return fresh(application)


@pytest.mark.parametrize("leaves", ["decline", "withdraw"])
def test_who_was_declined_or_left_applies_again(programme: Programme, leaves: str) -> None:
    first = sent(programme, interests=["10.71"], place="Vecā skola")
    membership = Membership.objects.get(pk=first.membership_id)
    inga = Person.objects.get(name="Inga Liepa")
    if leaves == "decline":
        decide(membership=membership, step="decline", by=inga, now=NOW)
    else:
        applying.withdraw(application=first, now=NOW)
    second = again(programme, place="Jaunā skola")
    membership.refresh_from_db()
    assert (membership.state, membership.place) == (MembershipState.APPLIED, "Jaunā skola")
    assert "jauna skola" in membership.search_text
    assert membership.applied_at == NOW + timedelta(days=30)
    assert list(membership.applications.order_by("pk")) == [first, second]
    # What only the earlier one said is not carried on as if it were said now; it stays where it was said.
    assert Participation.objects.get(membership=membership).interests == []
    assert fresh(first).answers["interests"] == ["10.71"]
    assert lines("membership.again") == 1
    decide(membership=membership, step="decline", by=inga, now=NOW + timedelta(days=31))
    told = Letter.objects.filter(to_address=ADDRESS, kind="programmes.declined").count()
    assert told == (2 if leaves == "decline" else 1)


@pytest.mark.parametrize(("born", "stands"), [("2012-02-03", "LT"), ("2009-02-03", "LV")])
def test_nor_does_a_minor_apply_again_from_a_country_with_a_lower_age(
    programme: Programme, born: str, stands: str
) -> None:
    """At thirteen one accepts alone in Latvia, not in Lithuania; at sixteen in both."""
    first = sent(programme, born=born, country="LT")
    applying.withdraw(application=first, now=NOW)
    second = begun(programme, country="LV")
    write(second, "who", born=born)
    applying.confirm_address(application=second, now=NOW)
    assert sending.send(application=second, consent=True, now=NOW + timedelta(days=30))
    assert Membership.objects.get(pk=first.membership_id).country == stands
    assert fresh(second).answers["country"] == "LV"


def test_an_earlier_application_withdraws_nothing_of_the_newer(programme: Programme) -> None:
    first = sent(programme)
    membership = Membership.objects.get(pk=first.membership_id)
    decide(membership=membership, step="decline", by=None, now=NOW)
    again(programme)
    with pytest.raises(applying.Replaced):
        applying.withdraw(application=first, now=NOW)
    membership.refresh_from_db()
    assert membership.state == MembershipState.APPLIED


def test_who_applies_again_too_late_waits(programme: Programme) -> None:
    first = sent(programme)
    membership = Membership.objects.get(pk=first.membership_id)
    decide(membership=membership, step="decline", by=None, now=NOW)
    window(programme, mentee_closes=TODAY)
    assert again(programme).late
    membership.refresh_from_db()
    assert membership.state == MembershipState.WAITING


@pytest.mark.parametrize("step", ["", "wait", "accept"])
def test_who_is_in_does_not_apply_again(programme: Programme, step: str) -> None:
    membership = Membership.objects.get(pk=sent(programme).membership_id)
    if step:
        decide(membership=membership, step=step, by=None, now=NOW)
    other = begun(programme, country="LV")
    applying.confirm_address(application=other, now=NOW)
    with pytest.raises(sending.AppliedAlready):
        sending.send(application=other, consent=True, now=NOW)


def test_a_question_to_one_role_is_asked_of_that_role(programme: Programme, inga: Person) -> None:
    text = TranslatedText("Kas vēl?", "Kas dar?", "What else?")
    given: dict[str, Any] = {"among": "application", "text": text, "hint": TranslatedText(), "by": inga}
    for revision, (key, role) in enumerate([("all", ""), ("pupils", "mentee"), ("firms", "mentor")]):
        write_question(programme=programme, key=key, role=role, now=NOW, revision=revision, **given)
    asked = {role: [each.key for each in asked_by(programme, role, NOW).questions] for role in ROLES}
    assert asked == {"mentee": ["all", "pupils"], "mentor": ["all", "firms"]}


def test_what_one_has_at_home_is_kept(programme: Programme) -> None:
    application = sent(programme, computer="phone")
    assert Participation.objects.get(membership=application.membership_id).computer == "phone"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("step", ["", "accept", "wait", "decline", "withdraw"])
def test_what_was_sent_says_how_it_stands_now(programme: Programme, step: str, language: str) -> None:
    application = sent(programme, language=language)
    membership = Membership.objects.get(pk=application.membership_id)
    if step == "withdraw":
        withdraw_member(membership=membership, by=None, now=NOW)
    elif step:
        decide(membership=membership, step=step, by=None, now=NOW)
    visitor = Applicant()
    visitor.send(forms(visitor.get(link_in(letters()[1])))[0])
    page = visitor.get(f"/apply/{application.ref}/")
    membership.refresh_from_db()
    with translation.override(language):
        head = str(STANDS[membership.state][0])
        reads = str(STANDS["applied"][1])
    assert escape(head) in words(page)
    # That a letter will tell is true only until one has told.
    assert (escape(reads) in words(page)) == (step == "")
    assert (f"/memberships/{membership.ref}/preparation/" in words(page)) == (step == "accept")
    assert ("/apply/mentee/?language" in words(page)) == (step in ("decline", "withdraw"))


def test_the_manager_reads_each_application_of_one_person(programme: Programme, inga: Person) -> None:
    first = sent(programme, topic="Bites")
    membership = Membership.objects.get(pk=first.membership_id)
    decide(membership=membership, step="decline", by=inga, now=NOW)
    sent(programme, topic="Maize")
    page = words(Visitor(inga).get(f"/memberships/{membership.ref}/application/"))
    assert page.index("Maize") < page.index("Bites")


def test_a_question_may_be_for_one_role(programme: Programme, inga: Person) -> None:
    visitor = Visitor(inga)
    where = f"/programmes/{programme.ref}/settings/questions/application/"
    form = forms(visitor.get(where))[-1]
    typed = {"text_lv": "Kāda skola?", "text_lt": "Kokia mokykla?", "text_en": "Which school?"}
    assert visitor.send(form, role="mentee", **typed).status_code == 302
    asked = {
        role: len(asked_by(Programme.objects.get(), role, NOW).questions) for role in ("mentor", "mentee")
    }
    assert asked == {"mentor": 0, "mentee": 1}
    assert "role" not in forms(visitor.get(where.replace("application", "plan")))[-1].fields
