"""Input of the end of a pair."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.ui.forms import LineField, WordsField


class LookBackForm(forms.Form):
    """One side's review of the results. `young`: a mentee for whom a guardian decides.

    `parting`: the pair has ended early, and these are closing words.
    """

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput, initial=0)
    text = WordsField(label=_("What was reached, what was not, what do you take with you?"), rows=5)
    thanks = WordsField(
        label=_("What would you like to thank for?"),
        help_text=_("One sentence, if you like."),
        rows=2,
        required=False,
    )
    stay_in_touch = forms.BooleanField(label=_("I would like to stay in touch"), required=False)
    contact = LineField(
        label=_("Where can one be reached afterwards?"),
        help_text=_("An address or a number, if you want to give one. Shown only where both stay in touch."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, young: bool, parting: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if parting:
            del self.fields["stay_in_touch"], self.fields["contact"]
            return
        if young:
            self.fields["contact"].help_text = pgettext_lazy(
                "mentee",
                "An address or a number, if you want to give one: that is yours to choose. Talk about it "
                "with your parents or guardian first. Shown only where both stay in touch.",
            )


class ExcuseForm(forms.Form):
    """Did not happen, because …; `instead_of` is the reason that stood on the page."""

    instead_of = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = LineField(label=_("It did not happen, because"), max_length=300)
