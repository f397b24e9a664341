"""What anybody may read of programmes, for their front doors and that of the house: three queries at most."""

from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from varpa.guidelines.models import Version
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


def published(ref: str = "") -> list[Published]:
    """What is open to everybody of the programme with this reference, or of all; the newest first.

    Of guidelines and of the report the last that is open; a programme that is a draft shows nothing.
    """
    parts = (
        _part(_guidelines(), "guidelines:opened", "programme", "at", ref),
        _part(_reports(), "reports:public", "report__programme", "at", ref),
        _part(open_news(), NEWS, "programme", "published_at", ref),
    )
    first, *others = parts
    rows = list(first.union(*others).order_by("-when")[:MOST])
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


def _guidelines() -> QuerySet[Version]:
    newer = Version.objects.filter(
        programme=OuterRef("programme"), public_at__isnull=False, number__gt=OuterRef("number")
    )
    return Version.objects.filter(~Exists(newer), public_at__isnull=False)


def _reports() -> QuerySet[Edition]:
    newer = Edition.objects.filter(report=OuterRef("report"), number__gt=OuterRef("number"))
    return Edition.objects.filter(~Exists(newer), report__is_public=True)


def _part(found: QuerySet[Any], address: str, path: str, moment: str, ref: str) -> QuerySet[Any]:
    """One kind of things as rows that all kinds share."""
    of = Q(**{f"{path}__ref": ref}) if ref else Q()
    begun = found.filter(of).exclude(**{f"{path}__state": ProgrammeState.DRAFT}).select_related(None)
    told = begun.order_by().annotate(address=Value(address, CharField()), when=F(moment), of=F(f"{path}_id"))
    rows: QuerySet[Any] = told.values("address", "ref", "when", "of")
    return rows
