"""Looking at the cooperation when its day has come, and answering (R4)."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from varpa.checkins import letters
from varpa.checkins.models import Checkin, How, Look, Nearer
from varpa.checkins.queries import due_now, fallen_silent
from varpa.history.actions import record
from varpa.kernel.refusals import Refusal
from varpa.pairs.actions.pairs import require_active, require_side
from varpa.pairs.actions.resting import end_reminders_at_rest
from varpa.pairs.models import Pair
from varpa.pairs.queries import with_people
from varpa.people.models import Person
from varpa.post import actions as post


class AlreadyLooked(Refusal):
    sentence = _("You have answered already. What you wrote is kept.")


class ChooseWords(Refusal):
    sentence = _("Choose one of the answers to each of the two questions.")


def begin_checkins(now: datetime) -> int:
    """For the schedule: begin each look whose day has come, once, and ask both; answers how many.

    Where nobody answers any more nobody is asked: the silence stands where the staff see who needs a call.
    """
    end_reminders_at_rest([letters.ASKED], Checkin.objects.all(), state="pair__state", now=now)
    due = list(due_now(now))
    there = set(Checkin.objects.filter(pair__in=[pair for pair, _day in due]).values_list("pair", "due"))
    new = {pair.pk: day for pair, day in due if (pair.pk, day) not in there}
    asked = new.keys() - fallen_silent(new)
    pairs = with_people(Pair.objects.filter(pk__in=asked)).order_by("pk")
    return sum(_begin(pair, new[pair.pk], now) for pair in pairs)


@transaction.atomic
def _begin(pair: Pair, day: object, now: datetime) -> bool:
    checkin, made = Checkin.objects.get_or_create(pair=pair, due=day, defaults={"at": now})
    if made:
        record("checkin.begin", checkin, now=now, by=None, programme_ref=pair.programme.ref)
        letters.tell_both(letters.ASKED, checkin, now=now)
    return made


@transaction.atomic
def look_back(
    *,
    checkin: Checkin,
    how: str,
    nearer: str,
    change: str,
    by: Person,
    now: datetime,
    shared: bool = False,
) -> Look:
    """One side's answer, once. With the second both are told, and each reads the other's.

    `shared`: the page said that the project manager sees the choices; where the two have taken that back in
    the meantime, it does not.
    """
    pair = checkin.pair
    side = require_side(pair, by)
    require_active(pair, now)
    if how not in How.values or nearer not in Nearer.values:
        raise ChooseWords()
    said = {
        "how": how,
        "nearer": nearer,
        "change": change.strip(),
        "shared": shared and _shared_now(pair),
        "at": now,
    }
    try:
        with transaction.atomic():
            look = Look.objects.create(checkin=checkin, side=side, **said)
    except IntegrityError as error:
        look = Look.objects.get(checkin=checkin, side=side)
        if (look.how, look.nearer, look.change) != (how, nearer, change.strip()):
            raise AlreadyLooked() from error
        return look
    record(
        "checkin.answer", checkin, now=now, by=by, programme_ref=pair.programme.ref, details={"side": side}
    )
    if Look.objects.filter(checkin=checkin).count() == 2:
        post.withdraw(about=f"checkin:{checkin.ref}", kinds=[letters.ASKED], now=now)
        letters.tell_both(letters.BOTH, checkin, now=now)
    return look


def _shared_now(pair: Pair) -> bool:
    return Pair.objects.filter(pk=pair.pk, shares_ratings=True).exists()
