"""Input of the pages of a business plan."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.businessplans.cells import Row
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
    """What the mentor says; `quote` are the words it is about, none for the whole part.

    `ahead`: what stands in front of them, where they were marked in the text (`quote.js`).
    """

    ref = RefField()
    ahead = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    quote = WordsField(label=_("About which words"), rows=1, max_length=1000, required=False)
    text = WordsField(label=_("Question or advice"), rows=3)


class CellForm(forms.Form):
    """What the mentor says of a row of the figures, or of a cell of the row that was chosen."""

    ref = RefField()
    row = forms.ChoiceField(label=_("About which row"))
    column = forms.ChoiceField(label=_("About which cell"), required=False)
    text = WordsField(label=_("Question or advice"), rows=3)

    def __init__(self, data: Any = None, *, rows: Sequence[Row], about: str = "") -> None:
        super().__init__(data, initial={"row": about})
        self.chosen = next((row for row in rows if row.key == (data or {}).get("row", about)), None)
        row, column = self.fields["row"], self.fields["column"]
        assert isinstance(row, forms.ChoiceField)
        assert isinstance(column, forms.ChoiceField)
        row.choices = [
            (table, [(each.key, each.name) for each in group])
            for table, group in groupby(rows, lambda each: each.table)
        ]
        cells = self.chosen.cells if self.chosen else {}
        column.choices = [
            ("", _("the whole row")),
            *((key, value.label) for key, value in cells.items()),
        ]

    @property
    def address(self) -> dict[str, str]:
        """The cell, as the action takes it: only of a form that is valid."""
        row, column = self.chosen, self.cleaned_data["column"]
        if row is None:
            return {"cell": "", "quote": ""}
        return {"cell": f"{row.address}.{column}" if column else row.address, "quote": row.named}


class AnswerForm(forms.Form):
    """A word under a remark."""

    ref = RefField()
    text = WordsField(label=pgettext_lazy("remark", "Answer"), rows=2)
