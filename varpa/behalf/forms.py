"""Who has signed a paper."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varpa.pairs.models import Pair, Side


class SignedForm(forms.Form):
    """One of the two, or both."""

    signed = forms.MultipleChoiceField(
        label=_("Who has signed the paper?"),
        help_text=_("One signature: the hours wait for the other’s yes. Both: they count at once."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, pair: Pair, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["signed"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(side, pair.member(side).person.name) for side in Side.values]
