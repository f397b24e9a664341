"""A business plan begun, named, shared, kept, submitted, brought back (methodology §3.3, 2)."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from varpa.businessplans import letters
from varpa.businessplans.actions.following import follow, follow_cells
from varpa.businessplans.figures import rates_kept
from varpa.businessplans.models import BusinessPlan, Part, Picture, PlanState, Version, Why
from varpa.businessplans.queries import last_number, outline_of
from varpa.history.actions import record
from varpa.kernel.merging import save_text
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved, move
from varpa.pairs.actions.several import require_one_active
from varpa.pairs.mentees import going_pairs_of
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.post import actions as post
from varpa.programmes.actions.leaving import require_taking_part
from varpa.programmes.models import Membership, Role

WRITING = (PlanState.DRAFTING, PlanState.SHARED)


class NoOutline(Refusal):
    sentence = _("In this programme no business plan is written.")


class OnlyTheMentee(Refusal):
    """Principle 3: the plan is the mentee's, nobody else writes in it."""

    sentence = _("Only the mentee writes the business plan.")


class PlanIsSubmitted(Refusal):
    sentence = _("The plan is submitted and stays as it is. To go on writing, take it back first.")


class PlanIsPresented(Refusal):
    sentence = _("The plan is already at the defence, before the jurors. It stays as it is.")


class PlanIsOver(Refusal):
    sentence = _("The programme has ended. The plan can be read and taken home.")


class NamelessPlan(Refusal):
    sentence = _("Give the plan a name. It can change later.")


class NothingWritten(Refusal):
    sentence = _("The plan is still empty. Write something in one of its parts first.")


class NobodyToShareWith(Refusal):
    sentence = _("There is no mentor to share the plan with yet. It waits for the day when you both begin.")


class NoSuchVersion(Refusal):
    sentence = _("There is no such version.")


@transaction.atomic
def begin_plan(*, membership: Membership, title: str, by: Person, now: datetime) -> BusinessPlan:
    """Begin the plan of a mentee; begun twice it is one plan."""
    if membership.role != Role.MENTEE or membership.person_id != by.pk:
        raise OnlyTheMentee()
    if not outline_of(membership.programme):
        raise NoOutline()
    _require_going(membership)
    if not title.strip():
        raise NamelessPlan()
    defaults = {"title": title.strip(), "begun_at": now}
    plan, made = BusinessPlan.objects.get_or_create(
        membership=membership, set_aside_at=None, defaults=defaults
    )
    if made:
        _record("business_plan.begin", plan, now=now, by=by)
    return plan


@transaction.atomic
def name_plan(*, plan: BusinessPlan, title: str, revision: int, by: Person, now: datetime) -> None:
    """Change the name; raises merging.Conflict (R13)."""
    hold_for_writing(plan, by)
    if not title.strip():
        raise NamelessPlan()
    if save_text(plan, revision=revision, texts={"title": title.strip()}):
        _record("business_plan.name", plan, now=now, by=by)


@transaction.atomic
def share_plan(*, plan: BusinessPlan, shared: bool, by: Person, now: datetime) -> None:
    """Let the mentor read along, or no longer. The mentee decides, at any time before submitting."""
    require_writer(plan, by)
    _require_going(plan.membership)
    if shared:
        pairs = _require_mentor(plan, now)
        move(plan, "share", shared_at=now)
        for pair in pairs:
            letters.tell_shared(plan, pair, now=now)
    else:
        move(plan, "unshare", shared_at=None)
        post.withdraw(about=letters.about(plan), now=now)
        # Whoever cannot read the plan any more is not led to it by an answer.
        remarks = [letters.about_remark(each) for each in plan.remarks.all()]
        post.withdraw(about=remarks, kinds=[letters.ANSWERED], now=now)
    _record("business_plan.share" if shared else "business_plan.unshare", plan, now=now, by=by)


@transaction.atomic
def let_manager_read(*, plan: BusinessPlan, reads: bool, by: Person, now: datetime) -> None:
    """One switch of the mentee's, off at first (product §2). Set twice it is set once."""
    require_writer(plan, by)
    _require_going(plan.membership)
    changed = BusinessPlan.objects.filter(pk=plan.pk, manager_reads=not reads).update(manager_reads=reads)
    plan.manager_reads = reads
    if changed:
        verb = "business_plan.show_manager" if reads else "business_plan.hide_from_manager"
        _record(verb, plan, now=now, by=by)


@transaction.atomic
def keep_version(*, plan: BusinessPlan, by: Person, now: datetime, why: Why = Why.KEPT) -> Version:
    """Keep the plan as it stands. Where nothing has changed since the last version, that one is answered.

    With MEANWHILE what stands before the figures of another device take its place: neither is lost (R13).
    """
    hold_for_writing(plan, by)
    version, made = _keep(plan, why, now)
    if made:
        _record("business_plan.keep", plan, now=now, by=by, number=version.number)
    return version


@transaction.atomic
def submit_plan(*, plan: BusinessPlan, by: Person, now: datetime) -> Version:
    """Hand the plan in: a frozen version, which the defence sees, with the taxes of today.

    Raises AlreadyMoved on a second click.
    """
    hold_for_writing(plan, by)
    if not plan.parts.exclude(text="").exists():
        raise NothingWritten()
    version = _add(plan, Why.SUBMITTED, now)
    move(plan, "submit", submitted_at=now, rates=version.rates)
    _record("business_plan.submit", plan, now=now, by=by, number=version.number)
    return version


