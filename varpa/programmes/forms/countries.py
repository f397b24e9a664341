"""Input about the ages that hold in a country of the programme."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from varpa.programmes.ages import ADULT, CONSENT, Ages
from varpa.programmes.forms.changes import RevisionField
from varpa.ui.forms import LineField


class AgesForm(forms.Form):
    """The ages of one country, with where they stand."""

    revision = RevisionField()
    country = forms.CharField(max_length=2, widget=forms.HiddenInput())
    adult = forms.TypedChoiceField(
        label=_("Of age from"), coerce=int, choices=[(age, str(age)) for age in ADULT]
    )
    consent = forms.TypedChoiceField(
        label=_("May consent online alone from"),
        help_text=_(
            "Whoever is younger accepts what is kept only after a guardian has permitted taking part."
        ),
        coerce=int,
        choices=[(age, str(age)) for age in CONSENT],
    )
    source = LineField(
        label=_("Where does it stand?"), help_text=_("The law, and since when."), max_length=200
    )

    def __init__(self, given: QueryDict | None = None, *, country: str, ages: Ages, revision: int) -> None:
        stands: dict[str, Any] = {"country": country, "adult": ages.adult, "consent": ages.consent}
        stands |= {"source": ages.source, "revision": revision}
        super().__init__(given, initial=stands, auto_id=f"{country.lower()}-%s")
