"""Who may fund which plan, and who stands back from it (R9)."""

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce, Lower

from varpa.defence.models import Juror, Recusal, Slot, SlotState, Word
from varpa.defence.queries import listeners_counted, slots_of
from varpa.guardians.models import Guardian
from varpa.pairs.models import Pair
from varpa.people.models import Person


def is_close(juror: Juror, slot: Slot) -> bool:
    """Whether the plan is the juror's own, an own mentee's, past or present, or that of a child."""
    return slot.plan is not None and _close_jurors(slot).filter(pk=juror.pk).exists()


def may_fund(juror: Juror, slot: Slot) -> bool:
    """Nobody funds a plan that is close, nor one from which one has stood back."""
    stands_back = slot.recusals.filter(juror=juror, withdrawn_at=None).exists()
    return not stands_back and not is_close(juror, slot)


def conflicts_of(juror: Juror) -> list[tuple[Slot, bool]]:
    """The presentations ahead that a juror might fund, each with whether the juror stands back from it.

    What is close needs no word, so it is left out. Three questions, however many presentations there are.
    """
    back = set(juror.recusals.filter(withdrawn_at=None).values_list("slot", flat=True))
    close = set(_close_to(juror).values_list("pk", flat=True))
    ahead = slots_of(juror.defence).filter(state=SlotState.WAITING)
    return [(slot, slot.pk in back) for slot in ahead if not (slot.plan and slot.member.person_id in close)]


def _close_to(juror: Juror) -> QuerySet[Person]:
    """Whose plans a juror never funds. Also by the address: who comes by a guest's link is the same human."""
    begun = Pair.objects.exclude(active_at=None)
    close, address = Q(), juror.address
    if juror.person:
        mentored = begun.filter(mentor__person=juror.person_id).values("mentee__person")
        close, address = Q(pk=juror.person_id) | Q(pk__in=mentored), juror.person.email or ""
    if address:
        mentored = begun.filter(mentor__person__email__iexact=address).values("mentee__person")
        children = Guardian.objects.filter(address__iexact=address).values("membership__person")
        close |= Q(email__iexact=address) | Q(pk__in=mentored) | Q(pk__in=children)
    return Person.objects.filter(close) if close else Person.objects.none()


def eligible_jurors(slot: Slot) -> QuerySet[Juror]:
    """Those who may fund this plan."""
    return _able(slot).filter(withdrawn_at=None)


def heard_by(slot: Slot) -> QuerySet[Juror]:
    """Those whose budgets divide what a presentation has received: whoever may fund it at a close of it.

    What was sealed once is not lost: also whoever was taken off while it was open again.
    """
    return _able(slot).filter(Q(withdrawn_at=None) | Q(pk__in=slot.listeners.values("juror")))


def _able(slot: Slot) -> QuerySet[Juror]:
    """Jurors, also taken off, but for those to whom the plan is close and who stand back from it."""
    recused = Recusal.objects.filter(slot=slot, withdrawn_at=None).values("juror")
    able = Juror.objects.filter(defence=slot.defence_id).exclude(pk__in=recused)
    return able.exclude(pk__in=_close_jurors(slot).values("pk")) if slot.plan else able


def _close_jurors(slot: Slot) -> QuerySet[Juror]:
    """The jurors of the day to whom a plan is close; `_close_to` says it the other way round."""
    mentee = slot.member.person_id
    mentors = Pair.objects.filter(mentee__person=mentee).exclude(active_at=None).order_by()
    people = Person.objects.filter(Q(pk=mentee) | Q(pk__in=mentors.values("mentor__person")))
    parents = Guardian.objects.filter(membership__person=mentee).exclude(address="").order_by()
    own = people.exclude(email=None).annotate(lower=Lower("email"))
    reached = Q(lower__in=own.values("lower"))
    reached |= Q(lower__in=parents.annotate(lower=Lower("address")).values("lower"))
    jurors = Juror.objects.filter(defence=slot.defence_id).order_by()
    with_address = jurors.annotate(lower=Lower(Coalesce("person__email", "address")))
    return with_address.filter(Q(person__in=people) | reached)


def count(slot: Slot) -> None:
    """Fix the cents that its listeners gave to a closed presentation, and the budgets of those who count."""
    given = Word.objects.filter(slot=slot, juror__in=slot.listeners.values("juror")).order_by()
    slot.received = given.aggregate(sum=Sum("amount"))["sum"] or 0
    heard = listeners_counted(Slot.objects.filter(pk=slot.pk)).order_by()
    slot.eligible = heard.aggregate(sum=Sum("juror__budget"))["sum"] or 0
    slot.save(update_fields=["received", "eligible"])
