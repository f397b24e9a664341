"""A folder that was written elsewhere becomes a draft, or is refused in a sentence and not kept."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import Cast
from tests.drafts.conftest import SignIn
from varpa.drafts.models import Draft
from varpa.drafts.queries import written
from varpa.kernel.refs import new_ref
from varpa.methodology import Methodology
from varpa.methodology.folders import Files
from varpa.methodology.writing import files_of
from varpa.programmes.models import MethodologyVersion

pytestmark = pytest.mark.django_db


def zipped(files: Files, top: str = "ours/") -> SimpleUploadedFile:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, words in files.items():
            archive.writestr(f"{top}{name}", words)
    return SimpleUploadedFile("ours.zip", out.getvalue())


def sent(cast: Cast, sign_in: SignIn, upload: SimpleUploadedFile) -> str:
    page = f"/organisations/{cast.organisation.ref}/methodologies/folder/"
    dace = sign_in(cast.dace)
    assert dace.get(page).status_code == 200
    return dace.post(page, {"ref": new_ref(), "folder": upload}, follow=True).content.decode()


def test_a_folder_changed_elsewhere_becomes_a_draft(
    cast: Cast, sign_in: SignIn, methodology: Methodology
) -> None:
    changed = replace(methodology, months=15)
    before = MethodologyVersion.objects.count()
    sent(cast, sign_in, zipped(files_of(changed)))
    draft = Draft.objects.get()
    assert (written(draft).months, draft.version) == (15, "1.1")
    assert draft.based_on == cast.programme.methodology_version
    assert MethodologyVersion.objects.count() == before


@pytest.mark.parametrize("name", ["../../evil.toml", "../../plan.toml", "/etc/evil.toml"])
def test_a_path_that_leads_out_is_not_followed(
    cast: Cast, sign_in: SignIn, methodology: Methodology, name: str
) -> None:
    sent(cast, sign_in, zipped({**files_of(methodology), name: "key = 1"}))
    assert written(Draft.objects.get()) == replace(methodology, version="1.1")


def test_an_archive_that_swells_is_refused(cast: Cast, sign_in: SignIn, methodology: Methodology) -> None:
    bomb = zipped({**files_of(methodology), "lv/mentor.md": "a" * 20_000_000})
    assert "Šis arhīvs ir lielāks" in sent(cast, sign_in, bomb)
    assert not Draft.objects.exists()


def test_what_is_no_archive_is_refused(cast: Cast, sign_in: SignIn) -> None:
    sent(cast, sign_in, SimpleUploadedFile("ours.zip", b"no archive"))
    assert not Draft.objects.exists()


def test_a_folder_that_contradicts_itself_is_told_and_not_kept(
    cast: Cast, sign_in: SignIn, methodology: Methodology
) -> None:
    said = sent(cast, sign_in, zipped({**files_of(methodology), "plan.toml": "key = 1"}))
    assert "plan.toml" in said
    assert not Draft.objects.exists()


def test_another_folder_sent_from_the_same_page_is_not_taken_for_the_first(
    cast: Cast, sign_in: SignIn, methodology: Methodology
) -> None:
    page = f"/organisations/{cast.organisation.ref}/methodologies/folder/"
    dace, ref = sign_in(cast.dace), new_ref()
    for months in (15, 15):
        folder = zipped(files_of(replace(methodology, months=months)))
        assert dace.post(page, {"ref": ref, "folder": folder}).status_code == 302
    folder = zipped(files_of(replace(methodology, months=14)))
    answer = dace.post(page, {"ref": ref, "folder": folder})
    assert answer.status_code == 200
    assert "jau reiz ir nosūtīta" in answer.content.decode()
    assert written(Draft.objects.get()).months == 15
