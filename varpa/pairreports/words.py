"""The facts of a report in words, in the language that is active."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from varpa.methodology import Fact
from varpa.pairreports.queries import SUBMITTED, Told
from varpa.ui.words import day, minutes


def sentence(fact: Told) -> str:
    """One fact as a sentence without a person in it: it is read by both, and by others."""
    dated = {
        Fact.PLAN_AGREED: _("The cooperation plan was agreed: %(day)s"),
        Fact.VISIT_HELD: _("The visit to the company: %(day)s"),
        Fact.ROLE_SWAP_HELD: _("The role swap: %(day)s"),
    }
    if fact.on:
        return dated[Fact(fact.key)] % {"day": day(fact.on)}
    if fact.key == "meetings":
        met = ngettext("%(n)d meeting was held", "%(n)d meetings were held", fact.count) % {"n": fact.count}
        return met + (", " + _("in person: %(n)d") % {"n": fact.of} if fact.of else "")
    if fact.key == "hours":
        return _("Hours: %(done)s of %(all)s") % {"done": minutes(fact.count), "all": minutes(fact.of)}
    if fact.key == "goals":
        return _("Goals: %(all)d, reached: %(n)d") % {"all": fact.count, "n": fact.of}
    return _result(fact.key, fact.state)


def _result(key: str, state: str) -> str:
    done = {
        "business_plan": pgettext("report of a pair", "The business plan is submitted"),
        "profile": pgettext("report of a pair", "The company profile is approved"),
    }
    begun = {
        "business_plan": pgettext("report of a pair", "The business plan is begun"),
        "profile": pgettext("report of a pair", "The company profile is begun"),
        "presentation": pgettext("report of a pair", "The presentation is begun"),
    }
    return done[key] if state == SUBMITTED else begun[key]
