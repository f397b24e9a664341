"""A day tried out beforehand: the same pages and rules, made-up jurors, no trace (product S15)."""

from datetime import datetime
from random import Random

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from varpa.defence.actions.days import OPEN_TO_CHANGE, SETTINGS, TooLateToChange, hold
from varpa.defence.actions.words import say_word
from varpa.defence.funding import eligible_jurors
from varpa.defence.models import ON_STAGE, Defence, DefenceState, Juror, Slot
from varpa.defence.queries import rehearsal_of, slots_of, standing_jurors
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person

FEWEST_JURORS, MOST_JURORS = 3, 60
MADE_UP_SLOTS = 3
INVESTS = 0.8
"""How often a made-up juror gives something."""


class NoRehearsal(Refusal):
    sentence = _("This is no rehearsal: here people speak for themselves.")


@transaction.atomic
def rehearse(*, defence: Defence, by: Person, now: datetime) -> Defence:
    """Begin to try a day out, or go on. Nobody is told, nothing goes into the history.

    The presentations are those of the order, or made up where none is drawn; there are as many jurors as on
    the day. Raises TooLateToChange.
    """
    known = rehearsal_of(defence)
    if known:
        return known
    if not Defence.objects.filter(pk=defence.pk, state__in=OPEN_TO_CHANGE, rehearsal_of=None).exists():
        raise TooLateToChange()
    rules = {name: getattr(defence, name) for name in (*SETTINGS, "starts_at", "seed", "programme")}
    try:
        with transaction.atomic():
            made = Defence.objects.create(
                **rules, made_at=now, state=DefenceState.RUNNING, rehearsal_of=defence
            )
    except IntegrityError:
        # Another click was first.
        return Defence.objects.get(rehearsal_of=defence)
    real = list(defence.slots.order_by("place", "pk"))
    tried: list[Slot | None] = [*real] if real else [None] * MADE_UP_SLOTS
    Slot.objects.bulk_create(
        Slot(defence=made, of=slot, place=place) for place, slot in enumerate(tried, start=1)
    )
    many = min(max(standing_jurors(defence).count(), FEWEST_JURORS), MOST_JURORS)
    given = {"language": by.language, "budget": made.budget, "at": now}
    names = [gettext("Made-up juror {number}").format(number=number) for number in range(1, many + 1)]
    Juror.objects.bulk_create(Juror(defence=made, name=name, **given) for name in names)
    return made


@transaction.atomic
def let_jurors_speak(*, defence: Defence, now: datetime) -> None:
    """The made-up jurors who have not spoken yet speak to whoever is on stage, by the rules of the day.

    Raises NoRehearsal.
    """
    if not defence.rehearsal_of_id:
        raise NoRehearsal()
    hold(defence)
    slot = slots_of(defence).filter(state__in=ON_STAGE).first()
    if slot is None:
        return
    slot.defence = defence
    chance = Random(f"{defence.seed}/{slot.place}")
    for juror in eligible_jurors(slot).exclude(words__slot=slot):
        amount = _gift(defence, juror, chance)
        said = {"convinced": gettext("Made-up words: what convinced."), "next": gettext("Made-up advice.")}
        say_word(slot=slot, juror=juror, **said, amount=amount, revision=0, now=now)


@transaction.atomic
def throw_rehearsal_away(*, defence: Defence) -> None:
    """Delete it with everything that was said in it; a second click finds none. Raises NoRehearsal."""
    if not defence.rehearsal_of_id:
        raise NoRehearsal()
    Defence.objects.filter(pk=defence.pk).exclude(rehearsal_of=None).delete()


def _gift(defence: Defence, juror: Juror, chance: Random) -> int:
    """Some of what would be an equal share for every presentation, in whole hundreds of cents."""
    last = defence.slots.aggregate(last=Max("place"))["last"] or 1
    share = juror.budget // last
    if not defence.invests or chance.random() > INVESTS:
        return 0
    return min(share * chance.randint(3, 10) // 10 // 100 * 100, juror.budget - juror.spent)
