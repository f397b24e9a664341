"""A school's contact: written down, sent a link, taken off; what the school says of its own pupils."""

import secrets
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from varpa.guardians import letters
from varpa.guardians.actions.answers import LinkIsOver
from varpa.guardians.actions.guardians import A_DAY, AskedTooOften, free_ref, hold
from varpa.guardians.actions.worries import NotOfThisSchool
from varpa.guardians.models import SchoolContact, SchoolLink, SchoolWord
from varpa.guardians.queries.schools import ASKED, is_open, is_pupil
from varpa.guardians.schoolnames import school_key
from varpa.history.actions import record
from varpa.history.models import Channel
from varpa.kernel.pace import DAY, require_pace
from varpa.kernel.refusals import Refusal
from varpa.kernel.tokens import digest_of
from varpa.people.models import Person
from varpa.programmes.actions.memberships import record_member
from varpa.programmes.ages import USUAL
from varpa.programmes.models import Membership, Programme

OWN_ASKING = 3


class NoContactName(Refusal):
    sentence = _("Write the name of the person at the school.")


class NoSchool(Refusal):
    sentence = _("Choose the school for which this person answers.")


class SchoolHasContact(Refusal):
    sentence = _("Somebody answers for this school already. Take that person off first.")


class ContactLeft(Refusal):
    sentence = _("This person was taken off. Write somebody down for the school anew.")


class NoReason(Refusal):
    sentence = _("Write in a few words why not. Only those who run the programme read it.")


class NotAskedNow(Refusal):
    sentence = _("Nothing has to be said of this pupil any more: taking part has ended.")


@transaction.atomic
def add_contact(
    *,
    programme: Programme,
    school: str,
    name: str,
    address: str,
    language: str,
    by: Person,
    now: datetime,
    ref: str = "",
) -> SchoolContact:
    """Write down who answers for a school, and send the link. The same person twice is once.

    Raises NoSchool, NoContactName, SchoolHasContact.
    """
    key, name, address = school_key(school), " ".join(name.split()), address.strip()
    if not key:
        raise NoSchool()
    if not name:
        raise NoContactName()
    given = {"school": school.strip(), "name": name, "address": address, "language": language}
    try:
        with transaction.atomic():
            contact = SchoolContact.objects.create(programme=programme, key=key, by=by, at=now, **given)
    except IntegrityError as error:
        known = SchoolContact.objects.filter(programme=programme, key=key, withdrawn_at=None).first()
        if known and known.address.lower() == address.lower():
            return known
        raise SchoolHasContact() from error
    record("school.add", contact, now=now, by=by, programme_ref=programme.ref)
    send_school_link(contact=contact, by=by, now=now, ref=ref)
    return contact


@transaction.atomic
def send_school_link(
    *, contact: SchoolContact, by: Person | None, now: datetime, ref: str = ""
) -> SchoolLink:
    """Mail a new link; earlier ones no longer open, and one reminder follows. With one `ref` it is sent once.

    `by` None: the contact asks, which is limited a day (AskedTooOften). Raises ContactLeft, TooMuchAtOnce.
    """
    held = SchoolContact.objects.select_for_update().get(pk=contact.pk)
    known = SchoolLink.objects.filter(ref=ref, contact=contact).first() if ref else None
    if known:
        return known
    if held.withdrawn_at:
        raise ContactLeft()
    lately = SchoolLink.objects.filter(contact=contact, by=None, at__gt=now - timedelta(days=1))
    if by is None and lately.count() >= OWN_ASKING:
        raise AskedTooOften()
    require_pace(SchoolLink.objects.filter(contact=contact), most=A_DAY, within=DAY, now=now)
    token = secrets.token_urlsafe(32)
    given = {"digest": digest_of(token), "by": by, "at": now}
    link = SchoolLink.objects.create(
        contact=contact,
        ref=free_ref(SchoolLink, ref),
        expires_at=now + timedelta(days=USUAL.link_days),
        **given,
    )
    record(
        "school.send",
        contact,
        now=now,
        by=by,
        channel=Channel.WEB,
        programme_ref=contact.programme.ref,
    )
    letters.send_school_link(link, token, now=now)
    return link


@transaction.atomic
def revoke_school_links(*, contact: SchoolContact, by: Person, now: datetime) -> None:
    """Let no link of a school open any more, until somebody sends a new one."""
    letters.end_school_links(contact, now=now)
    if SchoolLink.objects.filter(contact=contact, revoked_at=None).update(revoked_at=now):
        record("school.revoke", contact, now=now, by=by, programme_ref=contact.programme.ref)


@transaction.atomic
def take_contact_off(*, contact: SchoolContact, by: Person, now: datetime) -> None:
    """This person answers for the school no more: links close; what was said stays."""
    revoke_school_links(contact=contact, by=by, now=now)
    if SchoolContact.objects.filter(pk=contact.pk, withdrawn_at=None).update(withdrawn_at=now):
        record("school.take_off", contact, now=now, by=by, programme_ref=contact.programme.ref)


@transaction.atomic
def say_word(
    *, link: SchoolLink, membership: Membership, confirmed: bool, now: datetime, reason: str = ""
) -> bool:
    """A school confirms one of its pupils, or says why not; answers whether it is new (R11).

    It decides nothing: those who run the programme see it. Raises LinkIsOver, NotOfThisSchool, NotAskedNow,
    NoReason.
    """
    contact, reason = link.contact, reason.strip()
    if not is_pupil(contact, membership):
        raise NotOfThisSchool()
    hold(membership)
    membership.refresh_from_db(fields=["state"])
    if not is_open(link, now):
        raise LinkIsOver()
    if membership.state not in ASKED:
        raise NotAskedNow()
    if not confirmed and not reason:
        raise NoReason()
    kept = "" if confirmed else reason
    before = SchoolWord.objects.filter(membership=membership).order_by("-pk").first()
    if before and (before.contact_id, before.confirmed, before.reason) == (contact.pk, confirmed, kept):
        return False
    SchoolWord.objects.create(
        contact=contact, membership=membership, confirmed=confirmed, reason=kept, at=now
    )
    verb = "school.confirm" if confirmed else "school.doubt"
    record_member(verb, membership, now=now, by=None, channel=Channel.WEB, contact=contact.ref)
    letters.end_if_all_said(contact, now=now)
    return True
