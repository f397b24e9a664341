"""A process that keeps two methodologies, takes their table a step back and on again, and tells each time.

Run as `python -m tests.site.moved`: it prints a JSON list of what the versions said as they were kept, as
the table of versions held it before `MethodologyText`, and after.
"""

import json
from dataclasses import replace
from typing import Any

from varpa.site import boot

BEFORE = ("programmes", "0008_comment_days")


def main() -> None:
    boot.wake()
    from django.core.management import call_command

    from tests import make
    from varpa.programmes.actions.programmes import take_methodology
    from varpa.programmes.queries import methodology_of

    programme = make.programme()
    other = replace(methodology_of(programme), version="1.1", report=())
    take_methodology(methodology=other, now=make.NOW)
    told = [_said()]
    call_command("migrate", *BEFORE, verbosity=0)
    told.append(_said_before())
    call_command("migrate", verbosity=0)
    told.append(_said())
    print(json.dumps(told))


def _said() -> dict[str, Any]:
    from varpa.programmes.models import MethodologyVersion

    return {each.digest: each.text.data for each in MethodologyVersion.objects.select_related("text")}


def _said_before() -> dict[str, Any]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT digest, CAST(data AS text) FROM programmes_methodologyversion")
        return {digest: json.loads(data) for digest, data in cursor.fetchall()}


if __name__ == "__main__":
    main()
