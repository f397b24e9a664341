"""From the letter to the first meeting: a guardian permits by a link, without an account (R1, R8, R11)."""

import pytest

from tests import make
from tests.cast import Cast
from tests.guardians.people import Parent, letters, link_in, pupil
from tests.make import NOW
from tests.visits import Visitor, forms, words
from varpa.guardians.models import Guardian
from varpa.history.models import Line
from varpa.kernel import clock
from varpa.pairs.actions.readiness import start_ready_pairs
from varpa.pairs.models import PairState
from varpa.people.models import Person
from varpa.post.models import Letter, LetterState
from varpa.programmes.models import Membership, Role
from varpa.programmes.queries import is_prepared

pytestmark = pytest.mark.django_db


def test_a_guardian_permits_by_the_link_and_the_pair_begins(cast: Cast) -> None:
    member = pupil(cast)
    mentor = make.member(
        cast.programme, make.person("Ilze Auza"), Role.MENTOR, place="SIA „Māls”", country="LV"
    )
    pair = make.pair(mentor, member)
    assert pair.state == PairState.ACCEPTED
    assert not is_prepared(member, NOW.date())
    manager = Visitor(cast.inga)
    page = manager.get(f"/memberships/{member.ref}/guardians/new/")
    sent = manager.send(forms(page)[0], name="Anna Šķēle", address="Anna@maja.example", language="lv")
    assert sent.status_code == 302
    letter, *reminders = letters()
    assert "Kārlis Šķēle" in letter.subject
    assert len(reminders) == 2

    parent = Parent(days=1)
    page = parent.get(link_in(letter))
    assert page.status_code == 200
    text = words(page)
    assert "Ilze Auza" in text
    assert "SIA „Māls”" in text
    assert not any(private in text for private in ("anna@", "Anna@", "Šķēle"))
    answers = forms(page)[0]
    assert not [each for each in answers.fields if each in ("taking_part", "visit", "photographs")]
    done = parent.send(answers, taking_part="yes", visit="yes", visit_abroad="no", photographs="no")
    assert done.status_code == 302
    assert is_prepared(member, NOW.date())
    assert {each.state for each in Letter.objects.filter(kind="applications.guardian_reminder")} == {
        LetterState.WITHDRAWN
    }
    with clock.moved_to(parent.now):
        start_ready_pairs(parent.now)
    pair.refresh_from_db()
    assert pair.state == PairState.ACTIVE

    parent.send(forms(parent.get(link_in(letter)))[0], taking_part="no")
    pair.refresh_from_db()
    assert pair.state == PairState.PAUSED
    _history_says_whose_word_it_was(member)


def _history_says_whose_word_it_was(member: Membership) -> None:
    lines = Line.objects.filter(thing_ref=member.ref, verb__startswith="permission.").order_by("pk")
    assert [each.verb for each in lines] == [
        "permission.give",
        "permission.give",
        "permission.refuse",
        "permission.refuse",
        "permission.withdraw",
    ]
    guardian = Guardian.objects.get()
    assert {(each.actor, each.behalf, each.channel) for each in lines} == {(None, member.person_id, "web")}
    assert {each.details["guardian"] for each in lines} == {guardian.ref}
    assert Person.objects.filter(email="anna@maja.example").count() == 0
