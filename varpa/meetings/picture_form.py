"""Input of a picture from a meeting."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varpa.meetings.actions.pictures import OTHERS
from varpa.meetings.models import Meeting, Photos
from varpa.meetings.pictures import word_of_firm
from varpa.ui.forms import PictureField, PictureWordsField, RecognisedField, RefField

NOBODY = "nobody"


class PictureForm(forms.Form):
    """A picture from a meeting, what it shows, and who can be recognised in it: that is always asked."""

    ref = RefField()
    picture = PictureField()
    about = PictureWordsField()
    shows = RecognisedField()
    agreed = forms.BooleanField(label=_("The company has agreed to this picture"), required=False)

    def __init__(self, *args: Any, meeting: Meeting, **options: Any) -> None:
        super().__init__(*args, **options)
        pair = meeting.pair
        mentor, mentee = pair.mentor.person.first_name, pair.mentee.person.first_name
        shows = self.fields["shows"]
        assert isinstance(shows, RecognisedField)
        shows.offer_two(mentor, mentee, nobody=NOBODY, others=OTHERS)
        if word_of_firm(meeting) != Photos.ASK:
            del self.fields["agreed"]

    @property
    def given(self) -> dict[str, Any]:
        """What the action is told."""
        told = self.cleaned_data
        shows = [] if told["shows"] == NOBODY else told["shows"].split()
        rest = {"ref": told["ref"], "about": told["about"], "agreed": told.get("agreed", False)}
        return {"upload": told["picture"], "shows": shows, **rest}
