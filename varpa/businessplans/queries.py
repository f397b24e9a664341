"""What the pages of a business plan read."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.utils.translation import gettext_lazy as _

from varpa.businessplans.anchors import Found, find
from varpa.businessplans.models import HANDED_IN, Answer, BusinessPlan, Part, Remark, Version, Why
from varpa.kernel.compiled import compiled
from varpa.methodology.outlines import Part as OutlinePart
from varpa.pairs.models import OPEN, Pair
from varpa.programmes.models import Membership, Programme
from varpa.programmes.queries import methodology_of
from varpa.taxes.touched import Beginning

STATE_WORDS: Final = {"done": _("Done"), "going": _("In progress"), "ahead": _("Not yet")}


@dataclass(frozen=True)
class Row:
    """One part of the outline as the table of contents shows it. `state`: done, going or ahead.

    `trains`: the names of the competences that working on it touches.
    """

    number: int
    part: OutlinePart
    written: Part | None
    open_remarks: int
    trains: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        if self.written is None or not (self.written.text or self.written.ready):
            return "ahead"
        return "done" if self.written.ready else "going"

    @property
    def word(self) -> str:
        return str(STATE_WORDS[self.state])


@dataclass(frozen=True)
class Cell:
    """Which cell a remark is about, in words; what stood there then, and stands now ("": the whole row)."""

    words: str
    then: str
    now: str
    is_gone: bool


@dataclass(frozen=True)
class Placed:
    """A remark beside the text: its number, and where its words stand now (None: gone, or the whole part).

    `cell`: what it is about in the figures.
    """

    number: int
    remark: Remark
    at: Found | None
    cell: Cell | None = None

    @property
    def is_gone(self) -> bool:
        return bool(self.remark.quote) and self.at is None


def outline_of(programme: Programme) -> tuple[OutlinePart, ...]:
    """The parts that the programme's methodology asks for, in their order; () where it asks for no plan."""
    return methodology_of(programme).business_plan


def plans_read(plans: QuerySet[BusinessPlan]) -> QuerySet[BusinessPlan]:
    """With everything that a page names."""
    return plans.select_related("membership__person", "membership__programme__methodology_version")


def remarks_read(remarks: QuerySet[Remark]) -> QuerySet[Remark]:
    """With the plan and the people."""
    return remarks.select_related(
        "plan__membership__person", "plan__membership__programme__methodology_version", "by"
    )


def plan_of(membership: Membership) -> BusinessPlan | None:
    """The plan of a mentee, once begun."""
    return plans_read(BusinessPlan.objects.filter(membership=membership, set_aside_at=None)).first()


def beginning(programme: Programme) -> list[Beginning]:
    """The plans with figures that are not handed in, by the country and year in which the figures begin."""
    plans = BusinessPlan.objects.filter(membership__programme=programme, set_aside_at=None)
    written = plans.exclude(state__in=HANDED_IN).exclude(figures={}).order_by()
    said = written.values(country=KT("figures__country"), starts=KT("figures__starts"))
    return [
        Beginning(row["country"], int(row["starts"][:4]), row["count"])
        for row in said.annotate(count=Count("pk"))
    ]


def rows_of(plan: BusinessPlan, hears: Q | None = None) -> list[Row]:
    """The table of contents: two questions, however many parts; `hears`: which remarks the reader reads."""
    written = {part.key: part for part in plan.parts.all()}
    unsettled = _unsettled(plan.remarks.filter(hears)) if hears else _waiting(plan=plan)
    waiting = dict(unsettled)
    competences = methodology_of(plan.membership.programme).competences
    return [
        Row(
            number,
            part,
            written.get(part.key),
            waiting.get(part.key, 0),
            tuple(str(each.name) for each in competences if each.key in part.competences),
        )
        for number, part in enumerate(outline_of(plan.membership.programme), 1)
    ]


@compiled()
def _waiting(plan: BusinessPlan) -> QuerySet[Remark, tuple[str, int]]:
    return _unsettled(Remark.objects.filter(plan=plan))


def _unsettled(remarks: QuerySet[Remark]) -> QuerySet[Remark, tuple[str, int]]:
    """How many remarks of each part wait."""
    waits = remarks.filter(settled_at=None, withdrawn_at=None).order_by()
    return waits.values("part").annotate(count=Count("pk")).values_list("part", "count")


def standing_remarks(plan: BusinessPlan, hears: Q | None = None) -> QuerySet[Remark]:
    """What was said of a plan and not taken back, with the answers, as far as the reader hears it now.

    Who may read it at all, the view asks.
    """
    heard = hears or Q()
    standing = plan.remarks.filter(heard, withdrawn_at=None).select_related("by")
    answers = Answer.objects.filter(heard).select_related("by")
    return standing.prefetch_related(Prefetch("answers", answers))


def remarks_of(standing: QuerySet[Remark], text: str) -> list[Placed]:
    """The standing remarks on a part, in the order of their words; last those on the whole, and the gone."""
    found = [
        (remark, find(text, remark.place, remark.before, remark.after) if remark.place else None)
        for remark in standing
    ]
    found.sort(key=lambda pair: (pair[1] is None, pair[1].start if pair[1] else 0, pair[0].pk))
    return [Placed(number, remark, at) for number, (remark, at) in enumerate(found, 1)]


def versions_read(plan: BusinessPlan, *, writes: bool) -> QuerySet[Version]:
    """The kept versions that a reader sees, the newest first: others none from before the plan was shared."""
    if writes:
        return plan.versions.all()
    open_to_others = Q(why=Why.SUBMITTED)
    if plan.shared_at:
        open_to_others |= Q(at__gt=plan.shared_at)
    return plan.versions.filter(open_to_others)


def last_number(plan: BusinessPlan) -> int:
    """The number of the newest version, 0 where none is kept."""
    return plan.versions.aggregate(last=Max("number"))["last"] or 0


def submitted_version(plan: BusinessPlan) -> Version | None:
    """The version that the defence sees: the newest submitted one."""
    return plan.versions.filter(why=Why.SUBMITTED).first()


def with_business_plans(pairs: QuerySet[Pair]) -> QuerySet[Pair]:
    """Pairs with `business_plan` (its ref), `business_state`, and `remarked`: a part with an open remark.

    `remarked_at` is when that was said: of all open ones it is the earliest. What another mentor of the
    mentee has said stands with the pair of the two.
    """
    plans = BusinessPlan.objects.filter(membership=OuterRef("mentee"), set_aside_at=None)
    answered = Answer.objects.filter(remark=OuterRef("pk"), by=OuterRef("plan__membership__person"))
    waiting = Remark.objects.filter(
        ~Exists(answered),
        plan__membership=OuterRef("mentee"),
        plan__set_aside_at=None,
        settled_at=None,
        withdrawn_at=None,
    )
    others = Pair.objects.filter(
        mentee=OuterRef("plan__membership"), mentor__person=OuterRef("by"), state__in=OPEN
    ).exclude(pk=OuterRef(OuterRef("pk")))
    first = waiting.exclude(Exists(others)).order_by("pk")
    return pairs.annotate(
        business_plan=Subquery(plans.values("ref")[:1]),
        business_state=Subquery(plans.values("state")[:1]),
        remarked=Subquery(first.values("part")[:1]),
        remarked_at=Subquery(first.values("at")[:1]),
    )
