"""Input of support: it cleans what came. Why something cannot be is said by the actions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varpa.people.models import Person
from varpa.support.models import Concerns, Door, Kind, Outcome, Wish
from varpa.ui.forms import RefField, WordsField


class TellForm(forms.Form):
    """What is wrong, for the manager or the lead partner; what it is about is asked at the second only."""

    ref = RefField()
    kind = forms.ChoiceField(label=_("What is it about?"), choices=Kind.choices, widget=forms.RadioSelect)
    concerns = forms.ChoiceField(
        label=_("Whom does it concern?"),
        choices=Concerns.choices,
        initial=Concerns.US,
        widget=forms.RadioSelect,
    )
    text = WordsField(label=_("What has happened, or what is missing?"), rows=5)
    wish = forms.ChoiceField(label=_("What would help?"), choices=Wish.choices, required=False)
    confidential = forms.BooleanField(
        label=_("Confidential: the other of the two does not learn of it"), required=False, initial=True
    )

    def __init__(self, *args: Any, door: str, paired: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].error_messages["required"] = _("Choose what it is about.")
        if door == Door.MANAGER:
            del self.fields["concerns"]
        if not paired:
            del self.fields["confidential"]


class LineForm(forms.Form):
    """A line of a case."""

    ref = RefField()
    text = WordsField(label=_("What is being done"), rows=3)


class NoteForm(LineForm):
    """A note among those who handle the case."""

    text = WordsField(label=_("Note"), rows=3)


class CloseForm(forms.Form):
    """What came of a case."""

    outcome = forms.ChoiceField(label=_("What came of it"), choices=Outcome.choices)
    text = WordsField(label=_("A word to whoever told it"), rows=2, required=False)


class PassForm(forms.Form):
    """To whom a case goes: one of those who may handle it, or the lead partner (blank)."""

    to = forms.ChoiceField(label=_("Who takes it on"), required=False)

    def __init__(self, *args: Any, handlers: list[Person], with_lead: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lead = [] if with_lead else [("", _("The lead partner"))]
        self.handlers = {each.ref: each for each in handlers}
        names = [(each.ref, each.name) for each in handlers]
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*lead, *names]

    @property
    def chosen(self) -> Person | None:
        """The person, None for the lead partner."""
        return self.handlers.get(self.cleaned_data["to"])


class OpenForm(forms.Form):
    """Why somebody of the staff opens what a pair writes."""

    reason = WordsField(label=_("Why is it needed?"), rows=3, max_length=1000)
