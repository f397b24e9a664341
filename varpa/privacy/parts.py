"""What is kept of a person, in the parts in which it is shown to them: what, why, who sees it."""

from enum import StrEnum
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.businessplans.access import BusinessPlanAction
from varpa.diary.access import DiaryAction
from varpa.pairs.access import PairAction
from varpa.programmes.access import MembershipAction
from varpa.support.access import CaseAction

Words = str | Promise


class Part(StrEnum):
    """The parts in the order in which they are shown."""

    ACCOUNT = "account"
    TAKING_PART = "taking_part"
    GUARDIANS = "guardians"
    PAIR = "pair"
    MESSAGES = "messages"
    DIARY = "diary"
    WORK = "work"
    EVENTS = "events"
    SUPPORT = "support"
    WORDS = "words"
    LETTERS = "letters"


class Told(NamedTuple):
    """A part in words. `reads`: the actions of the rules of access that open it; else `seen` says who."""

    name: Words
    why: Words
    reads: tuple[StrEnum, ...] = ()
    seen: Words = ""


TOLD: Final[dict[Part, Told]] = {
    Part.ACCOUNT: Told(
        _("Name, address, phone, devices, ways of signing in"),
        _("To sign in and to be reached."),
        (MembershipAction.READ,),
    ),
    Part.TAKING_PART: Told(
        _("Application and taking part"), _("To find who fits together."), (MembershipAction.READ,)
    ),
    Part.GUARDIANS: Told(
        _("Guardians, permissions, the word of the school"),
        _("Under 18 a guardian permits taking part."),
        (MembershipAction.DECIDE,),
    ),
    Part.PAIR: Told(
        _("Meetings, hours, goals, promises, cooperation plan"),
        _("The work of the two together."),
        (PairAction.TAKE_PART,),
    ),
    Part.MESSAGES: Told(
        pgettext_lazy("my data", "Messages"), _("What the two write to each other."), (PairAction.TAKE_PART,)
    ),
    Part.DIARY: Told(
        _("The mentor’s diary"),
        _("The mentor’s alone until it is handed over; then it is the mentee’s."),
        (DiaryAction.READ,),
    ),
    Part.WORK: Told(
        _("Business plan, company profile, presentation"),
        _("The results of the work."),
        (BusinessPlanAction.READ,),
    ),
    Part.EVENTS: Told(
        _("Events, surveys, reports"),
        _("To plan events, and to learn how it goes."),
        (MembershipAction.DECIDE,),
    ),
    Part.SUPPORT: Told(
        _("What was told when something went wrong"), _("So that somebody helps."), (CaseAction.HANDLE,)
    ),
    Part.WORDS: Told(
        _("Recommendations, comments, pages, words among mentors"),
        _("For those who come next."),
        seen=_("It is seen where you put it, by those who are named there."),
    ),
    Part.LETTERS: Told(
        pgettext_lazy("my data", "Letters"),
        _("What was sent and what came back. Their words go after 180 days."),
        seen=_("Nobody opens your letters. An answer without a place is read by whoever runs the programme."),
    ),
}
