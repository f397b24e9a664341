"""The reasons for a call in plain words, and what to do next."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from varpa.support.queries.signs import Sign
from varpa.ui import words

NEXT = {
    "asked": lambda: _("Read what was told, and answer."),
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


def said(sign: Sign) -> str:
    """One reason with its fact; no full stop: dates in Lithuanian bring their own."""
    days = ngettext("No meeting for %(n)d day", "No meeting for %(n)d days", sign.count)
    times = ngettext(
        "In the last month %(n)d meeting was moved, called off or missed",
        "In the last month %(n)d meetings were moved, called off or missed",
        sign.count,
    )
    told = {
        "asked": _("One of the two has asked for help, %(day)s"),
        "quiet": _("Messages are stopped since %(since)s"),
        "silent": days,
        "answer": _("An answer waits since %(since)s"),
        "hours": _("Hours: %(hours)s"),
        "ending": _("The programme ends on %(day)s; hours: %(hours)s"),
        "moved": times,
        "no_date": _("No next meeting has a date"),
        "looks": _("Looking back together, as agreed, stays unanswered since %(since)s"),
        "contact": _("A word with them is due since %(since)s"),
    }
    hours = f"{words.minutes(sign.count)} {words.hours_of(sign.of)}"
    facts = {"day": words.day(sign.since), "since": words.day_of(sign.since), "hours": hours}
    return told[sign.key] % {"n": sign.count, **facts}


def next_step(signs: tuple[Sign, ...]) -> str:
    """What to do first."""
    return NEXT[signs[0].key]()
