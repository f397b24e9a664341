"""Input of the end of a pair."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varpa.ui.forms import LineField, WordsField


class ReasonField(LineField):
    """A reason in a line; the browser cuts nothing off, the page says where it is too long."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.error_messages["required"] = _("The reason is missing. A few words are enough.")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class LookBackForm(forms.Form):
    """One side's review of the results."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput, initial=0)
    text = WordsField(label=_("What was reached, what was not, what do you take with you?"), rows=5)
    stay_in_touch = forms.BooleanField(label=_("I would like to stay in touch"), required=False)


class ExcuseForm(forms.Form):
    """Did not happen, because …; `instead_of` is the reason that stood on the page."""

    instead_of = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = ReasonField(label=_("It did not happen, because"), max_length=300)
