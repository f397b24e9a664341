"""Input of pages that were written by hand and photographed: notes for oneself, and the diary's pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varpa.ui.forms import CameraField, FilesField, LineField, RefField


class PagesForm(forms.Form):
    """Pages to keep: one that is photographed now, or any that are there already."""

    ref = RefField()
    taken = CameraField(label=_("Photograph a page now"))
    chosen = FilesField(
        label=_("Choose photographs or scans"),
        help_text=_(
            "Pictures or PDF, one or several, each of at most 10 MB. "
            "Place and device are taken out of pictures."
        ),
    )

    @property
    def uploads(self) -> list[Any]:
        """What was sent, by either way."""
        return [*self.cleaned_data["taken"], *self.cleaned_data["chosen"]]


class PageWordsForm(forms.Form):
    """What stands on a page, for whoever does not see it."""

    about = LineField(
        label=_("What stands on it, in a few words?"),
        help_text=_("It is read out to whoever does not see the picture. It may stay empty."),
        max_length=200,
        required=False,
    )
