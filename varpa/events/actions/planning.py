"""Making, changing, announcing, holding and cancelling an event (methodology §10, S14)."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.events import letters
from varpa.events.actions.agenda_hours import move_agenda
from varpa.events.actions.places import fill_places, hold_row
from varpa.events.actions.presence import NotYet, take_presence_back
from varpa.events.models import AgendaItem, Event, EventKind, EventState, Invitation
from varpa.events.queries.events import all_prepared, to_invite
from varpa.history.actions import record
from varpa.kernel.once import make_once
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved, can, move
from varpa.kernel.text import TranslatedText
from varpa.kernel.times import to_utc
from varpa.people.models import Language, Person
from varpa.programmes.models import Membership, Programme, ProgrammeState, Role
from varpa.programmes.queries import LIVE

FARTHEST = timedelta(days=731)
LONGEST: Final = 3 * 24 * 60
TOLD: Final = ("starts_local", "starts_at", "zone", "minutes", "place", "link", "title")
"""What calendars know of an event: where one of these changes, everybody invited is told."""


class TitleMissing(Refusal):
    sentence = _("Write what the event is called, in each of the three languages.")


class InThePast(Refusal):
    sentence = _("This time has passed. Choose a later one.")


class TooFarAhead(Refusal):
    sentence = _("This is more than two years ahead. Look at the year once more.")


class WrongLength(Refusal):
    sentence = _("Write the length in minutes, at most three days.")


class NobodyInvited(Refusal):
    sentence = _("Choose at least one role that is invited.")


class UnsafeLink(Refusal):
    """A link that anybody on the way can read or change, or that is no page at all."""

    sentence = _("The link must begin with https://. Copy it once more from where it leads.")


class PlaceMissing(Refusal):
    sentence = _("Write where it is, or the link by which people join, before the event is announced.")


class PlaceTakenAway(Refusal):
    sentence = _("People are invited already: write where it is, or the link by which they join.")


class NotRunning(Refusal):
    sentence = _("Before the programme recruits nobody is invited. Begin recruiting first.")


class PlacesTaken(Refusal):
    sentence = _("{taken} people come already, so there cannot be fewer places.")


class InvitedAlready(Refusal):
    """An invitation that stands in calendars is not taken back without a word."""

    sentence = _(
        "Nothing was changed: {count} people are invited already by a role or a country that you have taken "
        "off. Leave it; or call the event off, which they are told, and plan another one."
    )


class SomebodyWasThere(Refusal):
    """Who was there on one day was not there on another: being there would be carried over untrue."""

    sentence = _(
        "Nothing was changed: somebody is entered as present already, {count} in all, and was not there on "
        "the other day. Plan another event for that day; or, if the entries are a mistake, take them back "
        "first."
    )


class Settled(Refusal):
    sentence = _("This event was held or cancelled. It no longer changes.")


class HasBegun(Refusal):
    sentence = _("The event has begun. What was cannot be cancelled; enter who was there.")


@transaction.atomic
def make_event(
    *, programme: Programme, by: Person | None, now: datetime, ref: str = "", training: str = "", **said: Any
) -> Event:
    """A draft of an event; with the key of a `training` its topics stand on the agenda. Twice is once.

    `said` are fields of Event. Raises HourDoesNotExist for an hour that the clocks skip.
    """
    fields = {**_checked(said, now), "made_at": now}
    prepared = next((each for each in all_prepared(programme) if each.training == training), None)
    if prepared:
        fields |= {"period": prepared.period, "training": prepared.training}
    event, made = make_once(Event, ref=ref, programme=programme, fields=fields)
    if not made:
        return event
    for topic in prepared.topics if prepared else ():
        AgendaItem.objects.create(event=event, title=topic.text, topic=topic.key, at=now)
    _record("event.make", event, now=now, by=by, kind=event.kind)
    return event


@transaction.atomic
def change_event(*, event: Event, revision: int, by: Person | None, now: datetime, **said: Any) -> bool:
    """Change an event; answers whether anything did. Whoever is invited is told of another time or place.

    The parts of the agenda move with its beginning.
    `revision` is the one that the page was shown with: raises AlreadyMoved where somebody was first.
    """
    hold_row(event)
    if not can(event, "change") and event.state != EventState.DRAFT:
        raise Settled()
    fields = _checked(said, now, was=event)
    differing = {name: value for name, value in fields.items() if getattr(event, name) != value}
    if not differing:
        return False
    if revision != event.revision:
        raise AlreadyMoved()
    if event.state == EventState.ANNOUNCED and not fields["place"] and not fields["link"]:
        raise PlaceTakenAway()
    places = fields.get("places")
    if places is not None and places < event.taken:
        raise PlacesTaken(taken=event.taken)
    _require_same_day(event, differing)
    _require_invited_still(event, differing)
    told = event.state == EventState.ANNOUNCED and any(name in differing for name in TOLD)
    if told:
        differing |= {"sequence": event.sequence + 1, "changed_at": now}
    if "starts_at" in differing:
        differing["reminded_at"] = None
    began = event.starts_local
    _write(event, {**differing, "revision": event.revision + 1})
    if event.starts_local != began:
        move_agenda(event, began)
    if told:
        letters.forget_unsent(event, now=now)
    fill_places(event, now)
    _record("event.change", event, now=now, by=by, told=int(told))
    return True


@transaction.atomic
def announce_event(*, event: Event, by: Person | None, now: datetime) -> None:
    """Invite the members of the chosen roles and countries; the worker writes to them."""
    hold_row(event)
    if event.programme.state in (ProgrammeState.DRAFT, ProgrammeState.ARCHIVED):
        raise NotRunning()
    if event.starts_at <= now:
        raise InThePast()
    if not event.place and not event.link:
        raise PlaceMissing()
    move(event, "announce", announced_at=now)
    invite_those_lacking(event, now)
    _record("event.announce", event, now=now, by=by)


@transaction.atomic
def cancel_event(*, event: Event, by: Person, now: datetime, reason: str = "") -> None:
    """The event will not take place; whoever may come is told why, and calendars take it out.

    Whoever was entered ahead of its hour was not there, and is not prepared by it (R1).
    """
    hold_row(event)
    if event.state == EventState.ANNOUNCED and event.starts_at <= now:
        raise HasBegun()
    move(event, "cancel", settled_at=now, reason=reason.strip(), sequence=event.sequence + 1)
    for attendance in event.attendances.filter(withdrawn_at=None).select_related("membership__person"):
        attendance.event = event
        take_presence_back(attendance=attendance, by=by, now=now)
    letters.forget_unsent(event, now=now)
    _record("event.cancel", event, now=now, by=by)


@transaction.atomic
def hold_event(*, event: Event, by: Person | None, now: datetime) -> None:
    """Everybody who was there is entered: the event was held. The worker asks those how it was."""
    hold_row(event)
    if event.starts_at > now:
        raise NotYet()
    move(event, "hold", settled_at=now)
    _record("event.hold", event, now=now, by=by)


def invite_those_lacking(event: Event, now: datetime) -> int:
    """Invitations for members who have none, such as those accepted since; answers how many."""
    rows = [Invitation(event=event, membership=each, invited_at=now) for each in _once(to_invite(event))]
    Invitation.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    return len(rows)


def is_safe(link: str) -> bool:
    """Whether a link is a whole https address."""
    try:
        parts = urlsplit(link)
        host, user = parts.hostname or "", parts.username
    except ValueError:
        return False
    return parts.scheme == "https" and "." in host and user is None and " " not in link


def _once(members: Iterable[Membership]) -> list[Membership]:
    """Of a person with several roles only the first membership."""
    first: dict[int, Membership] = {}
    for each in members:
        first.setdefault(each.person_id, each)
    return list(first.values())


def _checked(said: Mapping[str, Any], now: datetime, was: Event | None = None) -> dict[str, Any]:
    fields = dict(said)
    title: TranslatedText = fields["title"]
    if not all(title.as_dict().values()):
        raise TitleMissing()
    fields["starts_at"] = to_utc(fields["starts_local"], fields["zone"])
    moved = was is None or fields["starts_at"] != was.starts_at
    if moved and fields["starts_at"] <= now:
        raise InThePast()
    if fields["starts_at"] > now + FARTHEST:
        raise TooFarAhead()
    if not 1 <= fields["minutes"] <= LONGEST:
        raise WrongLength()
    if fields["link"] and not is_safe(fields["link"]):
        raise UnsafeLink()
    fields["roles"] = [role for role in Role.values if role in fields["roles"]]
    if not fields["roles"]:
        raise NobodyInvited()
    fields["languages"] = [each for each in Language.values if each in fields["languages"]]
    fields["kind"] = EventKind(fields["kind"]).value
    return fields


def _require_same_day(event: Event, changes: Mapping[str, Any]) -> None:
    """Another hour of the same day takes whoever is there already along; another day does not."""
    was = event.starts_local
    if changes.get("starts_local", was).date() == was.date():
        return
    count = event.attendances.filter(withdrawn_at=None).count()
    if count:
        raise SomebodyWasThere(count=count)


def _require_invited_still(event: Event, changes: Mapping[str, Any]) -> None:
    """More people may be asked after the announcement; of those who are, nobody is left out in silence."""
    if event.state != EventState.ANNOUNCED or not {"roles", "countries"} & set(changes):
        return
    roles, countries = (changes.get(name, getattr(event, name)) for name in ("roles", "countries"))
    invited = event.invitations.filter(_circle(event.roles, event.countries), membership__state__in=LIVE)
    if count := invited.exclude(_circle(roles, countries)).count():
        raise InvitedAlready(count=count)


def _circle(roles: list[str], countries: list[str]) -> Q:
    """Whom an event asks; of whom nobody knows the country, nobody can say that it is another one."""
    there = Q(membership__country__in=[*countries, ""]) if countries else Q()
    return Q(membership__role__in=roles) & there


def _write(event: Event, changes: Mapping[str, Any]) -> None:
    written = Event.objects.filter(pk=event.pk, revision=event.revision).update(**changes)
    if not written:
        raise AlreadyMoved()
    for name, value in changes.items():
        setattr(event, name, value)


def _record(
    verb: str, event: Event, *, now: datetime, by: Person | None, **details: str | int | None
) -> None:
    record(verb, event, now=now, by=by, programme_ref=event.programme.ref, details=details)
