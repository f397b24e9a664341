"""Input for recording evidence by hand."""

from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from varpa.programmes.models import Membership
from varpa.ui.forms import DayField, LineField


class RecordForm(forms.Form):
    """Who, when, a note. `whom` are the refs of members or pairs; none where the programme counts once."""

    day = DayField(label=_("On which day?"))
    note = LineField(label=_("Note"), max_length=300, required=False)
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
