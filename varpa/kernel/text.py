"""Content in three languages: a typed value, and the field that keeps it. Never gettext."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import models
from django.utils.translation import get_language

LANGUAGES: Final = ("lv", "lt", "en")

# Letters whose stroke is no mark that could be taken off.
_STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe"})


def folded(text: str) -> str:
    """A text as it is sought and sorted: small letters without their marks, single blanks.

    No database we use does this alike: SQLite knows only the letters of English.
    """
    small = " ".join(text.casefold().split())
    if small.isascii():
        return small
    bare = (each for each in unicodedata.normalize("NFKD", small) if not unicodedata.combining(each))
    return "".join(bare).translate(_STROKES)


@dataclass(frozen=True)
class TranslatedText:
    """One text in Latvian, Lithuanian and English."""

    lv: str = ""
    lt: str = ""
    en: str = ""

    def within(self, language: str) -> str:
        """The text in a language; where it is empty, in the first language that has it."""
        for name in (language, "en", *LANGUAGES):
            text = getattr(self, name, "")
            if text:
                return str(text)
        return ""

    def __str__(self) -> str:
        return self.within(get_language() or "en")

    def __bool__(self) -> bool:
        return bool(self.lv or self.lt or self.en)

    def as_dict(self) -> dict[str, str]:
        return {"lv": self.lv, "lt": self.lt, "en": self.en}

    @classmethod
    def from_dict(cls, texts: Mapping[str, str]) -> "TranslatedText":
        return cls(**{language: texts.get(language, "") for language in LANGUAGES})

    @classmethod
    def same(cls, text: str) -> "TranslatedText":
        """A text that is the same in every language: a proper name."""
        return cls(text, text, text)


class TranslatedTextField(models.JSONField):
    """Keeps a TranslatedText as {"lv": …, "lt": …, "en": …}."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> TranslatedText | None:
        loaded = super().from_db_value(value, expression, connection)
        return None if loaded is None else TranslatedText.from_dict(loaded)

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(value.as_dict() if isinstance(value, TranslatedText) else value)

    def to_python(self, value: Any) -> Any:
        return TranslatedText.from_dict(value) if isinstance(value, dict) else value

    def value_to_string(self, obj: models.Model) -> Any:
        value = self.value_from_object(obj)
        return value.as_dict() if isinstance(value, TranslatedText) else value
