"""Making, announcing, changing and cancelling an event (S14)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests import make
from tests.cast import Cast
from tests.events.conftest import AFTER, ON_THE_DAY, SOON, STARTS, TITLE, announced, answers, draft, said
from tests.make import NOW
from varpa.events.actions import planning
from varpa.events.actions.duties import invite_and_remind, write_to_invited
from varpa.events.actions.presence import NotToday, mark_present, mark_self, take_presence_back
from varpa.events.models import Event, EventState, InvitationState
from varpa.events.queries.events import prepared_drafts
from varpa.history.models import Line
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved
from varpa.kernel.text import TranslatedText
from varpa.kernel.times import HourDoesNotExist
from varpa.post.models import Letter, LetterState
from varpa.programmes.actions.memberships import withdraw_member
from varpa.programmes.models import MembershipState, Role


def test_the_methodology_offers_its_two_trainings_with_their_topics(cast: Cast) -> None:
    offered = prepared_drafts(cast.programme)
    assert [each.key for each in offered] == ["first", "second"]
    assert str(offered[0].title.en) == "Joint meeting, first training"
    event = draft(cast.programme, cast.inga, training="second")
    assert (event.period, event.training) == ("second_joint_meeting", "second")
    assert [item.topic for item in event.agenda.all()][-3:] == ["finance", "taxes", "marketing"]
    assert [each.key for each in prepared_drafts(cast.programme)] == ["first"]


def test_a_draft_sent_twice_is_one(cast: Cast) -> None:
    ref = new_ref()
    first, second = (draft(cast.programme, cast.inga, ref=ref, training="first") for _time in range(2))
    assert first == second
    assert first.agenda.count() == 4
    assert Line.objects.filter(verb="event.make").count() == 1


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"title": TranslatedText("Tikai latviski")}, planning.TitleMissing),
        ({"starts_local": datetime(2025, 10, 1, 10)}, planning.InThePast),
        ({"starts_local": datetime(2035, 10, 1, 10)}, planning.TooFarAhead),
        ({"starts_local": datetime(2026, 3, 29, 3, 30)}, HourDoesNotExist),
        ({"minutes": 0}, planning.WrongLength),
        ({"roles": []}, planning.NobodyInvited),
        ({"link": "http://call.example/1"}, planning.UnsafeLink),
        ({"link": "https://user@call.example/1"}, planning.UnsafeLink),
        ({"link": "javascript:alert(1)"}, planning.UnsafeLink),
    ],
)
def test_what_no_event_can_be(cast: Cast, changes: dict[str, Any], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        draft(cast.programme, cast.inga, **changes)
    assert not Event.objects.exists()


def test_announced_the_chosen_roles_are_invited_once_a_person(cast: Cast) -> None:
    event = announced(cast.programme, cast.inga)
    invited = set(event.invitations.values_list("membership__person__name", flat=True))
    assert invited == {cast.andris.name, cast.elina.name, cast.rimantas.name, cast.gabija.name}
    with pytest.raises(AlreadyMoved):
        planning.announce_event(event=event, by=cast.inga, now=NOW)


def test_only_the_chosen_countries_are_invited(cast: Cast) -> None:
    event = announced(cast.programme, cast.inga, countries=["LT"], roles=["mentee"])
    assert [each.membership.person for each in event.invitations.all()] == [cast.gabija]


def test_without_a_place_and_a_link_nobody_is_invited(cast: Cast) -> None:
    event = draft(cast.programme, cast.inga, place="")
    with pytest.raises(planning.PlaceMissing):
        planning.announce_event(event=event, by=cast.inga, now=NOW)
    assert not event.invitations.exists()


def test_who_is_invited_is_never_left_without_a_place(cast: Cast, event: Event) -> None:
    nowhere = said(place="", link="")
    with pytest.raises(planning.PlaceTakenAway):
        planning.change_event(event=event, revision=0, by=cast.inga, now=SOON, **nowhere)
    event.refresh_from_db()
    assert event.place
    by_link = {**nowhere, "link": "https://meet.example/mentori"}
    assert planning.change_event(event=event, revision=0, by=cast.inga, now=SOON, **by_link)


def test_each_invited_gets_one_letter_with_the_event_for_the_calendar(cast: Cast, event: Event) -> None:
    assert write_to_invited(SOON) == 4
    assert write_to_invited(SOON) == 0
    letters = Letter.objects.filter(kind="events.invited")
    assert letters.count() == 4
    letter = letters.get(person=cast.gabija.pk)
    assert (letter.language, letter.calendar_method) == ("lt", "REQUEST")
    assert f"UID:event-{event.ref}@" in letter.calendar
    assert "DTSTART;TZID=Europe/Riga:20251028T100000" in letter.calendar
    assert "gabija@" in letter.calendar
    assert "elina@" not in letter.calendar


def test_who_is_accepted_later_is_invited_too(cast: Cast, event: Event) -> None:
    write_to_invited(SOON)
    late = make.member(cast.programme, make.person("Liene Vītola"), Role.MENTOR)
    assert invite_and_remind(SOON) == 1
    assert write_to_invited(SOON) == 1
    assert event.invitations.get(membership=late).state == InvitationState.ASKED


def test_moved_everybody_is_told_and_calendars_too(cast: Cast, event: Event) -> None:
    write_to_invited(SOON)
    Letter.objects.update(state=LetterState.SENT)
    moved = said(starts_local=STARTS + timedelta(days=1))
    assert planning.change_event(event=event, revision=0, by=cast.inga, now=SOON, **moved)
    write_to_invited(SOON)
    letter = Letter.objects.get(person=cast.andris.pk, once__contains=f"{event.ref}:1:")
    assert "SEQUENCE:1" in letter.calendar
    assert letter.subject.startswith("Izmaiņas")


def test_moved_before_the_invitation_went_it_comes_once_and_right(cast: Cast) -> None:
    # The nights of whoever is under age are quiet.
    krista = make.person("Krista Liepiņa", "krista@varpa.example", born=date(2009, 5, 4))
    make.member(cast.programme, krista, Role.MENTEE, ready=False)
    event = announced(cast.programme, cast.inga)
    night = datetime.fromisoformat("2025-10-14T21:00:00+00:00")
    write_to_invited(night)
    moved = said(starts_local=STARTS + timedelta(days=1))
    planning.change_event(event=event, revision=0, by=cast.inga, now=night, **moved)
    write_to_invited(night)
    letters = Letter.objects.filter(person=krista.pk, kind="events.invited", state=LetterState.QUEUED)
    assert [letter.subject[:8] for letter in letters] == ["Otrās ap"]


def test_another_number_of_places_is_told_to_nobody(cast: Cast, event: Event) -> None:
    write_to_invited(SOON)
    assert planning.change_event(event=event, revision=0, by=cast.inga, now=SOON, **said(places=10))
    assert write_to_invited(SOON) == 0


def test_changed_from_two_pages_the_second_is_told(cast: Cast, event: Event) -> None:
    assert planning.change_event(event=event, revision=0, by=cast.inga, now=SOON, **said(places=10))
    with pytest.raises(AlreadyMoved):
        planning.change_event(event=event, revision=0, by=cast.dace, now=SOON, **said(places=12))
    # The same once more is a second click.
    assert not planning.change_event(event=event, revision=0, by=cast.inga, now=SOON, **said(places=10))


def test_cancelled_whoever_might_come_is_told_why(cast: Cast, event: Event) -> None:
    write_to_invited(SOON)
    Letter.objects.update(state=LetterState.SENT)
    answers(event, cast.andris, comes=False)
    planning.cancel_event(event=event, by=cast.inga, now=SOON, reason="Telpas nav.")
    write_to_invited(SOON)
    told = Letter.objects.filter(kind="events.cancelled")
    assert set(told.values_list("person", flat=True)) == {cast.elina.pk, cast.rimantas.pk, cast.gabija.pk}
    assert told[0].calendar_method == "CANCEL"
    assert "Telpas nav." in told[0].text
    with pytest.raises(AlreadyMoved):
        planning.cancel_event(event=event, by=cast.inga, now=SOON)


def test_what_has_begun_is_not_cancelled_and_what_has_not_is_not_held(cast: Cast, event: Event) -> None:
    with pytest.raises(planning.NotYet):
        planning.hold_event(event=event, by=cast.inga, now=SOON)
    with pytest.raises(planning.HasBegun):
        planning.cancel_event(event=event, by=cast.inga, now=AFTER)
    planning.hold_event(event=event, by=cast.inga, now=AFTER)
    assert event.state == EventState.HELD
    with pytest.raises(planning.Settled):
        planning.change_event(event=event, revision=0, by=cast.inga, now=AFTER, **said(places=3))


def test_one_reminder_three_days_before_ends_with_the_event(cast: Cast, event: Event) -> None:
    write_to_invited(SOON)
    answers(event, cast.elina)
    answers(event, cast.andris, comes=False)
    assert invite_and_remind(event.starts_at - timedelta(days=4)) == 0
    near = event.starts_at - timedelta(days=2)
    assert invite_and_remind(near) == 3
    assert invite_and_remind(near) == 0
    reminder = Letter.objects.get(kind="events.reminder", person=cast.elina.pk)
    assert reminder.ends_at == event.starts_at
    # Whoever has a place is not asked for an answer once more.
    assert all(part in reminder.calendar for part in ("METHOD:REQUEST", "PARTSTAT=ACCEPTED"))
    assert "RSVP" not in reminder.calendar
    unsaid = Letter.objects.get(kind="events.reminder", person=cast.gabija.pk)
    assert "PARTSTAT=NEEDS-ACTION" in unsaid.calendar
    assert not Letter.objects.filter(kind="events.reminder", person=cast.andris.pk).exists()


def test_who_has_left_the_programme_keeps_no_place(cast: Cast) -> None:
    event = announced(cast.programme, cast.inga, places=1)
    assert answers(event, cast.elina) == InvitationState.COMING
    assert answers(event, cast.andris) == InvitationState.WAITING
    withdraw_member(membership=cast.mentee, by=cast.inga, now=SOON)
    assert cast.mentee.state == MembershipState.WITHDRAWN
    invite_and_remind(SOON)
    assert event.invitations.get(membership=cast.mentor).state == InvitationState.COMING
    assert Line.objects.filter(verb="event.away", actor=None, behalf=cast.elina.pk).count() == 1
    event.refresh_from_db()
    assert event.taken == 1


def test_the_title_is_said_in_three_languages() -> None:
    assert all(TITLE.as_dict().values())


def test_an_event_at_which_somebody_was_is_not_moved_to_another_day(cast: Cast, event: Event) -> None:
    early = ON_THE_DAY - timedelta(hours=2)
    rows = mark_present(event=event, members=[cast.mentee], by=cast.inga, now=early)
    day = said(starts_local=STARTS + timedelta(days=7))
    with pytest.raises(planning.SomebodyWasThere, match="1"):
        planning.change_event(event=event, revision=event.revision, by=cast.inga, now=early, **day)
    event.refresh_from_db()
    assert (event.starts_local, event.sequence) == (STARTS, 0)
    take_presence_back(attendance=rows[0], by=cast.inga, now=early)
    assert planning.change_event(event=event, revision=event.revision, by=cast.inga, now=early, **day)
    later = ON_THE_DAY + timedelta(days=7)
    mark_self(event=event, membership=cast.mentee, by=cast.elina, now=later)
    assert event.attendances.filter(withdrawn_at=None).get().at == later


def test_a_later_hour_of_the_same_day_takes_whoever_is_there_along(cast: Cast, event: Event) -> None:
    early = ON_THE_DAY - timedelta(hours=2)
    mark_self(event=event, membership=cast.mentee, by=cast.elina, now=early)
    later = said(starts_local=STARTS + timedelta(hours=2))
    assert planning.change_event(event=event, revision=event.revision, by=cast.inga, now=early, **later)
    assert event.attendances.filter(withdrawn_at=None).count() == 1


def test_the_code_of_the_old_day_counts_no_more(cast: Cast, event: Event) -> None:
    stale = Event.objects.select_related("programme").get(pk=event.pk)
    moved = said(starts_local=STARTS + timedelta(days=7))
    planning.change_event(event=event, revision=event.revision, by=cast.inga, now=SOON, **moved)
    with pytest.raises(NotToday):
        mark_self(event=stale, membership=cast.mentee, by=cast.elina, now=ON_THE_DAY)
    assert not event.attendances.exists()
