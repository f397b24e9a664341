"""What one dossier reaches: a programme, a stretch of days, a partner, a language, whose names."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from varpa.dossier.models import Dossier, Names
from varpa.history.models import Line
from varpa.kernel.refusals import Refusal
from varpa.kernel.times import to_local
from varpa.programmes.models import Membership, Permission, PermissionKind, Programme, Role
from varpa.programmes.queries import minors

OWN_KINDS = ("dossier", "observerlink")
"""Kinds of things of this room: that somebody asked for a dossier changes nothing of what is in it."""


class NoSuchPartner(Refusal):
    sentence = _(
        "“{partner}” is no country of the programme and not its lead partner. Countries: {countries}."
    )


class EndsBeforeItBegins(Refusal):
    sentence = _("The period ends before it begins. Exchange the two days.")


@dataclass(frozen=True)
class Reach:
    """`first` and `last` are inclusive days of the programme's zone; `partner` a country or ""."""

    programme: Programme
    language: str
    first: date | None = None
    last: date | None = None
    partner: str = ""
    names: str = Names.SIGNED

    @classmethod
    def of(cls, dossier: Dossier) -> "Reach":
        """What was asked for on the page."""
        asked = {name: getattr(dossier, name) for name in ("language", "first", "last", "partner", "names")}
        return cls(programme=dossier.programme, **asked)

    @cached_property
    def as_of(self) -> datetime:
        """The moment of the state: the programme's last change that is not of this room."""
        lines = history_of(self.programme).order_by("-pk").values_list("at", flat=True)
        return next(iter(lines[:1]), self.programme.made_at)

    @cached_property
    def today(self) -> date:
        """The day of the state, in the programme's zone."""
        return to_local(self.as_of, self.programme.zone).date()

    def day(self, moment: datetime | None) -> date | None:
        """The programme's day of a moment."""
        return to_local(moment, self.programme.zone).date() if moment else None

    def within(self, field: str) -> Q:
        """A condition: the moment of a field lies in the period."""
        begins = Q(**{f"{field}__gte": self._midnight(self.first)}) if self.first else Q()
        return begins & self.until(field)

    def until(self, field: str) -> Q:
        """A condition: the moment of a field does not lie behind the period."""
        if self.last is None:
            return Q(**{f"{field}__isnull": False})
        return Q(**{f"{field}__lt": self._midnight(self.last + timedelta(days=1))})

    def days_within(self, field: str) -> Q:
        """As `within`, of a field that holds a day."""
        begins = Q(**{f"{field}__gte": self.first}) if self.first else Q()
        return begins & self.days_until(field)

    def days_until(self, field: str) -> Q:
        """As `until`, of a field that holds a day."""
        return Q(**{f"{field}__lte": self.last}) if self.last else Q(**{f"{field}__isnull": False})

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in the period."""
        if day is None or (self.first and day < self.first):
            return False
        return self.last is None or day <= self.last

    def of_partner(self, path: str = "") -> Q:
        """A condition: the membership at a path is of the partner's country, where one is asked for."""
        return Q(**{f"{path}country": self.partner}) if self.partner else Q()

    def of_either(self, path: str = "") -> Q:
        """A condition: one of the two of the pair at a path is the partner's (a pair may span two)."""
        return self.of_partner(f"{path}mentor__") | self.of_partner(f"{path}mentee__")

    def called(self, membership: Membership, *, signed: bool = False) -> str:
        """How a member stands in a list: a pupil by name only where the dossier and the permission let it."""
        by_name = self.names == Names.EVERYWHERE or (self.names == Names.SIGNED and signed)
        if membership.role != Role.MENTEE or (by_name and self.may_name(membership)):
            return membership.person.name
        if not membership.person.is_active:
            # Erased: what stands there instead of the name says so, and is nobody's.
            return f"{membership.person.name} ({membership.ref})"
        return f"{initials(membership.person.name)} ({membership.ref})"

    def may_name(self, membership: Membership) -> bool:
        """Whether a member may be named at all: of age, or permitted to take part by a guardian."""
        return membership.pk not in self._unpermitted

    @cached_property
    def _unpermitted(self) -> frozenset[int]:
        """Minors without a guardian's permission to take part, given and not withdrawn."""
        young = Membership.objects.filter(minors(self.today), programme=self.programme)
        given = Permission.objects.filter(kind=PermissionKind.TAKING_PART, withdrawn_at=None)
        return frozenset(young.exclude(pk__in=given.values("membership")).values_list("pk", flat=True))

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), ZoneInfo(self.programme.zone)).astimezone(UTC)


def history_of(programme: Programme) -> QuerySet[Line]:
    """The programme's history without the lines of this room."""
    return Line.objects.filter(programme_ref=programme.ref).exclude(thing_kind__in=OWN_KINDS)


def initials(name: str) -> str:
    """E. B. for Elīna Bērziņa."""
    return " ".join(f"{word[0]}." for word in name.split())


def partner_of(programme: Programme, asked: str) -> str:
    """The country that a partner stands for: a code, or the lead partner's reference, which is everybody.

    Raises NoSuchPartner.
    """
    code = asked.strip().upper()
    if code in programme.countries:
        return code
    if asked.strip() in ("", programme.organisation.ref):
        return ""
    raise NoSuchPartner(partner=asked, countries=", ".join(programme.countries) or "–")


def require_period(first: Any, last: Any) -> None:
    """Raise EndsBeforeItBegins."""
    if first and last and last < first:
        raise EndsBeforeItBegins()
