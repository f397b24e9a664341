"""The pages of recommendations and guidelines: who sees what, three languages, a fixed number of queries."""

import io
import re
import zipfile
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from tests import make
from tests.cast import Cast
from tests.guidelines.conftest import ADVICE, DIARY, OWN, SECRET, from_diary, handed_over, in_own_words
from tests.make import NOW
from varpa.diary.models import Entry
from varpa.guidelines import keeping
from varpa.guidelines.actions.guidelines import draft, open_to_all, publish
from varpa.guidelines.exporting import archive
from varpa.guidelines.models import Change, Guidelines, Recommendation, Version
from varpa.methodology import load
from varpa.methodology.editing import Folder
from varpa.methodology.writing import files_of
from varpa.people.models import Person
from varpa.programmes.models import MembershipState, MethodologyVersion, Programme, Role
from varpa.programmes.queries import methodology_of

pytestmark = pytest.mark.django_db
MOST_QUERIES = 10
LANGUAGES = ("lv", "lt", "en")


@pytest.fixture
def version(cast: Cast, guidelines: Guidelines) -> Version:
    return publish(guidelines=guidelines, by=cast.inga, now=NOW)


def signed_in(person: Person | None) -> Client:
    client = Client()
    if person:
        client.force_login(person)
    return client


def at(name: str, *args: str) -> str:
    return reverse(f"guidelines:{name}", args=args)


def codes(path: str, *people: Person | None) -> list[int]:
    return [signed_in(each).get(path).status_code for each in people]


def test_every_page_in_three_languages(cast: Cast, entry: Entry, version: Version) -> None:
    ref, of = cast.programme.ref, version.ref
    pages = {
        cast.inga: [
            at("recommendations", ref),
            at("offer", ref),
            at("guidelines", ref),
            at("section", ref, "start"),
            at("changes", ref),
            at("changes", ref) + "?text=documents.closing.body",
            at("changes", ref) + "?part=roles",
            at("sort", Recommendation.objects.latest("pk").ref),
            at("version", of),
            at("differences", of),
        ],
        cast.dace: [at("next", of), at("upload")],
        cast.andris: [at("recommendations", ref), at("offer", ref) + f"?from=entry:{entry.ref}"],
        cast.elina: [at("recommendations", ref), at("offer", ref) + f"?from=room:{cast.pair.ref}"],
    }
    for person, paths in pages.items():
        for language in LANGUAGES:
            Person.objects.filter(pk=person.pk).update(language=language)
            for path in paths:
                answer = signed_in(person).get(path)
                assert (answer.status_code, answer.headers["Content-Language"]) == (200, language), path


def test_who_sees_what(cast: Cast, version: Version) -> None:
    ref, of = cast.programme.ref, version.ref
    members = (cast.andris, cast.elina, cast.rimantas)
    strangers = (cast.zane, cast.tomas, cast.jonas)
    for path in (at("recommendations", ref), at("guidelines", ref), at("version", of), at("paper", of, "lv")):
        assert codes(path, cast.inga, cast.dace, *members) == [200] * 5
        assert codes(path, *strangers) == [404] * 3
        assert codes(path, None) == [302]
    for path in (
        at("section", ref, "start"),
        at("changes", ref),
        at("folder", of),
        at("differences", of),
        at("next", of),
    ):
        assert codes(path, *members) == [403] * 3
        assert codes(path, *strangers) == [404] * 3
    assert codes(at("next", of), cast.inga, cast.dace) == [403, 200]
    assert codes(at("upload"), cast.inga, cast.andris, cast.zane, cast.dace) == [404, 404, 404, 200]


def test_no_road_leads_others_to_the_diary(cast: Cast, entry: Entry, passage: Recommendation) -> None:
    path = at("offer", cast.programme.ref) + f"?from=entry:{entry.ref}"
    assert codes(path, cast.andris) == [200]
    everybody = (cast.inga, cast.dace, cast.elina, cast.rimantas, cast.gabija, cast.zane, cast.tomas)
    assert codes(path, *everybody) == [404] * 7
    for person in everybody:
        for page in ("recommendations", "guidelines"):
            answer = signed_in(person).get(at(page, cast.programme.ref))
            assert SECRET not in answer.content.decode()
    assert ADVICE in signed_in(cast.inga).get(at("recommendations", cast.programme.ref)).content.decode()
    for person in (cast.rimantas, cast.elina):
        answer = signed_in(person).get(at("recommendations", cast.programme.ref))
        assert ADVICE not in answer.content.decode()


