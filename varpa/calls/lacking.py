"""Which interests lack places of mentors, and the words of a call for exactly those."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Final, NamedTuple

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from varpa.calls.offering import what_mentors_do
from varpa.calls.queries import stand_of
from varpa.guardians.queries.door import LIVE_PAIRS
from varpa.history.remembering import until_changed
from varpa.people.models import Language
from varpa.programmes.countries import country_name
from varpa.programmes.models import Membership, MembershipState, Participation, Programme, Role
from varpa.programmes.queries import methodology_of
from varpa.sectors.sectors import DIVISION, Sector, nearness, sector
from varpa.ui import words

# Near enough for a mentor to be of use: the same division of the taxonomy, or the section and what is in it.
ANSWERS: Final = DIVISION
STANDING: Final = (MembershipState.APPLIED, MembershipState.ACCEPTED, MembershipState.WAITING)
Places = Mapping[str, Counter[str]]
"""By wish how many places of mentors who work near enough there are in each country."""


class Told(NamedTuple):
    """What somebody who takes part has told: interests by codes, and a mentor's places that are free."""

    country: str
    codes: frozenset[str]
    places: int


class Sums(NamedTuple):
    """Of a country ("": not known) the mentees who wish for something, and the places of mentors for it."""

    country: str
    wanted: int
    places: int


class Lack(NamedTuple):
    """An interest for which more mentees wish than there are places; by country, and places `abroad`."""

    sector: Sector
    wanted: int
    places: int
    countries: list[Sums]
    abroad: list[Sums]


class Lacking(NamedTuple):
    """What lacks a mentor, here or in a `country`. `wishing`: the mentees who wish for any of it, each once.

    `untold`: those who have told no interest. Whoever has a mentor wishes for none, and a place that a pair
    holds is none; a free one counts in each field of the mentor.
    """

    country: str
    lacks: list[Lack]
    mentees: int
    mentors: int
    places: int
    wishing: int
    untold: int


@until_changed
def lacking_now(programme: Programme, _now: datetime, country: str) -> Lacking:
    """What lacks a mentor, remembered until the programme changes: mostly one query."""
    return lacking(programme, country)


def lacking(programme: Programme, country: str = "") -> Lacking:
    """What lacks a mentor; in a `country`: mentees from there, and places there. Four queries."""
    everybody, mentors = _wishing(programme), _mentors(programme)
    mentees, here = ([each for each in side if _is_of(each, country)] for side in (everybody, mentors))
    wishes: dict[str, Counter[str]] = {}
    for each in everybody:
        for code in each.codes:
            wishes.setdefault(code, Counter())[each.country] += 1
    places = _places(set(wishes), mentors)
    found = [_lack(code, wanted, places[code], country) for code, wanted in wishes.items() if sector(code)]
    lacks = [each for each in found if each.wanted > each.places]
    codes = {each.sector.code for each in lacks}
    return Lacking(
        country,
        sorted(lacks, key=lambda lack: (lack.places - lack.wanted, lack.sector.code)),
        len(mentees),
        len(here),
        sum(each.places for each in here),
        sum(1 for each in mentees if codes & each.codes),
        sum(1 for each in mentees if not each.codes),
    )


def _is_of(told: Told, country: str) -> bool:
    return not country or told.country == country


def _wishing(programme: Programme) -> list[Told]:
    """What mentees have told who have no mentor, nor had one to the end.

    `pairs` is a neighbour, its relation has a name.
    """
    served = Q(pairs_as_mentee__state__in=LIVE_PAIRS) | Q(pairs_as_mentee__outcome="completed")
    taken = Count("pairs_as_mentee", filter=served)
    return [told for told, pairs in _told(programme, Role.MENTEE, taken) if not pairs]


def _mentors(programme: Programme) -> list[Told]:
    """What mentors have told, with the places that no pair holds."""
    taken = Count("pairs_as_mentor", filter=Q(pairs_as_mentor__state__in=LIVE_PAIRS))
    return [
        told._replace(places=max(0, told.places - pairs))
        for told, pairs in _told(programme, Role.MENTOR, taken)
    ]


def _told(programme: Programme, role: str, taken: Count) -> list[tuple[Told, int]]:
    """What everybody who stands in a role has told, each with how many pairs."""
    rows = Membership.objects.filter(programme=programme, role=role, state__in=STANDING).order_by("pk")
    parts = Participation.objects.filter(
        membership__programme=programme, membership__role=role, membership__state__in=STANDING
    )
    said = {pk: told for pk, *told in parts.values_list("membership", "interests", "capacity")}
    members = rows.annotate(taken=taken).values_list("pk", "country", "taken")
    read = ((country, *said.get(pk, ([], 1)), pairs) for pk, country, pairs in members)
    return [(Told(country, frozenset(codes), places), pairs) for country, codes, places, pairs in read]


def _places(wishes: set[str], mentors: list[Told]) -> Places:
    """How many places answer each wish; every two codes are compared once."""
    known = {code for mentor in mentors for code in mentor.codes}
    answers = {code: {wish for wish in wishes if nearness(wish, code) >= ANSWERS} for code in known}
    places: dict[str, Counter[str]] = {wish: Counter() for wish in wishes}
    for mentor in mentors:
        for wish in {wish for code in mentor.codes for wish in answers[code]}:
            places[wish][mentor.country] += mentor.places
    return places


def _lack(code: str, wanted: Counter[str], places: Counter[str], country: str) -> Lack:
    found = sector(code)
    assert found is not None
    counts = [Sums(each, wanted[each], places[each]) for each in sorted({*wanted, *places})]
    here = [each for each in counts if not country or each.country == country]
    abroad = [each for each in counts if country and each.country != country and each.places]
    return Lack(
        found,
        sum(each.wanted for each in here),
        sum(each.places for each in here),
        here,
        abroad,
    )


def calls_for(programme: Programme, found: Lacking, now: datetime) -> list[tuple[str, str, str]]:
    """(language, its name, the words of the call) in the three languages, for exactly what was found."""
    written = []
    for language, name in Language.choices:
        with translation.override(language):
            written.append((language, name, _call_for(programme, found, now, language)))
    return written


def _call_for(programme: Programme, found: Lacking, now: datetime, language: str) -> str:
    stand = stand_of(programme, Role.MENTOR, now)
    address = f"{settings.SITE_URL}{reverse('calls:call', args=[programme.ref])}?language={language}"
    told = {
        "programme": programme.name.within(language),
        "count": found.wishing,
        "address": address,
    }
    until = f" {words.by_day(stand.day)}" if stand.key == "open" and stand.day else ""
    return "\n".join(
        [
            _("We are looking for mentors").format(**told),
            "",
            _("The programme “{programme}” is looking for mentors who work in these fields:").format(**told),
            *(f"– {lack.sector.name}" for lack in found.lacks),
            *([_("Country: {country}").format(country=country_name(found.country))] if found.country else []),
            "",
            what_mentors_do(methodology_of(programme)),
            _("How many wish for a mentor from these fields: {count}").format(**told),
            "",
            _("Apply here{until}: {address}").format(until=until, **told),
        ]
    )
