"""The sums of a dossier: in the period, and since the beginning; a person counts once, by the own country.

In the dossier of a partner a person counts who belongs to it by the first membership that tells."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet, Sum
from django.utils import translation
from django.utils.functional import Promise, lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from varpa.businessplans.models import HANDED_IN, BusinessPlan
from varpa.defence.models import Slot, SlotState
from varpa.diary.models import Diary, DiaryState
from varpa.dossier.reach import Reach
from varpa.events.queries.events import each_once, standing
from varpa.events.words import country_name
from varpa.kernel.text import LANGUAGES
from varpa.meetings.models import HourLine, LineState, Meeting, MeetingState
from varpa.pairs.models import Pair, Plan
from varpa.presentations.models import HANDED_IN as PRESENTATION_HANDED_IN
from varpa.presentations.models import Presentation
from varpa.profiles.models import Profile, ProfileState
from varpa.programmes.models import Membership, Partner, Permission, Role
from varpa.programmes.partners import told_by
from varpa.programmes.queries import methodology_of
from varpa.programmes.roles import role_name
from varpa.ui import words

TAKING_PART = (Role.MENTOR, Role.MENTEE)


class Figure(NamedTuple):
    """One sum: its words, said in the language in which they are read, and both figures in words."""

    what: str | Promise
    within: str
    until: str

    @property
    def cells(self) -> tuple[str, str, str]:
        return str(self.what), self.within, self.until


@dataclass
class Participant:
    """A human who has taken part by the end of the period; counted by one membership, in one country."""

    membership: int
    country: str
    role: str
    first: date
    inside: bool = False


def participants(reach: Reach) -> dict[int, Participant]:
    """By the key of a person: whoever was in a pair that began, had hours, or was at an event."""
    rows = Membership.objects.filter(programme=reach.programme, role__in=TAKING_PART).order_by("pk")
    of: dict[int, tuple[int, int, str]] = {}
    country: dict[int, str] = {}
    partner: dict[int, Partner | None] = {}
    told = rows.values_list("pk", "person", "country", "role", "partner")
    for pk, person, where, role, chosen in told.iterator():
        of[pk] = (person, pk, role)
        country[person] = country.get(person) or where
        partner[person] = partner.get(person) or told_by(chosen, where, reach.partners)
    found: dict[int, Participant] = {}
    for membership, day in _days(reach):
        person, pk, role = of.get(membership, (0, 0, ""))
        if not person or (reach.partner and partner[person] != reach.partner):
            continue
        known = found.setdefault(person, Participant(pk, country[person], role, day))
        known.first = min(known.first, day)
        known.membership = min(known.membership, pk)
        known.inside = known.inside or reach.holds(day)
    for each in found.values():
        each.role = of[each.membership][2]
    return found


def _days(reach: Reach) -> Iterator[tuple[int, date]]:
    """(membership, day) of everything by which somebody takes part, up to the end of the period."""
    pairs = Pair.objects.filter(reach.until("active_at"), programme=reach.programme).order_by("pk")
    for mentor, mentee, at in pairs.values_list("mentor", "mentee", "active_at").iterator():
        yield from ((side, _day(reach, at)) for side in (mentor, mentee) if at)
    lines = HourLine.objects.filter(reach.days_until("day"), pair__programme=reach.programme)
    lines = lines.exclude(state=LineState.WITHDRAWN).order_by()
    days = lines.values_list("pair__mentor", "pair__mentee", "day").distinct()
    for mentor, mentee, day in days.iterator():
        yield from ((side, day) for side in (mentor, mentee))
    there = standing(reach.programme).filter(reach.until("event__starts_at")).order_by()
    for membership, at in there.values_list("membership", "event__starts_at").iterator():
        yield membership, _day(reach, at)


def _day(reach: Reach, at: datetime | None) -> date:
    found = reach.day(at)
    assert found is not None
    return found


def sums(reach: Reach) -> list[Figure]:
    """Every sum of the dossier."""
    return [*_people(reach), *_things(reach), *_hours(reach)]


def in_every_language(figures: list[Figure]) -> dict[str, list[list[str]]]:
    """The sums as they are kept: they are read in the language of the page, not in the archive's."""
    told = {}
    for language in LANGUAGES:
        with translation.override(language):
            told[language] = [list(each.cells) for each in figures]
    return told


