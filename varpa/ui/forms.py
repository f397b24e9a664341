"""The form fields of every room. They clean what came; a rule about it belongs to an action."""

import re
from datetime import date, datetime
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from varpa.kernel.refs import is_ref, new_ref
from varpa.kernel.text import LANGUAGES, TranslatedText

WORDS_LENGTH: Final = 10_000
DAY_MINUTES: Final = 24 * 60
OLDEST, YOUNGEST = 100, 10
"""Of whoever takes part, in years: beyond it a slip of the year is meant."""
TOO_LONG: Final = _(
    "The text has %(show_value)d characters, the most is %(limit_value)d. It is still here: make it shorter."
)

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_CLOCK = re.compile(r"(\d{1,9})[:.](\d{2})")
_NUMBER = re.compile(r"(\d{1,500})(?: ?min(?:[uū]\w*)?\.?)?")
_HOURS = re.compile(
    r"(\d{1,9}(?:[.,]\d{1,2})?) ?(?:h|st|val|stund\w*|valand\w*|hours?)\.?(?: ?(\d{1,2})(?: ?min\w*\.?)?)?"
)
_DAY_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%Y.", "%d/%m/%Y")
_TIME_FORMATS = (
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d %H.%M",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y %H.%M",
    "%d.%m.%Y. %H.%M",
)
_HOUR_FORMATS = ("%H:%M", "%H.%M", "%H")


def clean_words(text: str) -> str:
    """A typed text as it is kept: one kind of line end, no control characters, no blanks around."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def read_minutes(text: str) -> int | None:
    """Minutes from what a person writes: `45`, `1:15`, `1 h 15 min`, `1,5 h`, `2 val.`; else None."""
    asked = " ".join(text.lower().replace("\u00a0", " ").split())
    if found := _NUMBER.fullmatch(asked):
        return int(found[1])
    if found := _CLOCK.fullmatch(asked):
        return int(found[1]) * 60 + int(found[2]) if int(found[2]) < 60 else None
    if found := _HOURS.fullmatch(asked):
        return round(float(found[1].replace(",", ".")) * 60) + int(found[2] or 0)
    return None


def _uncut(attrs: dict[str, Any]) -> dict[str, Any]:
    """Without `maxlength`: a browser would cut a pasted text without a word."""
    return {name: value for name, value in attrs.items() if name != "maxlength"}


class WordsField(forms.CharField):
    """What a person writes in words; `rows` is the height of the box, one row for a short answer."""

    def __init__(self, *, rows: int = 4, max_length: int = WORDS_LENGTH, **kwargs: Any) -> None:
        attrs = {"rows": rows, **({"class": "short"} if rows == 1 else {})}
        super().__init__(max_length=max_length, **{"widget": forms.Textarea(attrs=attrs), **kwargs})
        self.error_messages["required"] = _("Write something here. One sentence is enough.")
        self.error_messages["max_length"] = TOO_LONG

    def to_python(self, value: Any) -> str:
        return super().to_python(clean_words(value) if isinstance(value, str) else value) or ""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return _uncut(super().widget_attrs(widget))


class LineField(forms.CharField):
    """A name or a heading: one line."""

    def __init__(self, *, max_length: int = 200, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.error_messages["required"] = _("Write something here.")
        self.error_messages["max_length"] = TOO_LONG

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return _uncut(super().widget_attrs(widget))

    def to_python(self, value: Any) -> str:
        line = " ".join(clean_words(value).split()) if isinstance(value, str) else value
        return super().to_python(line) or ""


class MinutesField(forms.Field):
    """A length; cleans to whole minutes, or None where it may be blank. `most` and `least` in minutes.

    What is longer is told the most: that a length is a number, somebody who wrote 99999 knows.
    """

    default_error_messages = {
        "required": _("Write minutes as a number, for example 45."),
        "invalid": _("Write minutes as a number, for example 45."),
        "too_long": _("This is too long: at most %(most)d minutes. Look at the number once more."),
    }

    def __init__(self, *, least: int = 1, most: int = DAY_MINUTES, **kwargs: Any) -> None:
        self.least, self.most = least, most
        attrs = {"class": "minutes", "inputmode": "numeric", "autocomplete": "off"}
        super().__init__(**{"widget": forms.TextInput(attrs=attrs), **kwargs})

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        length = read_minutes(str(value))
        if length is None or length < self.least:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if length > self.most:
            raise ValidationError(
                self.error_messages["too_long"], code="too_long", params={"most": self.most}
            )
        return length


class DayField(forms.DateField):
    """A day, by the browser's calendar or typed as `17.10.2025`."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "day"})
        super().__init__(**{"widget": widget, "input_formats": _DAY_FORMATS, **kwargs})
        self.error_messages["required"] = _("Choose a day.")
        self.error_messages["invalid"] = _("Write the day as day.month.year, for example 17.10.2025.")

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day is not None and not 1900 <= day.year <= 2200:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class BirthField(DayField):
    """A day of birth that can be one."""

    def __init__(self, *, today: date, **options: Any) -> None:
        super().__init__(**options)
        self.today = today
        self.widget.attrs["autocomplete"] = "bday"
        self.error_messages["required"] = _("Write the date of birth.")

    def clean(self, value: Any) -> date | None:
        day = super().clean(value)
        if day and not self.today.year - OLDEST <= day.year <= self.today.year - YOUNGEST:
            raise ValidationError(_("Look at the year once more: the date of birth is meant."))
        return day


