"""A guardian has the same door when something goes wrong (R8): told by the link, read by a manager."""

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.guardians.people import ADDRESS, Parent, address_of, guardian, link_of, pupil
from tests.make import NOW
from tests.visits import Visitor, forms, words
from varpa.guardians.actions import worries
from varpa.guardians.models import Worry
from varpa.history.models import Line
from varpa.home.queries.week import told_to, week
from varpa.kernel.refs import new_ref
from varpa.post.models import Letter
from varpa.programmes.actions.memberships import withdraw_member
from varpa.programmes.models import Membership

pytestmark = pytest.mark.django_db

TEXT = "Pēc tikšanās atnāca mājās noskumis."


@pytest.fixture
def member(cast: Cast) -> Membership:
    return pupil(cast)


def tell(cast: Cast, member: Membership, text: str = TEXT) -> Worry:
    anna = guardian(member, cast.inga)
    return worries.tell_worry(link=link_of(anna), text=text, now=NOW)


def test_told_by_the_page_read_by_the_manager_answered_by_a_letter(cast: Cast, member: Membership) -> None:
    parent, anna = Parent(), guardian(member, cast.inga)
    page = parent.get(address_of(anna))
    told = next(form for form in forms(page) if "worry" in form.action)
    parent.send(told, text=TEXT, kind="safety")
    letter = Letter.objects.get(kind="applications.worry", person=cast.inga.pk)
    assert letter.essential
    assert TEXT not in letter.text + letter.html

    manager = Visitor(cast.inga, language="en")
    told = told_to(cast.inga, cast.programme)
    assert week(cast.programme, NOW, told)[0].url == f"/programmes/{cast.programme.ref}/people/?show=worry"
    listed = manager.get(f"/programmes/{cast.programme.ref}/people/?show=worry")
    assert [line.membership for line, *_rest in listed.context["lines"]] == [member]
    shown = manager.get(f"/memberships/{member.ref}/")
    assert TEXT in words(shown)
    read = next(form for form in forms(shown) if form.action.startswith("/worries/"))
    manager.send(read)
    manager.send(read)
    assert Letter.objects.filter(kind="applications.worry_read", to_address=ADDRESS).count() == 1
    assert told_to(cast.inga, cast.programme).worries == 0
    lines = Line.objects.filter(verb__startswith="worry.").order_by("pk")
    assert [(each.verb, each.actor, each.behalf) for each in lines] == [
        ("worry.tell", None, member.person_id),
        ("worry.read", cast.inga.pk, member.person_id),
    ]


def test_two_clicks_tell_once(cast: Cast, member: Membership) -> None:
    anna, ref = guardian(member, cast.inga), new_ref()
    for _click in range(2):
        worries.tell_worry(link=link_of(anna), text=TEXT, now=NOW, ref=ref)
    assert Worry.objects.count() == 1
    assert Letter.objects.filter(kind="applications.worry").count() == 1


def test_of_two_managers_the_first_has_read_it(cast: Cast, member: Membership) -> None:
    worry = tell(cast, member)
    worries.read_worry(worry=worry, by=cast.inga, now=NOW)
    worries.read_worry(worry=Worry.objects.get(), by=cast.dace, now=NOW)
    worry.refresh_from_db()
    assert worry.read_by == cast.inga


def test_without_words_nothing_is_told(cast: Cast, member: Membership) -> None:
    with pytest.raises(worries.NoWords):
        tell(cast, member, "  \n ")
    parent = Parent()
    anna = guardian(member, cast.inga)
    page = parent.post(f"{address_of(anna)}worry/?language=en", {"ref": new_ref(), "text": ""})
    assert "Write something here. One sentence is enough." in words(page)


def test_ten_a_day_are_taken_and_then_another_way_is_told(cast: Cast, member: Membership) -> None:
    anna = guardian(member, cast.inga)
    for number in range(10):
        worries.tell_worry(link=link_of(anna), text=f"{number}", now=NOW)
    with pytest.raises(worries.ToldOften):
        worries.tell_worry(link=link_of(anna), text="11", now=NOW)
    worries.tell_worry(link=link_of(anna), text="11", now=NOW + timedelta(days=1, minutes=1))


def test_neither_the_pair_nor_strangers_see_or_answer_it(cast: Cast, member: Membership) -> None:
    worry = tell(cast, member)
    own = Visitor(member.person)
    for address in (f"/memberships/{member.ref}/preparation/", f"/memberships/{member.ref}/guardians/own/"):
        assert TEXT not in words(own.get(address))
    assert own.get(f"/memberships/{member.ref}/").status_code == 403
    for who in (member.person, cast.andris, cast.tomas, cast.zane):
        assert Visitor(who).post(f"/worries/{worry.ref}/read/").status_code == 404
    assert TEXT not in words(Parent().get(address_of(worry.guardian))), (
        "not even by a link that was forwarded"
    )


def test_without_a_manager_it_reaches_the_lead_partner(cast: Cast, member: Membership) -> None:
    inga = Membership.objects.get(programme=cast.programme, person=cast.inga)
    anna = guardian(member, cast.inga)
    withdraw_member(membership=inga, by=cast.dace, now=NOW)
    worries.tell_worry(link=link_of(anna), text=TEXT, now=NOW)
    assert Letter.objects.get(kind="applications.worry").person == cast.dace.pk


def test_after_back_another_worry_is_not_taken_for_the_first_one(cast: Cast, member: Membership) -> None:
    parent, anna = Parent(), guardian(member, cast.inga)
    told = next(form for form in forms(parent.get(address_of(anna))) if "worry" in form.action)
    for _click in range(2):
        parent.send(told, text=TEXT, kind="safety")
    page = parent.send(told, text="Un vēl kas.", kind="safety")
    assert "Un vēl kas." in page.content.decode()
    assert Worry.objects.count() == 1
    again = next(form for form in forms(page) if "worry" in form.action)
    parent.send(again, text="Un vēl kas.", kind="safety")
    assert [each.text for each in Worry.objects.order_by("pk")] == [TEXT, "Un vēl kas."]
