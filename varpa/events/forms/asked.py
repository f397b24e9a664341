"""What the forms of this room have in common: at which field a refusal is told."""

from collections.abc import Callable
from typing import Final, TypeVar

from django import forms

from varpa.events.actions import agenda, agenda_hours, feedback, planning, questions
from varpa.files import refusals
from varpa.kernel.refusals import Refusal
from varpa.kernel.times import HourDoesNotExist
from varpa.ui.doing import refused

Answer = TypeVar("Answer")

AT: Final[dict[type[Refusal], str]] = {
    HourDoesNotExist: "starts",
    planning.InThePast: "starts",
    planning.TooFarAhead: "starts",
    planning.WrongLength: "minutes",
    planning.NobodyInvited: "roles",
    planning.InvitedAlready: "roles",
    planning.UnsafeLink: "link",
    planning.PlacesTaken: "places",
    planning.TitleMissing: "title",
    agenda_hours.OutsideHours: "begins",
    agenda.TopicMissing: "topic",
    agenda.NameMissing: "title",
    questions.Empty: "text",
    questions.TooLong: "text",
    feedback.ChooseWords: "helped",
    feedback.TooLong: "text",
    refusals.Empty: "file",
    refusals.TooLarge: "file",
    refusals.WrongKind: "file",
    refusals.PhoneFormat: "file",
    refusals.Broken: "file",
    refusals.TooManyDots: "file",
    refusals.ActiveContent: "file",
    refusals.Locked: "file",
}


def attempt(form: forms.Form, act: Callable[[], Answer]) -> Answer | None:
    """What an action answers; None where it refused, and then the form says why."""
    try:
        return act()
    except Refusal as refusal:
        refused(form, refusal, AT.get(type(refusal), ""))
        return None