class LocalTimeField(forms.Field):
    """A day and an hour as the clock on the wall shows them: a datetime without zone (R12, kernel.times)."""

    default_error_messages = {
        "required": _("Choose a day and an hour."),
        "invalid": _("Write the day and the hour, for example 17.10.2025 16:00."),
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(
            format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local", "class": "moment"}
        )
        super().__init__(**{"widget": widget, **kwargs})

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value
        for shape in _TIME_FORMATS:
            try:
                there = datetime.strptime(str(value).strip(), shape)
            except ValueError:
                continue
            if 1900 <= there.year <= 2200:
                return there
        raise ValidationError(self.error_messages["invalid"], code="invalid")


class HourField(forms.TimeField):
    """An hour of the day, by the browser's clock or typed as `21:00`, `21.00` or `21`."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "hour"})
        super().__init__(**{"widget": widget, "input_formats": _HOUR_FORMATS, **kwargs})
        self.error_messages["required"] = self.error_messages["invalid"] = _("Write the hour as 21:00.")


class RefField(forms.CharField):
    """The reference that a creating form gives its thing when it is shown, so that two clicks make one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": forms.HiddenInput(), "initial": new_ref, **kwargs})
        self.error_messages["required"] = self.error_messages["invalid"] = _(
            "The page was opened too long ago. Open it again and send it once more."
        )

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not is_ref(value):
            raise ValidationError(self.error_messages["invalid"], code="invalid")


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; cleans to a list, empty where none was chosen. `accept`: what is offered."""

    PAPERS = "image/jpeg,image/png,image/webp,application/pdf"

    def __init__(self, *, accept: str = PAPERS, **kwargs: Any) -> None:
        super().__init__(**{"widget": FilesInput(attrs={"accept": accept}), "required": False, **kwargs})

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        # An empty file is told by the house in its own words.
        self.allow_empty_file = True
        return [super(FilesField, self).clean(each, initial) for each in given]


class CameraField(FilesField):
    """A photograph that a telephone takes at once, as JPEG; offered where a finger is the mouse."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"accept": "image/jpeg", "capture": "environment"}
        super().__init__(**{"widget": forms.FileInput(attrs=attrs), **kwargs})


class PictureField(forms.FileField):
    """A picture, also from the camera: a telephone that is asked for JPEG turns its own kind to it."""

    def __init__(self, **kwargs: Any) -> None:
        kinds = "image/jpeg,image/png,image/webp"
        fixed: dict[str, Any] = {
            "label": _("The picture"),
            "help_text": _("One picture, at most 10 MB. Place and device are taken out of it."),
            "widget": forms.FileInput(attrs={"accept": kinds}),
        }
        super().__init__(**{**fixed, **kwargs})
        for name in ("required", "missing", "empty", "invalid"):
            self.error_messages[name] = _("Choose a picture or take one.")


class PictureWordsField(LineField):
    """What a picture shows, in words."""

    def __init__(self, **kwargs: Any) -> None:
        said = {
            "label": _("What does it show, in a few words?"),
            "help_text": _("It is read out to whoever does not see the picture."),
        }
        super().__init__(**{**said, **kwargs})


class RecognisedField(forms.ChoiceField):
    """Who can be recognised in a picture: that is always asked."""

    NOBODY, OTHERS = _("Nobody: things, work, hands"), _("Somebody else too")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Who can be recognised in it?"), widget=forms.RadioSelect, **kwargs)
        self.error_messages["required"] = _("Say who can be recognised in the picture.")
        self.error_messages["invalid_choice"] = _("Choose from the list.")

    def offer_two(self, mentor: str, mentee: str, *, nobody: str, others: str) -> None:
        """Of a pair: one of the two by name, both, nobody or somebody else; the last two by these keys."""
        self.choices = [
            (nobody, str(self.NOBODY)),
            ("mentor", mentor),
            ("mentee", mentee),
            ("mentor mentee", f"{mentor}, {mentee}"),
            (others, str(self.OTHERS)),
        ]


class LanguagesInput(forms.MultiWidget):
    """One input a language, each under the name of its language."""

    template_name = "ui/languages_input"

    def __init__(self, rows: int = 1) -> None:
        attrs = {"class": "input"} if rows == 1 else {"class": "input", "rows": str(rows)}
        kind = forms.TextInput if rows == 1 else forms.Textarea
        super().__init__({language: kind(attrs={**attrs, "lang": language}) for language in LANGUAGES})

    def decompress(self, value: Any) -> list[str]:
        text = value if isinstance(value, TranslatedText) else TranslatedText.from_dict(value or {})
        return [text.lv, text.lt, text.en]


class TranslatedField(forms.MultiValueField):
    """One text in three languages. Required: in at least one; `every`: in all three."""

    def __init__(self, *, every: bool = False, rows: int = 1, max_length: int = 500, **kwargs: Any) -> None:
        self.every = every
        parts = [forms.CharField(max_length=max_length, required=False) for _language in LANGUAGES]
        super().__init__(fields=parts, require_all_fields=False, widget=LanguagesInput(rows), **kwargs)
        self.error_messages["every"] = _("Write it in all three languages.")
        one = _("Write it in at least one language.")
        self.error_messages["required"] = self.error_messages["every"] if every else one

    def compress(self, data_list: list[str]) -> TranslatedText:
        texts = [clean_words(text or "") for text in data_list] or ["", "", ""]
        if self.every and any(texts) and not all(texts):
            raise ValidationError(self.error_messages["every"], code="every")
        return TranslatedText(*texts)
