"""The notice in the programme's own words and in languages that it adds."""

from varpa.guardians.models import NoticeText
from varpa.guardians.words import ADDED, LANGUAGES
from varpa.programmes.models import Programme


def notices_of(programme: Programme) -> dict[str, NoticeText]:
    """What the programme has written, by language: one query."""
    standing = NoticeText.objects.filter(programme=programme, withdrawn_at=None)
    return {each.language: each for each in standing}


def notice_words(programme: Programme, language: str) -> NoticeText | None:
    """What the programme has written in one language."""
    return NoticeText.objects.filter(programme=programme, language=language, withdrawn_at=None).first()


def added_languages(programme: Programme) -> list[tuple[str, str]]:
    """(code, own name) of each language that the programme adds to those of the house."""
    return [(code, LANGUAGES[code]) for code in notices_of(programme) if code in ADDED]
