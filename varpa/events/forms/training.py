"""Input about the training programme."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from varpa.events.models import TrainingProgramme
from varpa.ui.forms import TranslatedField


class TrainingProgrammeForm(forms.Form):
    """What the manager says of the trainings, in three languages."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    text = TranslatedField(
        label=_("What the trainings are for, and how they go"),
        help_text=_("The trainings with their days and topics stand below it by themselves."),
        required=False,
        rows=6,
        max_length=4_000,
    )

    def __init__(self, given: QueryDict | None = None, *, document: TrainingProgramme | None) -> None:
        said = {"revision": document.revision, "text": document.text} if document else {"revision": 0}
        super().__init__(given, initial=said)

    def save_upon(self, document: TrainingProgramme | None) -> None:
        """Sent once more, the form takes the place of what stands now."""
        assert isinstance(self.data, QueryDict)
        self.data = self.data.copy()
        self.data["revision"] = str(document.revision if document else 0)
