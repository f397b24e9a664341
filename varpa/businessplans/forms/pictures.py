"""Input of a picture in the plan."""

from django import forms
from django.utils.translation import pgettext_lazy

from varpa.businessplans.actions.pictures import NOBODY, WRITER
from varpa.kernel.refusals import Refusal
from varpa.programmes.pictures import AT, OTHERS
from varpa.ui.doing import refused
from varpa.ui.forms import PictureField, PictureWordsField, RecognisedField, RefField


class PictureForm(forms.Form):
    """A picture, what it shows, and who can be recognised in it."""

    ref = RefField()
    picture = PictureField()
    about = PictureWordsField()
    shows = RecognisedField(
        choices=[
            (NOBODY, RecognisedField.NOBODY),
            (WRITER, pgettext_lazy("picture", "I myself")),
            (OTHERS, RecognisedField.OTHERS),
        ]
    )

    def tell(self, refusal: Refusal) -> None:
        """Say at its field why the picture is not kept."""
        refused(self, refusal, AT.get(type(refusal), "picture"))
