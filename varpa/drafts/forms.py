"""Input only: the texts and settings of one item of a methodology, as its kind has them."""

from dataclasses import Field, is_dataclass
from enum import StrEnum
from typing import Any, Final, get_origin

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.drafts.labels import SETTINGS, TEXTS, choices_of, words_of
from varpa.kernel.text import TranslatedText
from varpa.methodology import Methodology, Offset
from varpa.methodology.builder import MOST_DAYS, MOST_MONTHS
from varpa.methodology.checker import LONGEST_VERSION
from varpa.methodology.guides import METHODOLOGY
from varpa.methodology.items import fields_of, settings_of, texts_of
from varpa.methodology.model import Document, Question
from varpa.programmes.forms.changes import RevisionField
from varpa.ui.forms import LineField, RefField, TranslatedField

LONGEST: Final = 60_000
ONE_LINE: Final = 90
ROWS: Final = {"name": 1, "title": 1, "body": 14, "low": 1, "high": 1}
ELSEWHERE: Final = {
    "plan": ("about", "facts"),
    "first_meeting": ("about", "facts", "acts"),
    "diary": ("acts",),
}
"""What a question of each set cannot say (docs/methodology-format.md)."""
PLAIN: Final = {"class": "minutes", "inputmode": "numeric", "autocomplete": "off"}
NUMBER: Final = _("Write a whole number.")
HOURS: Final = _("Write a number of hours between 1 and 1000.")


class BeginForm(forms.Form):
    """From which version an own one is made: a folder by its name, or a version by its digest."""

    ref = RefField()
    source = forms.CharField(max_length=80, widget=forms.HiddenInput())


class ArchiveField(forms.FileField):
    """A methodology folder that was written elsewhere, in an archive."""

    widget = forms.FileInput(attrs={"accept": ".zip,application/zip"})

    def __init__(self, *, help_text: Any) -> None:
        super().__init__(label=_("Archive of the methodology (ZIP)"), help_text=help_text)


class UploadForm(forms.Form):
    """A methodology that begins a draft."""

    ref = RefField()
    folder = ArchiveField(help_text=_("A folder as it is downloaded from a draft, changed or not."))


class ItemForm(forms.Form):
    """All that can be said of one item; a setting that has no words of its own stays as it is.

    `said` is what came, by the names of the item's fields.
    """

    revision = RevisionField()

    def __init__(
        self, given: QueryDict | None, *, methodology: Methodology, place: str, item: Any, revision: int
    ) -> None:
        super().__init__(given, initial={"revision": revision})
        self.item = item
        # The methodology's own document is written from all the rest.
        self.texts = (
            [] if getattr(item, "key", "") == METHODOLOGY and isinstance(item, Document) else texts_of(item)
        )
        for name in self.texts:
            self._add_text(name)
        elsewhere = ELSEWHERE.get(place.partition(".")[0], ()) if isinstance(item, Question) else ()
        asked = [part for part in settings_of(item) if part.name not in elsewhere]
        self.parts = [part for part in asked if self._add_setting(methodology, part)]

    def _add_text(self, name: str) -> None:
        text: TranslatedText = getattr(self.item, name)
        longest = max(len(words) for words in text.as_dict().values())
        rows = ROWS.get(name, 3) if longest <= ONE_LINE else min(24, 3 + longest // 60)
        several = any("\n" in words for words in text.as_dict().values())
        self.initial[name] = text
        self.fields[name] = TranslatedField(
            label=TEXTS[name], required=False, rows=max(rows, 3) if several else rows, max_length=LONGEST
        )

    def _add_setting(self, methodology: Methodology, part: "Field[Any]") -> bool:
        name, value = part.name, getattr(self.item, part.name)
        hint = fields_of(self.item)[name]
        label: Any = SETTINGS[name]
        choices = _allowed(
            part, [*words_of(self.item, name).items(), *choices_of(methodology, self.item, name)]
        )
        if hint is Offset:
            self._add_offset(name, value)
        elif hint is bool:
            self.fields[name] = forms.BooleanField(label=label, required=False)
        elif name == "hours_minutes":
            self.fields[name] = _whole(label, 1, 1000, HOURS)
            value //= 60
        elif hint is int:
            self.fields[name] = _whole(label, 0, 1000, NUMBER)
        elif name == "version":
            self.fields[name] = LineField(label=label, max_length=LONGEST_VERSION)
        elif get_origin(hint) is tuple:
            self.fields[name] = forms.MultipleChoiceField(
                label=label, required=False, choices=choices, widget=forms.CheckboxSelectMultiple
            )
            value = list(value)
        elif is_dataclass(hint) or not choices:
            return False
        else:
            self.fields[name] = _one_of(label, part, choices)
        self.initial[name] = value
        return True

    def _add_offset(self, name: str, value: Offset) -> None:
        """A day counted from the first day of a programme: whole months, then days."""
        months = _("{what}: whole months after the first day of the programme")
        days = _("{what}: and so many days (a negative number: before)")
        what = str(SETTINGS[name])
        self.fields[f"{name}_months"] = _whole(str(months).format(what=what), 0, MOST_MONTHS, NUMBER)
        self.fields[f"{name}_days"] = _whole(str(days).format(what=what), -31, MOST_DAYS, NUMBER)
        self.initial[f"{name}_months"], self.initial[f"{name}_days"] = value.months, value.days

    @property
    def said(self) -> dict[str, Any]:
        """Texts and settings as the item has them."""
        found: dict[str, Any] = {name: self.cleaned_data[name] for name in self.texts}
        for part in self.parts:
            found[part.name] = self._setting(part.name)
        return found

    def _setting(self, name: str) -> Any:
        hint, given = fields_of(self.item)[name], self.cleaned_data
        if hint is Offset:
            return Offset(given[f"{name}_months"], given[f"{name}_days"])
        if name == "hours_minutes":
            return self._minutes(given[name])
        if get_origin(hint) is tuple:
            known = getattr(self.item, name)
            return known if set(known) == set(given[name]) else tuple(given[name])
        return hint(given[name])

    def _minutes(self, hours: int) -> int:
        """The hours in minutes; a target that is no whole number of hours stays while its hours do."""
        known: int = self.item.hours_minutes
        return known if known // 60 == hours else hours * 60


def _whole(label: Any, least: int, most: int, wrong: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        widget=forms.TextInput(attrs=PLAIN),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
    )


def _allowed(part: "Field[Any]", choices: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Of the words that there are for a setting those that this kind of item may say."""
    allowed = part.metadata.get("words")
    if allowed is None and isinstance(part.type, type) and issubclass(part.type, StrEnum):
        allowed = part.type
    known = None if allowed is None else [str(word) for word in allowed]
    return [(str(key), words) for key, words in choices if known is None or str(key) in known]


def _one_of(label: Any, part: "Field[Any]", choices: list[tuple[str, Any]]) -> forms.ChoiceField:
    may_be_empty = part.default == ""
    nothing = [("", pgettext_lazy("setting", "Nothing"))] if may_be_empty else []
    wrong = _("Choose from the list.")
    return forms.ChoiceField(
        label=label,
        required=not may_be_empty,
        choices=[*nothing, *choices],
        error_messages={"required": wrong, "invalid_choice": wrong},
    )
