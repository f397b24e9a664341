"""News of a programme, and for whom it is."""

from django.db.models import QuerySet

from varpa.news.models import News, NewsState
from varpa.programmes.access import LIVE
from varpa.programmes.models import Membership, Programme, ProgrammeState, Role

ROLES = (Role.MENTOR, Role.MENTEE)


def news_read(news: QuerySet[News]) -> QuerySet[News]:
    """With everything that a page names."""
    return news.select_related("programme__methodology_version", "by")


def news_of(programme: Programme) -> QuerySet[News]:
    """All news of a programme, the newest first."""
    return news_read(News.objects.filter(programme=programme)).order_by("-made_at", "-pk")


def open_news() -> QuerySet[News]:
    """What anybody may read: published for everybody, of programmes that have begun; the newest first."""
    found = News.objects.filter(state=NewsState.PUBLISHED, for_all=True)
    return news_read(found.exclude(programme__state=ProgrammeState.DRAFT)).order_by("-published_at", "-pk")


def roles_of(news: News) -> list[Role]:
    """The roles of the members to whom it is told."""
    return [Role.MENTOR] * news.for_mentors + [Role.MENTEE] * news.for_mentees


def readers_of(news: News) -> QuerySet[Membership]:
    """The members to whom it is told."""
    members = Membership.objects.filter(programme=news.programme_id, role__in=roles_of(news), state__in=LIVE)
    return members.select_related("person")


def people_told(news: News) -> int:
    """How many people these are: whoever is in both roles is one."""
    return readers_of(news).order_by().values("person").distinct().count()
