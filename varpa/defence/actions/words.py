"""What a juror says to a presentation and gives to it, within the budget, until the slot closes (R9)."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from varpa.businessplans.models import HANDED_IN, BusinessPlan
from varpa.defence.actions.lines import record_day
from varpa.defence.funding import is_close, may_fund
from varpa.defence.models import ON_STAGE, Juror, Recusal, Slot, Word
from varpa.kernel.merging import save_text
from varpa.kernel.refusals import Refusal


class SlotIsClosed(Refusal):
    sentence = _("This presentation is closed, and nothing of this was counted. Your text still stands here.")


class NotAJuror(Refusal):
    sentence = _("You are not a juror of this defence any more.")


class BeyondTheBudget(Refusal):
    sentence = _("This is more than is left of your budget. Your words still stand here; give less.")


class TooClose(Refusal):
    sentence = _(
        "Nobody funds the own plan, that of an own mentee or child, or one from which one has stood back. "
        "Words are welcome."
    )


class PlanIsWithdrawn(Refusal):
    sentence = _("The plan was taken back, so it gets no money. Your words still stand here.")


class WordsOnly(Refusal):
    sentence = _("On this day words are given, no money.")


class StoodBackTooLate(Refusal):
    sentence = _("The presentation is closed. Ask whoever hosts the day to open it again.")


@transaction.atomic
def say_word(
    *,
    slot: Slot,
    juror: Juror,
    convinced: str,
    next: str,
    amount: int,
    revision: int,
    now: datetime,
) -> Word:
    """Save what a juror says and gives, as it stands now; `amount` in cents, instead of the one before.

    Raises SlotIsClosed, NotAJuror, WordsOnly, PlanIsWithdrawn, TooClose, BeyondTheBudget, merging.Conflict
    (R13): from two phones nobody gives more than there is, and no word is lost.
    """
    defence = slot.defence
    # An update holds the row on both databases: whoever closes meanwhile waits, and so counts this too.
    if not Slot.objects.filter(pk=slot.pk, state__in=ON_STAGE).update(ref=slot.ref):
        raise SlotIsClosed()
    if juror.defence_id != slot.defence_id:
        raise NotAJuror()
    if amount and not defence.invests:
        raise WordsOnly()
    if (
        amount
        and slot.plan_id
        and not BusinessPlan.objects.filter(pk=slot.plan_id, state__in=HANDED_IN).exists()
    ):
        raise PlanIsWithdrawn()
    if amount and not may_fund(juror, slot):
        raise TooClose()
    word, made = Word.objects.get_or_create(slot=slot, juror=juror, defaults={"at": now})
    changed = word.amount != amount
    _give(juror, amount - word.amount)
    texts = {"convinced": convinced.strip(), "next": next.strip()}
    more = {"amount": amount, "at": now} if changed else {}
    saved = save_text(word, revision=revision, texts=texts, **more)
    if made or saved:
        record_day("word.say", word, defence, now=now, by=juror.person, details={"slot": slot.ref})
    return word


@transaction.atomic
def stand_back(*, slot: Slot, juror: Juror, now: datetime) -> None:
    """Declare a conflict: this juror gives this plan nothing, and the own budget does not count there."""
    if not Slot.objects.filter(pk=slot.pk).exclude(state="closed").update(ref=slot.ref):
        raise StoodBackTooLate()
    if juror.defence_id != slot.defence_id or slot.defence.is_over:
        raise NotAJuror()
    standing = Recusal.objects.filter(withdrawn_at=None)
    _row, made = standing.get_or_create(slot=slot, juror=juror, defaults={"plan": slot.plan, "at": now})
    if not made or is_close(juror, slot):
        return
    word = Word.objects.filter(slot=slot, juror=juror).first()
    if word and word.amount:
        _give(juror, -word.amount)
        Word.objects.filter(pk=word.pk).update(amount=0, revision=F("revision") + 1)
    record_day("juror.stand_back", juror, slot.defence, now=now, by=juror.person)


@transaction.atomic
def come_back(*, slot: Slot, juror: Juror, now: datetime) -> None:
    """The conflict was declared by mistake: the juror may fund this plan again. Twice is once."""
    if not Slot.objects.filter(pk=slot.pk).exclude(state="closed").update(ref=slot.ref):
        raise StoodBackTooLate()
    if juror.defence_id != slot.defence_id or slot.defence.is_over:
        raise NotAJuror()
    standing = Recusal.objects.filter(slot=slot, juror=juror, withdrawn_at=None)
    if standing.update(withdrawn_at=now) and not is_close(juror, slot):
        record_day("juror.come_back", juror, slot.defence, now=now, by=juror.person)


def _give(juror: Juror, more: int) -> None:
    """Take cents from what is left of a juror's budget, or put them back."""
    standing = Juror.objects.filter(pk=juror.pk, withdrawn_at=None)
    if not standing.filter(budget__gte=F("spent") + more).update(spent=F("spent") + more):
        raise BeyondTheBudget() if standing.exists() else NotAJuror()
    juror.refresh_from_db(fields=["spent", "budget"])
