"""Who asks for a dossier, who fetches it, what an observer's link opens; in three languages."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.dossier.test_actions import asked, invited, ready
from tests.make import NOW
from tests.surveys import conftest as surveys
from varpa.dossier.actions.working import build_waiting
from varpa.dossier.models import Dossier, DossierState, ObserverLink, Opening
from varpa.dossier.papers import PAPERS
from varpa.dossier.verifying import verify
from varpa.history.models import Line
from varpa.kernel.clock import moved_to
from varpa.kernel.refs import new_ref
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.programmes.models import Partner
from varpa.surveys.actions.answering import submit_answers
from varpa.surveys.actions.results import compute_due
from varpa.surveys.actions.sending import close_survey

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
TITLES = {"lv": "Programmas lieta", "lt": "Programos byla", "en": "Dossier of the programme"}
SUMS = {
    "lv": "Mentori (piedalījās, arī izstājušies; katrs cilvēks vienreiz)",
    "lt": "Mentoriai (dalyvavo, taip pat pasitraukę; kiekvienas žmogus vieną kartą)",
    "en": "Mentors (took part, also who left; each person once)",
}
COUNTRY = {"lv": "Lietuva", "lt": "Lietuva", "en": "Lithuania"}


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Any) -> Path:
    settings.DATA = tmp_path
    return tmp_path


def client_of(who: Person | None) -> Client:
    client = Client()
    if who:
        client.force_login(who)
    return client


def status(who: Person | None, address: str) -> int:
    with moved_to(NOW):
        return client_of(who).get(address).status_code


def page(cast: Cast) -> str:
    return f"/programmes/{cast.programme.ref}/dossier/"


def token_of() -> str:
    return Letter.objects.filter(kind="dossier.link").latest("pk").link.rstrip("/").rpartition("/")[2]


def everybody(cast: Cast) -> dict[str, Person | None]:
    return {
        "lead partner": cast.dace,
        "manager": cast.inga,
        "mentor": cast.andris,
        "mentee": cast.elina,
        "stranger": cast.zane,
        "another programme": cast.tomas,
    }


def test_only_who_runs_the_programme_sees_its_dossiers(cast: Cast) -> None:
    seen = {who: status(person, page(cast)) for who, person in everybody(cast).items()}
    runs = {"lead partner": 200, "manager": 200}
    assert seen == {**runs, "mentor": 403, "mentee": 403, "stranger": 404, "another programme": 404}
    assert status(None, page(cast)) == 302


def test_only_they_fetch_one(cast: Cast) -> None:
    made = ready(cast)
    for rest in ("", "archive.zip"):
        address = f"/dossiers/{made.ref}/{rest}"
        seen = {who for who, person in everybody(cast).items() if status(person, address) == 200}
        assert seen == {"lead partner", "manager"}
        assert {status(each, address) for each in (cast.andris, cast.zane, cast.tomas)} == {404}
    link = invited(made, cast)
    for address in (f"/dossiers/{made.ref}/withdrawal/", f"/observer-links/{link.ref}/withdrawal/"):
        assert client_of(cast.tomas).post(address).status_code == 404
        assert client_of(cast.inga).get(address).status_code == 405
    assert Dossier.objects.get().is_there


@pytest.mark.parametrize("language", TITLES)
def test_it_is_asked_for_on_the_page(cast: Cast, language: str) -> None:
    cast.inga.language = language
    cast.inga.save()
    client, there = client_of(cast.inga), Partner.objects.get(programme=cast.programme, country="LT")
    with moved_to(NOW):
        said = client.get(page(cast)).content.decode()
        assert f"<h1>{TITLES[language]}</h1>" in said
        assert said.count('<details class="fold"') == len(PAPERS)
        ref = re.findall(r'name="ref" value="(\w+)"', said)[0]
        form = {"ref": ref, "first": "2025-10-01", "last": "2025-10-31", "names": "nowhere"}
        form["partner"] = there.ref
        for _click in range(2):
            answer = client.post(page(cast), {**form, "language": language})
            assert answer.status_code == 302
    made = Dossier.objects.get()
    assert (made.names, str(made.first), made.state) == ("nowhere", "2025-10-01", "asked")
    assert (made.of_partner, made.partner) == (there, COUNTRY[language])


def test_a_wrong_period_is_told_and_kept(cast: Cast) -> None:
    form = {"ref": "abcdefghjkmn", "first": "2025-12-01", "last": "2025-10-31", "names": "signed"}
    said = client_of(cast.inga).post(page(cast), {**form, "language": "en"}).content.decode()
    assert 'value="2025-12-01"' in said
    assert "notice" in said
    for field, wrong in (
        ("first", "vakar"),
        ("partner", "EE"),
        ("names", "x"),
        ("ref", "x"),
        ("language", "xx"),
    ):
        given = {**form, "language": "en", field: wrong}
        assert client_of(cast.inga).post(page(cast), given).status_code == 200
    assert not Dossier.objects.exists()


@pytest.mark.parametrize("state", DossierState.values)
@pytest.mark.parametrize("language", TITLES)
def test_one_dossier_in_each_state(cast: Cast, state: str, language: str) -> None:
    made = ready(cast) if state == "ready" else asked(cast)
    Dossier.objects.filter(pk=made.pk).update(state=state)
    cast.inga.language = language
    cast.inga.save()
    said = client_of(cast.inga).get(f"/dossiers/{made.ref}/").content.decode()
    assert ("archive.zip" in said) is (state == "ready")
    assert (made.sha256 in said) if state == "ready" else ("SHA-256" not in said)


def test_a_copy_taken_away_in_between_changes_no_byte(cast: Cast) -> None:
    """To look at a dossier, to fetch it and to export a survey is no state of the programme."""
    surveys.crowd(cast.programme, {("mentor", "LV"): 6, ("mentee", "LV"): 6})
    survey = surveys.sent(cast, "progress_survey")
    for each in surveys.invitations(survey):
        submit_answers(invitation=each, values=surveys.WELL, by=None, now=surveys.LATER)
    close_survey(survey=survey, by=cast.inga, now=surveys.LATER)
    compute_due(surveys.LATER)
    asks = f"/surveys/{survey.ref}/answers.zip"
    fetched = []
    for day in (120, 121):
        with moved_to(NOW + timedelta(days=day)):
            given = {"ref": new_ref(), "what": "all", "names": "signed", "language": "en"}
            assert client_of(cast.inga).post(page(cast), given).status_code == 302
            build_waiting(lambda: NOW + timedelta(days=200))
            made = Dossier.objects.latest("pk")
            answer = client_of(cast.dace).get(f"/dossiers/{made.ref}/archive.zip")
            fetched.append(answer.getvalue())
            assert client_of(cast.inga).get(asks).status_code == 200
    assert Line.objects.filter(verb="survey.export").count() == 2
    assert fetched[0] == fetched[1]


def test_the_archive_is_whole_and_stays_on_no_computer(cast: Cast, tmp_path: Path) -> None:
    made = ready(cast)
    answer = client_of(cast.dace).get(f"/dossiers/{made.ref}/archive.zip")
    path = tmp_path / "fetched.zip"
    path.write_bytes(answer.getvalue())
    assert verify(path, expected=made.sha256)
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_broken_download_goes_on_where_it_stopped(cast: Cast) -> None:
    """On a slow line nobody begins hundreds of megabytes again."""
    made, client = ready(cast), client_of(cast.dace)
    address = f"/dossiers/{made.ref}/archive.zip"
    whole = client.get(address, headers={"Accept-Encoding": "gzip"})
    content, tag = whole.getvalue(), whole.headers["ETag"]
    # As it lies there: the length is known, and pieces of it can be told apart.
    assert (whole.headers["Accept-Ranges"], whole.headers["Content-Length"]) == ("bytes", str(made.size))
    assert len(content) == made.size
    asked = {"Range": "bytes=1000-", "If-Range": tag, "Accept-Encoding": "gzip"}
    rest = client.get(address, headers=asked)
    assert (rest.status_code, rest.getvalue()) == (206, content[1000:])
    assert rest.headers["Content-Range"] == f"bytes 1000-{made.size - 1}/{made.size}"
    assert rest.headers["Content-Length"] == str(made.size - 1000)
    # Of another archive, of nonsense or of a piece in the middle it is the whole that is sent.
    for more in (
        {"If-Range": '"other"'},
        {"Range": "bytes=5-9"},
        {"Range": f"bytes={made.size}-"},
        {"Range": "x"},
    ):
        again = client.get(address, headers={**asked, **more})
        assert (again.status_code, again.getvalue()) == (200, content), more


def test_an_archive_that_is_gone_from_the_disk(cast: Cast, own_folder: Path) -> None:
    made = ready(cast)
    (own_folder / "dossiers" / f"{made.ref}.zip").unlink()
    assert status(cast.inga, f"/dossiers/{made.ref}/archive.zip") == 404
    assert status(cast.inga, f"/dossiers/{made.ref}/") == 200


@pytest.mark.parametrize("language", TITLES)
def test_an_observer_sees_figures_and_the_archive_without_an_account(cast: Cast, language: str) -> None:
    made = ready(cast)
    invited(made, cast, language=language)
    address = f"/observer/{token_of()}/"
    with moved_to(NOW):
        answer = client_of(None).get(address)
        said = answer.content.decode()
        assert TITLES[language] in said
        assert made.sha256 in said
        assert f'<tbody lang="{language}"><tr><th scope="row">{SUMS[language]}</th>' in said
        other = "en" if language == "lv" else "lv"
        assert SUMS[other] in client_of(None).get(f"{address}?language={other}").content.decode()
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert client_of(None).get(f"{address}archive.zip").status_code == 200
        assert client_of(None).post(address).status_code == 405
    assert list(Opening.objects.order_by("pk").values_list("what", flat=True)) == ["page", "page", "file"]


def test_sums_kept_in_one_language_alone_say_in_which(cast: Cast) -> None:
    """So a dossier made before keeps them."""
    made = ready(cast)
    made.figures = {"en": made.figures["en"]}
    made.save(update_fields=["figures"])
    invited(made, cast, language="lt")
    with moved_to(NOW):
        said = client_of(None).get(f"/observer/{token_of()}/").content.decode()
    assert f'<tbody lang="en"><tr><th scope="row">{SUMS["en"]}</th>' in said


def test_a_link_that_does_not_open(cast: Cast) -> None:
    link = invited(ready(cast), cast)
    address = f"/observer/{token_of()}/"
    for unknown in (
        "/observer/x/",
        f"/observer/{'x' * 300}/",
        f"/observer/{link.ref}/",
        f"/observer/{link.digest}/",
    ):
        assert status(None, unknown) == status(None, f"{unknown}archive.zip") == 404
    with moved_to(NOW + timedelta(days=30)):
        assert client_of(None).get(address).status_code == 410
        assert client_of(None).get(f"{address}archive.zip").status_code == 410
    with moved_to(NOW):
        assert client_of(cast.inga).post(f"/observer-links/{link.ref}/withdrawal/").status_code == 302
    assert status(None, address) == 410
    assert not Opening.objects.exists()


def test_an_observer_opens_one_dossier_and_no_other(cast: Cast) -> None:
    invited(ready(cast, partner="LT"), cast)
    other = ready(cast)
    client = client_of(None)
    with moved_to(NOW):
        said = client.get(f"/observer/{token_of()}/").content.decode()
        assert other.sha256 not in said
        assert client.get(f"/dossiers/{other.ref}/archive.zip").status_code == 302


def test_an_observer_is_invited_on_the_page(cast: Cast) -> None:
    made = ready(cast)
    address = f"/dossiers/{made.ref}/"
    form = {"ref": "abcdefghjkmn", "name": "Revīzija", "address": "r@b.example", "language": "lt"}
    with moved_to(NOW):
        client = client_of(cast.inga)
        assert "notice" in client.post(address, {**form, "expires_on": "2020-01-01"}).content.decode()
        for _click in range(2):
            assert client.post(address, {**form, "expires_on": "2025-12-01"}).status_code == 302
        said = client.get(address).content.decode()
    assert ObserverLink.objects.count() == 1
    assert "Revīzija" in said


@pytest.mark.parametrize("count", [1, 30])
def test_lists_ask_the_same_number_of_questions(cast: Cast, count: int) -> None:
    made = ready(cast)
    for _number in range(count):
        invited(made, cast)
        asked(cast)
    found = {}
    for address in (page(cast), f"/dossiers/{made.ref}/"):
        client = client_of(cast.inga)
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address).status_code == 200
        found[address] = len(caught)
    assert max(found.values()) <= MOST_QUERIES, found
    assert list(found.values()) == [8, 5]


def test_a_long_list_is_paged(cast: Cast) -> None:
    for _number in range(51):
        asked(cast)
    first = client_of(cast.inga).get(page(cast)).content.decode()
    assert "?page=2" in first
    second = client_of(cast.inga).get(page(cast) + "?page=2").content.decode()
    assert second.count('href="/dossiers/') == 1
