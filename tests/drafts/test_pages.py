"""The pages of a draft: from the organisation to a version from which a programme begins."""

from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from tests.cast import Cast
from tests.drafts.conftest import SignIn
from tests.make import NOW
from tests.programmes.conftest import queries
from tests.visits import forms
from varpa.drafts.actions.drafts import begin_draft
from varpa.drafts.models import Draft, DraftState
from varpa.drafts.queries import written
from varpa.kernel.refs import new_ref
from varpa.methodology import Methodology, digest, load_files
from varpa.methodology.items import item_at
from varpa.programmes.actions.programmes import offer_methodology
from varpa.programmes.models import OwnVersion, Programme
from varpa.programmes.queries import own_methodology_of

PLACE = "diary.questions.on_time"


def test_an_own_version_from_first_click_to_programme(cast: Cast, sign_in: SignIn) -> None:
    dace = sign_in(cast.dace)
    listed = f"/organisations/{cast.organisation.ref}/methodologies/"
    assert dace.get(listed).status_code == 200
    version = cast.programme.methodology_version
    begun = dace.post(listed, {"ref": new_ref(), "source": version.digest})
    draft = Draft.objects.get()
    assert begun["Location"] == f"/methodology-drafts/{draft.ref}/"
    page = f"/methodology-drafts/{draft.ref}/items/{PLACE}/"
    for address in (begun["Location"], page, f"/methodology-drafts/{draft.ref}/items/frame/"):
        assert dace.get(address).status_code == 200
    given: dict[str, Any] = {
        "text_lv": "Vai laikā?",
        "text_lt": "Ar laiku?",
        "text_en": "In time?",
        "revision": "0",
    }
    given |= {"about": ["mentee", "mentor"], "facts": "lateness"}
    assert dace.post(page, given).status_code == 302
    changes = dace.get(f"/methodology-drafts/{draft.ref}/changes/").content.decode()
    assert "laikā?" in changes
    dace.post(f"/methodology-drafts/{draft.ref}/publication/", {"revision": "1"})
    draft.refresh_from_db()
    assert draft.state == DraftState.PUBLISHED
    own = OwnVersion.objects.get(organisation=cast.organisation).version
    asked = {
        "ref": new_ref(),
        "organisation": cast.organisation.ref,
        "methodology": own.digest,
        "name_lv": "Jauna",
        "name_lt": "Nauja",
        "name_en": "New",
        "starts": "2026-09-01",
        "ends": "2027-06-30",
        "countries": ["LV"],
        "languages": ["lv"],
        "zone": "Europe/Riga",
    }
    dace.post("/programmes/new/", asked)
    assert Programme.objects.get(name__en="New").methodology_version == own


PAGES = ("", "items/frame/", "items/diary/", f"items/{PLACE}/", "items/calendar/", "items/documents.mentor/")


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
@pytest.mark.parametrize("page", [*PAGES, "changes/", "folder/"])
def test_each_page_in_each_language(
    cast: Cast, draft: Draft, sign_in: SignIn, page: str, language: str
) -> None:
    dace = sign_in(cast.dace)
    dace.cookies["django_language"] = language
    assert dace.get(f"/methodology-drafts/{draft.ref}/{page}").status_code == 200


def test_others_find_no_draft(cast: Cast, draft: Draft, sign_in: SignIn) -> None:
    for person in (cast.inga, cast.andris, cast.elina, cast.zane, cast.tomas):
        stranger = sign_in(person)
        for page in PAGES:
            assert stranger.get(f"/methodology-drafts/{draft.ref}/{page}").status_code == 404
        listed = f"/organisations/{cast.organisation.ref}/methodologies/"
        assert stranger.get(listed).status_code in (403, 404)
        assert stranger.post(f"/methodology-drafts/{draft.ref}/publication/").status_code == 404


def test_a_page_asks_the_same_with_many_drafts_and_versions(
    cast: Cast, draft: Draft, methodology: Methodology, sign_in: SignIn
) -> None:
    dace, listed = sign_in(cast.dace), f"/organisations/{cast.organisation.ref}/methodologies/"
    few = [queries(dace, listed), queries(dace, f"/methodology-drafts/{draft.ref}/items/diary/")]
    for number in range(30):
        own = replace(methodology, version=f"7.{number}")
        given: dict[str, Any] = {
            "organisation": cast.organisation,
            "methodology": own,
            "by": cast.dace,
            "now": NOW,
        }
        begin_draft(ref=new_ref(), **given)
        offer_methodology(organisation=cast.organisation, methodology=own, now=NOW)
    assert [queries(dace, listed), queries(dace, f"/methodology-drafts/{draft.ref}/items/diary/")] == few


