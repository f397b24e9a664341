"""A phone number is seen only where the two agreed on the phone and its owner said yes (R1, R4)."""

import html
from datetime import timedelta

import pytest
from django.test import Client

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from varpa.history.models import Line
from varpa.kernel import clock
from varpa.meetings.models import Meeting
from varpa.notices.models import Device, DeviceKind
from varpa.pairs.actions.pairs import dissolve_pair, pause_pair
from varpa.pairs.models import Pair, PairState, PlanAnswer
from varpa.pairs.phones import phone_of_other
from varpa.people.actions import change_profile, correct_person
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.programmes.models import Preparation

pytestmark = pytest.mark.django_db

NUMBER = "+371 2000-0001"


@pytest.fixture
def cast() -> Cast:
    return assemble()


def say(person: Person, *, number: str = NUMBER, show: bool = True) -> None:
    zone = person.zone
    change_profile(person=person, name=person.name, phone=number, zone=zone, now=NOW, show_phone=show)


def both_have(cast: Cast, *means: str) -> None:
    for member in (cast.mentor, cast.mentee):
        member.means = list(means)
        member.save(update_fields=["means"])


def agreed(cast: Cast, *means: str) -> None:
    make.agreed_plan(cast.pair)
    PlanAnswer.objects.update(question="means", choice=list(means))


def seen(cast: Cast, side: str = "mentor") -> str:
    """The number that a side sees of the other, or ""."""
    pair = Pair.objects.select_related("mentor__person", "mentee__person").get(pk=cast.pair.pk)
    found = phone_of_other(pair, side, NOW)
    return found.number if found else ""


def page(who: Person, address: str) -> str:
    client = Client()
    client.force_login(who)
    with clock.moved_to(NOW):
        return html.unescape(client.get(address, follow=True).content.decode())


class TestRule:
    def test_agreed_in_the_plan_and_allowed_by_its_owner(self, cast: Cast) -> None:
        agreed(cast, "video", "phone")
        say(cast.elina)
        assert seen(cast) == NUMBER
        # The yes of one is not that of the other.
        assert seen(cast, "mentee") == ""

    def test_before_a_plan_where_both_have_a_phone(self, cast: Cast) -> None:
        say(cast.elina)
        both_have(cast, "phone", "chat")
        assert seen(cast) == NUMBER
        cast.mentor.means = ["chat"]
        cast.mentor.save()
        assert seen(cast) == ""

    def test_not_where_the_plan_agrees_on_something_else(self, cast: Cast) -> None:
        both_have(cast, "phone")
        say(cast.elina)
        agreed(cast, "video", "chat")
        assert seen(cast) == ""

    def test_a_plan_that_chooses_no_means_agrees_on_no_phone(self, cast: Cast) -> None:
        both_have(cast, "phone")
        say(cast.elina)
        make.agreed_plan(cast.pair)
        assert seen(cast) == ""

    def test_not_without_its_owners_yes(self, cast: Cast) -> None:
        agreed(cast, "phone")
        say(cast.elina, show=False)
        assert seen(cast) == ""

    def test_the_yes_can_be_taken_back(self, cast: Cast) -> None:
        agreed(cast, "phone")
        say(cast.elina)
        say(cast.elina, show=False)
        assert seen(cast) == ""
        told = Line.objects.filter(verb="person.profile").order_by("pk").values_list("details", flat=True)
        assert [each.get("phone_shown") for each in told] == [1, 0]
        assert NUMBER not in str(list(told))

    def test_a_number_that_somebody_else_wrote_needs_a_yes_of_its_own(self, cast: Cast) -> None:
        agreed(cast, "phone")
        say(cast.elina)
        correct_person(person=cast.elina, changes={"phone": "+371 29999999"}, now=NOW, by=cast.inga)
        assert seen(cast) == ""

    def test_a_yes_without_a_number_shows_nothing(self, cast: Cast) -> None:
        agreed(cast, "phone")
        say(cast.elina, number="")
        assert seen(cast) == ""

    def test_a_number_for_short_messages_is_no_yes(self, cast: Cast) -> None:
        agreed(cast, "phone")
        Device.objects.create(
            person=cast.elina, kind=DeviceKind.PHONE, name=NUMBER, endpoint=NUMBER, added_at=NOW
        )
        assert seen(cast) == ""
        say(cast.elina, show=False)
        assert seen(cast) == ""

    @pytest.mark.parametrize("state", [PairState.PROPOSED, PairState.ACCEPTED, PairState.PAUSED])
    def test_not_before_the_pair_is_active_nor_while_it_rests(self, cast: Cast, state: str) -> None:
        agreed(cast, "phone")
        say(cast.elina)
        Pair.objects.filter(pk=cast.pair.pk).update(state=state)
        assert seen(cast) == ""

    @pytest.mark.parametrize("side", ["mentor", "mentee"])
    def test_never_before_both_are_prepared(self, cast: Cast, side: str) -> None:
        agreed(cast, "phone")
        say(cast.elina)
        Preparation.objects.filter(membership=getattr(cast, side)).delete()
        assert seen(cast) == ""

    def test_a_pause_and_the_end_take_it_away(self, cast: Cast) -> None:
        agreed(cast, "phone")
        say(cast.elina)
        pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        assert seen(cast) == ""
        dissolve_pair(pair=cast.pair, reason="Aizgāja.", by=cast.inga, now=NOW)
        assert seen(cast) == ""

    @pytest.mark.parametrize(
        ("number", "dialled"),
        [
            (NUMBER, "+37120000001"),
            ("8 600 12345", "860012345"),
            ("javascript:alert(1)", ""),
            ("pie mammas", ""),
            ("+371;ext=5 x", ""),
        ],
    )
    def test_only_digits_are_dialled(self, cast: Cast, number: str, dialled: str) -> None:
        agreed(cast, "phone")
        say(cast.elina, number=number)
        found = phone_of_other(cast.pair, "mentor", NOW)
        assert found is None or found.dialled == dialled


