"""What the mentor says of the plan, and what the two then say of it. A remark changes nothing in the plan."""

from datetime import datetime
from unicodedata import normalize

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.businessplans import letters
from varpa.businessplans.anchors import around, spot
from varpa.businessplans.cells import parted, rows
from varpa.businessplans.figures import figures_of, rates_of_plan, shown
from varpa.businessplans.models import Answer, BusinessPlan, PlanState, Remark
from varpa.businessplans.queries import outline_of
from varpa.history.actions import record
from varpa.kernel.once import make_once
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved
from varpa.pairs.actions.pairs import require_active
from varpa.pairs.actions.several import none_goes, require_one_active
from varpa.pairs.mentees import going_pairs_of
from varpa.pairs.models import Pair
from varpa.pairs.queries import other_side, side_of
from varpa.people.models import Person
from varpa.post import actions as post
from varpa.programmes.queries import today_of


class EmptyRemark(Refusal):
    sentence = _("Write the question or the advice in a few words.")


class WordsNotFound(Refusal):
    sentence = _(
        "These words do not stand in the text. Mark them there, or leave the field empty: then it is about "
        "the whole part."
    )


class CellNotFound(Refusal):
    sentence = _(
        "What you chose does not stand in the figures any more. Your words are still here: choose the row "
        "anew."
    )


class NotShared(Refusal):
    sentence = _("The mentee does not share the plan now.")


class RemarkIsGone(Refusal):
    sentence = _("This was taken back meanwhile. Your words still stand here, and were not sent.")


class NotYourRemark(Refusal):
    sentence = _("Only who said it can take it back.")


@transaction.atomic
def remark(
    *,
    plan: BusinessPlan,
    part: str,
    quote: str,
    text: str,
    by: Person,
    now: datetime,
    cell: str = "",
    ahead: str = "",
    ref: str = "",
) -> Remark:
    """The mentor asks or advises, about some words of a part, the whole of it, or a cell of the figures.

    `cell` is its address (`businessplans.cells`), `quote` then the name of its row. `ahead` is what stands in
    front of the words, where that is known: it tells one of two equal places. Sent twice it is one.
    """
    pair = _require_mentor(plan, by, now)
    if not text.strip():
        raise EmptyRemark()
    known = any(each.key == part for each in outline_of(plan.membership.programme))
    if not known:
        raise WordsNotFound()
    fields = {
        "part": part,
        "cell": cell,
        "text": text.strip(),
        "by": by,
        "at": now,
        **(_cell(plan, cell, quote, now) if cell else _anchor(plan, part, quote, ahead)),
    }
    made, is_new = make_once(Remark, ref=ref, plan=plan, fields=fields)
    if is_new:
        letters.tell_remark(made, pair, now=now)
        _record("business_plan.remark", made, now=now, by=by)
    return made


@transaction.atomic
def answer_remark(*, remark: Remark, text: str, by: Person, now: datetime, ref: str = "") -> Answer:
    """A word of either under a remark."""
    pairs = _require_together(remark.plan, by, now)
    if not Remark.objects.filter(pk=remark.pk, withdrawn_at=None).exists():
        raise RemarkIsGone()
    if not text.strip():
        raise EmptyRemark()
    made, is_new = make_once(
        Answer, ref=ref, remark=remark, fields={"text": text.strip(), "by": by, "at": now}
    )
    if is_new:
        for pair in _spoken_with(remark, pairs):
            letters.tell_answer(made, pair, other_side(side_of(pair, by)), now=now)
        _record("business_plan.answer_remark", remark, now=now, by=by)
    return made


@transaction.atomic
def settle_remark(*, remark: Remark, settled: bool, by: Person, now: datetime) -> None:
    """It is dealt with, or is not after all: either may say so. Said twice it was said the first time."""
    _require_together(remark.plan, by, now)
    same = Remark.objects.filter(pk=remark.pk, withdrawn_at=None, settled_at__isnull=settled)
    if same.update(settled_at=now if settled else None):
        remark.settled_at = now if settled else None
        _record(
            "business_plan.settle_remark" if settled else "business_plan.reopen_remark",
            remark,
            now=now,
            by=by,
        )


@transaction.atomic
def withdraw_remark(*, remark: Remark, by: Person, now: datetime) -> None:
    """The mentor takes a remark back; its line in the history stays. Raises AlreadyMoved the second time."""
    _require_together(remark.plan, by, now)
    if remark.by_id != by.pk:
        raise NotYourRemark()
    if not Remark.objects.filter(pk=remark.pk, withdrawn_at=None).update(withdrawn_at=now):
        raise AlreadyMoved()
    post.withdraw(about=letters.about_remark(remark), now=now)
    _record("business_plan.withdraw_remark", remark, now=now, by=by)


def _anchor(plan: BusinessPlan, part: str, quote: str, ahead: str) -> dict[str, str]:
    # One way of writing composed letters, as in what the mentee writes.
    words = normalize("NFC", quote).strip()
    if not words:
        return {"quote": ""}
    written = plan.parts.filter(key=part).first()
    found = spot(written.text, words, normalize("NFC", ahead)) if written else None
    if written is None or found is None:
        raise WordsNotFound()
    before, after = around(written.text, found)
    marked = {"marked_before": before, "marked_after": after}
    return {"quote": found.words, "place": found.words, "before": before, "after": after, **marked}


def _cell(plan: BusinessPlan, cell: str, named: str, now: datetime) -> dict[str, str]:
    address, column = parted(cell)
    figures = figures_of(plan, today_of(plan.membership.programme, now))
    of = shown(figures, rates_of_plan(plan, figures))
    row = next((row for row in rows(of) if (row.address, row.named) == (address, named)), None)
    if row is None or (column and column not in row.cells):
        raise CellNotFound()
    stood = row.cells[column].kept if column else ""
    return {"quote": named, "place": named, "before": stood}


def _require_mentor(plan: BusinessPlan, by: Person, now: datetime) -> Pair:
    pair = going_pairs_of(plan.membership).filter(mentor__person=by).first()
    if pair is None:
        raise none_goes(plan.membership, by)
    require_active(pair, now)
    _require_shared(plan)
    return pair


def _require_shared(plan: BusinessPlan) -> None:
    if not BusinessPlan.objects.filter(pk=plan.pk).exclude(state=PlanState.DRAFTING).exists():
        raise NotShared()


def _require_together(plan: BusinessPlan, by: Person, now: datetime) -> list[Pair]:
    """Both sides only while they work together (R1): a word under a remark goes from one to the other."""
    if plan.membership.person_id != by.pk:
        return [_require_mentor(plan, by, now)]
    _require_shared(plan)
    pairs = list(going_pairs_of(plan.membership))
    if not pairs:
        raise none_goes(plan.membership)
    return require_one_active(pairs, now)


def _spoken_with(remark: Remark, pairs: list[Pair]) -> list[Pair]:
    """Of a mentee's pairs those whose mentor said it or spoke under it; all, where that mentor has gone."""
    spoke = {remark.by_id, *remark.answers.values_list("by", flat=True)}
    return [pair for pair in pairs if pair.mentor.person_id in spoke] or pairs


def _record(verb: str, remark: Remark, *, now: datetime, by: Person) -> None:
    record(verb, remark, now=now, by=by, programme_ref=remark.plan.membership.programme.ref)