def test_two_who_save_one_item_see_both_texts_and_lose_none(
    cast: Cast, draft: Draft, sign_in: SignIn
) -> None:
    dace, page = sign_in(cast.dace), f"/methodology-drafts/{draft.ref}/items/{PLACE}/"
    same = {"revision": "0", "about": ["mentee", "mentor"], "facts": "lateness", "text_lv": "Viens?"}
    dace.post(page, {**same, "text_lt": "Vienas?", "text_en": "First?"})
    told = dace.post(page, {**same, "text_lt": "Vienas?", "text_en": "Second?"}).content.decode()
    assert "First?" in told
    assert "Second?" in told
    dace.post(page, {**same, "text_lt": "Vienas?", "text_en": "Both?", "revision": "1"})
    assert item_at(written(Draft.objects.get()), PLACE).text.en == "Both?"


def test_an_item_is_added_taken_out_and_put_back_by_buttons(
    cast: Cast, draft: Draft, sign_in: SignIn
) -> None:
    dace, at = sign_in(cast.dace), f"/methodology-drafts/{draft.ref}/items"
    made = dace.post(f"{at}/plan.questions/new/", {"ref": "abcdefghjkmn"})
    assert made["Location"] == f"{at}/plan.questions.own-abcdefghjkmn/"
    assert dace.get(made["Location"]).status_code == 200
    assert dace.post(f"{made['Location']}removal/")["Location"] == f"{at}/plan/"
    assert "Ielikt atpakaļ" in dace.get(f"{at}/plan/").content.decode()
    dace.post(f"{made['Location']}back/")
    assert dace.get(made["Location"]).status_code == 200
    assert dace.post(f"{at}/plan.questions/new/", {"ref": "?"}).status_code == 404
    assert dace.get(f"{at}/plan.questions.nobody/").status_code == 404
    assert dace.get(f"{at}/plan.title/").status_code == 404


def test_the_folder_that_is_downloaded_is_the_draft(cast: Cast, draft: Draft, sign_in: SignIn) -> None:
    answer = sign_in(cast.dace).get(f"/methodology-drafts/{draft.ref}/folder/")
    with ZipFile(BytesIO(answer.content)) as packed:
        files = {name.partition("/")[2]: packed.read(name).decode() for name in packed.namelist()}
    assert load_files(files) == written(draft)


def test_a_version_of_another_organisation_is_not_taken(cast: Cast, sign_in: SignIn) -> None:
    other = cast.elsewhere.programme.organisation
    own = replace(own_methodology_of(cast.programme), version="9.9")
    offer_methodology(organisation=other, methodology=own, now=NOW)
    listed = f"/organisations/{cast.organisation.ref}/methodologies/"
    asked = {"ref": new_ref(), "source": digest(own)}
    assert sign_in(cast.dace).post(listed, asked).status_code == 404


def test_each_button_begins_a_draft_of_its_own(cast: Cast, sign_in: SignIn, methodology: Methodology) -> None:
    """Begun from one, gone back, and begun from another: two drafts."""
    own = replace(methodology, version="7.0", months=15)
    offer_methodology(methodology=own, organisation=cast.organisation, now=NOW)
    listed = f"/organisations/{cast.organisation.ref}/methodologies/"
    dace = sign_in(cast.dace)
    buttons = [
        {name: each.fields[name][0] for name in ("ref", "source")}
        for each in forms(dace.get(listed))
        if "source" in each.fields
    ]
    assert len({each["ref"] for each in buttons}) == len(buttons) > 1
    for _click in range(2):
        for each in buttons:
            assert "/methodology-drafts/" in dace.post(listed, each)["Location"]
    assert Draft.objects.count() == len(buttons)
    mixed = {"ref": buttons[0]["ref"], "source": buttons[-1]["source"]}
    assert dace.post(listed, mixed)["Location"] == listed


def test_a_revision_longer_than_any_publishes_nothing(draft: Draft, cast: Cast, sign_in: SignIn) -> None:
    address = f"/methodology-drafts/{draft.ref}/publication/"
    for revision in ("9" * 5000, "²"):
        assert sign_in(cast.dace).post(address, {"revision": revision}).status_code == 302
    draft.refresh_from_db()
    assert draft.became is None
