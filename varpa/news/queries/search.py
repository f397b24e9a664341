"""One search over all that a member can read of a programme's library: guides, lessons, handbook, news.

Words are sought without marks, in small letters, without the ending of their case, also in the middle of a
word; all of them have to be found. Guides, lessons and the handbook are few and lie in memory; news and
pages keep their folded text.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from django.db.models import Q, QuerySet
from django.urls import reverse

from varpa.events.models import Question
from varpa.kernel.text import LANGUAGES, folded
from varpa.methodology.model import LessonQuestion
from varpa.news.models import News, Page
from varpa.programmes import handbook
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_of
from varpa.ui.prose import only_words

Seek = Callable[[Programme, list[str], str, str], Iterator["Found"]]
MOST_WORDS, MOST_OF_A_KIND, AROUND = 8, 20, 90
SHORTEST: Final = 4
"""So many letters of a word stay at least."""
ENDING: Final = re.compile(r"(?:[aeiouy]+(?:mis|mus|ms|m|s)?|s)$")
"""What a folded word ends in by its case or number, in Latvian, Lithuanian and English."""


@dataclass(frozen=True)
class Found:
    """One thing that was found; `words` stand around the first hit.

    `kind` is guide, lesson, handbook, news, page or answer. `spoken`: the language of the words, where it is
    not the reader's.
    """

    kind: str
    title: str
    words: str
    url: str
    spoken: str = ""


def find(
    programme: Programme, asked: str, language: str, *, news: QuerySet[News], pages: QuerySet[Page]
) -> list[Found]:
    """What a member finds among the news and pages that they may read.

    Guides, lessons and the handbook in their language, then what is found of these in another one alone.
    """
    words = [stem(word) for word in folded(asked).split()[:MOST_WORDS]]
    if not words:
        return []
    others = [code for code in LANGUAGES if code != language]
    return [
        *_once(_guides, programme, words, [language, *others]),
        *_once(_lessons, programme, words, [language, *others]),
        *_once(_handbook, programme, words, [language, *others]),
        *_news(news.filter(programme=programme), words, language),
        *_pages(pages.filter(programme=programme), words),
        *_answers(programme, words),
    ]


def _once(seek: Seek, programme: Programme, words: list[str], languages: list[str]) -> Iterator[Found]:
    """What is found in the first of the languages, then in the others what none before had."""
    known: set[str] = set()
    for language in languages:
        # What it is called stands in the reader's language, in which it opens.
        for found in seek(programme, words, language, languages[0]):
            if found.url not in known:
                known.add(found.url)
                yield found if language == languages[0] else replace(found, spoken=language)


def stem(word: str) -> str:
    """A folded word without its ending, so that each of its cases finds the others."""
    short = ENDING.sub("", word)
    return short if len(short) >= SHORTEST else word


def _guides(programme: Programme, words: list[str], language: str, shown: str) -> Iterator[Found]:
    for document in methodology_of(programme).documents:
        title, text = document.title.within(language), document.body.within(language)
        if _holds(f"{title} {text}", words):
            url = reverse("programmes:document", args=[programme.ref, document.key])
            yield Found("guide", document.title.within(shown), around(only_words(text), words), url)


def _lessons(programme: Programme, words: list[str], language: str, shown: str) -> Iterator[Found]:
    """Short lessons, those of either role: the page and what its questions explain."""
    for lesson in methodology_of(programme).lessons:
        title, text = lesson.title.within(language), lesson.text.within(language)
        asked = " ".join(_taught(question, language) for question in lesson.questions)
        if _holds(f"{title} {text} {asked}", words):
            url = reverse("programmes:lesson", args=[programme.ref, lesson.key])
            told = only_words(f"{text}\n\n{asked}")
            yield Found("lesson", lesson.title.within(shown), around(told, words), url)


def _taught(question: LessonQuestion, language: str) -> str:
    choices = (f"{each.text.within(language)} {each.why.within(language)}" for each in question.choices)
    return " ".join([question.text.within(language), *choices])


def _handbook(programme: Programme, words: list[str], language: str, _shown: str) -> Iterator[Found]:
    for key, name in handbook.parts():
        text = handbook.text_of(key, language[:2], methodology_of(programme))
        if _holds(f"{name} {text}", words):
            url = reverse("programmes:handbook", args=[programme.ref, key])
            yield Found("handbook", str(name), around(only_words(text), words), url)


def _news(shown: QuerySet[News], words: list[str], language: str) -> Iterator[Found]:
    found = shown.filter(_each("search_text", words)).order_by("-published_at", "-pk")
    for news in found[:MOST_OF_A_KIND]:
        text = news.text.within(language)
        url = reverse("news:item", args=[news.ref])
        yield Found("news", news.title.within(language), around(only_words(text), words), url)


def _pages(shown: QuerySet[Page], words: list[str]) -> Iterator[Found]:
    found = shown.filter(_each("search_text", words)).order_by("-saved_at", "-pk")
    for page in found[:MOST_OF_A_KIND]:
        url = reverse("news:page", args=[page.ref])
        yield Found("page", page.title, around(only_words(page.text), words), url)


def _answers(programme: Programme, words: list[str]) -> Iterator[Found]:
    """Answered questions of events, never one in confidence."""
    answered = Question.objects.filter(
        event__programme=programme, in_confidence=False, withdrawn_at=None, answered_at__isnull=False
    )
    found = 0
    for question in answered.order_by("-answered_at", "-pk")[:500]:
        if found < MOST_OF_A_KIND and _holds(f"{question.text} {question.answer}", words):
            found += 1
            url = reverse("events:answers", args=[programme.ref])
            yield Found("answer", question.text, around(question.answer, words), url)


def around(text: str, words: list[str]) -> str:
    """The words around the first hit, cut where words end."""
    flat = " ".join(text.split())
    places = [at for at in (folded(flat).find(word) for word in words) if at >= 0]
    # Folding keeps nearly every letter in its place: near enough for the words around one.
    start = max(min(places, default=0) - AROUND, 0)
    piece = flat[start : start + 2 * AROUND + len(words[0])]
    if start:
        piece = "…" + piece.partition(" ")[2]
    if start + len(piece) < len(flat):
        piece = piece.rpartition(" ")[0] + "…"
    return piece


def _holds(text: str, words: list[str]) -> bool:
    sought = folded(text)
    return all(word in sought for word in words)


def _each(field: str, words: list[str]) -> Q:
    condition = Q()
    for word in words:
        condition &= Q(**{f"{field}__contains": word})
    return condition
