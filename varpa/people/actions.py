"""What is done to people: making, changing, appointing."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import available_timezones

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import line, record, record_all
from varpa.history.models import Channel
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.people import letters
from varpa.people.models import Appointment, Language, Limit, Organisation, Person, Session
from varpa.people.queries import by_address
from varpa.people.sessions import living, name_of
from varpa.post import actions as post
from varpa.post.kinds import known


class NoName(Refusal):
    sentence = _("Write the name: first name and surname.")


class AddressTaken(Refusal):
    """Addresses are unique: one human, one row."""

    sentence = _("Somebody with the address {address} is already here. Nothing was changed.")


class AddressChanged(Refusal):
    """Two tabs, two phones, or a link that was opened twice."""

    sentence = _("The address has been changed in the meantime. Nothing was changed now.")


class UnknownZone(Refusal):
    sentence = _("Choose a time zone from the list.")


class NoStaffAddress(Refusal):
    """Whoever works here signs in; without an address nobody can."""

    sentence = _("Write the e-mail address: codes for signing in go there.")


class NotOfStaff(Refusal):
    sentence = _("This person is not among the staff of “{organisation}” now.")


class LastOfStaff(Refusal):
    """Somebody has to be able to appoint whoever comes next."""

    sentence = _("Nobody else is staff of “{organisation}”. Appoint somebody else first.")


class SignedOutAlready(Refusal):
    """Two clicks, or that browser has signed out by itself meanwhile."""

    sentence = _("That device is signed out already.")


class NeededLetter(Refusal):
    """A sign-in code, a meeting that moves: such letters always come."""

    sentence = _("Letters of this kind are needed and cannot be stopped.")


@transaction.atomic
def add_person(
    *,
    name: str,
    now: datetime,
    by: Person | None,
    email: str = "",
    language: str = Language.ENGLISH,
    zone: str = "Europe/Riga",
    born: date | None = None,
    phone: str = "",
    roster_key: str = "",
    channel: str = Channel.WEB,
) -> Person:
    """Add a human; raises AddressTaken where the address or the roster key belongs to somebody.

    Raises NoName and UnknownZone too.
    """
    # Signs that nobody sees are no name.
    if not any(map(str.isalnum, name)):
        raise NoName()
    if zone not in available_timezones():
        raise UnknownZone()
    person = Person(
        ref=new_ref(),
        name=name.strip(),
        email=email.strip().lower() or None,
        language=language,
        zone=zone,
        born=born,
        phone=phone,
        roster_key=roster_key,
        joined_at=now,
    )
    person.set_unusable_password()
    person.search_text = person.searched_as
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError as error:
        raise AddressTaken(address=email or roster_key) from error
    record("person.add", person, now=now, by=by, channel=channel)
    return person


@transaction.atomic
def add_people(*, people: Sequence[Person], now: datetime, by: Person | None, channel: str) -> None:
    """Add many humans at once, as a roster tells them: name, address, language, day of birth, phone, key.

    Raises IntegrityError where an address or a key belongs to somebody; then nobody is added.
    """
    unusable = make_password(None)
    for person in people:
        person.password, person.joined_at = unusable, now
        person.search_text = person.searched_as
    with transaction.atomic():
        Person.objects.bulk_create(people, batch_size=500)
    record_all(line("person.add", each, now=now, by=by, channel=channel) for each in people)


@transaction.atomic
def correct_person(
    *,
    person: Person,
    changes: Mapping[str, str | date | None],
    now: datetime,
    by: Person | None,
    channel: str = Channel.WEB,
) -> None:
    """Put right what is known of a person, {field: value}: on paper or by a roster, never by the person.

    Raises AddressTaken where an address or a key belongs to somebody else.
    """
    for name, value in changes.items():
        setattr(person, name, value)
    person.search_text = person.searched_as
    try:
        with transaction.atomic():
            person.save(update_fields=[*changes, "search_text"])
    except IntegrityError as error:
        raise AddressTaken(address=person.email or "") from error
    fields = {"fields": ", ".join(sorted(changes))}
    record("person.correct", person, now=now, by=by, behalf=person, channel=channel, details=fields)


@transaction.atomic
def change_language(*, person: Person, language: str, now: datetime) -> None:
    """Keep the language that a person chose at the door; an unknown one changes nothing."""
    if language not in Language.values or language == person.language:
        return
    person.language = language
    person.save(update_fields=["language"])
    record("person.language", person, now=now, by=person, details={"language": language})


@transaction.atomic
def change_profile(
    *, person: Person, name: str, phone: str, zone: str, now: datetime, show_phone: bool = False
) -> None:
    """A person's own page: name as it shall be read, phone, time zone (R12).

    `show_phone`: the other of a pair may see this number, where the two have agreed on the phone.
    """
    if not any(map(str.isalnum, name)):
        raise NoName()
    if zone not in available_timezones():
        raise UnknownZone()
    person.name, person.phone, person.zone = name.strip(), phone.strip(), zone
    shown = person.phone if show_phone else ""
    changed = {"phone_shown": int(bool(shown))} if shown != person.phone_shown else {}
    person.phone_shown = shown
    person.search_text = person.searched_as
    person.save(update_fields=["name", "phone", "phone_shown", "zone", "search_text"])
    record("person.profile", person, now=now, by=person, details=changed)


@transaction.atomic
def change_address(
    *, person: Person, address: str, was: str, now: datetime, by: Person | None, channel: str = Channel.WEB
) -> None:
    """From now on codes and letters go to another address, also those that wait; all sessions end.

    `was` is the address that the change was made upon ("" for none). Raises AddressChanged, AddressTaken.
    """
    address = address.strip().lower()
    try:
        with transaction.atomic():
            changed = Person.objects.filter(pk=person.pk, email=was or None).update(email=address)
    except IntegrityError as error:
        raise AddressTaken(address=address) from error
    if not changed:
        raise AddressChanged()
    end_sessions(person)
    person.email = address
    person.search_text = person.searched_as
    person.save(update_fields=["search_text"])
    post.readdress(person_id=person.pk, was=was, address=address)
    record("person.address", person, now=now, by=by, behalf=person, channel=channel)


@transaction.atomic
def sign_out_elsewhere(*, person: Person, now: datetime) -> None:
    """Whoever is signed in as this person signs in anew, on any device; the view keeps its own session."""
    end_sessions(person)
    record("person.sessions_end", person, now=now, by=person)


@transaction.atomic
def sign_out_there(*, person: Person, name: str, here: str | None, now: datetime) -> dict[str, Any]:
    """End one session of a person's own, but not the one `here`; answers what it held.

    `name` is that of `sessions.name_of`. Raises SignedOutAlready.
    """
    found = (each for each in living(person) if name_of(each[0]) == name and each[0].pk != here)
    row, data = next(found, (None, {}))
    if row is None or not Session.objects.filter(pk=row.pk).delete()[0]:
        raise SignedOutAlready()
    record("person.session_end", person, now=now, by=person, details={"device": row.device})
    return data


def end_sessions(person: Person) -> None:
    """Whoever is signed in as this person signs in anew, wherever that is (quality §4).

    Part of an action that changes what the person may do, or how one signs in; that one writes the history.
    """
    Person.objects.filter(pk=person.pk).update(sessions_ended=F("sessions_ended") + 1)
    person.refresh_from_db(fields=["sessions_ended"])


@transaction.atomic
def renew_calendar_key(*, person: Person, now: datetime) -> str:
    """Give a person a private calendar address; an earlier one stops working."""
    person.calendar_key = new_ref() + new_ref()
    person.save(update_fields=["calendar_key"])
    record("person.calendar_key", person, now=now, by=person)
    return person.calendar_key


@transaction.atomic
def revoke_calendar_key(*, person: Person, now: datetime) -> None:
    """Take a person's calendar address away; nothing stands in its place. A second click changes nothing."""
    if Person.objects.filter(pk=person.pk).exclude(calendar_key="").update(calendar_key=""):
        record("person.calendar_revoke", person, now=now, by=person)
    person.calendar_key = ""


