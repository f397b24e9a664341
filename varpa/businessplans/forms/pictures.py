"""Input of a picture in the plan."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.businessplans.actions import pictures
from varpa.kernel.refusals import Refusal
from varpa.ui.forms import LineField, PictureField, RefField

AT = {
    pictures.NoWords: "about",
    pictures.ShowsOthers: "shows",
    pictures.NoPhotographsPermission: "shows",
}


class PictureForm(forms.Form):
    """A picture, what it shows, and who can be recognised in it."""

    ref = RefField()
    picture = PictureField()
    about = LineField(
        label=_("What does it show, in a few words?"),
        help_text=_("It is read out to whoever does not see the picture."),
        max_length=200,
    )
    shows = forms.ChoiceField(
        label=_("Who can be recognised in it?"),
        widget=forms.RadioSelect,
        choices=[
            (pictures.NOBODY, _("Nobody: things, work, hands")),
            (pictures.WRITER, pgettext_lazy("picture", "I myself")),
            (pictures.OTHERS, _("Somebody else too")),
        ],
        error_messages={
            "required": _("Say who can be recognised in the picture."),
            "invalid_choice": _("Choose from the list."),
        },
    )

    def tell(self, refusal: Refusal) -> None:
        """Say at its field why the picture is not kept."""
        self.add_error(AT.get(type(refusal), "picture"), str(refusal))
