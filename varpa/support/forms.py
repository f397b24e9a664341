"""Input of support: it cleans what came. Why something cannot be is said by the actions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varpa.people.models import Person
from varpa.support.models import Concerns, Door, Kind, Outcome, Spoken, Wish
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
    about = forms.ChoiceField(
        label=_("Which project manager, if it is about one?"),
        help_text=_("Whoever you name does not read it."),
        required=False,
    )
    text = WordsField(label=_("What has happened, or what is missing?"), rows=5)
    wish = forms.ChoiceField(label=_("What would help?"), choices=Wish.choices, required=False)
    confidential = forms.BooleanField(
        label=_("Confidential: the other of the two does not learn of it"), required=False, initial=True
    )

    def __init__(
        self,
        *args: Any,
        door: str,
        managers: Sequence[Person],
        paired: bool,
        reporting: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.managers = {each.ref: each for each in managers}
        # A message that is reported speaks for itself.
        self.fields["text"].required = not reporting
        self.fields["kind"].error_messages["required"] = _("Choose what it is about.")
        names = [(each.ref, each.name) for each in managers]
        asked = self.fields["about"]
        assert isinstance(asked, forms.ChoiceField)
        asked.choices = [("", _("I would rather not say")), *names]
        if door == Door.MANAGER:
            del self.fields["concerns"]
        # Of one alone it is known whom it concerns.
        if door == Door.MANAGER or len(managers) < 2:
            del self.fields["about"]
        if not paired:
            del self.fields["confidential"]

    def clean_about(self) -> Person | None:
        """The manager who was named."""
        return self.managers.get(self.cleaned_data["about"])


class LineForm(forms.Form):
    """A line of a case; `both`: the other of the two reads it too, where that one learns of it at all."""

    ref = RefField()
    text = WordsField(label=_("What is being done"), rows=3)
    both = forms.BooleanField(label=_("The other of the two reads it too"), required=False)

    def __init__(self, *args: Any, shared: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not shared:
            del self.fields["both"]


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


class CallForm(forms.Form):
    """I called: whom it reached, and a word on it."""

    ref = RefField()
    spoken = forms.ChoiceField(label=_("I spoke"), choices=Spoken.choices, widget=forms.RadioSelect)
    text = WordsField(label=_("A word on it"), rows=2, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["spoken"].error_messages["required"] = _("Choose whom the call reached.")


class AskForm(forms.Form):
    """A mentor's question to the chief mentor."""

    ref = RefField()
    text = WordsField(label=_("What would you like to ask?"), rows=3)
    shares = forms.BooleanField(
        label=_("Other mentors may read it with its answer, without my name"), required=False
    )


class ReplyForm(forms.Form):
    """The chief mentor's answer."""

    text = WordsField(label=_("Your answer"), rows=5)
    shares = forms.BooleanField(
        label=_("Other mentors may read the answer, if the mentor agrees too"), required=False, initial=True
    )


class SayForm(forms.Form):
    """A word in the mentors' circle."""

    ref = RefField()
    text = WordsField(label=_("A word to the mentors"), rows=3)