@transaction.atomic
def stop_letters(*, person: Person, kind: str, now: datetime) -> None:
    """Send a person no more letters of a kind; raises NeededLetter where it cannot be stopped."""
    asked = known(kind)
    if asked is None or asked.essential:
        raise NeededLetter()
    post.unsubscribe(person_id=person.pk, kind=kind, now=now)
    record("person.letters_stop", person, now=now, by=person, details={"kind": kind})


@transaction.atomic
def resume_letters(*, person: Person, kind: str, now: datetime) -> None:
    """Send a person letters of a kind again; an unknown kind changes nothing."""
    if known(kind) is None:
        return
    post.resubscribe(person_id=person.pk, kind=kind, now=now)
    record("person.letters_resume", person, now=now, by=person, details={"kind": kind})


@transaction.atomic
def create_organisation(
    *, name: str, person_name: str, email: str, language: str, now: datetime, zone: str = "Europe/Riga"
) -> Organisation:
    """A new organisation with its first member of staff (the lead partner's)."""
    organisation = Organisation.objects.create(ref=new_ref(), name=name.strip(), made_at=now)
    person = by_address(email) or add_person(
        name=person_name,
        email=email,
        language=language,
        zone=zone,
        now=now,
        by=None,
        channel=Channel.COMMAND,
    )
    appoint(organisation=organisation, person=person, by=None, now=now, channel=Channel.COMMAND)
    record("organisation.create", organisation, now=now, by=None, channel=Channel.COMMAND)
    return organisation


