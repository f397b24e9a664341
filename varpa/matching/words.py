"""Points and losses in words. Of 10,000 points of the solver a reader sees hundredths: 0 to 100 a pair."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def points(count: int) -> str:
    """`74`, `3.12`, `3,12`: exact, without noughts at the end."""
    rest = abs(count) % 100
    places = 0 if not rest else 1 if rest % 10 == 0 else 2
    # Not as a float: Django cuts digits off, and 1.36 is 1.3599999999999999.
    return number_format(Decimal(abs(count)).scaleb(-2), places)


def lost(placements: int, count: int) -> str:
    """What the whole would lose, of mentees placed and of points."""
    told = []
    if placements > 0:
        fewer = ngettext(
            "%(count)d mentee fewer would have a mentor",
            "%(count)d mentees fewer would have a mentor",
            placements,
        )
        told.append(fewer % {"count": placements})
    elif placements < 0:
        further = ngettext(
            "%(count)d mentee more would have a mentor",
            "%(count)d mentees more would have a mentor",
            -placements,
        )
        told.append(further % {"count": -placements})
    if count:
        more = _("fewer points in all: %(points)s") if count > 0 else _("more points in all: %(points)s")
        told.append(more % {"points": points(count)})
    return ", ".join(told) or _("nothing would be lost")
