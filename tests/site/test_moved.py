"""What the versions of a methodology say is the same before and after it has moved, and moved back."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import assemble
from tests.postgresql import server
from tests.site.test_tables import run
from varpa.methodology import digest, from_json
from varpa.pairs.models import Pair
from varpa.pairs.queries import with_people
from varpa.site import boot


def moved(folder: Path, database: str = "") -> list[dict[str, object]]:
    run(folder, "-m", "varpa.site", "migrate", database=database)
    told = {"VARPA_DATA": str(folder), "DATABASE_URL": database, "VARPA_SECRET": "only-for-tests" * 3}
    answered = subprocess.run(
        [sys.executable, "-m", "tests.site.moved"],
        cwd=boot.ROOT,
        env={**os.environ, **boot.environment(**told)},
        stdout=subprocess.PIPE,
        check=True,
    )
    found: list[dict[str, object]] = json.loads(answered.stdout)
    return found


def the_same(kept: dict[str, object], before: dict[str, object], after: dict[str, object]) -> bool:
    assert {key: digest(from_json(said)) for key, said in kept.items()} == {key: key for key in kept}
    assert len(kept) == 2
    return kept == before == after


def test_a_version_says_the_same_before_and_after(tmp_path: Path) -> None:
    assert the_same(*moved(tmp_path))


def test_on_postgresql_it_does_too(tmp_path: Path) -> None:
    with server() as running:
        assert the_same(*moved(tmp_path, running.url))


@pytest.mark.django_db
def test_no_list_that_names_the_version_carries_what_it_says() -> None:
    pair = assemble().pair
    with CaptureQueriesContext(connection) as asked:
        read = with_people(Pair.objects.filter(pk=pair.pk)).get()
    assert read.programme.methodology_version.digest
    assert len(asked) == 1
    assert "methodologytext" not in asked[0]["sql"]
