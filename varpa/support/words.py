"""The reasons for a call in plain words, and what to do next."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from varpa.support.queries.signs import Sign
from varpa.ui import words

TOLD = ("asked", "worried", "asked_safety", "worried_safety")
NEXT = {
    **dict.fromkeys(TOLD, lambda: _("Read what was told, and answer.")),
    "quiet": lambda: _("Call whoever stopped them, and ask how it is."),
    "silent": lambda: _("Call both, and help them to a date."),
    "answer": lambda: _("Ask whether all is well, and what keeps the answer away."),
    "ending": lambda: _("Ask what can still be done, and write down with them what cannot."),
    "hours": lambda: _("Ask what keeps them from meeting, and what would help."),
    "moved": lambda: _("Ask which time suits both better."),
    "no_date": lambda: _("Help them to a date."),
    "looks": lambda: _("Ask how the cooperation is going, and whether looking back helps."),
    "contact": lambda: _("Call for a word: how is it going?"),
}


def _hours(sign: Sign) -> str:
    return f"{words.minutes(sign.count)} {words.hours_of(sign.of)}"


def _days(sign: Sign) -> str:
    days = ngettext("No meeting for %(n)d day", "No meeting for %(n)d days", sign.count) % {"n": sign.count}
    if not sign.of:
        return days
    other = ngettext("nothing else together for %(n)d day", "nothing else together for %(n)d days", sign.of)
    return f"{days}, {other % {'n': sign.of}}"


def _times(sign: Sign) -> str:
    times = ngettext(
        "In the last month %(n)d meeting was moved, called off or missed",
        "In the last month %(n)d meetings were moved, called off or missed",
        sign.count,
    )
    return times % {"n": sign.count}


SAID: dict[str, Callable[[Sign], str]] = {
    "asked": lambda sign: _("One of the two has asked for help, %(day)s") % {"day": words.day(sign.since)},
    "worried": lambda sign: (
        _("A guardian or a school has told of a worry, %(day)s") % {"day": words.day(sign.since)}
    ),
    "asked_safety": lambda sign: (
        _("About safety: one of the two has asked for help, %(day)s") % {"day": words.day(sign.since)}
    ),
    "worried_safety": lambda sign: (
        _("About safety: a guardian or a school has told of a worry, %(day)s")
        % {"day": words.day(sign.since)}
    ),
    "quiet": lambda sign: _("Messages are stopped since %(since)s") % {"since": words.day_of(sign.since)},
    "silent": _days,
    "answer": lambda sign: _("An answer waits since %(since)s") % {"since": words.day_of(sign.since)},
    "hours": lambda sign: (
        _("Hours %(by)s: %(hours)s") % {"by": words.by_day(sign.since), "hours": _hours(sign)}
    ),
    "ending": lambda sign: (
        _("The programme ends on %(day)s; hours: %(hours)s")
        % {"day": words.day(sign.since), "hours": _hours(sign)}
    ),
    "moved": _times,
    "no_date": lambda _sign: _("No next meeting has a date"),
    "looks": lambda sign: (
        _("Looking back together, as agreed, stays unanswered since %(since)s")
        % {"since": words.day_of(sign.since)}
    ),
    "contact": lambda sign: (
        _("A word with them is due since %(since)s") % {"since": words.day_of(sign.since)}
    ),
}


def said(sign: Sign) -> str:
    """One reason with its fact; no full stop: dates in Lithuanian bring their own."""
    return SAID[sign.key](sign)


def next_step(signs: tuple[Sign, ...]) -> str:
    """What to do first."""
    return NEXT[signs[0].key]()
