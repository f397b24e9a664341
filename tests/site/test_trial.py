"""A trial copy of a backup: one looks at real people's data, and nobody of them hears of it."""

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from tests.make import NOW
from tests.site.backstage import stage, varpa
from varpa.notices import endpoints, sms
from varpa.site import boot
from varpa.site.backups import making, restoring

NOTES = {
    "lv": "Šī ir izmēģinājuma kopija",
    "lt": "Tai bandomoji kopija",
    "en": "This is a trial copy",
}
# Every way out there is, in a process of its own: settings are read once.
LEAVE = """
import json
from varpa.site import boot
boot.wake()
from django.conf import settings
from django.core import mail
from varpa.kernel import clock
from varpa.notices import endpoints, sms
from varpa.post.fetching import fetch_mail
mail.send_mail("Sveiki", "Vai dzirdi?", None, ["andris@varpa.example"])
refused = 0
for leave in (lambda: endpoints.post(settings.SITE_URL, b"", {}), lambda: sms.send("+37120000000", "Sveiki")):
    try:
        leave()
    except (OSError, ValueError):
        refused += 1
print(json.dumps({"refused": refused, "fetched": fetch_mail(clock.now()), "sms": sms.is_there()}))
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installation")
    stage(folder / "data", "set")
    making.back_up(folder / "backup.zip", data=folder / "data", url="", now=NOW)
    return folder / "backup.zip"


def restored(file: Path, data: Path, **options: Any) -> restoring.Restored:
    return restoring.restore(file, data=data, url="", now=NOW, **options)


def test_nothing_leaves_a_trial_whatever_the_environment_names(file: Path, tmp_path: Path) -> None:
    told = varpa(tmp_path / "trial", "restore", str(file), "--trial")
    assert told.returncode == 0, told.stderr
    assert "nothing leaves it" in told.stdout
    with socket.create_server(("127.0.0.1", 0)) as outside:
        outside.settimeout(0.2)
        place = f"127.0.0.1:{outside.getsockname()[1]}"
        around = boot.environment(
            VARPA_DATA=str(tmp_path / "trial"),
            DATABASE_URL="",
            VARPA_SMTP=f"smtp://{place}",
            VARPA_IMAP=f"imap://a:b@{place}",
            VARPA_SMS=f"http://{place}/?to={{number}}&text={{text}}",
        )
        done = subprocess.run([sys.executable, "-c", LEAVE], env=around, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        with pytest.raises(TimeoutError):
            outside.accept()
    assert json.loads(done.stdout) == {"refused": 2, "fetched": 0, "sms": False}
    (letter,) = (tmp_path / "trial" / "mailbox").glob("*.eml")
    assert b"andris@varpa.example" in letter.read_bytes()


def test_a_push_of_a_trial_goes_to_no_server(settings: Any) -> None:
    settings.TRIAL = True
    with pytest.raises(endpoints.WrongAddressError):
        endpoints.post("https://push.example/abc", b"", {})


def test_without_a_gateway_no_number_is_called(settings: Any) -> None:
    settings.SMS_URL = ""
    with pytest.raises(sms.RefusedError):
        sms.send("+37120000000", "Sveiki")


def test_a_trial_takes_no_installations_place(file: Path, tmp_path: Path) -> None:
    restored(file, tmp_path / "real")
    with pytest.raises(restoring.NotRestoredError, match="folder of its own"):
        restored(file, tmp_path / "real", trial=True, replace=True)
    assert not (tmp_path / "real" / boot.TRIAL).exists()


def test_a_trial_is_tried_again_and_a_real_one_takes_its_place(file: Path, tmp_path: Path) -> None:
    restored(file, tmp_path / "there", trial=True)
    restored(file, tmp_path / "there", trial=True, replace=True)
    assert (tmp_path / "there" / boot.TRIAL).exists()
    with pytest.raises(making.NothingThereError, match="trial"):
        making.back_up(tmp_path / "two.zip", data=tmp_path / "there", url="", now=NOW)
    for former in (tmp_path / "there").glob("former-*"):
        former.rename(tmp_path / former.name)
    restored(file, tmp_path / "there", replace=True)
    assert not (tmp_path / "there" / boot.TRIAL).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("language", NOTES)
def test_every_page_says_that_it_is_a_trial(language: str, client: Client, settings: Any) -> None:
    client.cookies["language"] = language
    pages = ("/sign-in/", "/no-such-page/")
    assert not any(NOTES[language] in client.get(page).content.decode() for page in pages)
    settings.TRIAL = True
    with override(language):
        assert all(NOTES[language] in client.get(page).content.decode() for page in pages)
    assert client.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"
