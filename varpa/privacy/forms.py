"""Input about one's data."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.privacy.logwords import KINDS
from varpa.ui.forms import DayField, LineField


class CodeForm(forms.Form):
    """The code that was mailed."""

    code = LineField(label=pgettext_lazy("erasure", "Code from the letter"), max_length=10)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(inputmode="numeric", autocomplete="one-time-code")
        self.fields["code"].error_messages["required"] = _("Write the code from the letter.")


class YearsForm(forms.Form):
    """For how long a programme keeps its people."""

    years = forms.IntegerField(label=_("Years after the end"), min_value=1, max_value=30)


class LogForm(forms.Form):
    """What of the audit log is sought; blank is all."""

    who = LineField(label=_("Person"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("About what"), required=False)
    first = DayField(label=_("First day"), required=False)
    last = DayField(label=_("Last day"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", pgettext_lazy("log", "Everything")), *KINDS.items()]
