"""Input for making, answering, pausing, ending and sharing a pair."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varpa.pairs.models import Outcome
from varpa.ui.forms import WordsField


class AnswerForm(forms.Form):
    """Yes or no: the buttons carry it; with a no a reason, which none need give."""

    answer = forms.ChoiceField(choices=[("yes", ""), ("no", "")])
    reason = WordsField(
        label=_("What would suit better?"),
        help_text=_("It need not be said."),
        rows=2,
        max_length=2000,
        required=False,
    )


class EndForm(forms.Form):
    """How and why the manager ends a pair (R3)."""

    outcome = forms.ChoiceField(
        label=_("How does it end?"),
        choices=[
            (Outcome.DISSOLVED.value, _("They go on apart, nobody is blamed")),
            (Outcome.REMATCHED.value, _("Both are free for a new pair")),
        ],
        widget=forms.RadioSelect,
    )
    reason = WordsField(
        label=_("Why?"),
        help_text=_("A few words are enough. Only staff of the programme see them."),
        rows=2,
        max_length=2000,
    )

    closing_words = forms.BooleanField(
        label=_("Let both write a few closing words to each other"),
        help_text=_(
            "For thirty days; each reads the other’s once both have written. "
            "Leave it off where nothing more should go between the two."
        ),
        initial=True,
        required=False,
    )

    def __init__(self, *args: Any, begun: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not begun:
            del self.fields["closing_words"]
        self.fields["outcome"].error_messages["required"] = _("Choose how the pair ends.")
        self.fields["reason"].error_messages["required"] = _(
            "Write the reason in a few words. It is kept with the pair."
        )


class ShareForm(forms.Form):
    """What one of the two shares with the project manager."""

    goals = forms.BooleanField(label=_("Our goals, with their steps and progress"), required=False)
    plan = forms.BooleanField(label=_("Our cooperation plan, once it is agreed"), required=False)
    promises = forms.BooleanField(label=_("What we promised"), required=False)
    ratings = forms.BooleanField(
        label=_("What we choose when we look at our cooperation, from the next time on; no words of ours"),
        required=False,
    )