def test_what_waits_for_a_second_word_is_read_by_nobody_else(cast: Cast, passage: Recommendation) -> None:
    handed_over(cast)
    page = at("recommendations", cast.programme.ref)
    assert ADVICE not in signed_in(cast.inga).get(page).content.decode()
    assert codes(at("sort", passage.ref), cast.inga, cast.rimantas) == [404, 404]
    assert ADVICE in signed_in(cast.elina).get(page).content.decode()
    signed_in(cast.rimantas).post(at("consent", passage.ref), {"shown_as": "role"})
    assert ADVICE not in signed_in(cast.inga).get(page).content.decode()
    signed_in(cast.elina).post(at("consent", passage.ref), {"shown_as": "role"})
    assert ADVICE in signed_in(cast.inga).get(page).content.decode()
    signed_in(cast.elina).post(at("take_back", passage.ref))
    assert ADVICE not in signed_in(cast.inga).get(page).content.decode()


def test_a_mentor_offers_one_sentence_by_the_form(cast: Cast, entry: Entry) -> None:
    path = at("offer", cast.programme.ref) + f"?from=entry:{entry.ref}"
    client = signed_in(cast.andris)
    form = client.get(path).context["form"]
    key = next(key for key, text in form.fields["chosen"].choices if text == ADVICE)
    given = {"ref": form["ref"].value(), "chosen": [key], "says": "change", "shown_as": "name", "words": ""}
    for _turn in range(2):
        assert client.post(path, given).status_code == 302
    assert Recommendation.objects.get().text == ADVICE


def test_a_minor_is_not_asked_for_the_name(cast: Cast, entry: Entry) -> None:
    handed_over(cast)
    for years, asked in ((19, True), (16, False)):
        Person.objects.filter(pk=cast.elina.pk).update(born=date(NOW.year - years, 1, 1))
        path = at("offer", cast.programme.ref) + f"?from=entry:{entry.ref}"
        assert ("shown_as" in signed_in(cast.elina).get(path).context["form"].fields) is asked


def test_a_wrong_form_keeps_what_was_typed(cast: Cast, entry: Entry) -> None:
    path = at("offer", cast.programme.ref) + f"?from=entry:{entry.ref}"
    client = signed_in(cast.andris)
    form = client.get(path).context["form"]
    key = form.fields["chosen"].choices[0][0]
    given = {"ref": form["ref"].value(), "chosen": [key], "words": OWN, "says": "change", "shown_as": "role"}
    answer = client.post(path, given)
    assert answer.status_code == 200
    assert OWN in answer.content.decode()
    assert f'value="{key}" checked' in answer.content.decode()


def test_from_the_draft_to_the_next_programme_by_pages(cast: Cast, own_words: Recommendation) -> None:
    ref, inga, dace = cast.programme.ref, signed_in(cast.inga), signed_in(cast.dace)
    inga.post(at("draft", ref))
    form = inga.get(at("section", ref, "goals")).context["form"]
    texts = {"lv": "Sākt agrāk.", "lt": "Pradėti anksčiau.", "en": "Begin earlier."}
    inga.post(at("section", ref, "goals"), {"revision": form["revision"].value(), **texts})
    inga.post(at("changes", ref), {"path": "hours", "hours": "20"})
    for _turn in range(2):
        inga.post(at("publish", ref))
    version = Version.objects.get()
    page = dace.get(at("next", version.ref))
    beginning = page.context["beginning"]
    asked = {
        "ref": beginning["ref"].value(),
        "organisation": cast.organisation.ref,
        "methodology": "educate-for-business",
        "name_0": "Otrā",
        "name_lv": "Otrā",
        "name_lt": "Antra",
        "name_en": "The second",
        "starts": "2026-09-01",
        "ends": "2027-10-31",
        "countries": ["LV", "LT"],
        "languages": ["lv", "lt", "en"],
        "zone": "Europe/Riga",
    }
    answer = dace.post(at("next", version.ref), asked)
    assert answer.status_code == 302
    second = Programme.objects.exclude(pk__in=[cast.programme.pk, cast.elsewhere.programme_id]).get()
    methodology = methodology_of(second)
    assert (second.state, methodology.version, methodology.hours_minutes) == ("draft", "1.1", 1200)
    assert "Pradėti anksčiau." in methodology.document("learnt").body.lt
    library = dace.get(reverse("programmes:document", args=[second.ref, "learnt"]))
    assert "Sākt agrāk." in library.content.decode()


