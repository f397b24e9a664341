"""Input of a member who prepares."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from varpa.methodology.model import Means


class MeansForm(forms.Form):
    """Which means of communication one really has; none is an answer too."""

    means = forms.MultipleChoiceField(
        label=_("Means of communication"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, given: QueryDict | None = None, *, known: tuple[Means, ...], own: list[str]) -> None:
        super().__init__(given, initial={"means": own})
        field = self.fields["means"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(each.key, str(each.name)) for each in known]
