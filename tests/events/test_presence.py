"""Who was there, how it is known, and that the first training counts as prepared (R1, R11)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tests import make
from tests.cast import Cast
from tests.events.conftest import AFTER, ON_THE_DAY, SOON, announced, draft, invitation
from tests.programmes.conftest import picture
from varpa.events.actions import planning, presence
from varpa.events.actions.feedback import say_how_it_was
from varpa.events.actions.presence import mark_present, mark_self, take_presence_back
from varpa.events.models import Attendance, Event, How
from varpa.events.presence import is_fresh, token_of
from varpa.events.queries.events import counts_of, own_invitation, standing, with_counts
from varpa.history.models import Channel, Line
from varpa.kernel import clock
from varpa.kernel.refs import new_ref
from varpa.programmes.actions.memberships import withdraw_member
from varpa.programmes.models import Membership, Role, StepKey


def first_training(cast: Cast) -> Event:
    return announced(cast.programme, cast.inga, training="first")


def newcomer(cast: Cast) -> Membership:
    return make.member(cast.programme, make.person("Liene Vītola"), Role.MENTOR, ready=False)


def trained(member: Membership) -> bool:
    return member.preparations.filter(step=StepKey.TRAINING).exists()


def test_ticked_on_the_list_each_is_entered_once(cast: Cast, event: Event) -> None:
    members = [cast.mentor, cast.mentee]
    assert len(mark_present(event=event, members=members, by=cast.inga, now=ON_THE_DAY)) == 2
    assert mark_present(event=event, members=members, by=cast.dace, now=ON_THE_DAY) == []
    row = event.attendances.get(membership=cast.mentee)
    assert (row.how, row.by, row.at) == (How.LIST, cast.inga, ON_THE_DAY)
    line = Line.objects.get(verb="event.present", behalf=cast.elina.pk)
    assert line.actor == cast.inga.pk


def test_nobody_was_at_what_has_not_begun_or_was_cancelled(cast: Cast, event: Event) -> None:
    with pytest.raises(presence.NotYet):
        mark_present(event=event, members=[cast.mentor], by=cast.inga, now=SOON)
    planning.cancel_event(event=event, by=cast.inga, now=SOON)
    with pytest.raises(presence.NotOn):
        mark_present(event=event, members=[cast.mentor], by=cast.inga, now=AFTER)


def test_somebody_of_another_programme_is_not_entered(cast: Cast, event: Event) -> None:
    with pytest.raises(presence.NotAMemberHere):
        mark_present(event=event, members=[cast.elsewhere.mentee], by=cast.inga, now=ON_THE_DAY)


def test_from_paper_only_with_the_signed_list(cast: Cast, event: Event) -> None:
    with pytest.raises(presence.ScanFirst):
        mark_present(event=event, members=[cast.mentor], how=How.PAPER, by=cast.inga, now=AFTER)
    sheet = presence.add_sheet(event=event, upload=picture(), by=cast.inga, now=AFTER, ref="23456789abcd")
    again = presence.add_sheet(event=event, upload=picture(), by=cast.inga, now=AFTER, ref="23456789abcd")
    assert sheet == again
    mark_present(event=event, members=[cast.mentor], how=How.PAPER, by=cast.inga, now=AFTER)
    assert event.attendances.get().how == How.PAPER
    assert Line.objects.get(verb="event.present").channel == Channel.PAPER


def test_the_only_scan_stays_while_somebody_counts_by_it(cast: Cast, event: Event) -> None:
    sheet = presence.add_sheet(event=event, upload=picture(), by=cast.inga, now=AFTER)
    rows = mark_present(event=event, members=[cast.mentor], how=How.PAPER, by=cast.inga, now=AFTER)
    with pytest.raises(presence.SheetNeeded):
        presence.take_sheet_back(sheet=sheet, by=cast.inga, now=AFTER)
    better = presence.add_sheet(event=event, upload=picture(), by=cast.inga, now=AFTER)
    presence.take_sheet_back(sheet=sheet, by=cast.inga, now=AFTER)
    take_presence_back(attendance=rows[0], by=cast.inga, now=AFTER)
    presence.take_sheet_back(sheet=better, by=cast.inga, now=AFTER)
    assert not event.sheets.filter(withdrawn_at=None).exists()


def test_a_persons_page_leads_to_the_event_that_prepared(cast: Cast) -> None:
    event, member = first_training(cast), newcomer(cast)
    mark_present(event=event, members=[member], by=cast.inga, now=ON_THE_DAY)
    client = Client()
    client.force_login(cast.inga)
    page = client.get(f"/memberships/{member.ref}/").content.decode()
    assert f'href="/events/{event.ref}/"' in page
    assert f"event:{event.ref}" not in page


def test_the_first_training_prepares_and_a_mistake_takes_it_back(cast: Cast) -> None:
    event, member = first_training(cast), newcomer(cast)
    rows = mark_present(event=event, members=[member], by=cast.inga, now=ON_THE_DAY)
    assert trained(member)
    take_presence_back(attendance=rows[0], by=cast.inga, now=ON_THE_DAY)
    take_presence_back(attendance=rows[0], by=cast.inga, now=ON_THE_DAY)
    assert not trained(member)
    assert Attendance.objects.filter(membership=member, withdrawn_at__isnull=False).count() == 1
    assert mark_present(event=event, members=[member], by=cast.inga, now=ON_THE_DAY)
    assert trained(member)


def test_a_training_called_off_before_its_hour_prepares_nobody(cast: Cast) -> None:
    event, member, early = first_training(cast), newcomer(cast), ON_THE_DAY - timedelta(hours=4)
    mark_present(event=event, members=[member, cast.mentor], by=cast.inga, now=early)
    planning.cancel_event(event=event, by=cast.inga, now=early, reason="Sniegs")
    assert not event.attendances.filter(withdrawn_at=None).exists()
    assert not trained(member)
    assert trained(cast.mentor)
    assert Line.objects.filter(verb="event.absent").count() == 2


def test_who_was_prepared_before_stays_so(cast: Cast) -> None:
    event = first_training(cast)
    rows = mark_present(event=event, members=[cast.mentor], by=cast.inga, now=ON_THE_DAY)
    take_presence_back(attendance=rows[0], by=cast.inga, now=ON_THE_DAY)
    assert trained(cast.mentor)


@pytest.fixture
def both(cast: Cast) -> tuple[Membership, Membership]:
    """Liene Vītola, who manages the programme and mentors in it."""
    liene = make.person("Liene Vītola", "liene@varpa.example")
    first = make.member(cast.programme, liene, Role.MANAGER, ready=False)
    return first, make.member(cast.programme, liene, Role.MENTOR, ready=False)


def own_event(cast: Cast) -> Event:
    return announced(cast.programme, cast.inga, training="first", roles=["manager", "mentor"])


def test_the_training_prepares_the_person_in_every_role(
    cast: Cast, both: tuple[Membership, Membership], client: Client
) -> None:
    """One invitation, one scan, one person counted; and the mentor may be paired as well (R1)."""
    event, liene = own_event(cast), both[0].person
    assert event.invitations.filter(membership__person=liene).count() == 1
    client.force_login(liene)
    assert scan(client, event, token_of(event, ON_THE_DAY), ON_THE_DAY, post=True) == 302
    assert trained(both[0])
    assert trained(both[1])
    assert counts_of(standing(cast.programme)) == (1, 1)


def test_taken_back_nobody_was_prepared_in_any_role(cast: Cast, both: tuple[Membership, Membership]) -> None:
    event = own_event(cast)
    rows = mark_present(event=event, members=both, by=cast.inga, now=ON_THE_DAY)
    take_presence_back(attendance=rows[0], by=cast.inga, now=ON_THE_DAY)
    # Entered in another role too, the person was there.
    assert trained(both[0])
    assert trained(both[1])
    take_presence_back(attendance=rows[1], by=cast.inga, now=ON_THE_DAY)
    assert not trained(both[0])
    assert not trained(both[1])


def test_any_role_that_was_not_accepted_is_not_prepared(
    cast: Cast, both: tuple[Membership, Membership]
) -> None:
    Membership.objects.filter(pk=both[1].pk).update(state="applied")
    mark_present(event=own_event(cast), members=[both[0]], by=cast.inga, now=ON_THE_DAY)
    assert trained(both[0])
    assert not trained(both[1])


def test_a_role_accepted_since_is_prepared_by_a_second_scan(
    cast: Cast, both: tuple[Membership, Membership]
) -> None:
    Membership.objects.filter(pk=both[1].pk).update(state="applied")
    event = own_event(cast)
    mark_present(event=event, members=[both[0]], by=cast.inga, now=ON_THE_DAY)
    Membership.objects.filter(pk=both[1].pk).update(state="accepted")
    assert mark_self(event=event, membership=both[0], by=both[0].person, now=ON_THE_DAY) is None
    assert trained(both[1])
    assert event.attendances.count() == 1


def test_who_is_entered_in_another_role_sees_so_and_says_how_it_was(
    cast: Cast, both: tuple[Membership, Membership]
) -> None:
    event = own_event(cast)
    mark_present(event=event, members=[both[1]], by=cast.inga, now=ON_THE_DAY)
    invited = invitation(event, both[0].person)
    assert (invited.membership, getattr(invited, "present", None)) == (both[0], True)
    given: dict[str, Any] = {"event": event, "membership": invited.membership, "helped": "much", "text": ""}
    assert say_how_it_was(**given, by=both[0].person, now=AFTER)


def test_who_was_invited_in_a_role_that_has_ended_is_invited_anew(
    cast: Cast, both: tuple[Membership, Membership]
) -> None:
    event = own_event(cast)
    withdraw_member(membership=both[0], by=cast.inga, now=SOON)
    assert own_invitation(event, both[0].person) is None
    assert [planning.invite_those_lacking(event, SOON) for _time in range(2)] == [1, 0]
    assert invitation(event, both[0].person).membership == both[1]


def test_any_other_event_prepares_nobody(cast: Cast, event: Event) -> None:
    member = newcomer(cast)
    mark_present(event=event, members=[member], by=cast.inga, now=ON_THE_DAY)
    assert not trained(member)


def test_by_the_code_on_the_day_of_the_event_only(cast: Cast, event: Event) -> None:
    with pytest.raises(presence.NotToday):
        mark_self(event=event, membership=cast.mentee, by=cast.elina, now=SOON)
    assert mark_self(event=event, membership=cast.mentee, by=cast.elina, now=ON_THE_DAY)
    assert mark_self(event=event, membership=cast.mentee, by=cast.elina, now=ON_THE_DAY) is None
    assert event.attendances.get().how == How.CODE


def test_the_code_is_soon_another_one(cast: Cast, event: Event) -> None:
    token = token_of(event, ON_THE_DAY)
    assert is_fresh(event, token, ON_THE_DAY + timedelta(seconds=59))
    assert not is_fresh(event, token, ON_THE_DAY + timedelta(seconds=91))
    assert not is_fresh(event, token, ON_THE_DAY - timedelta(seconds=31))
    other = draft(cast.programme, cast.inga)
    assert not is_fresh(other, token, ON_THE_DAY)
    for forged in ("", "-", "1-", token[:-1], f"{token}0", "٣-a", "9" * 40 + "-a"):
        assert not is_fresh(event, forged, ON_THE_DAY)


def scan(client: Client, event: Event, token: str, at: datetime, *, post: bool = False) -> int:
    address = f"/events/{event.ref}/here/{token}/"
    with clock.moved_to(at):
        return (client.post(address) if post else client.get(address)).status_code


def test_who_scans_in_time_taps_once_and_is_present(cast: Cast, event: Event, client: Client) -> None:
    client.force_login(cast.elina)
    token = token_of(event, ON_THE_DAY)
    assert scan(client, event, token, ON_THE_DAY) == 200
    assert scan(client, event, token, ON_THE_DAY + timedelta(minutes=2), post=True) == 302
    assert event.attendances.get().membership == cast.mentee


def test_a_photograph_of_the_code_comes_too_late(cast: Cast, event: Event, client: Client) -> None:
    token = token_of(event, ON_THE_DAY)
    client.force_login(cast.gabija)
    later = ON_THE_DAY + timedelta(minutes=3)
    assert scan(client, event, token, later) == 410
    assert scan(client, event, token, later, post=True) == 410
    assert not event.attendances.exists()


def test_who_opened_it_signed_in_has_a_short_time_to_tap(cast: Cast, event: Event, client: Client) -> None:
    """A photograph sent to a friend in time buys no quarter of an hour."""
    token = token_of(event, ON_THE_DAY)
    client.force_login(cast.elina)
    assert scan(client, event, token, ON_THE_DAY + timedelta(seconds=75)) == 200
    assert scan(client, event, token, ON_THE_DAY + timedelta(minutes=3), post=True) == 410
    assert scan(client, event, token, ON_THE_DAY + timedelta(minutes=15), post=True) == 410
    assert not event.attendances.exists()
    assert scan(client, event, token, ON_THE_DAY + timedelta(seconds=119), post=True) == 302
    assert event.attendances.get().membership == cast.mentee


def test_who_has_to_sign_in_first_still_counts(cast: Cast, event: Event, client: Client) -> None:
    token = token_of(event, ON_THE_DAY)
    assert scan(client, event, token, ON_THE_DAY) == 302
    client.force_login(cast.elina)
    assert scan(client, event, token, ON_THE_DAY + timedelta(minutes=5)) == 200
    assert scan(client, event, token, ON_THE_DAY + timedelta(minutes=40)) == 410


def test_the_code_shows_a_stranger_nothing(cast: Cast, event: Event, client: Client) -> None:
    token = token_of(event, ON_THE_DAY)
    for person in (cast.zane, cast.jonas):
        client.force_login(person)
        assert scan(client, event, token, ON_THE_DAY) == 404
        assert scan(client, event, token, ON_THE_DAY, post=True) == 404
    client.force_login(cast.inga)
    assert scan(client, event, token, ON_THE_DAY, post=True) == 200
    assert not event.attendances.exists()


def test_people_are_counted_once_and_participations_each_time(cast: Cast, event: Event) -> None:
    other = announced(cast.programme, cast.inga, kind="joint")
    for each in (event, other):
        mark_present(event=each, members=[cast.mentor, cast.mentee], by=cast.inga, now=ON_THE_DAY)
    assert counts_of(standing(cast.programme)) == (2, 4)


def test_who_is_entered_by_two_memberships_was_there_once(cast: Cast, event: Event) -> None:
    second = make.member(cast.programme, cast.andris, Role.MANAGER)
    mark_self(event=event, membership=cast.mentor, by=cast.andris, now=ON_THE_DAY)
    mark_present(event=event, members=[second, cast.mentee], by=cast.inga, now=ON_THE_DAY)
    assert counts_of(standing(cast.programme)) == (2, 2)
    assert with_counts(Event.objects.filter(pk=event.pk)).get().present == 2
    take_presence_back(attendance=event.attendances.get(membership=cast.mentor), by=cast.inga, now=ON_THE_DAY)
    assert counts_of(standing(cast.programme)) == (2, 2)


def test_another_list_from_the_same_form_is_kept_too(cast: Cast, event: Event) -> None:
    ref = new_ref()
    for _click in range(2):
        for size in (40, 50):
            presence.add_sheet(event=event, upload=picture(size), by=cast.inga, now=AFTER, ref=ref)
    assert event.sheets.count() == 2