def test_an_archive_is_taken_and_a_programme_begins_from_it(cast: Cast, version: Version) -> None:
    packed = signed_in(cast.inga).get(at("folder", version.ref))
    assert packed.headers["Content-Disposition"] == 'attachment; filename="educate-for-business-1.1.zip"'
    dace = signed_in(cast.dace)
    upload = io.BytesIO(packed.content)
    upload.name = "methodology.zip"
    answer = dace.post(at("upload"), {"folder": upload})
    assert answer.status_code == 302
    assert dace.get(answer.headers["Location"]).status_code == 200
    assert MethodologyVersion.objects.filter(version="1.1").count() == 1
    assert signed_in(cast.inga).get(answer.headers["Location"]).status_code == 404


@pytest.mark.parametrize("kind", ["no archive", "elsewhere", "torn", "swollen"])
def test_a_bad_archive_is_told_and_keeps_nothing(cast: Cast, kind: str) -> None:
    files = files_of(load(make.FOLDER))
    if kind == "torn":
        del files["plan.toml"]
    content = archive(files, "folder/../../elsewhere" if kind == "elsewhere" else "folder")
    if kind == "no archive":
        content = b"PK nothing"
    if kind == "swollen":
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("methodology.toml", b" " * 9_000_000)
        content = out.getvalue()
    upload = io.BytesIO(content)
    upload.name = "methodology.zip"
    before = MethodologyVersion.objects.count()
    answer = signed_in(cast.dace).post(at("upload"), {"folder": upload})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert MethodologyVersion.objects.count() == before


def test_anybody_reads_what_is_open_and_nothing_else(cast: Cast, version: Version) -> None:
    assert codes(at("opened", version.ref), None, cast.zane) == [404, 404]
    signed_in(cast.andris).post(at("openness", version.ref), {"public": "yes"})
    assert codes(at("opened", version.ref), None) == [404]
    signed_in(cast.inga).post(at("openness", version.ref), {"public": "yes"})
    assert codes(at("opened", version.ref), None) == [200]
    assert codes(at("opened_paper", version.ref, "lt"), None) == [200]
    open_to_all(version=version, public=False, by=cast.inga, now=NOW)
    assert codes(at("opened_paper", version.ref, "lt"), None) == [404]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_is_tagged_and_speaks_its_language(cast: Cast, version: Version, language: str) -> None:
    answer = signed_in(cast.inga).get(at("paper", version.ref, language))
    read = PdfReader(io.BytesIO(answer.content))
    root: Any = read.trailer["/Root"]
    assert (root["/Lang"], bool(root["/MarkInfo"]["/Marked"])) == (language, True)
    text = " ".join(" ".join(page.extract_text() for page in read.pages).split())
    assert OWN in text
    assert codes(at("paper", version.ref, "de"), cast.inga) == [404]


def test_the_programmes_own_change_is_adopted_and_dropped(cast: Cast) -> None:
    programme = cast.programme
    programme.overrides = {"hours_minutes": 720}
    programme.save(update_fields=["overrides"])
    inga = signed_in(cast.inga)
    assert "12" in inga.get(at("changes", programme.ref)).content.decode()
    inga.post(at("changes", programme.ref), {"path": "hours_minutes"})
    change = Change.objects.get()
    assert change.value == 720
    assert signed_in(cast.andris).post(at("drop", change.ref)).status_code == 404
    inga.post(at("drop", change.ref))
    assert not Change.objects.filter(withdrawn_at=None).exists()
    assert inga.post(at("changes", programme.ref), {"path": "nothing"}).status_code == 404


def test_two_who_word_one_text_see_both(cast: Cast) -> None:
    path = at("changes", cast.programme.ref) + "?text=roles.mentor.tasks.first_meeting.text"
    first = {"text_lv": "Ingas vārdi.", "text_lt": "Žodžiai.", "text_en": "Words.", "revision": "0"}
    inga, dace = signed_in(cast.inga), signed_in(cast.dace)
    assert inga.post(path, first).status_code == 302
    seen = dace.post(path, {**first, "text_lv": "Daces vārdi."})
    assert all(words in seen.content.decode() for words in ("Ingas vārdi.", "Daces vārdi."))
    both = {**first, "text_lv": "Ingas vārdi.\nDaces vārdi.", "revision": seen.context["merge"].revision}
    assert dace.post(path, both).status_code == 302
    assert Change.objects.get(withdrawn_at=None).value["lv"] == both["text_lv"]