class TestPages:
    def test_one_tap_in_the_room_and_on_the_page_of_a_call(self, cast: Cast) -> None:
        agreed(cast, "phone")
        say(cast.elina)
        call = make.meeting(cast.pair, kind="regular", means="phone")
        video = make.meeting(cast.pair, kind="regular", days=9, means="video")
        link = 'href="tel:+37120000001"'
        assert link in page(cast.andris, f"/pairs/{cast.pair.ref}/")
        assert link in page(cast.andris, f"/meetings/{call.ref}/")
        assert link not in page(cast.andris, f"/meetings/{video.ref}/")

    def test_no_other_page_nor_letter_shows_it_and_staff_see_it_by_no_such_road(self, cast: Cast) -> None:
        agreed(cast, "phone")
        say(cast.elina)
        call = make.meeting(cast.pair, kind="regular", means="phone")
        for who in (cast.inga, cast.dace, cast.gabija, cast.zane, cast.tomas):
            for address in (f"/pairs/{cast.pair.ref}/", f"/meetings/{call.ref}/"):
                shown = page(who, address)
                assert "tel:" not in shown
                assert NUMBER not in shown
        assert not [
            each
            for each in Letter.objects.all()
            if "2000" in each.text and NUMBER in each.text + each.calendar
        ]

    def test_afterwards_the_page_of_the_call_keeps_it_no_longer(self, cast: Cast) -> None:
        agreed(cast, "phone")
        say(cast.elina)
        call = make.meeting(cast.pair, kind="regular", means="phone")
        Meeting.objects.filter(pk=call.pk).update(starts_at=NOW - timedelta(days=1))
        assert "tel:" not in page(cast.andris, f"/meetings/{call.ref}/")

    def test_its_owner_switches_it_on_on_their_own_page(self, cast: Cast) -> None:
        client = Client()
        client.force_login(cast.elina)
        given = {"name": cast.elina.name, "phone": NUMBER, "zone": cast.elina.zone}
        with clock.moved_to(NOW):
            client.post("/me/", given)
            cast.elina.refresh_from_db()
            assert (cast.elina.phone, cast.elina.phone_shown) == (NUMBER, "")
            client.post("/me/", {**given, "show_phone": "on"})
            assert "checked" in client.get("/me/").content.decode().split('name="show_phone"')[1][:90]
        cast.elina.refresh_from_db()
        assert cast.elina.phone_shown == NUMBER

    @pytest.mark.parametrize(
        ("language", "words"), [("lv", "Zvanīt: Elīna"), ("lt", "Skambinti: Elīna"), ("en", "Call Elīna")]
    )
    def test_it_speaks_three_languages(self, cast: Cast, language: str, words: str) -> None:
        agreed(cast, "phone")
        say(cast.elina)
        Person.objects.filter(pk=cast.andris.pk).update(language=language)
        cast.andris.refresh_from_db()
        assert words in page(cast.andris, f"/pairs/{cast.pair.ref}/")
