"""Input about how many mentors a mentee may have at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varpa.programmes.forms.changes import RevisionField
from varpa.programmes.models import Programme


class SeveralForm(forms.Form):
    """So many mentors a mentee of the programme may have at once."""

    revision = RevisionField()
    most = forms.TypedChoiceField(
        label=_("How many mentors may a mentee have at once?"),
        coerce=int,
        choices=[(1, _("One, as is usual")), (2, _("Up to two")), (3, _("Up to three"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, given: Any = None, *, programme: Programme) -> None:
        super().__init__(given, initial={"most": programme.mentors_at_once, "revision": programme.revision})
        wrong = _("A mentee has from one mentor to three. Choose one of these numbers.")
        self.fields["most"].error_messages.update(required=wrong, invalid_choice=wrong)
