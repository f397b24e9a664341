"""Whoever runs the server is told what is wrong: by `varpa check`, and at each start. Nothing stops."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.providers.conftest import School
from tests.providers.test_file import WELL
from varpa.providers.configured import Provider
from varpa.site.backups.belongings import is_known, stored
from varpa.site.soundness import providers

pytestmark = pytest.mark.django_db


def test_the_check_is_content_where_a_provider_answers(school: School) -> None:
    assert list(providers()) == []


def test_the_check_tells_of_the_file_and_of_who_does_not_answer(settings: Any) -> None:
    settings.SIGN_IN_FAULTS = ("sign-in.toml, [school]: name is missing.",)
    settings.SIGN_IN_PROVIDERS = (Provider("company", "Ozola darbnīca", "http://localhost:9", "a", "b"),)
    wrong, silent = providers()
    assert wrong == "sign-in.toml, [school]: name is missing."
    assert silent.startswith("Ozola darbnīca: http://localhost:9/.well-known/openid-configuration does not")


def test_the_check_tells_where_another_server_was_meant(school: School, settings: Any) -> None:
    other = school.server.replace("localhost", "127.0.0.1")
    settings.SIGN_IN_PROVIDERS = (Provider("school", "Rīgas skola", f"{other}/v2", "a", "b"),)
    assert len(list(providers())) == 1


@pytest.mark.parametrize(("marker", "many"), [("", 1), ("demonstration.txt", 0), ("trial.txt", 0)])
def test_no_provider_signs_in_to_a_demonstration_or_a_trial_copy(
    tmp_path: Path, marker: str, many: int
) -> None:
    (tmp_path / "sign-in.toml").write_text(WELL, encoding="utf-8")
    if marker:
        (tmp_path / marker).touch()
    ask = "from varpa.site import settings; print(len(settings.SIGN_IN_PROVIDERS))"
    given = {**os.environ, "VARPA_DATA": str(tmp_path)}
    found = subprocess.run([sys.executable, "-c", ask], env=given, check=True, capture_output=True, text=True)
    assert found.stdout.strip() == str(many)


def test_the_file_is_in_backups(tmp_path: Path) -> None:
    (tmp_path / "sign-in.toml").write_text(WELL, encoding="utf-8")
    assert list(stored(tmp_path)) == ["sign-in.toml"]
    assert is_known("sign-in.toml")
