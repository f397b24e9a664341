"""For the schedule: what is new among the mentors of a programme reaches them by letter, gathered (S10)."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.db import transaction

from varpa.people.models import Person
from varpa.post.queries import already
from varpa.programmes.models import Programme
from varpa.support.letters import mentors as letters
from varpa.support.models import CircleWord, MentorQuestion
from varpa.support.queries.mentors import of_the_circle, said_lately, shared_lately

GATHERED = timedelta(hours=4)
"""However much is said in these hours, whoever takes part gets one letter of it (ours)."""
BACK = timedelta(days=1)
"""What is older is told no more, should the worker have stood still."""
News = CircleWord | MentorQuestion


def tell_circles(now: datetime) -> int:
    """Write of what was said and answered until the last full four hours; answers how many letters."""
    since_midnight = now - now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    until = now - since_midnight % GATHERED
    told = _tell_all(said_lately(until - BACK, until), now)
    return told + _tell_all(shared_lately(until - BACK, until), now)


def _tell_all(news: Iterable[News], now: datetime) -> int:
    """Of each programme: to each reader the newest that is not their own, unless they know of it."""
    by_programme: dict[Programme, list[News]] = {}
    for each in news:
        by_programme.setdefault(each.programme, []).append(each)
    return sum(_tell(programme, found, now) for programme, found in by_programme.items())


def _tell(programme: Programme, news: list[News], now: datetime) -> int:
    newest: dict[str, tuple[News, Person]] = {}
    for person in of_the_circle(programme):
        others = [each for each in news if person.pk not in _whose(each)]
        if others:
            newest[letters.news_key(others[-1], person)] = (others[-1], person)
    known = already(list(newest))
    return sum(_write(*told, now) for key, told in newest.items() if key not in known)


def _whose(news: News) -> tuple[int | None, ...]:
    if isinstance(news, CircleWord):
        return (news.by_id,)
    return news.mentor.person_id, news.answered_by_id


@transaction.atomic
def _write(news: News, person: Person, now: datetime) -> bool:
    return letters.tell_news(news, person, now=now)
