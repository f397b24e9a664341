"""A hall of jurors with phones, in a process of its own: `python -m tests.faults.hall WHAT`.

`set JURORS SLOTS` begins a day of defence with so many guests and presentations; `count` says what is there
later. The guests and the host are played by `tests.faults.phones`.
"""

import json
import os
import sys
from datetime import timedelta
from typing import Any

BUDGET = 1_000_00
"""Cents of each juror."""


def set_up(jurors: int, slots: int) -> dict[str, Any]:
    """A day that has begun: the links of its guests, its presentations in their order, the host's cookie."""
    from django.core.management import call_command

    from bench._site import session
    from tests import cast
    from varpa.defence.actions import days, order
    from varpa.defence.models import Juror
    from varpa.defence.queries import slots_of
    from varpa.kernel import clock

    call_command("migrate", interactive=False, verbosity=0)
    people, now = cast.assemble(), clock.now()
    for number in range(slots):
        _plan(people.programme, number)
    rules = {"zone": "Europe/Riga", "minutes": 10, "break_after": 0, "break_minutes": 0, "place": "Zāle"}
    day = days.make_defence(
        programme=people.programme,
        seed=7,
        by=people.inga,
        now=now,
        starts_local=(now + timedelta(hours=1)).replace(tzinfo=None),
        **rules,
        mode="investment",
        budget=BUDGET,
        tie="shared",
    )
    Juror.objects.filter(defence=day).delete()
    links = [_guest(day, number) for number in range(jurors)]
    order.draw_order(defence=day, seed=7, by=people.inga, now=now)
    days.announce_defence(defence=day, by=people.inga, now=now)
    Juror.objects.filter(defence=day).exclude(person=None).delete()
    days.begin_defence(defence=day, by=people.inga, now=now)
    return {
        "host": session(people.inga),
        "day": day.ref,
        "links": links,
        "slots": [slot.ref for slot in slots_of(day)],
    }


def _plan(programme: Any, number: int) -> None:
    from datetime import date

    from tests.make import member, person
    from varpa.businessplans.actions.parts import write_part
    from varpa.businessplans.actions.plans import begin_plan, submit_plan
    from varpa.kernel import clock

    now = clock.now()
    who = person(f"Pupil{number} Test", f"hall{number}@varpa.example", born=date(2006, 1, 1))
    plan = begin_plan(membership=member(programme, who, "mentee"), title=f"Plan {number}", by=who, now=now)
    said: dict[str, Any] = {"key": "idea", "text": "Idea", "ready": None, "revision": 0}
    write_part(plan=plan, **said, by=who, now=now)
    submit_plan(plan=plan, by=who, now=now)


def _guest(day: Any, number: int) -> str:
    """A guest whose link is known here: only its digest is kept."""
    from varpa.defence.models import Juror, JurorLink
    from varpa.kernel import clock
    from varpa.kernel.tokens import digest_of

    now, token = clock.now(), f"juror-{number}"
    given = {"name": f"Guest {number}", "address": f"guest{number}@varpa.example", "language": "en"}
    juror = Juror.objects.create(defence=day, **given, budget=day.budget, at=now)
    expires = now + timedelta(days=1)
    JurorLink.objects.create(juror=juror, digest=digest_of(token), at=now, expires_at=expires)
    return token


def count() -> dict[str, Any]:
    """Every word with who said it to whom, what was fixed at the close, and what must not be."""
    from django.db.models import F, Sum

    from varpa.defence.models import Defence, Juror, Slot, Word
    from varpa.defence.papers import account
    from varpa.history.models import Line

    words = Word.objects.order_by("pk").values_list("slot__ref", "juror__name", "amount", "convinced")
    given = {row["juror"]: row["sum"] for row in Word.objects.values("juror").annotate(sum=Sum("amount"))}
    sums = {row["slot"]: row["sum"] for row in Word.objects.values("slot").annotate(sum=Sum("amount"))}
    return {
        "words": [list(word) for word in words],
        "over": Juror.objects.filter(spent__gt=F("budget")).count(),
        "unequal": sum(1 for juror in Juror.objects.all() if juror.spent != given.get(juror.pk, 0)),
        "misfixed": sum(1 for slot in Slot.objects.all() if slot.received != sums.get(slot.pk, 0)),
        "closed": Slot.objects.filter(state="closed").count(),
        "late": account(Defence.objects.get())["votes_after_close"],
        "lines": Line.objects.filter(verb="word.say").count(),
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "varpa.site.settings")
    import django

    django.setup()
    what, *more = sys.argv[1:]
    print(json.dumps(set_up(*map(int, more)) if what == "set" else count()))
