"""Who may fund which plan, and who stands back from it (R9)."""

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Lower

from varpa.defence.models import Juror, Recusal, Slot, SlotState, Word
from varpa.defence.queries import slots_of
from varpa.pairs.models import Pair


def mentors_of(slot: Slot) -> QuerySet[Pair]:
    """The pairs in which somebody is, or was, the mentor of the one who presents."""
    if slot.plan is None:
        return Pair.objects.none()
    return Pair.objects.filter(mentee__person=slot.plan.membership.person_id).exclude(active_at=None)


def is_mentor_of(juror: Juror, slot: Slot) -> bool:
    """Also by the address of an account: a mentor who comes by a guest's link is a mentor all the same."""
    own = mentors_of(slot)
    if juror.person_id:
        return own.filter(mentor__person=juror.person_id).exists()
    return bool(juror.address) and own.filter(mentor__person__email__iexact=juror.address).exists()


def may_fund(juror: Juror, slot: Slot) -> bool:
    """Nobody funds an own mentee, past or present, nor a plan from which one has stood back."""
    stands_back = slot.recusals.filter(juror=juror, withdrawn_at=None).exists()
    return not stands_back and not is_mentor_of(juror, slot)


def conflicts_of(juror: Juror) -> list[tuple[Slot, bool]]:
    """The presentations ahead that a juror might fund, each with whether the juror stands back from it.

    Own mentees need no word, so they are left out. Three questions, however many presentations there are.
    """
    back = set(juror.recusals.filter(withdrawn_at=None).values_list("slot", flat=True))
    own = set(_mentored_by(juror).values_list("mentee__person", flat=True))
    ahead = slots_of(juror.defence).filter(state=SlotState.WAITING)
    return [(slot, slot.pk in back) for slot in ahead if not (slot.plan and slot.member.person_id in own)]


def _mentored_by(juror: Juror) -> QuerySet[Pair]:
    """The pairs of which a juror is, or was, the mentor."""
    begun = Pair.objects.exclude(active_at=None)
    if juror.person_id:
        return begun.filter(mentor__person=juror.person_id)
    return begun.filter(mentor__person__email__iexact=juror.address) if juror.address else begun.none()


def eligible_jurors(slot: Slot) -> QuerySet[Juror]:
    """Those who may fund this plan."""
    own = mentors_of(slot).order_by()
    reached = own.exclude(mentor__person__email=None).annotate(lower=Lower("mentor__person__email"))
    return (
        Juror.objects.filter(defence=slot.defence_id, withdrawn_at=None)
        .exclude(pk__in=Recusal.objects.filter(slot=slot, withdrawn_at=None).values("juror"))
        .exclude(Q(person__isnull=False) & Q(person__in=own.values("mentor__person")))
        .annotate(lower=Lower("address"))
        .exclude(~Q(address="") & Q(lower__in=reached.values("lower")))
    )


def counted(slot: Slot) -> tuple[int, int]:
    """Cents given to a presentation, and the budgets of those who could give."""
    able = eligible_jurors(slot).order_by()
    given = Word.objects.filter(slot=slot, juror__in=able.values("pk"))
    return (
        given.aggregate(sum=Sum("amount"))["sum"] or 0,
        able.aggregate(sum=Sum("budget"))["sum"] or 0,
    )
