"""Input of the pages of a business plan."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.money.words import MONTH_ROWS
from varpa.ui.forms import LineField, RefField, WordsField

PART_LENGTH = 20_000


class BeginForm(forms.Form):
    """The name of a plan that begins."""

    title = LineField(label=_("What is your plan called?"), max_length=120)


class NameForm(forms.Form):
    """Another name."""

    title = LineField(label=_("Name of the plan"), max_length=120)
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class PartForm(forms.Form):
    """What the mentee writes in one part."""

    text = WordsField(
        label=pgettext_lazy("business plan", "Your text"), rows=14, max_length=PART_LENGTH, required=False
    )
    ready = forms.BooleanField(label=_("This part is ready"), required=False)
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class RemarkForm(forms.Form):
    """What the mentor says; `quote` are the words it is about, none for the whole part."""

    ref = RefField()
    quote = WordsField(label=_("About which words"), rows=1, max_length=1000, required=False)
    text = WordsField(label=_("Question or advice"), rows=3)


class CellForm(forms.Form):
    """What the mentor says of a row of the figures."""

    ref = RefField()
    cell = forms.ChoiceField(
        label=_("About which row"), choices=lambda: [(name, str(label)) for name, label in MONTH_ROWS.items()]
    )
    text = WordsField(label=_("Question or advice"), rows=3)


class AnswerForm(forms.Form):
    """A word under a remark."""

    ref = RefField()
    text = WordsField(label=pgettext_lazy("remark", "Answer"), rows=2)
