"""The cooperation plan: views of each, an agreed text, confirmed by both, amended as a new version (R4)."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.core.files.base import File as Upload
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.files import actions as files
from varpa.files.models import File
from varpa.history.actions import record
from varpa.kernel.merging import save_text
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import move
from varpa.kernel.times import to_local, to_utc
from varpa.methodology import Fact
from varpa.pairs import letters
from varpa.pairs.actions.answers import conflicts_named, fitting, require_asked
from varpa.pairs.actions.pairs import require_active, require_side, settle_fact
from varpa.pairs.models import Confirmation, Pair, Plan, PlanAnswer, PlanState, PlanView, Side
from varpa.pairs.queries import agreed_plan, open_plan, side_of
from varpa.pairs.quiet import require_text_heard
from varpa.people.models import Person
from varpa.programmes.queries import methodology_of
from varpa.ui import words


class NothingWritten(Refusal):
    sentence = _(
        "The plan is still empty. One answer, a page in your own words or a photographed paper is enough."
    )


class PlanChanged(Refusal):
    """What somebody read is not what stands there now: nobody confirms a text unseen."""

    sentence = _("The plan was changed while you were reading. Read what stands now, and confirm it then.")


class PlanIsAgreed(Refusal):
    sentence = _("This version is agreed and stays as it is. Begin a new version to change it.")


class PlanIsThere(Refusal):
    """What the two write here they confirm themselves: a paper does not overrule it."""

    sentence = _("The two have written a plan here. They confirm it themselves, or photograph their paper.")


class NotThatDay(Refusal):
    sentence = _("Choose the day on which both signed, {days}.")


@transaction.atomic
def begin_plan(*, pair: Pair, by: Person, now: datetime) -> Plan:
    """The version that the two write on: the open one, or a new one that begins from what is agreed."""
    require_active(pair, now)
    going = open_plan(pair)
    if going:
        return going
    before = pair.plans.order_by("-version").first()
    plan = Plan.objects.create(
        pair=pair,
        version=before.version + 1 if before else 1,
        own_words=before.own_words if before else "",
        paper=before.paper if before else None,
        begun_at=now,
    )
    if before:
        copied = before.agreed_answers.values("question", "text", "choice")
        PlanAnswer.objects.bulk_create(PlanAnswer(plan=plan, **row) for row in copied)
    _record("plan.begin", plan, now=now, by=by, version=plan.version)
    return plan


@transaction.atomic
def write_view(*, plan: Plan, question: str, text: str, revision: int, by: Person, now: datetime) -> int:
    """Write down what one side thinks about a question; only that side writes it. Answers the revision."""
    _open(plan, now)
    require_asked(methodology_of(plan.pair.programme).plan, {question})
    view, _made = PlanView.objects.get_or_create(
        plan=plan, side=require_side(plan.pair, by), question=question
    )
    if save_text(view, revision=revision, texts={"text": text.strip()}):
        PlanView.objects.filter(pk=view.pk).update(saved_at=now)
        _record("plan.view", plan, now=now, by=by, question=question)
    return view.revision


@transaction.atomic
def write_answers(
    *,
    plan: Plan,
    texts: Mapping[str, str],
    choices: Mapping[str, object],
    revisions: Mapping[str, int],
    by: Person,
    now: datetime,
) -> dict[str, int]:
    """Write the agreed text of questions, {question key: text}; blank is fine. Answers the revisions.

    A choice that is not named stays as it is; None takes it away. A change takes confirmations back: nobody
    has confirmed what now stands there. Raises NoSuchChoice, merging.Conflict, and WordsWouldReach where a
    mentor writes words that the mentee wants none of: choices go on.
    """
    _open(plan, now)
    methodology = methodology_of(plan.pair.programme)
    require_asked(methodology.plan, {*texts, *choices})
    changed, stands = False, {}
    for question, text in texts.items():
        answer, _made = PlanAnswer.objects.get_or_create(plan=plan, question=question)
        if text.strip() not in ("", answer.text):
            require_text_heard(plan.pair, side_of(plan.pair, by))
        choice = fitting(methodology, question, choices.get(question, answer.choice))
        other = {} if answer.choice == choice else {"choice": choice}
        changed |= save_text(
            answer, revision=revisions.get(question, 0), texts={"text": text.strip()}, **other
        )
        stands[question] = answer.revision
    if changed:
        _changed(plan, now)
        _record("plan.write", plan, now=now, by=by)
    return stands


@transaction.atomic
def answer_question(
    *,
    pair: Pair,
    version: int,
    question: str,
    texts: Mapping[str, str],
    choice: object,
    revisions: Mapping[str, int],
    by: Person,
    now: datetime,
) -> tuple[int, dict[str, int]]:
    """Save what one side wrote on the page of a question: of "view" (what that side thinks) and "text" (what
    both agree, with the choice) those that are given.

    `version` is the one that the page showed; the first is begun here. All or nothing; a conflict says
    whether it is about the view or the text. Answers the version, and upon which revisions each stands now.
    """
    plan, stands = _shown(pair, version, by, now), {}
    if "view" in texts:
        with conflicts_named("view"):
            stands["view"] = write_view(
                plan=plan, question=question, text=texts["view"], revision=revisions["view"], by=by, now=now
            )
    if "text" in texts:
        with conflicts_named("text"):
            stands["text"] = write_answers(
                plan=plan,
                texts={question: texts["text"]},
                choices={question: choice},
                revisions={question: revisions["text"]},
                by=by,
                now=now,
            )[question]
    return plan.version, stands


@transaction.atomic
def write_page(*, pair: Pair, version: int, text: str, revision: int, by: Person, now: datetime) -> Plan:
    """Save the page in own words of the version that was shown; the first is begun here."""
    plan = _shown(pair, version, by, now)
    write_own_words(plan=plan, text=text, revision=revision, by=by, now=now)
    return plan


@transaction.atomic
def photograph_paper(*, pair: Pair, upload: "Upload[Any]", by: Person, now: datetime) -> Plan:
    """Keep a photograph of the paper with the open version; raises the refusals of `files`."""
    going = open_plan(pair)
    plan = _shown(pair, going.version if going else 1, by, now)
    kept = files.keep(upload=upload, about_kind="plan", about_ref=plan.ref, by_id=by.pk, now=now)
    attach_paper(plan=plan, paper=kept, by=by, now=now)
    return plan


@transaction.atomic
def write_own_words(*, plan: Plan, text: str, revision: int, by: Person, now: datetime) -> None:
    """One page in own words instead of, or beside, the questions. Raises Conflict, WordsWouldReach."""
    _open(plan, now)
    if text.strip() not in ("", plan.own_words):
        require_text_heard(plan.pair, side_of(plan.pair, by))
    if save_text(plan, revision=revision, texts={"own_words": text.strip()}):
        _changed(plan, now)
        _record("plan.own_words", plan, now=now, by=by)


@transaction.atomic
def attach_paper(*, plan: Plan, paper: File | None, by: Person, now: datetime) -> None:
    """Put a photograph of the paper on which the two agreed; None takes it away."""
    _open(plan, now)
    if plan.paper == paper:
        return
    if paper:
        require_text_heard(plan.pair, side_of(plan.pair, by))
    plan.paper = paper
    plan.save(update_fields=["paper"])
    _changed(plan, now)
    _record("plan.paper", plan, now=now, by=by)


@transaction.atomic
def confirm_plan(*, plan: Plan, by: Person, now: datetime, edition: int | None = None) -> None:
    """One side confirms what stands; with the second the plan is agreed and dated.

    `edition` is the one that was read: raises PlanChanged where another stands by now. The version before
    becomes `amended`. Confirming twice is confirming once.
    """
    side = require_side(plan.pair, by)
    _hold(plan, now)
    if plan.confirmations.filter(side=side).exists():
        return
    _require_open(plan)
    if edition is not None and edition != plan.edition:
        raise PlanChanged()
    if _empty(plan):
        raise NothingWritten()
    Confirmation.objects.create(plan=plan, side=side, at=now)
    _record("plan.confirm", plan, now=now, by=by, side=side)
    if plan.state == PlanState.DRAFT:
        move(plan, "propose")
        letters.ask_confirmation(plan, side, now=now)
    else:
        _agree(plan, now)


@transaction.atomic
def agree_on_paper(
    *, pair: Pair, day: date, choices: Mapping[str, object], by: Person, now: datetime
) -> Plan:
    """A plan that both have signed on paper: its day, and what it acts on; its words stay on the paper.

    Who may enter it on their behalf is for the caller. Raises PlanIsThere, NotThatDay and NoSuchChoice.
    """
    require_active(pair, now)
    known = agreed_plan(pair)
    if known and known.signed_on == day:
        return known
    plan = open_plan(pair)
    if known or (plan and (not _empty(plan) or plan.views.exists())):
        raise PlanIsThere()
    at = _signed_at(pair, day, now)
    methodology = methodology_of(pair.programme)
    fit = {question: fitting(methodology, question, choice) for question, choice in choices.items()}
    plan = plan or begin_plan(pair=pair, by=by, now=now)
    chosen = [(question, choice) for question, choice in fit.items() if choice is not None]
    PlanAnswer.objects.bulk_create(
        PlanAnswer(plan=plan, question=key, choice=choice) for key, choice in chosen
    )
    Confirmation.objects.bulk_create(Confirmation(plan=plan, side=side, at=at) for side in Side.values)
    Plan.objects.filter(pk=plan.pk).update(signed_on=day)
    plan.signed_on = day
    move(plan, "propose")
    _agree(plan, now, at=at, staff=by.name)
    return plan


def _signed_at(pair: Pair, day: date, now: datetime) -> datetime:
    """Noon of the day where the programme is, but neither before the pair began nor ahead of now."""
    zone, begun = pair.programme.zone, pair.active_at or now
    since, today = to_local(begun, zone).date(), to_local(now, zone).date()
    if not since <= day <= today:
        raise NotThatDay(days=words.span(since, today))
    return min(now, max(begun, to_utc(datetime.combine(day, time(12)), zone)))


def _agree(plan: Plan, now: datetime, *, at: datetime | None = None, staff: str = "") -> None:
    """`at`: when, where that is not now; `staff`: who entered it from paper."""
    before = agreed_plan(plan.pair)
    if before:
        move(before, "amend")
    move(plan, "agree", agreed_at=at or now)
    settle_fact(pair=plan.pair, fact=Fact.PLAN_AGREED, holds=True, now=at or now)
    letters.withdraw_confirmation(plan, now=now)
    letters.tell_agreed(plan, staff=staff, now=now)


def _empty(plan: Plan) -> bool:
    written = plan.agreed_answers.exclude(text="", choice__isnull=True).exists()
    return not (written or plan.own_words or plan.paper_id)


def _shown(pair: Pair, version: int, by: Person, now: datetime) -> Plan:
    """The open version that a page has shown (0: none yet); raises PlanIsAgreed where another one stands."""
    require_active(pair, now)
    plan = open_plan(pair) if pair.plans.exists() else begin_plan(pair=pair, by=by, now=now)
    if plan is None or plan.version != max(version, 1):
        raise PlanIsAgreed()
    return plan


def _open(plan: Plan, now: datetime) -> None:
    _hold(plan, now)
    _require_open(plan)


def _hold(plan: Plan, now: datetime) -> None:
    """Read the plan as it stands now; the pair is held, so it stays so until the transaction ends."""
    require_active(plan.pair, now)
    plan.refresh_from_db(fields=["state", "edition", "revision", "own_words", "paper"])


def _require_open(plan: Plan) -> None:
    if plan.state in (PlanState.AGREED, PlanState.AMENDED):
        raise PlanIsAgreed()


def _changed(plan: Plan, now: datetime) -> None:
    """Something else stands there now: it is a new edition, and nobody has confirmed it yet."""
    plan.edition += 1
    plan.save(update_fields=["edition"])
    plan.confirmations.all().delete()
    if plan.state == PlanState.PROPOSED:
        move(plan, "rework")
        letters.withdraw_confirmation(plan, now=now)


def _record(verb: str, plan: Plan, *, now: datetime, by: Person, **details: str | int | None) -> None:
    record(verb, plan, now=now, by=by, programme_ref=plan.pair.programme.ref, details=details)
