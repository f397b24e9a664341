"""Which interests no mentor answers yet, and the words of a call for exactly those."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Final, NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from varpa.calls.offering import what_mentors_do
from varpa.calls.queries import stand_of
from varpa.history.remembering import until_changed
from varpa.people.models import Language
from varpa.programmes.models import Membership, MembershipState, Participation, Programme, Role
from varpa.programmes.queries import methodology_of
from varpa.sectors.sectors import DIVISION, Sector, nearness, sector
from varpa.ui import words

# Near enough for a mentor to be of use: the same division of the taxonomy at least.
ANSWERS: Final = DIVISION
STANDING: Final = (MembershipState.APPLIED, MembershipState.ACCEPTED, MembershipState.WAITING)
Wishes = list[tuple[str, list[str]]]
Known = dict[str, set[str]]
"""By country what the mentors there know."""


class Lack(NamedTuple):
    """An interest that nobody answers: how many mentees of which country; `abroad`: countries of mentors."""

    sector: Sector
    wanted: int
    countries: list[tuple[str, int]]
    abroad: list[str]


class Lacking(NamedTuple):
    """`unanswered`: mentees none of whose interests is answered; `untold`: those who have told none."""

    lacks: list[Lack]
    mentees: int
    mentors: int
    unanswered: int
    untold: int


@until_changed
def lacking_now(programme: Programme, _now: datetime, country: str) -> Lacking:
    """What lacks a mentor, remembered until the programme changes: mostly one query."""
    return lacking(programme, country)


def lacking(programme: Programme, country: str = "") -> Lacking:
    """What lacks a mentor; in a `country`: mentees from there, and mentors there. Four queries."""
    mentees = [row for row in _told(programme, Role.MENTEE) if not country or row[0] == country]
    mentors = _told(programme, Role.MENTOR)
    here = [row for row in mentors if not country or row[0] == country]
    known = _known(mentors)
    codes = {code for _country, wished in mentees for code in wished}
    near = _known(here)
    answered = {code for code in codes if _near(code, near)}
    lacks = [_lack(code, mentees, known) for code in codes - answered if sector(code)]
    told = [wished for _country, wished in mentees if wished]
    return Lacking(
        sorted(lacks, key=lambda lack: (-lack.wanted, lack.sector.code)),
        len(mentees),
        len(here),
        sum(1 for wished in told if not answered & set(wished)),
        len(mentees) - len(told),
    )


def _told(programme: Programme, role: str) -> Wishes:
    """(country, codes) of everybody who stands in a role."""
    rows = Membership.objects.filter(programme=programme, role=role, state__in=STANDING).order_by("pk")
    codes = Participation.objects.filter(
        membership__programme=programme, membership__role=role, membership__state__in=STANDING
    )
    told = dict(codes.values_list("membership", "interests"))
    return [(country, told.get(pk, [])) for pk, country in rows.values_list("pk", "country")]


def _known(mentors: Wishes) -> Known:
    known: Known = {}
    for country, codes in mentors:
        known.setdefault(country, set()).update(codes)
    return known


def _near(code: str, known: Known) -> set[str]:
    """The countries in which somebody works near enough."""
    return {
        country for country, codes in known.items() if any(nearness(code, each) >= ANSWERS for each in codes)
    }


def _lack(code: str, mentees: Wishes, known: Known) -> Lack:
    found = sector(code)
    assert found is not None
    wanted = Counter(country for country, wished in mentees if code in wished)
    return Lack(found, wanted.total(), sorted(wanted.items()), sorted(filter(None, _near(code, known))))


def calls_for(
    programme: Programme, lacks: Iterable[Lack], waiting: int, now: datetime
) -> list[tuple[str, str, str]]:
    """(language, its name, the words of the call) in the three languages, naming exactly these sectors."""
    found = list(lacks)
    written = []
    for language, name in Language.choices:
        with translation.override(language):
            written.append((language, name, _call_for(programme, found, waiting, now, language)))
    return written


def _call_for(programme: Programme, lacks: list[Lack], waiting: int, now: datetime, language: str) -> str:
    stand = stand_of(programme, Role.MENTOR, now)
    address = f"{settings.SITE_URL}{reverse('calls:call', args=[programme.ref])}?language={language}"
    told = {
        "programme": programme.name.within(language),
        "count": waiting,
        "address": address,
    }
    until = f" {words.by_day(stand.day)}" if stand.key == "open" and stand.day else ""
    return "\n".join(
        [
            _("We are looking for mentors").format(**told),
            "",
            _("The programme “{programme}” is looking for mentors who work in these fields:").format(**told),
            *(f"– {lack.sector.name}" for lack in lacks),
            "",
            what_mentors_do(methodology_of(programme)),
            _("Young people who wait for a mentor from these fields: {count}").format(**told),
            "",
            _("Apply here{until}: {address}").format(until=until, **told),
        ]
    )
