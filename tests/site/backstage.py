"""An installation in a data folder, set up and looked at by a process of its own (tests of backups).

`python -m tests.site.backstage set|look|erase`: answers JSON on its last line.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from varpa.site import boot

SECRET = "only-for-tests-" * 3


def varpa(folder: Path, *arguments: str, url: str = "", path: str = "") -> "subprocess.CompletedProcess[str]":
    """Run `varpa ARGUMENTS` over a data folder; `path` comes first when programs are looked for."""
    return _run(folder, boot.varpa(*arguments), url, path)


def stage(folder: Path, *what: str, url: str = "") -> dict[str, Any]:
    """What this module answers over a data folder."""
    told = _run(folder, [sys.executable, "-m", "tests.site.backstage", *what], url, "")
    assert told.returncode == 0, told.stderr
    answer: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return answer


def _run(folder: Path, command: list[str], url: str, path: str) -> "subprocess.CompletedProcess[str]":
    around = boot.environment(VARPA_DATA=str(folder), DATABASE_URL=url, VARPA_SMTP="", VARPA_URL="")
    around.pop("VARPA_SECRET", None)
    around["PATH"] = os.pathsep.join(filter(None, (path, around["PATH"])))
    return subprocess.run(command, cwd=boot.ROOT, env=around, capture_output=True, text=True)


def set_up() -> dict[str, Any]:
    """The cast, a stored file, and the keys of badges and devices."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.cast import assemble
    from tests.make import NOW
    from varpa.defence.signing import key
    from varpa.files.actions import keep
    from varpa.files.kinds import VOICE
    from varpa.notices import vapid
    from varpa.site import tables

    tables.migrate()
    cast = assemble()
    sound = SimpleUploadedFile("voice.ogg", b"OggS" + b"word" * 5000)
    keep(upload=sound, about_kind="pair", about_ref="x", by_id=cast.elina.pk, now=NOW, kinds=VOICE)
    key()
    vapid.keys()
    return {"elina": cast.elina.ref, "andris": cast.andris.ref}


def look() -> dict[str, Any]:
    """Every row of every table, in words; and the names of people by reference."""
    from django.db import connection

    from varpa.people.models import Person

    rows: dict[str, Any] = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {table}")
            rows[table] = sorted(str(row) for row in cursor.fetchall())
    return {"rows": rows, "people": dict(Person.objects.values_list("ref", "name"))}


def erase(ref: str, listed: str) -> dict[str, Any]:
    """Erase a person; with "listed" the worker comes to write it down."""
    from tests.make import NOW
    from varpa.people.models import Person
    from varpa.privacy.actions.erasing import erase_person
    from varpa.privacy.actions.listing import list_erased

    erase_person(person=Person.objects.get(ref=ref), by=None, now=NOW)
    if listed == "listed":
        list_erased(NOW)
    return {}


if __name__ == "__main__":
    boot.wake()
    done = {"set": set_up, "look": look, "erase": erase}[sys.argv[1]]
    print(json.dumps(done(*sys.argv[2:])))
