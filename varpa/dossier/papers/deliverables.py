"""What was made: business plans, company profiles, presentations."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from varpa.businessplans.models import HANDED_IN, Version, Why
from varpa.documents.tables import Value
from varpa.dossier.declined import Calls
from varpa.dossier.naming import Naming
from varpa.dossier.papers.pieces import Leaf, Paper, Piece, Table, heads, yes
from varpa.dossier.reach import Reach
from varpa.presentations.models import HANDED_IN as PRESENTATION_HANDED_IN
from varpa.presentations.models import Presentation
from varpa.presentations.models import Version as PresentationVersion
from varpa.profiles.models import Profile, ProfileState
from varpa.profiles.papers import document
from varpa.profiles.queries import Row, profiles_read, published, rows_of


def digest(content: Any) -> str:
    """SHA-256 of a content as canonical JSON: who has the content can show that it is this one."""
    plain = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()


def with_taxes(said: dict[str, Any], rates: dict[str, Any]) -> str:
    """The digest of a content with the rates with which it was reckoned; "" where there are no figures.

    It stands beside the one without them, which dossiers have had from the first on (decision 0045).
    """
    return digest({**said, "rates": rates}) if rates else ""


def _deliverables(reach: Reach) -> Iterator[Piece]:
    columns = heads(
        _("Kind"),
        _("Reference"),
        _("Whose"),
        _("State"),
        _("Version"),
        _("Submitted, approved or shared on"),
        _("SHA-256 of the content"),
        _("Published"),
        _("SHA-256 of the content with the taxes"),
    )
    yield Table("deliverables", _("Deliverables"), columns, _made(reach))
    naming = Naming(reach)
    for profile in published_in(reach).iterator(chunk_size=100):
        profile.pair.programme = reach.programme
        name = reach.called(profile.pair.mentee)
        profile.pair.mentee.person.name = name
        rows = _as_called(naming, rows_of(profile), stays=profile.public_name)
        content = document(profile, rows, language=reach.language, today=reach.today, published=True)
        yield Leaf(f"profile-{profile.ref}.pdf", f"{_('Company profile')}: {profile.public_name}", content)


def _as_called(naming: Naming, rows: list[Row], *, stays: str) -> list[Row]:
    """What stands in a profile with its pupils called as this dossier calls them, in memory only."""
    written = [row.written for row in rows if row.written]
    text = "\n".join(part.text for part in written)
    calls = Calls(text)
    calls.stays(stays)
    naming.calls(text, calls)
    for part in written:
        part.text = calls.read(part.text)
    return rows


def _made(reach: Reach) -> Iterator[tuple[Value, ...]]:
    yield from _plans(reach)
    yield from _profiles(reach)
    yield from _submitted_presentations(reach)
    yield from _presentations(reach)


def _plans(reach: Reach) -> Iterator[tuple[Value, ...]]:
    """The business plans that were submitted in the period, in the version that was."""
    versions = Version.objects.filter(
        reach.within("at"),
        reach.of_partner("plan__membership__"),
        why=Why.SUBMITTED,
        plan__membership__programme=reach.programme,
        plan__set_aside_at=None,
    )
    rows = versions.select_related("plan__membership__person").order_by("plan", "number")
    for each in rows.iterator(chunk_size=100):
        plan, said = each.plan, {"title": each.title, "texts": each.texts, "figures": each.figures}
        state = str(plan.get_state_display()) if plan.state in HANDED_IN else ""
        whose = reach.called(plan.membership)
        kind = _("Business plan")
        reckoned = with_taxes(said, each.rates)
        yield kind, plan.ref, whose, state, each.number, reach.day(each.at), digest(said), "", reckoned


def _profiles(reach: Reach) -> Iterator[tuple[Value, ...]]:
    rows = Profile.objects.filter(
        reach.within("approved_at"), reach.of_either("pair__"), pair__programme=reach.programme
    )
    shown = published(Profile.objects.filter(pk=OuterRef("pk")))
    rows = profiles_read(rows.filter(state=ProfileState.APPROVED)).annotate(shown=Exists(shown))
    for each in rows.prefetch_related("parts").order_by("pk").iterator(chunk_size=100):
        said = {"company": each.company, "texts": {part.key: part.text for part in each.parts.all()}}
        whose, day = reach.called(each.pair.mentee), reach.day(each.approved_at)
        kind, state = _("Company profile"), str(each.get_state_display())
        yield kind, each.ref, whose, state, None, day, digest(said), yes(each.shown), ""


def _submitted_presentations(reach: Reach) -> Iterator[tuple[Value, ...]]:
    """Those that were submitted in the period, each in the version that was; of a file its own SHA-256."""
    versions = PresentationVersion.objects.filter(
        reach.within("at"),
        reach.of_partner("presentation__membership__"),
        presentation__membership__programme=reach.programme,
        presentation__set_aside_at=None,
    )
    rows = versions.select_related("presentation__membership__person", "file", "source")
    for each in rows.order_by("presentation", "number").iterator(chunk_size=100):
        made, brought = each.presentation, each.file or each.source
        said = {"title": each.title, "texts": each.texts, "shown": each.shown, "figures": each.figures}
        state = str(made.get_state_display()) if made.state in PRESENTATION_HANDED_IN else ""
        whose, day = reach.called(made.membership), reach.day(each.at)
        hashed = brought.sha256 if brought else digest(said)
        reckoned = with_taxes(said, each.rates)
        yield _("Presentation"), made.ref, whose, state, each.number, day, hashed, "", reckoned


def _presentations(reach: Reach) -> Iterator[tuple[Value, ...]]:
    """Those that were shared in the period and are not handed in."""
    rows = Presentation.objects.filter(
        reach.within("shared_at"),
        reach.of_partner("membership__"),
        membership__programme=reach.programme,
        set_aside_at=None,
    )
    rows = rows.exclude(state__in=PRESENTATION_HANDED_IN)
    rows = rows.select_related("membership__person", "file").prefetch_related("slides")
    for each in rows.order_by("pk").iterator(chunk_size=100):
        said = {"title": each.title, "texts": {slide.key: slide.text for slide in each.slides.all()}}
        hashed = each.file.sha256 if each.file else digest(said)
        whose, day = reach.called(each.membership), reach.day(each.shared_at)
        yield _("Presentation"), each.ref, whose, str(each.get_state_display()), None, day, hashed, "", ""


def published_in(reach: Reach) -> Any:
    """The published profiles of the period: both have agreed, and something is approved."""
    rows = Profile.objects.filter(
        reach.within("approved_at") | Q(approved_at=None) & reach.within("begun_at"),
        reach.of_either("pair__"),
        pair__programme=reach.programme,
    )
    return profiles_read(published(rows)).order_by("pk")


DELIVERABLES = Paper(
    key="deliverables",
    name=gettext_lazy("Business plans, company profiles, presentations"),
    shows=gettext_lazy(
        "Which were submitted, approved or shared, when, in which version, with the SHA-256 of the content, "
        "and of it with the taxes of its figures; the company profiles that both have published, whole."
    ),
    leaves_out=gettext_lazy(
        "Titles, texts and figures of plans and slides, remarks and recommendations; in profiles everything "
        "that one of the two keeps back, and all photographs; names of pupils, unless asked for everywhere."
    ),
    why=gettext_lazy(
        "A plan belongs to who wrote it. Who has the content can show by its SHA-256 that it is the one "
        "that was submitted."
    ),
    write=_deliverables,
    belongs=lambda asked: bool(asked.business_plan or asked.company_profile or asked.presentation),
)