@transaction.atomic
def appoint(
    *,
    organisation: Organisation,
    person: Person,
    by: Person | None,
    now: datetime,
    channel: str = Channel.WEB,
) -> Appointment:
    """Make a person staff of the organisation; asked twice, the first appointment stands."""
    appointment, made = Appointment.objects.get_or_create(
        organisation=organisation, person=person, ended_at=None, defaults={"at": now}
    )
    if made:
        record(
            "organisation.appoint",
            organisation,
            now=now,
            by=by,
            channel=channel,
            details={"person": person.pk},
        )
        end_sessions(person)
    return appointment


@transaction.atomic
def invite_staff(
    *, organisation: Organisation, name: str, address: str, by: Person, now: datetime
) -> Appointment:
    """Appoint whoever has this address, else a new person of this name, and write to them (product S21).

    The name of somebody who is already here stays as it is. Twice is once, with one letter.
    """
    if not address.strip():
        raise NoStaffAddress()
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    person = by_address(address) or add_person(
        name=name, email=address, language=by.language, zone=by.zone, by=by, now=now
    )
    already = _standing(organisation).filter(person=person).exists()
    appointment = appoint(organisation=organisation, person=person, by=by, now=now)
    if not already:
        letters.tell_appointed(organisation, person, now=now)
    return appointment


@transaction.atomic
def end_appointment(*, organisation: Organisation, person: Person, by: Person, now: datetime) -> None:
    """A person is staff no more, from now on; what was done stays. Two at once never leave nobody."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    standing = _standing(organisation)
    own = standing.filter(person=person)
    if not own.exists():
        raise NotOfStaff(organisation=organisation)
    if not standing.filter(person__is_active=True).exclude(person=person).exists():
        raise LastOfStaff(organisation=organisation)
    own.update(ended_at=now)
    end_sessions(person)
    record("organisation.release", organisation, now=now, by=by, details={"person": person.pk})


def _standing(organisation: Organisation) -> QuerySet[Appointment]:
    return Appointment.objects.filter(organisation=organisation, ended_at=None)


def forget_sessions(now: datetime) -> int:
    """Drop sessions that are over; answers how many. Nobody's doing: no history."""
    return Session.objects.filter(expire_date__lt=now).delete()[0]


def forget_limits(now: datetime) -> int:
    """Drop the counts that no longer limit anybody; answers how many. Nobody's doing: no history."""
    return Limit.objects.filter(expires__lt=now).delete()[0]
