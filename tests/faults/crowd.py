"""A cohort to be matched, in a process of its own: `python -m tests.faults.crowd WHAT`.

`set N` puts N mentees and N mentors into the programme of the cast, asks for a matching of them and queues
letters; `seen` says how far all of it is.
"""

import json
import os
import random
import sys
from typing import Any

TOWNS = ("Rīga", "Cēsis", "Valmiera", "Šiauliai", "Panevėžys", "Vilnius", "Liepāja")
FIELDS = ("23.4", "16.2", "62.01", "10.71", "96.02", "69.2", "79")
TOPICS = ("keramika", "galdniecība", "programmēšana", "konditoreja", "frizieris", "grāmatvedība", "tūrisms")
RULES = {"shared_language": True, "shared_means": True, "within_travel": True}


def set_up(many: int) -> dict[str, Any]:
    """A run of `many` mentees and mentors that waits, letters that are due, and the manager's cookie."""
    from bench._site import session
    from tests import cast
    from tests.faults.stage import queue_letters
    from varpa.kernel import clock
    from varpa.matching.actions.runs import ask_run
    from varpa.matching.parts import WEIGHTS
    from varpa.site import tables

    tables.migrate()
    people = cast.assemble()
    join(people.programme, many)
    weights = {key.value: weight for key, weight in WEIGHTS.items()}
    queue_letters()
    now = clock.now()
    run = ask_run(programme=people.programme, rules=RULES, weights=weights, by=people.inga, now=now)
    return {"cookie": session(people.inga), "path": f"/matching/{run.ref}/"}


def join(programme: Any, many: int) -> None:
    """Accepted mentees and mentors who have said everything."""
    from varpa.kernel import clock
    from varpa.people.models import Person
    from varpa.programmes.models import Membership, MembershipState, Participation, Role, searched_as
    from varpa.programmes.week import TIMES

    chance, now = random.Random(many), clock.now()
    for role in (Role.MENTEE, Role.MENTOR):
        names = [f"{role.label} {number:05} Liepa" for number in range(many)]
        people = Person.objects.bulk_create(
            [
                Person(name=name, email=f"{role}{at}@crowd.example", joined_at=now)
                for at, name in enumerate(names)
            ]
        )
        members = Membership.objects.bulk_create(
            Membership(
                programme=programme,
                person=person,
                role=role,
                state=MembershipState.ACCEPTED,
                topic=chance.choice(TOPICS),
                means=chance.sample(["video", "phone", "email"], 2),
                applied_at=now,
                search_text=searched_as(person, ""),
            )
            for person in people
        )
        Participation.objects.bulk_create(
            Participation(
                membership=member,
                languages=chance.choice((["lv"], ["lt"], ["lv", "en"], ["lt", "en"])),
                interests=chance.sample(FIELDS, 2),
                region=chance.choice(TOWNS),
                availability=chance.sample(TIMES, 4),
                travel_km=chance.choice((None, 50, 300)),
            )
            for member in members
        )


def seen() -> dict[str, Any]:
    """The newest run, and what is proposed of it."""
    from varpa.matching.models import Asking, Run

    run = Run.objects.latest("pk")
    asking = Asking.objects.filter(run=run).first()
    return {
        "state": run.state,
        "placed": run.figures.get("placed"),
        "seconds": run.figures.get("seconds"),
        "proposed": asking.pairs if asking else 0,
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "varpa.site.settings")
    import django

    django.setup()
    what, *more = sys.argv[1:]
    print(json.dumps(set_up(int(more[0])) if what == "set" else seen()))
