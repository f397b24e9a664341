"""What a person signs in with, beside the code by mail."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q, QuerySet

from varpa.people.models import Appointment, Organisation, Person
from varpa.programmes.access import LIVE, managed_ids
from varpa.programmes.models import Membership
from varpa.programmes.queries import STAFF

SECOND = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True)
class Passkey:
    """`key` names it among the person's own."""

    key: int
    name: str
    made_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class Factors:
    """`app_since`: since when an app shows codes; `codes_left`: recovery codes that are not used yet."""

    app_since: datetime | None
    passkeys: tuple[Passkey, ...]
    codes_left: int
    codes_shown: bool

    @property
    def any(self) -> bool:
        return bool(self.app_since or self.passkeys)


def factors_of(person: Person) -> Factors:
    """All that a person has set up."""
    app_since, passkeys, codes_left, shown = None, [], 0, False
    for each in Authenticator.objects.filter(user=person).order_by("pk"):
        if each.type == Authenticator.Type.TOTP:
            app_since = each.created_at
        elif each.type == Authenticator.Type.WEBAUTHN:
            passkeys.append(Passkey(each.pk, each.data["name"], each.created_at, each.last_used_at))
        else:
            codes = each.wrap()
            codes_left, shown = len(codes.get_unused_codes()), codes.did_view
    return Factors(app_since, tuple(passkeys), codes_left, shown)


def has_second(person: Person) -> bool:
    """Whether a person has set up any second step."""
    return bool(Authenticator.objects.filter(user=person, type__in=SECOND).exists())


def second_of(person: str) -> Exists:
    """Whether the person whom this field of a row names has set up any second step."""
    return Exists(Authenticator.objects.filter(user=OuterRef(person), type__in=SECOND))


def has_app(person: Person) -> bool:
    """Whether an app of the person's shows codes."""
    return bool(Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists())


def runs_programmes(organisation: Organisation) -> QuerySet[Person]:
    """The staff of an organisation and the managers of its programmes; `twice`: with a second step."""
    appointed = Appointment.objects.filter(organisation=organisation, ended_at=None)
    managers = Membership.objects.filter(programme__organisation=organisation, role__in=STAFF, state__in=LIVE)
    people = Person.objects.filter(
        Q(pk__in=appointed.values("person")) | Q(pk__in=managers.values("person")), is_active=True
    )
    return people.annotate(twice=second_of("pk")).order_by("name", "pk")


def runs_more(person: Person, than: Person) -> bool:
    """Whether a person runs programmes, or takes part in one that somebody else does not run."""
    memberships = Membership.objects.filter(person=person)
    more = memberships.filter(role__in=STAFF) | memberships.exclude(programme__in=managed_ids(than))
    return more.exists() or Appointment.objects.filter(person=person).exists()
