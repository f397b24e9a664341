"""News is written, published, told by letters a few at a time, withdrawn (product S19)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.merging import Conflict
from varpa.kernel.once import make_once
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import move
from varpa.kernel.text import TranslatedText
from varpa.news import letters
from varpa.news.models import News, NewsState
from varpa.news.queries.news import ROLES, readers_of, roles_of
from varpa.people.models import Person
from varpa.post import actions as post
from varpa.post.models import Letter, LetterState
from varpa.post.queries import written_to
from varpa.programmes.models import Programme

AT_ONCE = 100


class NamelessNews(Refusal):
    sentence = _("Write a headline in at least one language.")


class ForNobody(Refusal):
    sentence = _("Choose for whom this is: mentors, mentees, or both.")


class EmptyNews(Refusal):
    sentence = _("There is no text yet. Write it in at least one language, then publish.")


@transaction.atomic
def write_news(
    *,
    programme: Programme,
    title: TranslatedText,
    text: TranslatedText,
    for_mentors: bool,
    for_mentees: bool,
    by_letter: bool,
    by: Person,
    now: datetime,
    ref: str = "",
    for_all: bool = False,
) -> News:
    """A draft that nobody but staff sees. Sent twice it is one. Raises NamelessNews, ForNobody."""
    said = {**_said(title, text, for_mentors, for_mentees, by_letter), "for_all": for_all}
    fields: dict[str, Any] = {**said, "by": by, "made_at": now}
    made, is_new = make_once(News, ref=ref, programme=programme, fields=fields)
    if is_new:
        _index(made)
        _record("news.write", made, now=now, by=by)
    return made


@transaction.atomic
def change_news(
    *,
    news: News,
    title: TranslatedText,
    text: TranslatedText,
    for_mentors: bool,
    for_mentees: bool,
    by_letter: bool,
    revision: int,
    by: Person,
    now: datetime,
    for_all: bool = False,
) -> None:
    """Other words; letters that have gone stay as they were, those to whom it is for no longer do not go.

    Whom it is for now for the first time, or by letter for the first time, the worker writes to.
    Raises NamelessNews, ForNobody, EmptyNews where members read it already, and merging.Conflict where
    somebody was first, with the texts as `title_lv`, `text_en`; what stands there already is no conflict.
    """
    said = {**_said(title, text, for_mentors, for_mentees, by_letter), "for_all": for_all}
    if not text and News.objects.filter(pk=news.pk, state=NewsState.PUBLISHED).exists():
        raise EmptyNews()
    before = News.objects.get(pk=news.pk)
    written = News.objects.filter(pk=news.pk, revision=revision).update(**said, revision=revision + 1)
    news.refresh_from_db()
    if not written and all(getattr(news, name) == value for name, value in said.items()):
        return
    if not written:
        stored = _texts(news.title, news.text)
        raise Conflict(stored=stored, given=_texts(title, text), revision=news.revision)
    told = roles_of(news) if news.by_letter else []
    if set(told).difference(roles_of(before) if before.by_letter else []):
        # From the first reader on: whoever was written to is not written to again.
        News.objects.filter(pk=news.pk).update(told_to=0, told_at=None)
    post.withdraw(about=[letters.about(news, role) for role in ROLES if role not in told], now=now)
    _index(news)
    _record("news.change", news, now=now, by=by)


@transaction.atomic
def publish_news(*, news: News, by: Person, now: datetime) -> None:
    """Members read it from now on; the worker writes the letters. Raises EmptyNews.

    Published again after it was withdrawn, it is written to those to whom no letter went the first time.
    """
    if not news.text:
        raise EmptyNews()
    move(news, "publish", published_at=now, told_to=0, told_at=None)
    _record("news.publish", news, now=now, by=by)


@transaction.atomic
def withdraw_news(*, news: News, by: Person, now: datetime) -> None:
    """Members see it no longer; letters that have not gone do not go."""
    move(news, "withdraw")
    post.withdraw(about=[letters.about(news, role) for role in ROLES], now=now)
    _record("news.withdraw", news, now=now, by=by)


def tell_news(now: datetime) -> int:
    """For the schedule: some letters of news that is published; answers how many members were come to."""
    _take_back_left(now)
    waiting = News.objects.filter(state=NewsState.PUBLISHED, by_letter=True, told_at=None)
    return sum(_tell_some(news, now) for news in waiting.select_related("programme").order_by("pk"))


def _take_back_left(now: datetime) -> None:
    """Letters that wait, for the morning or to be gathered, do not go to who has left the programme since."""
    queued = Letter.objects.filter(kind=letters.PUBLISHED.key, state=LetterState.QUEUED).order_by()
    waiting: dict[str, set[int | None]] = {}
    for about, person in queued.values_list("about", "person"):
        waiting.setdefault(about, set()).add(person)
    refs = {about.split(":")[1] for about in waiting}
    for news in News.objects.filter(ref__in=refs).select_related("programme"):
        for role in ROLES:
            people = waiting.get(letters.about(news, role), set())
            stay = readers_of(news).filter(role=role, person__in=people).values_list("person", flat=True)
            left = [each for each in people.difference(stay) if each is not None] if people else []
            if left:
                post.withdraw(about=letters.about(news, role), people=left, now=now)


@transaction.atomic
def _tell_some(news: News, now: datetime) -> int:
    """The next members; of two workers one writes, for it alone moves the mark."""
    found = list(readers_of(news).filter(pk__gt=news.told_to).order_by("pk")[:AT_ONCE])
    last = found[-1].pk if found else news.told_to
    done = now if len(found) < AT_ONCE else None
    mine = News.objects.filter(pk=news.pk, told_to=news.told_to, told_at=None, state=NewsState.PUBLISHED)
    if not mine.update(told_to=last, told_at=done):
        return 0
    known = written_to(letters.about(news, role) for role in ROLES)
    for member in found:
        if member.person_id not in known:
            letters.tell(news, member, now=now)
    return len(found)


def _said(
    title: TranslatedText, text: TranslatedText, for_mentors: bool, for_mentees: bool, by_letter: bool
) -> dict[str, Any]:
    if not title:
        raise NamelessNews()
    if not for_mentors and not for_mentees:
        raise ForNobody()
    return {
        "title": title,
        "text": text,
        "for_mentors": for_mentors,
        "for_mentees": for_mentees,
        "by_letter": by_letter,
    }


def _texts(title: TranslatedText, text: TranslatedText) -> dict[str, str]:
    """As the fields of the form are called, one a language."""
    parts = {"title": title.as_dict(), "text": text.as_dict()}
    return {f"{name}_{language}": words for name, said in parts.items() for language, words in said.items()}


def _index(news: News) -> None:
    News.objects.filter(pk=news.pk).update(search_text=news.searched_as)


def _record(verb: str, news: News, *, now: datetime, by: Person) -> None:
    record(verb, news, now=now, by=by, programme_ref=news.programme.ref)
