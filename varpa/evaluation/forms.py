"""Input for recording evidence by hand, for indicators and for what was achieved."""

from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from varpa.evaluation.measures import BY_KEY, MEASURES, countries_of, measures_of
from varpa.events.words import country_name
from varpa.programmes.models import Membership, Programme
from varpa.ui.forms import DayField, LineField, RefField, TranslatedField


class RecordForm(forms.Form):
    """Who, when, a note. `whom` are the refs of members or pairs; none where the programme counts once."""

    day = DayField(label=_("On which day?"))
    note = LineField(label=_("Note"), max_length=300)
    whom: Any = forms.ModelMultipleChoiceField(
        queryset=Membership.objects.none(),
        to_field_name="ref",
        label=_("Who?"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, missing: QuerySet[Any] | None, shown: list[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        if missing is None:
            del self.fields["whom"]
            return
        whom = self.fields["whom"]
        assert isinstance(whom, forms.ModelMultipleChoiceField)
        whom.queryset = missing
        whom.error_messages["required"] = _("Choose at least one from the list.")
        whom.choices = [(each.ref, called(each)) for each in shown]


def called(subject: Model) -> str:
    """How a member or a pair is called in a list: names in the nominative, apart."""
    person = getattr(subject, "person", None)
    if person is not None:
        return str(person.name)
    mentor, mentee = getattr(subject, "mentor"), getattr(subject, "mentee")  # noqa: B009 - a pair
    return f"{mentor.person.name}, {mentee.person.name}"


class IndicatorForm(forms.Form):
    """An indicator: what it is called, in what it is counted, what is aimed at, and how it is achieved."""

    ref = RefField()
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    code = LineField(label=_("Code"), max_length=20, required=False)
    name = TranslatedField(label=_("Name"), every=True, max_length=200)
    unit = TranslatedField(label=_("Unit"), every=True, max_length=60)
    text = TranslatedField(label=_("What is counted"), rows=3, max_length=1000, required=False)
    source = LineField(label=_("Where the definition is from"), max_length=300, required=False)
    target = forms.IntegerField(label=_("Target"), min_value=0, max_value=100_000_000, required=False)
    measure = forms.ChoiceField(label=_("How it is achieved"), required=False)
    country = forms.ChoiceField(
        label=_("Country"),
        required=False,
        help_text=_("Only where persons are counted: each person counts once, in their own country."),
    )

    def __init__(self, *args: Any, programme: Programme, **options: Any) -> None:
        super().__init__(*args, **options)
        measure, country = self.fields["measure"], self.fields["country"]
        assert isinstance(measure, forms.ChoiceField)
        assert isinstance(country, forms.ChoiceField)
        # What an indicator counts already stays to be chosen, whatever the methodology has.
        stands = BY_KEY.get(self.get_initial_for_field(measure, "measure"))
        offered = measures_of(programme)
        counted = [(each.key, each.name) for each in MEASURES if each in offered or each == stands]
        measure.choices = [("", _("By hand: a person writes it down")), *counted]
        named = [(code, country_name(code)) for code in countries_of(programme)]
        country.choices = [("", _("All countries")), *named]


class ValueForm(forms.Form):
    """What was achieved by a day."""

    ref = RefField()
    value = forms.IntegerField(label=_("Achieved"), min_value=0, max_value=100_000_000)
    day = DayField(label=_("On which day?"))
    note = LineField(label=_("Note"), max_length=300, required=False)
