"""The pages of a draft: from the organisation to a version from which a programme begins."""

from tests.cast import Cast
from tests.drafts.conftest import FOLDER, SignIn
from varpa.drafts.models import Draft, DraftState
from varpa.kernel.refs import new_ref
from varpa.programmes.models import OwnVersion, Programme

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
    given = {"text_lv": "Vai laikā?", "text_lt": "Ar laiku?", "text_en": "In time?", "revision": "0"}
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
    assert FOLDER.is_dir()
