"""Input of the report: a part, a decision about a figure, a comment, an answer, the day until when."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varpa.ui.forms import DayField, LineField, RefField, WordsField

PART_LENGTH = 20_000


class SectionForm(forms.Form):
    """What stands in a part, in one language."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    text = WordsField(label=_("Text of the part"), rows=18, max_length=PART_LENGTH, required=False)


class KeepForm(forms.Form):
    """Why an old figure stays."""

    reason = LineField(label=_("Why the old figure stays"), max_length=300)


class OpenForm(forms.Form):
    """Until when the draft is open for comments; offered is the day with which people have their time."""

    until = DayField(label=_("Last day for comments"))


class CommentForm(forms.Form):
    """What somebody says of a part; who may quote it."""

    ref = RefField()
    text = WordsField(label=_("What do you think of it?"), rows=4, max_length=4000)
    may_quote = forms.BooleanField(
        label=_(
            "These words may stand in the report: “mentor” or “mentee” and the country, without the name"
        ),
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        # Several stand on one page: what is written into one belongs to its part.
        super().__init__(*args, **{"auto_id": f"{options.pop('part', '') or 'whole'}_%s", **options})


class AnswerForm(forms.Form):
    """What became of a comment."""

    answer = WordsField(label=_("Answer in words"), rows=3, max_length=4000, required=False)
    taken_up = forms.BooleanField(label=_("It is taken up in the text"), required=False)


class PublishForm(forms.Form):
    """Whether open gaps may stay; why it is published before people had their time, or not asked anew."""

    early_reason = LineField(
        label=_("Why it is published before people had their time for comments"),
        help_text=_("It stands in the published report, with how many have answered."),
        max_length=300,
        required=False,
    )
    with_gaps = forms.BooleanField(label=_("Open gaps may stay in this edition"), required=False)
    without_asking = forms.BooleanField(
        label=_("Publish without asking anew those who said yes to the earlier text"), required=False
    )
