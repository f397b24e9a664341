"""Pictures in a plan: which of them may be seen today, and by whom."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from varpa.businessplans.models import BusinessPlan, Picture, Version
from varpa.businessplans.queries import versions_read
from varpa.programmes.pictures import may_be_seen
from varpa.programmes.queries import may_be_pictured, today_of


def may_show_writer(plan: BusinessPlan, now: datetime) -> bool:
    """Whether a picture may show the mentee recognisably: of age, or with a guardian's permission."""
    return may_be_pictured(plan.membership, today_of(plan.membership.programme, now))


def pictures_of(plan: BusinessPlan, version: Version | None = None) -> list[Picture]:
    """The pictures that stand in the plan, or stood in a version, in their order."""
    wanted = version.pictures.all() if version else plan.pictures.filter(withdrawn_at=None)
    return list(_permitted(plan, wanted))


def pictures_read(plan: BusinessPlan, *, writes: bool) -> QuerySet[Picture]:
    """Those that a reader of the plan sees: what stands in it, or in a version open to the reader."""
    kept = versions_read(plan, writes=writes).order_by().values("pk")
    return _permitted(plan, plan.pictures.filter(Q(withdrawn_at=None) | Q(versions__in=kept))).distinct()


def by_part(pictures: Iterable[Picture]) -> dict[str, list[Picture]]:
    """The pictures of each part, by its key."""
    found: dict[str, list[Picture]] = {}
    for picture in pictures:
        found.setdefault(picture.part, []).append(picture)
    return found


def _permitted(plan: BusinessPlan, pictures: QuerySet[Picture]) -> QuerySet[Picture]:
    """A permission taken back hides a picture at once, in every version."""
    seen = may_be_seen(plan.membership, face="shows_writer")
    return pictures.filter(seen).select_related("file")
