"""Whom an account of a school or a company lets in, and how that ends."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.history.models import Channel
from varpa.kernel.refusals import Refusal
from varpa.people.actions import end_sessions
from varpa.people.models import Person
from varpa.people.queries import by_address
from varpa.providers import letters
from varpa.providers.configured import Provider
from varpa.providers.models import Link


class AddressNotVerified(Refusal):
    """Anybody can write anybody's address into an account."""

    sentence = _(
        "{name} does not say that the e-mail address of this account is verified, so it cannot sign in here."
    )


class NobodyKnown(Refusal):
    """The same for an address that nobody has, and for one that signs in by another account already."""

    sentence = _("This account of {name} signs nobody in here.")


class GoneAlready(Refusal):
    sentence = _("This account was removed already. Nothing was changed.")


@transaction.atomic
def enter(*, provider: Provider, subject: str, address: str, verified: bool, now: datetime) -> Person:
    """Whom the account `subject` of a provider signs in; nobody is ever made by it.

    The first time its verified `address` has to be that of a person, whom it then belongs to. From then on
    the subject decides: the provider may give the address to somebody else. Where the house has since
    written down another address for the person, the account is looked at as if for the first time.
    """
    link = Link.objects.select_related("person").filter(issuer=provider.server, subject=subject).first()
    if link and link.address == link.person.email:
        link.used_at = now
        link.save(update_fields=["used_at"])
        return link.person
    if not verified:
        raise AddressNotVerified(name=provider.name)
    person = by_address(address)
    if person is None:
        raise NobodyKnown(name=provider.name)
    if not person.is_active:
        return person
    return _linked(person, provider, subject, now)


def _linked(person: Person, provider: Provider, subject: str, now: datetime) -> Person:
    """Two at once come one after the other; the second finds what the first one has made."""
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    either = Q(person=person) | Q(subject=subject)
    for link in Link.objects.select_related("person").filter(either, issuer=provider.server):
        if link.address == link.person.email:
            if link.subject == subject and link.person == person:
                return person
            raise NobodyKnown(name=provider.name)
        _cut(link, by=None, now=now, channel=Channel.SYSTEM)
    assert person.email
    Link.objects.create(
        person=person,
        name=provider.name,
        issuer=provider.server,
        subject=subject,
        address=person.email,
        at=now,
        used_at=now,
    )
    record("person.account_link", person, now=now, by=person, details={"issuer": provider.server})
    letters.tell_linked(person, provider.name, now=now)
    return person


@transaction.atomic
def unlink(*, person: Person, key: int, now: datetime) -> None:
    """An account signs in no more; whoever is signed in elsewhere, perhaps by it, signs in anew."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    link = Link.objects.filter(person=person, pk=key).first()
    if link is None:
        raise GoneAlready()
    _cut(link, by=person, now=now, channel=Channel.WEB)
    end_sessions(person)
    letters.tell_unlinked(person, link.name, now=now)


def _cut(link: Link, *, by: Person | None, now: datetime, channel: str) -> None:
    record(
        "person.account_unlink", link.person, now=now, by=by, channel=channel, details={"issuer": link.issuer}
    )
    link.delete()
