"""What anybody may read of programmes, for their front doors and that of the house: three queries at most."""

from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from varpa.guidelines.models import Version
from varpa.kernel.compiled import compiled
from varpa.news.models import News
from varpa.news.queries.news import open_news
from varpa.programmes.models import Programme, ProgrammeState
from varpa.reports.models import Edition

MOST: Final = 12
NEWS: Final = "news:opened"
NAMES: Final = {"guidelines:opened": _("Mentoring guidelines"), "reports:public": _("Evaluation report")}


class Published(NamedTuple):
    """One thing to read; `name` says what it is, of news its headline."""

    name: Any
    programme: Programme
    at: datetime
    url: str


def published(ref: str = "", organisation: str = "") -> list[Published]:
    """What is open to everybody of one programme, one organisation (its reference), or of all; newest first.

    Of guidelines and of the report the last that is open; a programme that is a draft shows nothing.
    """
    rows = _rows(ref, organisation)
    if not rows:
        return []
    programmes = Programme.objects.only("ref", "name", "state").in_bulk([row["of"] for row in rows])
    told = [row["ref"] for row in rows if row["address"] == NEWS]
    headlines = dict(News.objects.filter(ref__in=told).values_list("ref", "title")) if told else {}
    return [
        Published(
            NAMES.get(row["address"]) or headlines[row["ref"]],
            programmes[row["of"]],
            row["when"],
            reverse(row["address"], args=[row["ref"]]),
        )
        for row in rows
    ]


def _rows(ref: str, organisation: str) -> list[dict[str, Any]]:
    if organisation:
        return _of_organisation(ref=organisation)
    return _of_one(ref=ref) if ref else _of_all()


@compiled(ref=CharField())
def _of_one(ref: str) -> QuerySet[Any, dict[str, Any]]:
    return _newest(Q(programme__ref=ref), Q(report__programme__ref=ref))


@compiled(ref=CharField())
def _of_organisation(ref: str) -> QuerySet[Any, dict[str, Any]]:
    return _newest(Q(programme__organisation__ref=ref), Q(report__programme__organisation__ref=ref))


@compiled()
def _of_all() -> QuerySet[Any, dict[str, Any]]:
    return _newest(Q(), Q())


def _newest(of: Q, of_report: Q) -> QuerySet[Any, dict[str, Any]]:
    guidelines = _part(_guidelines().filter(of), "guidelines:opened", "programme", "at")
    reports = _part(_reports().filter(of_report), "reports:public", "report__programme", "at")
    news = _part(open_news().filter(of), NEWS, "programme", "published_at")
    return guidelines.union(reports, news).order_by("-when")[:MOST]


def _guidelines() -> QuerySet[Version]:
    newer = Version.objects.filter(
        programme=OuterRef("programme"), public_at__isnull=False, number__gt=OuterRef("number")
    )
    return Version.objects.filter(~Exists(newer), public_at__isnull=False)


def _reports() -> QuerySet[Edition]:
    newer = Edition.objects.filter(report=OuterRef("report"), number__gt=OuterRef("number"))
    return Edition.objects.filter(~Exists(newer), report__is_public=True)


def _part(found: QuerySet[Any], address: str, path: str, moment: str) -> QuerySet[Any, dict[str, Any]]:
    """One kind of things as rows that all kinds share."""
    begun = found.exclude(**{f"{path}__state": ProgrammeState.DRAFT}).select_related(None)
    told = begun.order_by().annotate(address=Value(address, CharField()), when=F(moment), of=F(f"{path}_id"))
    rows: QuerySet[Any, dict[str, Any]] = told.values("address", "ref", "when", "of")
    return rows
