"""Input of the pages of a company profile."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.kernel.refusals import Refusal
from varpa.pairs.models import Pair
from varpa.profiles.models import Source
from varpa.programmes.pictures import AT, OTHERS
from varpa.ui.doing import refused
from varpa.ui.forms import (
    LineField,
    PictureField,
    PictureWordsField,
    RecognisedField,
    RefField,
    WordsField,
)

PART_LENGTH = 20_000


class BeginForm(forms.Form):
    """The company of which a profile begins."""

    company = LineField(label=_("Name of the company"), max_length=160)


class NameForm(BeginForm):
    """The same name, written otherwise."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class PartForm(forms.Form):
    """What the mentee writes in one part."""

    text = WordsField(
        label=pgettext_lazy("company profile", "Your text"), rows=12, max_length=PART_LENGTH, required=False
    )
    sources = forms.MultipleChoiceField(
        label=_("How do you know it?"),
        choices=Source.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    kept = forms.BooleanField(label=_("This part is not for publication"), required=False)
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class CorrectionForm(forms.Form):
    """What the mentor says of a part."""

    ref = RefField()
    text = WordsField(label=_("What is not right?"), rows=3)


class PhotographForm(forms.Form):
    """A photograph, what it shows, and who can be recognised in it: that is always asked."""

    NOBODY = "nobody"

    ref = RefField()
    picture = PictureField()
    about = PictureWordsField()
    shows = RecognisedField()

    def __init__(self, *args: Any, pair: Pair, **options: Any) -> None:
        super().__init__(*args, **options)
        mentor, mentee = pair.mentor.person.first_name, pair.mentee.person.first_name
        shows = self.fields["shows"]
        assert isinstance(shows, RecognisedField)
        shows.offer_two(mentor, mentee, nobody=self.NOBODY, others=OTHERS)

    @property
    def given(self) -> dict[str, Any]:
        """What the action is told."""
        told = self.cleaned_data
        shows = [] if told["shows"] == self.NOBODY else told["shows"].split()
        return {"upload": told["picture"], "about": told["about"], "shows": shows, "ref": told["ref"]}

    def tell(self, refusal: Refusal) -> None:
        """Say at its field why the photograph is not kept."""
        refused(self, refusal, AT.get(type(refusal), "picture"))
