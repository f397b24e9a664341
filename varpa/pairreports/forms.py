"""Input of a report of a pair."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varpa.pairreports.models import PairReport
from varpa.ui.forms import WordsField


class ReportForm(forms.Form):
    """Nothing is needed: the facts alone are a report too. `facts` are (key, sentence)."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    keep = forms.MultipleChoiceField(
        label=_("What is known already"), required=False, widget=forms.CheckboxSelectMultiple
    )
    done = WordsField(label=_("What we have done and learnt"), rows=4, required=False)
    ahead = WordsField(label=_("What we do next"), rows=3, required=False)
    discuss = WordsField(label=_("What we would like to talk about at the meeting"), rows=3, required=False)

    def __init__(self, *args: Any, facts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep = self.fields["keep"]
        assert isinstance(keep, forms.MultipleChoiceField)
        keep.choices = facts
        self.keys = [key for key, _sentence in facts]

    @property
    def given(self) -> dict[str, Any]:
        """What the action is given: the texts, what is left out, and the revision."""
        kept = set(self.cleaned_data["keep"])
        return {
            "texts": {name: self.cleaned_data[name] for name in PairReport.TEXTS},
            "left_out": [key for key in self.keys if key not in kept],
            "revision": self.cleaned_data["revision"],
        }
