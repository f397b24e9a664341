"""Input of whoever runs the programme: what the call says; an application that came on paper."""

from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from varpa.calls.forms.applying import ApplyForm
from varpa.calls.models import Call
from varpa.calls.steps import HEADS, ORDER, Asked, head_of
from varpa.people.forms import AddressField
from varpa.programmes.actions.participation import MOST_MENTEES
from varpa.programmes.forms.changes import RevisionField
from varpa.ui.forms import DayField, LineField, WordsField

DAYS: Final = ("mentee_opens", "mentee_closes", "mentor_opens", "mentor_closes")


class CallForm(forms.Form):
    """When applications are taken, who answers questions, who stands beside the organisation."""

    revision = RevisionField()
    mentee_opens = DayField(label=_("Mentees, first day"), required=False)
    mentee_closes = DayField(label=_("Mentees, last day"), required=False)
    mentor_opens = DayField(label=_("Mentors, first day"), required=False)
    mentor_closes = DayField(label=_("Mentors, last day"), required=False)
    most_mentees = forms.IntegerField(
        label=_("How many mentees a mentor may offer to take"),
        min_value=1,
        max_value=MOST_MENTEES,
        widget=forms.TextInput(attrs={"class": "minutes", "inputmode": "numeric", "autocomplete": "off"}),
    )
    contact_name = LineField(label=_("Who answers questions"), required=False, max_length=120)
    contact_address = AddressField(label=_("E-mail address"), required=False)
    contact_phone = LineField(label=_("Phone"), required=False, max_length=40)
    partners = WordsField(
        label=_("Further partners"),
        help_text=_("One name a line. The partner organisations of the programme stand there by themselves."),
        required=False,
        rows=3,
        max_length=2000,
    )

    def __init__(self, given: QueryDict | None = None, *, call: Call) -> None:
        names = [name for name in self.base_fields if name != "revision"]
        super().__init__(given, initial={name: getattr(call, name) for name in ("revision", *names)})
        wrong = _("Write a number from 1 to 20.")
        self.fields["most_mentees"].error_messages.update(
            required=wrong, invalid=wrong, min_value=wrong, max_value=wrong
        )


class PaperForm(ApplyForm):
    """A whole printed application. Only the name must be, and the day that it bears."""

    def __init__(self, given: QueryDict | None = None, *, asked: Asked, told: dict[str, Any]) -> None:
        steps = [step for step in ORDER if step in HEADS[asked.role]]
        super().__init__(given, asked=asked, steps=steps, told=told)
        self.today = asked.today
        self.fields["address"].required = False
        self.fields["address"].help_text = _("May stay empty: then there are no letters.")
        self.fields["day"] = DayField(label=_("Day that the paper bears"))

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > self.today:
            raise ValidationError(_("This day lies in the future. Write the day on which it was signed."))
        return day

    @property
    def said(self) -> dict[str, Any]:
        return {name: value for name, value in super().said.items() if name != "day"}

    def groups(self) -> list[tuple[str, Any, list[Any]]]:
        """(step, head, fields) of each step."""
        from_step = {step: [self[name] for name in names] for step, names in self.names.items()}
        return [(step, head_of(self.asked, step), from_step[step]) for step in self.names]