def _people(reach: Reach) -> Iterator[Figure]:
    found = participants(reach).values()
    for role, own in ((Role.MENTOR, gettext_lazy("Mentors")), (Role.MENTEE, gettext_lazy("Mentees"))):
        # The report counts members: who was accepted, and not who has left.
        told = gettext_lazy("{role} (took part, also who left; each person once)")
        label = format_lazy(told, role=lazy(role_name, str)(reach.programme, role, own))
        mine = [each for each in found if each.role == role]
        yield Figure(label, str(sum(each.inside for each in mine)), str(len(mine)))
        for code in sorted({each.country for each in mine}):
            there = [each for each in mine if each.country == code]
            name = lazy(country_name, str)(code) if code else gettext_lazy("country not known")
            yield Figure(
                format_lazy("{}: {}", label, name), str(sum(each.inside for each in there)), str(len(there))
            )


def _things(reach: Reach) -> Iterator[Figure]:
    programme = reach.programme
    of_pair, of_member = reach.of_either("pair__"), reach.of_partner("membership__")
    there = each_once(standing(reach.programme)).filter(of_member)
    held = Meeting.objects.filter(of_pair, pair__programme=programme, state=MeetingState.HELD)
    agreed = Plan.objects.filter(of_pair, pair__programme=programme).exclude(agreed_at=None)
    plans = BusinessPlan.objects.filter(
        of_member, membership__programme=programme, set_aside_at=None, state__in=HANDED_IN
    )
    shown = Presentation.objects.filter(
        of_member, membership__programme=programme, set_aside_at=None, state__in=PRESENTATION_HANDED_IN
    )
    approved = Profile.objects.filter(of_pair, pair__programme=programme, state=ProfileState.APPROVED)
    handed = Diary.objects.filter(of_pair, pair__programme=programme, state=DiaryState.HANDED_OVER)
    defended = Slot.objects.filter(
        reach.of_partner("plan__membership__"),
        defence__programme=programme,
        defence__rehearsal_of=None,
        state=SlotState.CLOSED,
    )
    permitted = Permission.objects.filter(of_member, membership__programme=programme)
    started = Pair.objects.filter(reach.of_either(), programme=programme)
    yield _both(reach, gettext_lazy("Pairs that began"), started, "active_at")
    yield _both(reach, gettext_lazy("Guardians’ permissions given"), permitted, "at")
    yield _both(reach, gettext_lazy("Cooperation plans agreed, each version"), agreed, "agreed_at")
    yield _both(reach, gettext_lazy("Meetings held"), held, "starts_at")
    yield _both(reach, gettext_lazy("Participations in events"), there, "event__starts_at")
    methodology = methodology_of(programme)
    works = (
        (methodology.business_plan, gettext_lazy("Business plans submitted"), plans, "submitted_at"),
        (methodology.has_defence(), gettext_lazy("Business plans defended"), defended, "closed_at"),
        (methodology.presentation, gettext_lazy("Presentations submitted"), shown, "submitted_at"),
        (methodology.company_profile, gettext_lazy("Company profiles approved"), approved, "approved_at"),
    )
    for asked, label, rows, field in works:
        if asked or rows.exists():
            yield _both(reach, label, rows, field)
    yield _both(reach, gettext_lazy("Diaries handed over"), handed, "handed_over_at")


def _both(reach: Reach, what: Promise, rows: QuerySet[Any], field: str) -> Figure:
    within, until = rows.filter(reach.within(field)), rows.filter(reach.until(field))
    return Figure(what, str(within.count()), str(until.count()))


def _hours(reach: Reach) -> Iterator[Figure]:
    lines = HourLine.objects.filter(reach.of_either("pair__"), pair__programme=reach.programme)
    for state, label in (
        (LineState.CONFIRMED, gettext_lazy("Hours confirmed by both")),
        (LineState.WAITING, gettext_lazy("Hours not confirmed yet")),
    ):
        mine = lines.filter(state=state)
        within, until = (_minutes(mine, day) for day in (reach.days_within("day"), reach.days_until("day")))
        yield Figure(label, words.minutes(within), words.minutes(until))


def _minutes(lines: QuerySet[HourLine], when: Q) -> int:
    total: int = lines.filter(when).aggregate(total=Sum("minutes", default=0))["total"]
    return total
