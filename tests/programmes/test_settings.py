"""The settings of a programme: what it says of itself, steps, managers, its own methodology."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests import make
from tests.cast import Cast
from tests.programmes.conftest import SignIn, address, picture, queries, text
from varpa.kernel.refs import new_ref
from varpa.people.models import Person
from varpa.programmes.models import Membership, MembershipState, Programme, ProgrammeState
from varpa.programmes.queries import calendar_of, hours_target, methodology_of

pytestmark = pytest.mark.django_db


def form_of(cast: Cast, **changes: Any) -> dict[str, Any]:
    """What the settings page would send if nothing but `changes` were changed."""
    cast.programme.refresh_from_db()
    programme = cast.programme
    sent: dict[str, Any] = {
        "revision": programme.revision,
        "starts": programme.starts.isoformat(),
        "ends": programme.ends.isoformat(),
        "countries": programme.countries,
        "languages": programme.languages,
        "zone": programme.zone,
        "comment_days": "10",
        "passages_may_be_left_out": "on",
    }
    for field in ("name", "funder_text"):
        for language, words in getattr(programme, field).as_dict().items():
            sent[f"{field}_{language}"] = words
    return {**sent, **changes}


def test_the_settings_are_saved(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.inga)
    sent = form_of(cast, name_lv="Cits nosaukums", countries=["LV"])
    for _click in range(2):
        assert client.post(address(cast, "settings/"), sent).status_code == 302
    cast.programme.refresh_from_db()
    assert cast.programme.name.lv == "Cits nosaukums"
    assert cast.programme.comment_days == 10
    assert cast.programme.countries == ["LV"]


def test_two_who_save_see_both_texts(cast: Cast, sign_in: SignIn) -> None:
    early = form_of(cast, name_lv="Viens")
    assert sign_in(cast.inga).post(address(cast, "settings/"), early).status_code == 302
    late = {**early, "name_lv": "Divi", "starts": "2025-03-02"}
    page = sign_in(cast.dace).post(address(cast, "settings/"), late)
    assert page.status_code == 200
    assert "Viens" in text(page)
    assert "Divi" in text(page)
    assert 'name="revision" value="1"' in text(page)
    again = {**late, "name_lv": "Viens un divi", "revision": "1"}
    assert sign_in(cast.dace).post(address(cast, "settings/"), again).status_code == 302
    cast.programme.refresh_from_db()
    assert cast.programme.name.lv == "Viens un divi"
    assert cast.programme.starts == date(2025, 3, 2)


def test_a_setting_that_is_wrong_says_so(cast: Cast, sign_in: SignIn) -> None:
    for field in ("name_lv", "starts", "ends", "zone", "revision"):
        page = sign_in(cast.inga).post(address(cast, "settings/"), form_of(cast, **{field: ""}))
        assert page.status_code == 200, field
        assert page.context["form"].errors
        assert 'class="notice bad"' in text(page) or 'class="why"' in text(page)


def test_all_that_is_wrong_is_told_at_once_and_the_emblem_is_kept(
    cast: Cast, sign_in: SignIn, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    client = sign_in(cast.inga)
    wrong = form_of(cast, name_lv="", ends="2025-02-01", emblem=picture())
    page = client.post(address(cast, "settings/"), wrong)
    assert set(page.context["form"].errors) == {"name", "ends"}
    right = form_of(cast, kept_emblem=page.context["form"]["kept_emblem"].value())
    assert client.post(address(cast, "settings/"), right).status_code == 302
    cast.programme.refresh_from_db()
    assert cast.programme.emblem is not None


def test_each_step_has_its_button(cast: Cast, sign_in: SignIn) -> None:
    draft = make.programme(cast.organisation, running=False)
    client = sign_in(cast.dace)
    place = f"/programmes/{draft.ref}/"
    for step, state in (
        ("recruit", "recruiting"),
        ("run", "running"),
        ("close", "closing"),
        ("finish", "closed"),
        ("archive", "archived"),
    ):
        assert f'value="{step}"' in text(client.get(f"{place}settings/"))
        client.post(f"{place}step/", {"step": step})
        draft.refresh_from_db()
        assert draft.state == state
    assert 'name="step"' not in text(client.get(f"{place}settings/"))


def test_a_step_that_is_over_is_told(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.inga).post(address(cast, "step/"), {"step": "run"}, follow=True)
    assert 'class="notice bad"' in text(page)


@pytest.mark.parametrize(
    ("language", "task"),
    [
        ("lv", "Veltiet audzēknim 16 stundas"),
        ("lt", "Skirkite mokiniui 16 valandų"),
        ("en", "Devote 16 hours"),
    ],
)
def test_other_hours_lead_to_the_texts_that_name_the_old_ones(
    cast: Cast, sign_in: SignIn, language: str, task: str
) -> None:
    cast.inga.language = language
    cast.inga.save()
    client = sign_in(cast.inga)
    assert task not in text(client.get(address(cast, "settings/")))
    client.post(address(cast, "hours/"), {"hours": "20", "revision": "0"})
    page = text(client.get(address(cast, "settings/")))
    assert task in page
    path = "roles.mentor.tasks.hours.text"
    assert f"?text={path}" in page
    anew = {
        "text_lv": "Veltiet 20 stundas.",
        "text_lt": "Skirkite 20 valandų.",
        "text_en": "Devote 20 hours.",
    }
    client.post(address(cast, f"settings/wording/?text={path}"), {**anew, "revision": "1"})
    assert f"?text={path}" not in text(client.get(address(cast, "settings/")))


def test_hours_on_the_page(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.inga)
    assert client.post(address(cast, "hours/"), {"hours": "20", "revision": "0"}).status_code == 302
    assert hours_target(Programme.objects.get(pk=cast.programme.pk)) == 1200
    for wrong in ("0", "many", "1001", "1.5"):
        page = client.post(address(cast, "hours/"), {"hours": wrong, "revision": "1"})
        assert page.context["hours"].errors["hours"]
    page = client.post(address(cast, "hours/"), {"hours": "30", "revision": "0"})
    assert page.status_code == 200
    assert 'name="revision" value="1"' in text(page)
    assert client.post(address(cast, "hours/"), {"hours": "", "revision": "1"}).status_code == 302
    assert hours_target(Programme.objects.get(pk=cast.programme.pk)) == 960


def test_a_manager_is_appointed_and_released_on_the_page(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.dace)
    sent = {"address": "ilze@varpa.example", "name": "Ilze Vītola"}
    assert client.post(address(cast, "managers/"), sent).status_code == 302
    membership = Membership.objects.get(person__name="Ilze Vītola")
    assert "Ilze Vītola" in text(client.get(address(cast, "settings/")))
    client.post(address(cast, f"managers/{membership.ref}/release/"))
    membership.refresh_from_db()
    assert membership.state == MembershipState.WITHDRAWN
    page = client.post(address(cast, "managers/"), {"address": "new@varpa.example", "name": ""})
    assert page.context["appointing"].errors


def test_a_member_who_is_no_manager_is_not_released(cast: Cast, sign_in: SignIn) -> None:
    sign_in(cast.dace).post(address(cast, f"managers/{cast.mentor.ref}/release/"))
    cast.mentor.refresh_from_db()
    assert cast.mentor.state == MembershipState.ACCEPTED
    other = cast.elsewhere.mentor.ref
    assert sign_in(cast.dace).post(address(cast, f"managers/{other}/release/")).status_code == 404


# Its own methodology


def dates(cast: Cast, **changes: str) -> dict[str, str]:
    windows = calendar_of(cast.programme)
    sent = {"revision": str(cast.programme.revision)}
    for period in methodology_of(cast.programme).calendar:
        sent[f"{period.key}-starts"] = windows[period.key].starts.isoformat()
        sent[f"{period.key}-ends"] = windows[period.key].ends.isoformat()
    return {**sent, **changes}


def test_dates_on_the_page(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.inga)
    last = calendar_of(cast.programme)["before_start"].ends + timedelta(days=2)
    sent = dates(cast, **{"before_start-ends": last.isoformat()})
    assert client.post(address(cast, "settings/dates/"), sent).status_code == 302
    assert calendar_of(Programme.objects.get(pk=cast.programme.pk))["before_start"].ends == last


def test_a_wrong_date_says_so_at_its_field(cast: Cast, sign_in: SignIn) -> None:
    for wrong in ("2020-01-01", "2030-01-01", "", "soon"):
        sent = dates(cast, **{"before_start-ends": wrong})
        page = sign_in(cast.inga).post(address(cast, "settings/dates/"), sent)
        assert page.status_code == 200
        assert list(page.context["form"].errors) == ["before_start-ends"], wrong
    cast.programme.refresh_from_db()
    assert cast.programme.overrides == {}


def test_dates_changed_meanwhile_are_looked_at_again(cast: Cast, sign_in: SignIn) -> None:
    last = calendar_of(cast.programme)["before_start"].ends + timedelta(days=2)
    sent = dates(cast, **{"before_start-ends": last.isoformat()})
    Programme.objects.filter(pk=cast.programme.pk).update(revision=7)
    page = sign_in(cast.inga).post(address(cast, "settings/dates/"), sent)
    assert page.status_code == 200
    assert 'name="revision" value="7"' in text(page)
    assert last.isoformat() in text(page)


def test_a_text_is_chosen_by_its_part(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.inga)
    page = text(client.get(address(cast, "settings/wording/?part=phases")))
    assert "?text=phases.start.name" in page
    assert "?text=plan." not in page
    assert client.get(address(cast, "settings/wording/?part=nothing")).status_code == 200
    assert client.get(address(cast, "settings/wording/?text=nothing")).status_code == 404


def test_a_text_is_worded_anew(cast: Cast, sign_in: SignIn) -> None:
    client, place = sign_in(cast.inga), address(cast, "settings/wording/?text=phases.start.name")
    assert "Sākums" in text(client.get(place))
    sent = {"text_lv": "Sēkla", "text_lt": "Sėkla", "text_en": "Seed", "revision": "0"}
    assert client.post(place, sent).status_code == 302
    assert str(methodology_of(Programme.objects.get(pk=cast.programme.pk)).phases[0].name.lv) == "Sēkla"
    page = client.post(place, {**sent, "text_lv": "Pavisam cits"})
    assert "Pavisam cits" in text(page)
    assert "Sēkla" in text(page)
    page = client.post(place, {**sent, "text_lt": "", "revision": "1"})
    assert page.context["form"].errors["text"]


@pytest.mark.parametrize("among", ["plan", "first_meeting", "diary"])
def test_a_question_is_added_reworded_and_taken_out(cast: Cast, sign_in: SignIn, among: str) -> None:
    draft = make.programme(cast.organisation, running=False)
    client, place = sign_in(cast.dace), f"/programmes/{draft.ref}/settings/questions/{among}/"
    sent = {"ref": new_ref(), "revision": "0", "text_lv": "Vai?", "text_lt": "Ar?", "text_en": "Whether?"}
    for _click in range(2):
        assert client.post(place, sent).status_code == 302
    draft.refresh_from_db()
    (question,) = draft.overrides["questions"][among]
    assert question["key"] == f"own-{sent['ref']}"
    reworded = {**sent, "ref": new_ref(), "text_en": "Why?", "revision": str(draft.revision)}
    assert client.post(f"{place}?question={question['key']}", reworded).status_code == 302
    draft.refresh_from_db()
    assert [each["text"]["en"] for each in draft.overrides["questions"][among]] == ["Why?"]
    assert client.post(f"{place}{question['key']}/removal/").headers["Location"] == place
    draft.refresh_from_db()
    assert draft.overrides == {}


def test_a_question_lacking_a_language_says_so(cast: Cast, sign_in: SignIn) -> None:
    sent = {"ref": new_ref(), "revision": "0", "text_lv": "Vai?"}
    page = sign_in(cast.inga).post(address(cast, "settings/questions/plan/"), sent)
    assert page.context["form"].errors["text"]
    assert "Vai?" in text(page)
    assert sign_in(cast.inga).get(address(cast, "settings/questions/nothing/")).status_code == 404


def test_a_closed_programme_says_that_it_no_longer_changes(cast: Cast, sign_in: SignIn) -> None:
    Programme.objects.filter(pk=cast.programme.pk).update(state=ProgrammeState.CLOSED)
    client = sign_in(cast.inga)
    last = calendar_of(cast.programme)["before_start"].ends + timedelta(days=2)
    page = client.post(
        address(cast, "settings/dates/"), dates(cast, **{"before_start-ends": last.isoformat()})
    )
    assert page.context["form"].non_field_errors()
    page = client.post(address(cast, "hours/"), {"hours": "20", "revision": "0"})
    assert page.context["hours"].errors


SETTINGS = (
    "settings/",
    "settings/dates/",
    "settings/wording/",
    "settings/wording/?part=documents",
    "settings/wording/?text=documents.mentor.body",
    "settings/questions/diary/",
)


def test_a_page_of_settings_asks_few_questions(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.inga)
    assert {page: n for page in SETTINGS if (n := queries(client, address(cast, page))) > 12} == {}


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_every_page_is_drawn_in_each_language(cast: Cast, sign_in: SignIn, language: str) -> None:
    Person.objects.filter(pk=cast.dace.pk).update(language=language)
    for page in ("/programmes/", "/programmes/new/", *(address(cast, page) for page in SETTINGS)):
        answer = sign_in(cast.dace).get(page)
        assert answer.status_code == 200, page
        assert f'<html lang="{language}"' in text(answer)
