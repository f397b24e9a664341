"""What one dossier reaches: a programme, a stretch of days, a partner, a language, whose names."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from varpa.dossier.models import Dossier, Names
from varpa.history.models import Line
from varpa.kernel.clock import zone_of
from varpa.kernel.refusals import Refusal
from varpa.kernel.times import to_local
from varpa.programmes.models import Membership, Partner, Permission, PermissionKind, Programme, Role
from varpa.programmes.partners import alone, belonging, partners_of, undecided
from varpa.programmes.queries import minors, reporting_periods

OWN_KINDS = ("dossier", "observerlink")
"""Kinds of things of this room: that somebody asked for a dossier changes nothing of what is in it."""


class NoSuchPartner(Refusal):
    sentence = _("“{partner}” is no partner of the programme. Its partners: {partners}.")


class SeveralPartners(Refusal):
    sentence = _("Several partners are of the country “{partner}”. Choose one by its reference: {partners}.")


class EndsBeforeItBegins(Refusal):
    sentence = _("The period ends before it begins. Exchange the two days.")


class NoSuchPeriod(Refusal):
    sentence = _("“{period}” is no reporting period of the programme. Its periods: {periods}.")


class PeriodAndDays(Refusal):
    sentence = _("Choose a period or write days, not both.")


@dataclass(frozen=True)
class Reach:
    """`first` and `last` are inclusive days of the programme's zone; `partner` None for all."""

    programme: Programme
    language: str
    first: date | None = None
    last: date | None = None
    partner: Partner | None = None
    names: str = Names.SIGNED

    @classmethod
    def of(cls, dossier: Dossier) -> "Reach":
        """What was asked for on the page."""
        asked = {name: getattr(dossier, name) for name in ("language", "first", "last", "names")}
        programme = dossier.programme
        # One that was asked for before there were partner organisations names a country.
        key = dossier.of_partner.ref if dossier.of_partner else dossier.partner
        return cls(programme=programme, partner=partner_asked(programme, key), **asked)

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
        """A condition: the membership at a path belongs to the partner, where one is asked for."""
        return belonging(self.partner, self.partners, path) if self.partner else Q()

    @cached_property
    def partners(self) -> list[Partner]:
        """The partners of the programme, in their order."""
        return partners_of(self.programme)

    @cached_property
    def undecided(self) -> int:
        """How many take part who belong to no partner yet, and so to no dossier of one."""
        return undecided(self.programme).count()

    @cached_property
    def country(self) -> str | None:
        """The country of which the figures are the partner's: it is the only one there."""
        there = alone(self.partners)
        return next((code for code, each in there.items() if each == self.partner), None)

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
        return datetime.combine(day, time(), zone_of(self.programme.zone)).astimezone(UTC)


def history_of(programme: Programme) -> QuerySet[Line]:
    """The programme's history without the lines of this room, and of copies that were taken away.

    These change nothing: after them the state is what it was, and so are the bytes of its dossier.
    """
    lines = Line.objects.filter(programme_ref=programme.ref).exclude(thing_kind__in=OWN_KINDS)
    return lines.exclude(verb__endswith=".export")


def initials(name: str) -> str:
    """E. B. for Elīna Bērziņa."""
    return " ".join(f"{word[0]}." for word in name.split())


def partner_asked(programme: Programme, asked: str) -> Partner | None:
    """The partner of a reference, of a name, or the only one of a country; "" is all of them.

    Raises NoSuchPartner, SeveralPartners.
    """
    asked = asked.strip()
    if not asked:
        return None
    known = partners_of(programme)
    own = [each for each in known if asked in (each.ref, str(each))]
    # The lead partner is the programme's organisation, which has a reference of its own.
    own = own or [each for each in known if each.leads and asked == programme.organisation.ref]
    found = own or [each for each in known if each.country == asked.upper()]
    if len(found) == 1:
        return found[0]
    if found:
        raise SeveralPartners(partner=asked, partners=_listed(found))
    raise NoSuchPartner(partner=asked, partners=_listed(known))


def period_asked(
    programme: Programme, asked: str, first: date | None, last: date | None
) -> tuple[date | None, date | None]:
    """The first and the last day of the period of a name or reference; "" is the days that were typed.

    Raises NoSuchPeriod, PeriodAndDays.
    """
    asked = asked.strip()
    if not asked:
        return first, last
    known = reporting_periods(programme)
    found = next((each for each in known if asked in (each.ref, each.name)), None)
    if found is None:
        raise NoSuchPeriod(period=asked, periods="; ".join(each.name for each in known) or "–")
    if (first, last) not in ((None, None), (found.first, found.last)):
        raise PeriodAndDays()
    return found.first, found.last


def _listed(partners: list[Partner]) -> str:
    return "; ".join(f"{each.ref} ({each}, {each.country or '–'})" for each in partners)


def require_period(first: Any, last: Any) -> None:
    """Raise EndsBeforeItBegins."""
    if first and last and last < first:
        raise EndsBeforeItBegins()