@transaction.atomic
def take_back_plan(*, plan: BusinessPlan, by: Person, now: datetime) -> None:
    """Go on writing after submitting, before the defence; the submitted version stays readable.

    The mentor reads along again only where the mentee had shared the plan. Raises PlanIsPresented.
    """
    require_writer(plan, by)
    _require_going(plan.membership)
    # An update holds the row on both databases: a presentation that begins meanwhile waits, and a sharing.
    if not BusinessPlan.objects.filter(pk=plan.pk, presented_at=None).update(ref=plan.ref):
        raise PlanIsPresented()
    plan.refresh_from_db(fields=["shared_at"])
    move(plan, "rework" if plan.shared_at else "rework_alone", submitted_at=None, rates={})
    _record("business_plan.take_back", plan, now=now, by=by)


@transaction.atomic
def restore_version(*, plan: BusinessPlan, number: int, by: Person, now: datetime) -> Version:
    """Bring an earlier version back, as a new one; what stood until now is kept as a version before.

    It is written on, so that it is reckoned with the taxes of today.
    """
    hold_for_writing(plan, by)
    wanted = plan.versions.filter(number=number).first()
    if wanted is None:
        raise NoSuchVersion()
    newest = _standing_version(plan)
    if newest and newest.of == number:
        return newest
    _keep(plan, Why.REPLACED, now)
    for part in _parts_of(plan, wanted.texts):
        before, text = part.text, wanted.texts.get(part.key, "")
        save_text(part, revision=part.revision, texts={"text": text}, saved_at=now)
        follow(plan, part.key, before, text)
    plan.refresh_from_db(fields=["figures", "revision", "figures_revision"])
    follow_cells(plan, plan.figures, wanted.figures)
    BusinessPlan.objects.filter(pk=plan.pk).update(
        title=wanted.title,
        figures=wanted.figures,
        revision=plan.revision + 1,
        figures_revision=plan.figures_revision + 1,
    )
    plan.refresh_from_db(fields=["title", "figures", "revision", "figures_revision"])
    plan.pictures.filter(withdrawn_at=None).exclude(versions=wanted).update(withdrawn_at=now)
    plan.pictures.filter(versions=wanted).update(withdrawn_at=None)
    version = _add(plan, Why.RESTORED, now, of=number)
    _record("business_plan.restore", plan, now=now, by=by, number=number)
    return version


def require_writer(plan: BusinessPlan, by: Person) -> None:
    """Raise OnlyTheMentee for anybody else, by whatever road (principle 3)."""
    if plan.membership.person_id != by.pk:
        raise OnlyTheMentee()


def hold_for_writing(plan: BusinessPlan, by: Person) -> None:
    """Hold the plan's row until the end of the transaction; raise where it is not written in now."""
    require_writer(plan, by)
    _require_going(plan.membership)
    # An update holds the row on both databases: whoever submits meanwhile waits, and so is seen.
    if not BusinessPlan.objects.filter(pk=plan.pk, state__in=WRITING).update(ref=plan.ref):
        raise PlanIsSubmitted()
    plan.refresh_from_db(fields=["state", "figures_revision"])


def _require_going(membership: Membership) -> None:
    require_taking_part(membership, over=PlanIsOver)


def _require_mentor(plan: BusinessPlan, now: datetime) -> list[Pair]:
    """What is shared goes from one to the other: only in a pair that is active and prepared (R1)."""
    pairs = list(going_pairs_of(plan.membership))
    if not pairs:
        raise NobodyToShareWith()
    return require_one_active(pairs, now)


def _parts_of(plan: BusinessPlan, texts: dict[str, str]) -> list[Part]:
    for key in texts:
        Part.objects.get_or_create(plan=plan, key=key)
    return list(plan.parts.order_by("pk"))


def _stands(plan: BusinessPlan) -> dict[str, object]:
    texts = {part.key: part.text for part in plan.parts.order_by("pk") if part.text}
    stored = BusinessPlan.objects.filter(pk=plan.pk).values("title", "figures").get()
    return {"texts": texts, "rates": rates_kept(stored["figures"], plan.membership.programme), **stored}


def _standing_version(plan: BusinessPlan) -> Version | None:
    """The newest version, where nothing has changed since it was kept."""
    last = plan.versions.first()
    if last is None or any(getattr(last, name) != value for name, value in _stands(plan).items()):
        return None
    return last if set(last.pictures.values_list("pk")) == set(_pictures(plan).values_list("pk")) else None


def _pictures(plan: BusinessPlan) -> QuerySet[Picture]:
    return plan.pictures.filter(withdrawn_at=None)


def _keep(plan: BusinessPlan, why: str, now: datetime) -> tuple[Version, bool]:
    kept = _standing_version(plan)
    return (kept, False) if kept else (_add(plan, why, now), True)


def _add(plan: BusinessPlan, why: str, now: datetime, of: int | None = None) -> Version:
    number = last_number(plan) + 1
    try:
        with transaction.atomic():
            made = Version.objects.create(plan=plan, number=number, at=now, why=why, of=of, **_stands(plan))
            made.pictures.set(_pictures(plan))
            return made
    except IntegrityError as error:
        raise AlreadyMoved() from error


def _record(verb: str, plan: BusinessPlan, *, now: datetime, by: Person, **details: int) -> None:
    ref = plan.membership.programme.ref
    record(verb, plan, now=now, by=by, programme_ref=ref, details=details or None)
