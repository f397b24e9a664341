"""The notice in the programme's own words, by country and in languages that it adds."""

from varpa.guardians.models import NoticeText
from varpa.guardians.words import ADDED, LANGUAGES
from varpa.programmes.models import Membership, Programme


def notices_in(programme: Programme, country: str = "") -> dict[str, NoticeText]:
    """What is read in a country, by language: its own words before those of all countries. One query."""
    standing = NoticeText.objects.filter(programme=programme, country__in=("", country), withdrawn_at=None)
    return {each.language: each for each in standing.order_by("country", "language")}


def notices_of(membership: Membership) -> dict[str, NoticeText]:
    """What the guardian of a member reads, by language: one query."""
    return notices_in(membership.programme, membership.country)


def added_languages(membership: Membership) -> list[tuple[str, str]]:
    """(code, own name) of each language that the programme adds to those of the house for a member."""
    return [(code, LANGUAGES[code]) for code in sorted(notices_of(membership)) if code in ADDED]


def worded_countries(programme: Programme) -> list[str]:
    """The countries that have words of their own: one query."""
    standing = NoticeText.objects.filter(programme=programme, withdrawn_at=None).exclude(country="")
    return list(standing.order_by("country").values_list("country", flat=True).distinct())


def countries_of(programme: Programme) -> list[str]:
    """The countries that may have words of their own: of several each, and where some still stand."""
    several = programme.countries if len(programme.countries) > 1 else []
    return list(dict.fromkeys([*several, *worded_countries(programme)]))
