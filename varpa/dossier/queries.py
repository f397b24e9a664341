"""Reading dossiers and the links to them."""

from datetime import UTC, datetime, time, timedelta

from django.db.models import Count, Max, Q, QuerySet

from varpa.dossier.models import GOING, Dossier, ObserverLink
from varpa.history.remembering import until_changed
from varpa.kernel.clock import zone_of
from varpa.programmes.models import Programme
from varpa.programmes.partners import undecided


def read_whole(dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """With the programme and what its papers need."""
    return dossiers.select_related(
        "programme__organisation", "programme__emblem", "programme__methodology_version", "of_partner"
    )


def dossiers_of(programme: Programme) -> QuerySet[Dossier]:
    """The dossiers of a programme, the newest first, each with how many observers can open it."""
    open_links = Count("links", filter=Q(links__revoked_at=None))
    return programme.dossiers.select_related("by").annotate(observers=open_links)


@until_changed
def without_partner(programme: Programme, _minute: datetime) -> int:
    """How many belong to no partner yet: they are in the dossier of none."""
    return undecided(programme).count()


def links_read(links: QuerySet[ObserverLink]) -> QuerySet[ObserverLink]:
    """With the dossier and its programme."""
    return links.select_related("dossier__programme__organisation")


def observers_of(dossier: Dossier) -> QuerySet[ObserverLink]:
    """The links to a dossier, each with how often it was opened, and when last."""
    return dossier.links.annotate(opened=Count("openings"), last_opened=Max("openings__at"))


def link_by(digest: str) -> ObserverLink | None:
    """The link whose token has this digest."""
    return links_read(ObserverLink.objects.filter(digest=digest)).first()


def closes_at(link: ObserverLink) -> datetime:
    """The moment after which a link opens no more: the end of its day in the programme's zone."""
    zone = zone_of(link.dossier.programme.zone)
    return datetime.combine(link.expires_on + timedelta(days=1), time(), zone).astimezone(UTC)


def is_open(link: ObserverLink, now: datetime) -> bool:
    """Whether a link opens: not closed, its day not over, the dossier still there."""
    return link.revoked_at is None and now < closes_at(link) and link.dossier.is_there


def waiting() -> QuerySet[Dossier]:
    """What is to be put together, in the order in which it was asked for."""
    return read_whole(Dossier.objects.filter(state__in=GOING)).order_by("pk")