@pytest.mark.parametrize(
    ("hours", "code"), [("10005", 302), ("9" * 5000, 200), ("", 200), ("sixteen", 200), ("-3", 302)]
)
def test_hours_that_are_none_are_refused_and_not_cut(cast: Cast, hours: str, code: int) -> None:
    """What is no number at all stays in the field."""
    path = at("changes", cast.programme.ref)
    answer = signed_in(cast.inga).post(path, {"path": "hours", "hours": hours})
    assert answer.status_code == code
    if code == 200:
        assert f'value="{hours}"' in answer.content.decode()
    assert not Change.objects.exists()


def test_who_has_left_takes_a_word_back_as_easily(cast: Cast, passage: Recommendation) -> None:
    member = cast.programme.memberships.get(person=cast.andris)
    member.state = MembershipState.WITHDRAWN
    member.save(update_fields=["state"])
    andris, page = signed_in(cast.andris), at("recommendations", cast.programme.ref)
    assert ADVICE in andris.get(page).content.decode()
    assert codes(at("offer", cast.programme.ref), cast.andris) == [404]
    assert ADVICE not in andris.post(at("take_back", passage.ref), follow=True).context["own"]
    assert not passage.consents.filter(withdrawn_at=None).exists()


def test_whoever_offers_is_told_who_will_read_it(cast: Cast, passage: Recommendation) -> None:
    handed_over(cast)
    for path in (at("offer", cast.programme.ref), at("recommendations", cast.programme.ref)):
        answer = signed_in(cast.elina).get(path)
        told = answer.content.decode()
        assert "arī novērtējuma pārskatā" in told, path
        assert "ikviens, ja tos atver visiem" in told, path


@pytest.mark.parametrize("said", ['1/../../x"', "a\nb", "2026 pavasarī"])
def test_the_name_of_the_folder_is_plain_whatever_the_version(cast: Cast, said: str) -> None:
    folder = Folder(files_of(methodology_of(cast.programme)))
    folder.put_value("version", said)
    upload = io.BytesIO(archive(folder.files(), "folder"))
    upload.name = "methodology.zip"
    assert signed_in(cast.dace).post(at("upload"), {"folder": upload}).status_code == 302
    cast.programme.methodology_version = MethodologyVersion.objects.latest("pk")
    cast.programme.save(update_fields=["methodology_version"])
    guidelines = draft(programme=cast.programme, by=cast.inga, now=NOW)
    made = publish(guidelines=guidelines, by=cast.inga, now=NOW)
    answer = signed_in(cast.inga).get(at("folder", made.ref))
    assert re.fullmatch(r'attachment; filename="[a-zA-Z0-9.-]+\.zip"', answer["Content-Disposition"])
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert {name.count("/") for name in names} <= {1, 2}
    assert not any("/../" in name for name in names)


@pytest.mark.parametrize("page", ["recommendations", "guidelines", "section"])
def test_as_many_queries_at_thirty_as_at_one(cast: Cast, guidelines: Guidelines, page: str) -> None:
    args = [cast.programme.ref, *(["learning"] if page == "section" else [])]
    inga = signed_in(cast.inga)
    path = at(page, *args)
    inga.get(path)
    few = _queries(inga, path)
    for number in range(30):
        person = make.person(f"Anna {number}", f"anna{number}@varpa.example")
        make.member(cast.programme, person, Role.MENTEE)
        in_own_words(cast, person, words=f"Ieteikums ar numuru {number}.")
    # What is counted is remembered until the next change.
    inga.get(path)
    assert _queries(inga, path) == few <= MOST_QUERIES


def test_the_own_list_asks_as_much_at_thirty(cast: Cast) -> None:
    andris, path = signed_in(cast.andris), at("recommendations", cast.programme.ref)
    from_diary(cast, cast.andris, make.entry(cast.pair, text=DIARY))
    andris.get(path)
    few = _queries(andris, path)
    for number in range(30):
        in_own_words(cast, cast.andris, words=f"Ieteikums ar numuru {number}.")
    assert _queries(andris, path) == few <= MOST_QUERIES


def _queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_a_paper_is_made_once(cast: Cast, version: Version, monkeypatch: pytest.MonkeyPatch) -> None:
    first = signed_in(cast.elina).get(at("paper", version.ref, "lv")).content
    monkeypatch.setattr(keeping, "document", None)
    assert signed_in(cast.andris).get(at("paper", version.ref, "lv")).content == first
    open_to_all(version=version, public=True, by=cast.inga, now=NOW)
    assert signed_in(None).get(at("opened_paper", version.ref, "lv")).content == first
