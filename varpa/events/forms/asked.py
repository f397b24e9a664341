"""What the forms of this room have in common: at which field a refusal is told."""

from collections.abc import Callable
from typing import Final, TypeVar

from django import forms
from django.http import QueryDict

from varpa.events.actions import agenda, feedback, planning, questions
from varpa.files import refusals
from varpa.kernel.once import SentAlready
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.kernel.times import HourDoesNotExist

Answer = TypeVar("Answer")

AT: Final[dict[type[Refusal], str]] = {
    HourDoesNotExist: "starts",
    planning.InThePast: "starts",
    planning.TooFarAhead: "starts",
    planning.WrongLength: "minutes",
    planning.NobodyInvited: "roles",
    planning.UnsafeLink: "link",
    planning.PlacesTaken: "places",
    planning.TitleMissing: "title",
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
        if isinstance(refusal, SentAlready):
            _renew(form)
        name = AT.get(type(refusal), "")
        form.add_error(name if name in form.fields else None, str(refusal))
        return None


def _renew(form: forms.Form) -> None:
    """A form that stays on the page gets a reference of its own, in place of one that is taken."""
    assert isinstance(form.data, QueryDict)
    form.data = form.data.copy()
    form.data["ref"] = new_ref()
