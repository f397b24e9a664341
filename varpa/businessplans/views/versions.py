"""Versions of the plan: kept, read, compared, brought back."""

from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.businessplans.access import BusinessPlanAction
from varpa.businessplans.actions import plans as actions
from varpa.businessplans.figures import NOTHING, rates_now, results, taxes_of
from varpa.businessplans.models import BusinessPlan, Picture, Version
from varpa.businessplans.pictures import by_part, pictures_of
from varpa.businessplans.queries import Row, outline_of, plans_read, versions_read
from varpa.businessplans.typed import typed_rows
from varpa.businessplans.views.plans import page_of
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.paging import page
from varpa.kernel.refusals import Refusal
from varpa.kernel.text import TranslatedText
from varpa.people.models import Person
from varpa.people.signed import person_of
from varpa.ui.doing import tap


@dataclass(frozen=True)
class Passage:
    """One part of a version; `other` is what stands there in the version that it is compared with."""

    name: TranslatedText
    text: str
    other: str | None
    pictures: list[Picture]
    other_pictures: list[Picture]

    @property
    def differs(self) -> bool:
        stood, stands = (self.text, self.pictures), (self.other, self.other_pictures)
        return self.other is not None and stands != stood


@dataclass(frozen=True)
class Amounts:
    """A table that was typed, a year or the whole plan: name, in this version, in the one beside it."""

    head: str
    rows: list[tuple[str, str, str]]


@door(BusinessPlanAction.READ, BusinessPlan, read=plans_read)
@require_http_methods(["GET", "HEAD", "POST"])
def versions(request: HttpRequest, plan: BusinessPlan) -> HttpResponse:
    """All versions; the mentee keeps one more."""
    reader = person_of(request)
    if request.method == "POST":
        try:
            kept = actions.keep_version(plan=plan, by=reader, now=clock.now())
        except Refusal as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Version %(number)d is kept.") % {"number": kept.number})
        return redirect("businessplans:versions", plan.ref)
    context = {**page_of(plan, reader), "page": page(request, _listed(plan, reader))}
    return render(request, "businessplans/versions.html", context)


@door(BusinessPlanAction.READ, BusinessPlan, read=plans_read)
@require_safe
def version(request: HttpRequest, plan: BusinessPlan, number: int) -> HttpResponse:
    """One version, read alone or beside another one (`with`: its number; `now`: what stands today)."""
    reader = person_of(request)
    shown = page_of(plan, reader)
    read = versions_read(plan, writes=shown["writes"])
    found = read.filter(number=number).first()
    if found is None:
        raise Http404
    wanted = request.GET.get("with", "")
    other = _as_it_stands(plan, shown["rows"]) if wanted == "now" else _numbered(read, wanted)
    context = {
        **shown,
        "version": found,
        "passages": _passages(plan, found, other),
        "amounts": _amounts(found, other),
        "taxes_differ": bool(other and found.figures and other.figures and found.rates != other.rates),
        "compared": wanted if other else "",
        "others": [each for each in _listed(plan, reader)[:50] if each.number != number],
    }
    return render(request, "businessplans/version.html", context)


@door(BusinessPlanAction.WRITE, BusinessPlan, read=plans_read)
@require_POST
def restore(request: HttpRequest, plan: BusinessPlan, number: int) -> HttpResponse:
    """Bring a version back as a new one."""
    done = _("Version %(number)d stands again. What you had before is kept as a version too.")
    act = partial(actions.restore_version, plan=plan, number=number, by=person_of(request), now=clock.now())
    tap(request, act, done % {"number": number})
    return redirect("businessplans:plan", plan.ref)


def _listed(plan: BusinessPlan, reader: Person) -> QuerySet[Version]:
    """For a list: without texts and figures."""
    return versions_read(plan, writes=plan.membership.person_id == reader.pk).defer(
        "texts", "figures", "rates"
    )


def _as_it_stands(plan: BusinessPlan, rows: list[Row]) -> Version:
    """The plan of today as if it were kept."""
    texts = {row.part.key: row.written.text for row in rows if row.written}
    return Version(plan=plan, texts=texts, figures=plan.figures, rates=rates_now(plan))


def _numbered(read: QuerySet[Version], wanted: str) -> Version | None:
    return read.filter(number=wanted).first() if wanted.isdecimal() and len(wanted) < 9 else None


def _amounts(version: Version, other: Version | None) -> list[Amounts]:
    """What was typed in a version and what follows from it, and beside it the same of the other one."""
    pairs = [
        (read(version.figures, version.rates), read(other.figures, other.rates) if other else {})
        for read in (typed_rows, results, taxes_of)
    ]
    found = [
        Amounts(head, _beside(own.get(head, {}), beside.get(head, {})))
        for own, beside in pairs
        # The longer plan says in which order its years and the whole follow each other.
        for head in max((own, beside), key=len)
    ]
    return [each for each in found if each.rows]


def _beside(own: dict[str, str], other: dict[str, str]) -> list[tuple[str, str, str]]:
    names = dict.fromkeys([*own, *other])
    return [(name, own.get(name, NOTHING), other.get(name, NOTHING)) for name in names]


def _passages(plan: BusinessPlan, version: Version, other: Version | None) -> list[Passage]:
    there = other.texts if other else {}
    own = by_part(pictures_of(plan, version))
    # What stands today is no kept version: it has no pictures of its own.
    beside = by_part(pictures_of(plan, other if other.pk else None)) if other else {}
    passages = []
    for part in outline_of(plan.membership.programme):
        key = part.key
        told = Passage(
            part.name,
            version.texts.get(key, ""),
            there.get(key, "") if other else None,
            own.get(key, []),
            beside.get(key, []),
        )
        if told.text or told.other or told.pictures or told.other_pictures:
            passages.append(told)
    return passages
