"""The cooperation plan: views of each, an agreed text, confirmed by both, amended as a new version (R4)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from varpa.files.models import File
from varpa.history.actions import record
from varpa.kernel.merging import save_text
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved, move
from varpa.methodology import Fact
from varpa.pairs import letters
from varpa.pairs.actions.goals import NoSuchQuestion
from varpa.pairs.actions.pairs import require_active, require_side, settle_fact
from varpa.pairs.models import Confirmation, Pair, Plan, PlanAnswer, PlanState, PlanView
from varpa.pairs.queries import agreed_plan, open_plan
from varpa.people.models import Person
from varpa.programmes.queries import methodology_of


class NothingWritten(Refusal):
    sentence = _(
        "The plan is still empty. One answer, a page in your own words or a photographed paper is enough."
    )


class PlanIsAgreed(Refusal):
    sentence = _("This version is agreed and stays as it is. Begin a new version to change it.")


@transaction.atomic
def begin_plan(*, pair: Pair, by: Person, now: datetime) -> Plan:
    """The version that the two write on: the open one, or a new one that begins from what is agreed."""
    require_active(pair, now)
    going = open_plan(pair)
    if going:
        return going
    before = pair.plans.order_by("-version").first()
    try:
        with transaction.atomic():
            plan = Plan.objects.create(
                pair=pair,
                version=before.version + 1 if before else 1,
                own_words=before.own_words if before else "",
                paper=before.paper if before else None,
                begun_at=now,
            )
    except IntegrityError:
        return Plan.objects.get(pair=pair, state__in=[PlanState.DRAFT, PlanState.PROPOSED])
    if before:
        copied = before.agreed_answers.values("question", "text", "choice")
        PlanAnswer.objects.bulk_create(PlanAnswer(plan=plan, **row) for row in copied)
    _record("plan.begin", plan, now=now, by=by, version=plan.version)
    return plan


@transaction.atomic
def write_view(*, plan: Plan, question: str, text: str, revision: int, by: Person, now: datetime) -> None:
    """Write down what one side thinks about a question; only that side writes it."""
    _open(plan, now)
    _asked(plan, {question})
    view, _made = PlanView.objects.get_or_create(
        plan=plan, side=require_side(plan.pair, by), question=question
    )
    if save_text(view, revision=revision, texts={"text": text.strip()}):
        _record("plan.view", plan, now=now, by=by, question=question)


@transaction.atomic
def write_answers(
    *,
    plan: Plan,
    texts: Mapping[str, str],
    choices: Mapping[str, object],
    revisions: Mapping[str, int],
    by: Person,
    now: datetime,
) -> None:
    """Write the agreed text of questions, {question key: text}; blank is fine.

    A change takes confirmations back: nobody has confirmed what now stands there. Raises merging.Conflict.
    """
    _open(plan, now)
    _asked(plan, set(texts))
    changed = False
    for question, text in texts.items():
        answer, _made = PlanAnswer.objects.get_or_create(plan=plan, question=question)
        choice = choices.get(question)
        other = {} if answer.choice == choice else {"choice": choice}
        changed |= save_text(
            answer, revision=revisions.get(question, 0), texts={"text": text.strip()}, **other
        )
    if changed:
        _rework(plan)
        _record("plan.write", plan, now=now, by=by)


@transaction.atomic
def write_own_words(*, plan: Plan, text: str, revision: int, by: Person, now: datetime) -> None:
    """One page in own words instead of, or beside, the questions. Raises merging.Conflict."""
    _open(plan, now)
    if save_text(plan, revision=revision, texts={"own_words": text.strip()}):
        _rework(plan)
        _record("plan.own_words", plan, now=now, by=by)


@transaction.atomic
def attach_paper(*, plan: Plan, paper: File | None, by: Person, now: datetime) -> None:
    """Put a photograph of the paper on which the two agreed; None takes it away."""
    _open(plan, now)
    plan.paper = paper
    plan.save(update_fields=["paper"])
    _rework(plan)
    _record("plan.paper", plan, now=now, by=by)


@transaction.atomic
def confirm_plan(*, plan: Plan, by: Person, now: datetime) -> None:
    """One side confirms what stands; with the second the plan is agreed and dated.

    The version before becomes `amended`. Confirming twice is confirming once.
    """
    _open(plan, now)
    side = require_side(plan.pair, by)
    if _empty(plan):
        raise NothingWritten()
    _row, made = Confirmation.objects.get_or_create(plan=plan, side=side, defaults={"at": now})
    if not made:
        return
    _record("plan.confirm", plan, now=now, by=by, side=side)
    if plan.state == PlanState.DRAFT:
        move(plan, "propose")
    if plan.confirmations.count() < 2:
        letters.ask_confirmation(plan, side, now=now)
        return
    before = agreed_plan(plan.pair)
    if before:
        move(before, "amend")
    move(plan, "agree", agreed_at=now)
    settle_fact(pair=plan.pair, fact=Fact.PLAN_AGREED, holds=True, now=now)
    letters.tell_agreed(plan, now=now)


def _empty(plan: Plan) -> bool:
    written = plan.agreed_answers.exclude(text="", choice__isnull=True).exists()
    return not (written or plan.own_words or plan.paper_id)


def _open(plan: Plan, now: datetime) -> None:
    require_active(plan.pair, now)
    if plan.state in (PlanState.AGREED, PlanState.AMENDED):
        raise PlanIsAgreed()


def _asked(plan: Plan, questions: set[str]) -> None:
    asked = {question.key for question in methodology_of(plan.pair.programme).plan.questions}
    if not questions <= asked:
        raise NoSuchQuestion()


def _rework(plan: Plan) -> None:
    plan.confirmations.all().delete()
    if plan.state == PlanState.PROPOSED:
        try:
            move(plan, "rework")
        except AlreadyMoved as agreed_meanwhile:
            raise PlanIsAgreed() from agreed_meanwhile


def _record(verb: str, plan: Plan, *, now: datetime, by: Person, **details: str | int | None) -> None:
    record(verb, plan, now=now, by=by, programme_ref=plan.pair.programme.ref, details=details)
