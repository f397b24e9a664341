"""The facts of a report in words, in the language that is active."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from varpa.methodology import Fact
from varpa.pairreports.queries import SUBMITTED, Told
from varpa.ui.words import day, minutes

DATED: Final = {
    Fact.PLAN_AGREED: gettext_lazy("The cooperation plan was agreed: %(day)s"),
    Fact.VISIT_HELD: gettext_lazy("The visit to the company: %(day)s"),
    Fact.ROLE_SWAP_HELD: gettext_lazy("The role swap: %(day)s"),
}
DONE: Final = {
    "business_plan": pgettext_lazy("report of a pair", "The business plan is submitted"),
    "profile": pgettext_lazy("report of a pair", "The company profile is approved"),
    "presentation": pgettext_lazy("report of a pair", "The presentation is submitted"),
}
BEGUN: Final = {
    "business_plan": pgettext_lazy("report of a pair", "The business plan is begun"),
    "profile": pgettext_lazy("report of a pair", "The company profile is begun"),
    "presentation": pgettext_lazy("report of a pair", "The presentation is begun"),
}


def sentence(fact: Told) -> str:
    """One fact as a sentence without a person in it: it is read by both, and by others."""
    if fact.on:
        return str(DATED[Fact(fact.key)]) % {"day": day(fact.on)}
    if fact.key == "meetings":
        met = ngettext("%(n)d meeting was held", "%(n)d meetings were held", fact.count) % {"n": fact.count}
        return met + (", " + _("in person: %(n)d") % {"n": fact.of} if fact.of else "")
    if fact.key == "hours":
        return _("Hours: %(done)s of %(all)s") % {"done": minutes(fact.count), "all": minutes(fact.of)}
    if fact.key == "goals":
        return _("Goals: %(all)d, reached: %(n)d") % {"all": fact.count, "n": fact.of}
    return str((DONE if fact.state == SUBMITTED else BEGUN)[fact.key])
