"""Whether an installation that people work with does its work; each look says what is wrong, in sentences."""

import shutil
import smtplib
import urllib.request
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlparse

from django.conf import settings
from django.core import mail

from varpa.kernel.refs import new_ref
from varpa.post import envelope
from varpa.post.queries import stuck
from varpa.site import boot, locks, settings_file
from varpa.site.backups import belongings, noting

OLD = timedelta(days=8)
PATIENCE = 10
ROOM = 2**30
OTHERS = 0o007


def looks(now: datetime) -> Iterator[tuple[str, list[str]]]:
    """Each look at a real installation by its name, with what it found."""
    data = settings.DATA
    yield "address", list(_address())
    yield "mail server", list(_mail_server())
    yield "letters", [*_worker(data), *_letters(now)]
    yield "who may read the data folder", list(_open_to_others(data))
    yield "room on the disk", list(_room(data))
    yield "backup", list(_backup(data, now))


def send_one(address: str) -> str:
    """Send one letter now, past the outbox; answers what went wrong, "" where the mail server took it."""
    letter = mail.EmailMessage(
        subject=f"{settings.PRODUCT_NAME}: a letter to try",
        body=f"The mail server took this letter from {settings.SITE_URL}.\n",
        to=[address],
        headers={"Message-ID": envelope.message_id(new_ref())},
    )
    try:
        letter.send()
    except (OSError, smtplib.SMTPException) as error:
        return _refused(error)
    return ""


def _address() -> Iterator[str]:
    if urlparse(settings.SITE_URL).hostname in ("localhost", "127.0.0.1"):
        yield f"VARPA_URL is not set: letters would lead to {settings.SITE_URL}, known to this computer only."
        return
    if not settings.SECURE:
        yield f"VARPA_URL is {settings.SITE_URL}, not https://: whoever listens on the way reads along."
    try:
        with urllib.request.urlopen(f"{settings.SITE_URL}/health/", timeout=PATIENCE) as response:
            said = response.read(100)
    except (OSError, ValueError) as error:
        yield f"{settings.SITE_URL} does not answer: {getattr(error, 'reason', error)}."
        return
    if said != b"ok\n":
        yield f"{settings.SITE_URL} is answered by something else than this site."


def _mail_server() -> Iterator[str]:
    if told := boot.file_mailbox():
        yield f"{told}."
        return
    if parseaddr(settings.DEFAULT_FROM_EMAIL)[1].endswith("@localhost"):
        yield f"VARPA_FROM is not set: letters would come from {settings.DEFAULT_FROM_EMAIL}."
    connection = mail.get_connection(timeout=PATIENCE)
    try:
        connection.open()
        connection.close()
    except (OSError, smtplib.SMTPException) as error:
        yield _refused(error)


def _refused(error: Exception) -> str:
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    return f"The mail server {where} (VARPA_SMTP) takes no letters: {error or type(error).__name__}."


def _worker(data: Path) -> Iterator[str]:
    if not locks.worker_runs(data):
        yield "No worker runs here: no letter goes out, nothing is reminded of. Start the site."


def _letters(now: datetime) -> Iterator[str]:
    waiting = stuck(now)
    if waiting:
        since = f"{waiting.since:%Y-%m-%d %H:%M} UTC"
        yield f"{waiting.count} letters could not be sent, the first since {since}. {waiting.error}".rstrip()


def _open_to_others(data: Path) -> Iterator[str]:
    names = (settings_file.NAME, *belongings.SECRETS, belongings.SQLITE, "files")
    if not data.stat().st_mode & OTHERS:
        return
    bare = [name for name in names if (data / name).exists() and (data / name).stat().st_mode & OTHERS]
    if bare:
        yield f"Every user of this computer may read {', '.join(bare)} in {data}: chmod o-rwx {data}"


def _room(data: Path) -> Iterator[str]:
    free = shutil.disk_usage(data).free
    if free < ROOM:
        yield f"Only {free // 2**20} MiB are free on the disk of {data}."


def _backup(data: Path, now: datetime) -> Iterator[str]:
    made = noting.last(data)
    if made is None:
        yield "None was ever made: python3 start.py backup FILE (docs/operate/backup.md)."
    elif now - made[0] > OLD:
        yield f"The last one is of {made[0]:%Y-%m-%d}: {made[1]}."
