"""Input of the talk beside an event."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.events.actions.talking import LONGEST
from varpa.ui.forms import RefField, WordsField


class SayingForm(forms.Form):
    """What is difficult."""

    ref = RefField()
    text = WordsField(
        label=_("What is difficult, or what would you like to talk over?"), rows=3, max_length=LONGEST
    )
    in_confidence = forms.BooleanField(
        label=_("In confidence: only whoever runs the programme reads it"), required=False
    )


class AnswerToSayingForm(forms.Form):
    """An answer to it."""

    ref = RefField()
    text = WordsField(label=pgettext_lazy("noun", "Answer"), rows=2, max_length=LONGEST)
