"""What a methodology folder says of what was learnt: content, so in three languages at once."""

from typing import Final

from varpa.kernel.text import LANGUAGES, TranslatedText

LEARNT_TITLE: Final = TranslatedText(
    "Ko iemācījās iepriekšējās programmas",
    "Ko išmoko ankstesnės programos",
    "What earlier programmes learnt",
)
LANGUAGE_IN: Final = {
    "lv": TranslatedText("latviski", "latviškai", "in Latvian"),
    "lt": TranslatedText("lietuviski", "lietuviškai", "in Lithuanian"),
    "en": TranslatedText("angliski", "angliškai", "in English"),
}
NOT_YET: Final = TranslatedText(
    "*[Šajā valodā tas vēl nav uzrakstīts; šeit tas ir {language}.]*",
    "*[Šia kalba tai dar neparašyta; čia tai {language}.]*",
    "*[This is not written in this language yet; here it is {language}.]*",
)
NOTHING: Final = TranslatedText(
    "*[Par šo soli nekas nav uzrakstīts.]*",
    "*[Apie šį žingsnį nieko neparašyta.]*",
    "*[Nothing is written on this step.]*",
)


def not_yet(language: str, instead: str) -> str:
    """That a text is missing in a language, and in which one it stands below."""
    return NOT_YET.within(language).format(language=LANGUAGE_IN[instead].within(language))


def in_every_language(texts: dict[str, str]) -> dict[str, str]:
    """A text for each language: where there is none, it says so and shows the one that there is."""
    there = [language for language in ("en", *LANGUAGES) if texts.get(language, "").strip()]
    found = {}
    for language in LANGUAGES:
        if texts.get(language, "").strip():
            found[language] = texts[language].strip()
        elif there:
            found[language] = f"{not_yet(language, there[0])}\n\n{texts[there[0]].strip()}"
        else:
            found[language] = NOTHING.within(language)
    return found
