"""What one person may send within an hour or a day (decision 0003): more than is needed, never all."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from tests.applications.test_writing import write as write_letter
from tests.cast import Cast, assemble
from tests.defence.conftest import SETTINGS
from tests.dossier.test_actions import asked as asked_dossier
from tests.dossier.test_actions import invited
from tests.files.samples import picture, upload
from tests.guardians.people import guardian, pupil
from tests.make import NOW
from tests.messaging.conftest import own_thread, write
from tests.visits import Visitor, words
from varpa.applications.actions import writing
from varpa.defence.actions import jurors, links
from varpa.defence.actions.days import make_defence
from varpa.dossier.actions import observers
from varpa.dossier.models import Dossier
from varpa.files import actions as files
from varpa.files.models import File
from varpa.guardians.actions import guardians, schools
from varpa.kernel.pace import DAY, HOUR, TooMuchAtOnce
from varpa.messaging import actions as messaging
from varpa.messaging.models import Message
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db
SAID = {"name": "Anna Lapa", "address": "anna@skola.example", "language": "lv"}


@pytest.fixture
def cast() -> Cast:
    return assemble()


def refused_after(times: int, act: Callable[[], object]) -> None:
    """The so-manieth time goes, the next one does not, and sends no letter."""
    for _time in range(times):
        act()
    before = Letter.objects.count()
    with pytest.raises(TooMuchAtOnce):
        act()
    assert Letter.objects.count() == before


def _talked(cast: Cast) -> Any:
    """Andris has written as much as one may within an hour."""
    thread = own_thread(cast)
    said = {"thread": thread, "side": "mentor", "text": "Sveika!", "at": NOW}
    Message.objects.bulk_create(Message(**said) for _each in range(messaging.AN_HOUR))
    return thread


def test_who_has_written_messages_without_end_waits_an_hour(cast: Cast) -> None:
    thread = _talked(cast)
    with pytest.raises(TooMuchAtOnce):
        write(thread, cast.andris)
    assert Message.objects.count() == messaging.AN_HOUR
    write(thread, cast.elina)
    write(thread, cast.andris, now=NOW + HOUR)


def test_a_message_that_waits_stays_on_the_page(cast: Cast) -> None:
    thread = _talked(cast)
    mentor = Visitor(cast.andris)
    address = reverse("messaging:thread", args=[thread.ref])
    answer = mentor.post(address, {"ref": "abcdefgh2345", "text": "Vēl viens vārds par krūzēm"})
    assert answer.status_code == 200
    assert "Vēl viens vārds par krūzēm" in words(answer)
    assert "Īsā laikā" in words(answer)


def test_who_has_sent_files_without_end_waits_an_hour(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(files, "AN_HOUR", 2)

    def keep(**changes: Any) -> File:
        owned = {"about_kind": "plan", "about_ref": "p4k2", "by_id": cast.andris.pk, "now": NOW, **changes}
        return files.keep(upload=upload(picture()), **owned)

    refused_after(2, keep)
    keep(by_id=cast.elina.pk)
    keep(now=NOW + HOUR)


def test_a_guardians_mailbox_is_not_filled(cast: Cast) -> None:
    """Nor those of strangers: one guardian taken off and another written down, again and again."""
    member = pupil(cast)
    numbers = iter(range(100))

    def another() -> None:
        known = guardian(member, member.person, f"anna{next(numbers)}@maja.example")
        guardians.take_off(guardian=known, by=cast.inga, now=NOW)

    refused_after(guardians.A_DAY, another)
    guardian(member, member.person, now=NOW + DAY)


def test_a_schools_mailbox_is_not_filled(cast: Cast) -> None:
    by = {"by": cast.inga, "now": NOW}
    known = schools.add_contact(programme=cast.programme, school="Jelgavas tehnikums", **SAID, **by)
    refused_after(guardians.A_DAY - 1, lambda: schools.send_school_link(contact=known, **by))


def test_a_jurors_mailbox_is_not_filled(cast: Cast) -> None:
    by = {"by": cast.inga, "now": NOW}
    day = make_defence(programme=cast.programme, seed=7, **SETTINGS, **by)
    guest = jurors.invite_guest(defence=day, **SAID, **by)
    refused_after(links.A_DAY - 1, lambda: jurors.send_juror_link(juror=guest, **by))


def test_links_for_observers_end_for_the_day(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(observers, "A_DAY", 3)
    made = asked_dossier(cast)
    Dossier.objects.filter(pk=made.pk).update(state="ready", as_of=NOW, sha256="0" * 64, size=1, files=1)
    refused_after(3, lambda: invited(made, cast))
    invited(made, cast, now=NOW + DAY, expires_on=date(2025, 11, 1) + timedelta(days=1))


def test_nobody_is_written_to_in_own_words_all_day(cast: Cast) -> None:
    refused_after(writing.A_DAY, lambda: write_letter(cast, cast.mentor))
    write_letter(cast, cast.mentee)
