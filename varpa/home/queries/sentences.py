"""What waits for somebody, as a sentence with a verb: by the key of the thing."""

from typing import Any

from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

# Each sentence twice: as a mentor reads it, and as a mentee does (context "mentee": the familiar form).
SENTENCES: dict[str, tuple[Any, Any]] = {
    "now": (_("Your meeting is on now"), pgettext_lazy("mentee", "Your meeting is on now")),
    "unpermitted": (
        _("The guardian’s permission for the visit is missing: ask for it, or meet in another way"),
        pgettext_lazy(
            "mentee", "The permission for the visit is missing: ask at home, or meet in another way"
        ),
    ),
    "defence_now": (
        _("The defence is on now: open the jury’s page"),
        pgettext_lazy("mentee", "The defence is on now: see when you present"),
    ),
    "defence": (
        _("Read the order and the rules of the defence"),
        pgettext_lazy("mentee", "See when you defend your plan"),
    ),
    "heard": (
        _("Read what was said of the plan at the defence"),
        pgettext_lazy("mentee", "Read what was said of your plan at the defence"),
    ),
    "take_home": (
        _("Take everything home in one file"),
        pgettext_lazy("mentee", "Take everything home in one file: plan, profile, presentation, certificate"),
    ),
    "review": (
        _("Write down how the meeting was"),
        pgettext_lazy("mentee", "Write down how the meeting was"),
    ),
    "first": (
        _("Plan the first meeting"),
        pgettext_lazy("mentee", "Think what you want to ask at the first meeting"),
    ),
    "questions": (
        _("Prepare the next meeting"),
        pgettext_lazy("mentee", "Prepare questions for the next meeting"),
    ),
    "read": (
        _("Read the questions for the next meeting"),
        pgettext_lazy("mentee", "Your questions are ready for the next meeting"),
    ),
    "message": (_("Read the new message"), pgettext_lazy("mentee", "Read the new message")),
    "waited": (
        _("Read what had waited while messages were stopped"),
        pgettext_lazy("mentee", "Read what had waited while messages were stopped"),
    ),
    "times": (
        _("Choose a time for the meeting"),
        pgettext_lazy("mentee", "Choose a time for the meeting"),
    ),
    "remarks": (_("Read the business plan"), pgettext_lazy("mentee", "Read what is asked about your plan")),
    "look": (
        _("Say how the cooperation is going"),
        pgettext_lazy("mentee", "Say how the cooperation is going"),
    ),
    "pair_report": (
        _("Tell the joint meeting what the two of you have done"),
        pgettext_lazy("mentee", "Tell the joint meeting what the two of you have done"),
    ),
    "topic": (
        _("Look at the topic together and set the first goals"),
        pgettext_lazy("mentee", "Look at your topic together and set the first goals"),
    ),
    "plan": (
        _("Agree the cooperation plan"),
        pgettext_lazy("mentee", "Agree the cooperation plan"),
    ),
    "confirm_plan": (
        _("Read and confirm the cooperation plan"),
        pgettext_lazy("mentee", "Read and confirm the cooperation plan"),
    ),
    "left_diary": (
        _("Hand your diary over: after that day it is sealed"),
        # It is the mentor’s to hand over.
        _("Hand your diary over: after that day it is sealed"),
    ),
    "left_words": (
        _("Write a few closing words, if you like"),
        pgettext_lazy("mentee", "Write a few closing words, if you like"),
    ),
    "hours": (_("Confirm the hours"), pgettext_lazy("mentee", "Confirm the hours")),
    "settle": (
        _("Settle how long the meeting was"),
        pgettext_lazy("mentee", "Settle how long the meeting was"),
    ),
    "promise": (_("Keep what you promised"), pgettext_lazy("mentee", "Keep what you promised")),
    "diary": (
        _("Write a few lines in the diary"),
        pgettext_lazy("mentee", "Write a few lines in the diary"),
    ),
    "meeting": (_("Plan the next meeting"), pgettext_lazy("mentee", "Plan the next meeting")),
    "visit": (
        _("Plan the visit to your company"),
        pgettext_lazy("mentee", "Think what you want to see in the company"),
    ),
    "role_swap": (
        _("Plan the role swap"),
        pgettext_lazy("mentee", "Think how you would advise in the role swap"),
    ),
    "business": (
        _("Read the business plan"),
        pgettext_lazy("mentee", "Write a little of your business plan"),
    ),
    "profile": (
        _("Approve the facts of your company’s profile"),
        pgettext_lazy("mentee", "Write what you saw in the company profile"),
    ),
    "presentation": (
        _("Look at the presentation"),
        pgettext_lazy("mentee", "Make the presentation and show it"),
    ),
    "closing": (
        _("Plan the closing meeting"),
        pgettext_lazy("mentee", "Think what you take with you"),
    ),
    "whether_so": (
        _("Say whether it is so that something did not happen"),
        pgettext_lazy("mentee", "Say whether it is so that something did not happen"),
    ),
    "look_back": (
        _("Look back at what you did together"),
        pgettext_lazy("mentee", "Look back at what you did together"),
    ),
    "hand_over": (_("Hand over the diary"), pgettext_lazy("mentee", "Hand over the diary")),
    "read_diary": (
        _("Read the answer to the diary"),
        pgettext_lazy("mentee", "Read the diary that is yours now"),
    ),
    "end": (_("End the cooperation"), pgettext_lazy("mentee", "End the cooperation")),
    "answer": (
        _("There is a proposal to work together: say yes or no"),
        pgettext_lazy("mentee", "There is a proposal to work together: say yes or no"),
    ),
    "prepare": (_("Prepare for the mentoring"), pgettext_lazy("mentee", "Prepare for the mentoring")),
    "grown": (_("Confirm that you take part"), pgettext_lazy("mentee", "Confirm that you take part")),
    "event": (_("Say whether you come"), pgettext_lazy("mentee", "Say whether you come")),
    "report": (
        _("Read the evaluation report and say what you think"),
        pgettext_lazy("mentee", "Read the evaluation report and say what you think"),
    ),
    "survey": (_("Answer a short survey"), pgettext_lazy("mentee", "Answer a short survey")),
    "nothing": (
        _("Nothing waits for you now"),
        pgettext_lazy("mentee", "Nothing waits for you now"),
    ),
}


def plan_named(name: str) -> str:
    """To plan a meeting that the methodology calls otherwise than the sentences above do."""
    return gettext("Plan the meeting “%(name)s”") % {"name": name}


def agree_named(name: str) -> str:
    """To agree on a plan that the methodology calls otherwise; two are spoken to, whoever reads it."""
    return gettext("Agree together: “%(name)s”") % {"name": name}


def confirm_named(name: str, *, is_mentor: bool) -> str:
    """To confirm such a plan."""
    said = gettext("Read and confirm: “%(name)s”")
    return (said if is_mentor else pgettext("mentee", "Read and confirm: “%(name)s”")) % {"name": name}
