"""The pages of programmes: lists, and a new one."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests import make
from tests.cast import Cast
from tests.make import FOLDER, NOW
from tests.programmes.conftest import SignIn, picture, queries, text
from varpa.kernel.refs import new_ref
from varpa.people.models import Person
from varpa.programmes.actions.programmes import hold_emblem
from varpa.programmes.models import Membership, MembershipState, Programme, Role
from varpa.programmes.queries import methodology_of

pytestmark = pytest.mark.django_db


# The list


def test_the_list_shows_what_one_runs_and_where_one_takes_part(cast: Cast, sign_in: SignIn) -> None:
    draft = make.programme(cast.organisation, running=False)
    page = text(sign_in(cast.dace).get("/programmes/"))
    assert f"/programmes/{draft.ref}/settings/" in page
    assert f"/programmes/{cast.programme.ref}/" in page
    assert "/programmes/new/" in page
    page = text(sign_in(cast.andris).get("/programmes/"))
    assert f"/memberships/{cast.mentor.ref}/preparation/" in page
    assert "/settings/" not in page
    assert "/programmes/new/" not in page


def test_the_list_asks_the_same_questions_for_one_and_for_thirty(cast: Cast, sign_in: SignIn) -> None:
    one = queries(sign_in(cast.inga), "/programmes/")
    for _number in range(30):
        make.manager(make.programme(cast.organisation), cast.inga)
    assert queries(sign_in(cast.inga), "/programmes/") == one
    assert one <= 12


def test_the_list_is_paged(cast: Cast, sign_in: SignIn) -> None:
    for _number in range(51):
        make.programme(cast.organisation, running=False)
    page = sign_in(cast.dace).get("/programmes/")
    assert len(page.context["seen"]) == 50
    assert len(sign_in(cast.dace).get("/programmes/?page=2").context["seen"]) == 2


def test_applications_and_what_is_over_stand_apart(cast: Cast, sign_in: SignIn) -> None:
    Membership.objects.filter(pk=cast.mentor.pk).update(state=MembershipState.WITHDRAWN)
    page = sign_in(cast.andris).get("/programmes/")
    assert [each.pk for each in page.context["others"]] == [cast.mentor.pk]
    assert page.context["seen"] == []


def test_whoever_is_in_no_programme_is_told_so(cast: Cast, sign_in: SignIn) -> None:
    assert 'class="empty"' in text(sign_in(cast.zane).get("/programmes/"))


# A new one


def new(**changes: Any) -> dict[str, Any]:
    sent: dict[str, Any] = {
        "ref": new_ref(),
        "methodology": "educate-for-business",
        "name_lv": "Skola",
        "name_lt": "Mokykla",
        "name_en": "School",
        "starts": "2025-03-01",
        "ends": "2026-04-30",
        "countries": ["LV", "LT"],
        "languages": ["lv", "lt", "en"],
        "zone": "Europe/Riga",
        "hours": "",
        "manager_address": "ilze@varpa.example",
        "manager_name": "Ilze Vītola",
    }
    return {**sent, **changes}


def send_new(client: Client, cast: Cast, **changes: Any) -> Any:
    return client.post("/programmes/new/", new(organisation=cast.organisation.ref, **changes))


def test_a_programme_begins_on_the_page(cast: Cast, sign_in: SignIn, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    client, sent = sign_in(cast.dace), new(organisation=cast.organisation.ref, emblem=picture())
    assert 'name="ref"' in text(client.get("/programmes/new/"))
    answer = client.post("/programmes/new/", sent)
    made = Programme.objects.get(ref=sent["ref"])
    assert answer.headers["Location"] == f"/programmes/{made.ref}/settings/"
    assert (made.starts, made.ends, made.countries) == (date(2025, 3, 1), date(2026, 4, 30), ["LV", "LT"])
    assert Membership.objects.get(programme=made, role=Role.MANAGER).person.name == "Ilze Vītola"
    emblem = client.get(f"/programmes/{made.ref}/emblem/")
    assert emblem.headers["Content-Type"] == "image/png"
    assert "private" in emblem.headers["Cache-Control"]


@pytest.mark.parametrize(("hours", "minutes"), [("10", 600), ("", 960), ("16", 960)])
def test_a_programme_begins_with_its_own_hours(cast: Cast, sign_in: SignIn, hours: str, minutes: int) -> None:
    sent = new(organisation=cast.organisation.ref, hours=hours)
    sign_in(cast.dace).post("/programmes/new/", sent)
    made = Programme.objects.get(ref=sent["ref"])
    assert methodology_of(made).hours_minutes == minutes


WRONG: list[tuple[str, Any]] = [
    ("name_lv", ""),
    ("name_lt", "x" * 200),
    ("starts", "yesterday"),
    ("ends", ""),
    ("countries", ["XX"]),
    ("countries", []),
    ("languages", ["ru"]),
    ("languages", []),
    ("zone", "Mars/Olympus"),
    ("funder_text_lv", "tikai latviski"),
    ("manager_address", "no address"),
    ("methodology", "../../etc"),
    ("methodology", ""),
    ("hours", "sixteen"),
    ("hours", "0"),
    ("hours", "1001"),
    ("ref", "x"),
    ("organisation", "nobody"),
    ("manager_name", ""),
    ("ends", "2025-03-01"),
]


def test_a_wrong_field_says_so_and_loses_nothing(cast: Cast, sign_in: SignIn) -> None:
    before, client = Programme.objects.count(), sign_in(cast.dace)
    for field, value in WRONG:
        page = client.post("/programmes/new/", {**new(organisation=cast.organisation.ref), field: value})
        assert page.status_code == 200, field
        errors = {**page.context["form"].errors, **page.context["beginning"].errors}
        assert errors, (field, value)
        assert "School" in text(page)
    assert Programme.objects.count() == before


def test_every_field_empty(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.dace).post("/programmes/new/")
    assert page.status_code == 200
    assert {"name", "starts", "ends", "countries", "languages", "zone"} <= set(page.context["form"].errors)


def test_a_file_that_is_no_picture_makes_no_programme(cast: Cast, sign_in: SignIn) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    before = Programme.objects.count()
    page = send_new(sign_in(cast.dace), cast, emblem=SimpleUploadedFile("x.png", b"<svg/>"))
    assert page.status_code == 200
    assert Programme.objects.count() == before


def test_what_the_rules_refuse_is_told_with_what_the_form_finds(cast: Cast, sign_in: SignIn) -> None:
    wrong = {"name_lv": "", "ends": "2025-02-01", "hours": "1001", "manager_name": ""}
    page = send_new(sign_in(cast.dace), cast, **wrong)
    told = {**page.context["form"].errors, **page.context["beginning"].errors}
    assert set(told) == {"name", "ends", "hours", "manager_name"}


def test_a_manager_who_is_here_needs_no_name(cast: Cast, sign_in: SignIn) -> None:
    sent = {"manager_address": cast.inga.email, "manager_name": ""}
    assert send_new(sign_in(cast.dace), cast, **sent).status_code == 302


def test_a_chosen_emblem_outlives_what_is_wrong(
    cast: Cast, sign_in: SignIn, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    client = sign_in(cast.dace)
    page = send_new(client, cast, emblem=picture(), name_lv="")
    assert "„emblem.png” ir saglabāts" in text(page)
    kept = page.context["form"]["kept_emblem"].value()
    page = send_new(client, cast, kept_emblem=kept, ends="")
    sent = new(organisation=cast.organisation.ref, kept_emblem=page.context["form"]["kept_emblem"].value())
    client.post("/programmes/new/", sent)
    made = Programme.objects.get(ref=sent["ref"])
    assert made.emblem is not None
    assert (made.emblem.ref, made.emblem.about_ref) == (kept, made.ref)


def test_the_emblem_that_another_has_kept_is_nobodys(
    cast: Cast, sign_in: SignIn, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    kept = hold_emblem(upload=picture(), by=cast.tomas, now=NOW)
    sent = new(organisation=cast.organisation.ref, kept_emblem=kept.ref)
    assert sign_in(cast.dace).post("/programmes/new/", sent).status_code == 302
    assert Programme.objects.get(ref=sent["ref"]).emblem is None


def test_a_broken_folder_is_told_with_its_problems_and_not_offered(
    cast: Cast, sign_in: SignIn, settings: Any, tmp_path: Path
) -> None:
    shutil.copytree(FOLDER, tmp_path / "good")
    shutil.copytree(FOLDER, tmp_path / "bad")
    (tmp_path / "bad" / "plan.toml").write_text("title = ")
    (tmp_path / "notes.txt").write_text("no folder")
    settings.METHODOLOGIES = tmp_path
    client = sign_in(cast.dace)
    page = client.get("/programmes/new/")
    assert [key for key, _label in page.context["beginning"].fields["methodology"].choices] == ["good"]
    assert "plan.toml:1:" in text(page)
    before = Programme.objects.count()
    page = send_new(client, cast, methodology="bad")
    assert page.context["beginning"].errors["methodology"]
    assert Programme.objects.count() == before
    assert send_new(client, cast, methodology="good").status_code == 302


def test_without_a_methodology_nothing_can_begin(
    cast: Cast, sign_in: SignIn, settings: Any, tmp_path: Path
) -> None:
    settings.METHODOLOGIES = tmp_path / "nowhere"
    assert sign_in(cast.dace).get("/programmes/new/").status_code == 200


def test_the_list_shows_the_draft_under_its_name_in_the_readers_language(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.dace)
    send_new(client, cast)
    assert "Skola" in text(client.get("/programmes/"))
    Person.objects.filter(pk=cast.dace.pk).update(language="lt")
    assert "Mokykla" in text(sign_in(cast.dace).get("/programmes/"))
