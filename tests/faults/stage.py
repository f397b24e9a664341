"""What a fault test needs of the database, in a process of its own: `python -m tests.faults.stage WHAT`.

`set` puts the cast on the stage, signs two mentors in and queues letters; `count` says what is there later.
"""

import json
import os
import sys
from collections import Counter
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

LETTERS = 240


def set_up() -> dict[str, Any]:
    """Two mentors who write, and letters that fall due during the next minute."""
    from bench._site import session
    from tests import cast
    from varpa.site import tables

    tables.migrate()
    people = cast.assemble()
    queue_letters()
    return {
        "writers": [
            {"cookie": session(people.andris), "path": f"/pairs/{people.pair.ref}/diary/new/"},
            {"cookie": session(people.rimantas), "path": f"/pairs/{people.neighbours.ref}/diary/new/"},
        ]
    }


def count() -> dict[str, Any]:
    """Entries, their lines of history, the letters, and what the database says of itself."""
    from django.db import connection

    from varpa.diary.models import Entry
    from varpa.history.models import Line

    refs = Counter(Entry.objects.values_list("ref", flat=True))
    return {
        "entries": dict(Entry.objects.values_list("ref", "notes")),
        "doubled": [ref for ref, times in refs.items() if times > 1],
        "begun": Line.objects.filter(verb="diary.begin_entry").count(),
        "letters": _letters(),
        "integrity": _integrity(connection),
    }


def _letters() -> dict[str, Any]:
    """The letters, after a worker ten minutes later has taken up those that were in doubt."""
    from django.conf import settings

    from varpa.kernel import clock
    from varpa.post.models import Letter
    from varpa.post.outbox import deliver_due

    later = clock.now() + timedelta(minutes=10)
    in_doubt = Letter.objects.filter(state="sending").count()
    while deliver_due(later):
        pass
    letters = list(Letter.objects.values("message_id", "state", "attempts"))
    files = [message_from_bytes(path.read_bytes()) for path in Path(settings.MAILBOX).glob("*.eml")]
    return {
        "states": dict(Counter(each["state"] for each in letters)),
        "wanted": sorted(each["message_id"] for each in letters),
        "arrived": sorted(str(each["Message-ID"]) for each in files),
        "in_doubt": in_doubt,
        "tried_again": sum(each["attempts"] - 1 for each in letters),
    }


def _integrity(connection: Any) -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            return str(cursor.fetchone()[0])
        # Read every row of every table: a torn page would not let itself be read.
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*), max(length(t::text)) FROM "{table}" t')
    return "ok"


def queue_letters() -> None:
    """Letters that fall due during the next half a minute."""
    from django.db import transaction

    from varpa.kernel import clock
    from varpa.kernel.text import TranslatedText
    from varpa.post.actions import send
    from varpa.post.envelope import Recipient
    from varpa.post.kinds import LetterKind

    note = TranslatedText.same("A note")
    kind = LetterKind("faults.note", True, reason=note, subject=note, text=note)
    to = Recipient(None, "Zane Krūmiņa", "zane@varpa.example", "lv", "Europe/Riga", adult=True)
    now = clock.now()
    with transaction.atomic():
        for number in range(LETTERS):
            send(
                kind,
                to=to,
                context={},
                about=f"fault:{number}",
                once=f"fault:{number}",
                now=now,
                not_before=now + timedelta(seconds=number / 8),
            )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "varpa.site.settings")
    import django

    django.setup()
    print(json.dumps(set_up() if sys.argv[1] == "set" else count()))
