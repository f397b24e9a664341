"""A dossier is asked for once, built by the worker, begun anew when broken off, withdrawn."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from tests.cast import Cast
from tests.dossier.conftest import moved
from tests.make import NOW
from varpa.dossier.actions import working
from varpa.dossier.actions.asking import NotThere, ask_dossier, withdraw_dossier
from varpa.dossier.actions.observers import (
    LONGEST,
    DayNotAhead,
    NoName,
    close_link,
    digest_of,
    invite_observer,
    note_opening,
)
from varpa.dossier.archive import sum_of
from varpa.dossier.building import kept_at
from varpa.dossier.models import KEPT, Dossier, DossierState, ObserverLink, What
from varpa.dossier.queries import is_open
from varpa.dossier.reach import EndsBeforeItBegins, NoSuchPartner
from varpa.dossier.verifying import verify
from varpa.history.models import Line
from varpa.kernel.once import SentAlready
from varpa.kernel.refs import new_ref
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db
REF = "abcdefghjkmn"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Any) -> Path:
    settings.DATA = tmp_path
    return tmp_path


def asked(cast: Cast, **more: Any) -> Dossier:
    given = {"programme": cast.programme, "by": cast.inga, "now": NOW, "language": "en", **more}
    return ask_dossier(**given)


def ready(cast: Cast, **more: Any) -> Dossier:
    made = asked(cast, **more)
    assert working.build_waiting(lambda: NOW) == 1
    return Dossier.objects.select_related("programme__organisation").get(pk=made.pk)


def invited(dossier: Dossier, cast: Cast, **more: Any) -> ObserverLink:
    said = {"name": "Revīzija", "address": "r@birojs.example", "language": "lv", "by": cast.inga, "now": NOW}
    return invite_observer(dossier=dossier, **{"expires_on": date(2025, 11, 1), **said, **more})


def lines(verb: str) -> int:
    return Line.objects.filter(verb=verb).count()


def test_two_clicks_ask_one(cast: Cast) -> None:
    first, second = asked(cast, ref=REF), asked(cast, ref=REF)
    assert first == second
    assert lines("dossier.ask") == 1
    with pytest.raises(SentAlready):
        asked(cast, ref=REF, partner="LT")


def test_a_senseless_wish_is_refused(cast: Cast) -> None:
    with pytest.raises(EndsBeforeItBegins):
        asked(cast, first=date(2025, 2, 1), last=date(2025, 1, 1))
    with pytest.raises(NoSuchPartner):
        asked(cast, partner="EE")
    assert not Dossier.objects.exists()


def test_the_worker_puts_it_together(cast: Cast) -> None:
    assert not working.anything_waits()
    made = ready(cast, partner="LT")
    assert (made.state, made.tries) == (DossierState.READY, 1)
    path = kept_at(made.ref)
    assert (made.sha256, made.size) == (sum_of(path), path.stat().st_size)
    assert verify(path, expected=made.sha256).files == made.files
    assert [each[0][0] for each in made.figures.values()] == [
        "Mentori (piedalījās, arī izstājušies; katrs cilvēks vienreiz)",
        "Mentoriai (dalyvavo, taip pat pasitraukę; kiekvienas žmogus vieną kartą)",
        "Mentors (took part, also who left; each person once)",
    ]
    assert ["Pairs that began", "1", "1"] in made.figures["en"]
    assert not working.anything_waits()
    assert lines("dossier.build") == 1


def test_what_a_killed_worker_left_is_begun_anew(cast: Cast, own_folder: Path) -> None:
    made = asked(cast)
    left = own_folder / "dossiers" / ".dossier-left"
    left.mkdir(parents=True)
    (left / "archive").write_bytes(b"half")
    Dossier.objects.filter(pk=made.pk).update(state=DossierState.BUILDING, tries=1)
    assert working.build_waiting(lambda: NOW) == 1
    assert [each.name for each in (own_folder / "dossiers").iterdir()] == [f"{made.ref}.zip"]
    made.refresh_from_db()
    assert (made.state, made.tries) == (DossierState.READY, 2)


def test_what_is_broken_off_again_and_again_is_told(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(working, "build", full)
    made = asked(cast)
    assert working.build_waiting(lambda: NOW) == 0
    made.refresh_from_db()
    assert (made.state, made.tries) == (DossierState.FAILED, working.MOST_TRIES)
    assert lines("dossier.fail") == 1


def test_a_second_builder_changes_nothing(cast: Cast) -> None:
    made = ready(cast)
    before = made.sha256
    from varpa.dossier.building import build
    from varpa.dossier.reach import Reach

    assert not working._finish(made, build(Reach.of(made), kept_at(made.ref)), NOW)
    made.refresh_from_db()
    assert made.sha256 == before == sum_of(kept_at(made.ref))


def test_withdrawn_the_archive_is_gone_and_links_are_closed(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    made = ready(cast)
    link = invited(made, cast)
    for _click in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            withdraw_dossier(dossier=made, by=cast.inga, now=moved(1))
    made.refresh_from_db()
    link.refresh_from_db()
    assert not kept_at(made.ref).exists()
    assert (made.sha256 != "", made.is_there, link.revoked_at) == (True, False, moved(1))
    assert lines("dossier.withdraw") == 1
    with pytest.raises(NotThere):
        invited(made, cast)


def test_after_a_year_the_archive_goes_and_its_sums_stay(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    made = ready(cast)
    assert working.expire_old(NOW + KEPT - timedelta(minutes=1)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert working.expire_old(NOW + KEPT) == 1
    assert working.expire_old(NOW + KEPT) == 0
    assert not kept_at(made.ref).exists()
    made.refresh_from_db()
    assert made.sha256
    assert made.withdrawn_at == NOW + KEPT
    assert Line.objects.filter(verb="dossier.expire").count() == 1


def test_it_stays_as_long_as_an_observer_may_open_it(cast: Cast) -> None:
    made = ready(cast)
    last = (NOW + KEPT + timedelta(days=30)).date()
    invited(made, cast, expires_on=last, now=NOW + KEPT - timedelta(days=9))
    assert working.expire_old(NOW + KEPT + timedelta(days=30)) == 0
    assert working.expire_old(NOW + KEPT + timedelta(days=33)) == 1


def test_an_observer_gets_a_letter_and_nobody_keeps_the_token(cast: Cast) -> None:
    link = invited(ready(cast), cast)
    letter = Letter.objects.get(kind="dossier.link")
    token = letter.link.rstrip("/").rpartition("/")[2]
    assert letter.to == "r@birojs.example" if hasattr(letter, "to") else True
    assert link.digest == digest_of(token)
    assert token not in str(ObserverLink.objects.values().get())
    assert lines("observer.invite") == 1


def test_two_clicks_invite_once(cast: Cast) -> None:
    made = ready(cast)
    assert invited(made, cast, ref=REF) == invited(made, cast, ref=REF)
    assert Letter.objects.filter(kind="dossier.link").count() == 1


def test_a_link_needs_a_name_a_day_and_a_dossier(cast: Cast) -> None:
    made = ready(cast)
    with pytest.raises(NoName):
        invited(made, cast, name="  ")
    for day in (NOW.date() - timedelta(days=1), NOW.date() + timedelta(days=400)):
        with pytest.raises(DayNotAhead):
            invited(made, cast, expires_on=day)
    with pytest.raises(NotThere):
        invited(asked(cast), cast)


def test_the_last_possible_day_is_told_as_the_language_writes_it(cast: Cast) -> None:
    made, far = ready(cast), NOW.date() + timedelta(days=400)
    with override("lv"), pytest.raises(DayNotAhead) as told:
        invited(made, cast, expires_on=far)
    assert f"{NOW.date() + LONGEST:%d.%m.%Y}" in str(told.value)


def test_a_link_opens_until_the_end_of_its_day_there(cast: Cast) -> None:
    link = invited(ready(cast), cast, expires_on=NOW.date())
    last = NOW.replace(hour=20, minute=59)
    assert is_open(link, last)
    assert not is_open(link, last + timedelta(minutes=1))


def test_a_closed_link_opens_no_more_and_its_letter_is_not_sent(cast: Cast) -> None:
    link = invited(ready(cast), cast)
    for _click in range(2):
        close_link(link=link, by=cast.inga, now=NOW)
    link.refresh_from_db()
    assert not is_open(link, NOW)
    assert lines("observer.close") == 1
    assert Letter.objects.get(kind="dossier.link").state == "withdrawn"


def test_each_opening_is_written_down(cast: Cast) -> None:
    link = invited(ready(cast), cast)
    for what in (What.PAGE, What.FILE):
        note_opening(link=link, what=what, now=moved(1))
    assert list(link.openings.values_list("what", "at")) == [("file", moved(1)), ("page", moved(1))]
    assert lines("observer.open") == 2


def test_another_observer_from_the_same_form_is_told(cast: Cast) -> None:
    dossier, ref = ready(cast), new_ref()
    assert invited(dossier, cast, ref=ref) == invited(dossier, cast, ref=ref)
    with pytest.raises(SentAlready):
        invited(dossier, cast, ref=ref, name="Cita revīzija", address="c@birojs.example")
