"""The pages of a company profile: who reads what, and that only the mentee writes."""

import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.profiles.conftest import SECRET, WORDS, write
from tests.programmes.conftest import text
from varpa.kernel.refs import new_ref
from varpa.pairs.actions.pairs import dissolve_pair
from varpa.people.models import Person
from varpa.profiles.actions.parts import correct_part
from varpa.profiles.models import Approval, Correction, Part, Profile, Publishing
from varpa.programmes.models import Role

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


def signed_in(person: Person | None) -> Client:
    client = Client()
    if person:
        client.force_login(person)
    return client


def at(name: str, profile: Profile, *more: object) -> str:
    return reverse(f"profiles:{name}", args=[profile.ref, *more])


def reading(profile: Profile) -> list[str]:
    return [at("profile", profile), at("part", profile, "activity"), at("document", profile)]


def test_the_two_read_from_the_first_word(cast: Cast, profile: Profile, part: Part) -> None:
    for path in reading(profile):
        for person in (cast.elina, cast.andris):
            assert signed_in(person).get(path).status_code == 200
        for stranger in (cast.inga, cast.dace, cast.rimantas, cast.gabija, cast.zane, cast.tomas):
            assert signed_in(stranger).get(path).status_code == 404
        assert signed_in(None).get(path).status_code == 302


def test_after_the_end_both_read_and_nobody_writes(cast: Cast, profile: Profile, part: Part) -> None:
    dissolve_pair(pair=cast.pair, reason="Pārcelšanās", by=cast.inga, now=NOW)
    for path in reading(profile):
        for person in (cast.elina, cast.andris):
            assert signed_in(person).get(path).status_code == 200
    signed_in(cast.elina).post(at("part", profile, "activity"), {"text": "Cits", "revision": "1"})
    assert Part.objects.get().text == WORDS


def test_after_the_end_a_part_is_kept_back_and_not_let_out_again(
    cast: Cast, profile: Profile, part: Part
) -> None:
    mentor, keep = signed_in(cast.andris), at("keep_back", profile, "activity")
    said = {"text": "Nav tā.", "ref": new_ref()}
    mentor.post(at("correct", profile, "activity"), said)
    dissolve_pair(pair=cast.pair, reason="Pārcelšanās", by=cast.inga, now=NOW)
    page = text(mentor.get(at("part", profile, "activity")))
    assert keep in page
    assert "Ņemt atpakaļ" not in page
    mentor.post(keep, {"kept": "1"})
    assert keep not in text(mentor.get(at("part", profile, "activity")))
    assert "Mentorings ir beidzies" in text(mentor.post(keep, {"kept": "0"}, follow=True))
    assert Part.objects.get().kept_by_mentor


def test_the_mentor_writes_by_no_address(cast: Cast, profile: Profile, part: Part) -> None:
    mentor = signed_in(cast.andris)
    said = {"company": "Mans", "revision": "0", "text": "Mans teksts", "finished": "1"}
    for name in ("name", "finish"):
        assert mentor.post(at(name, profile), said).status_code == 403
    assert mentor.get(at("name", profile)).status_code == 403
    mentor.post(at("part", profile, "activity"), {**said, "revision": "1"})
    mentor.post(at("part", profile, "history"), said)
    mentor.post(reverse("profiles:of_pair", args=[cast.pair.ref]), said)
    stored = Profile.objects.get()
    assert (stored.company, stored.state, Part.objects.get().text) == ("Māls un uguns", "drafting", WORDS)


def test_the_mentee_approves_by_no_address(cast: Cast, profile: Profile, part: Part) -> None:
    said = {"approved": "1", "revision": "1", "kept": "1", "text": "Nē", "ref": new_ref()}
    for name in ("approve", "keep_back", "correct"):
        assert signed_in(cast.elina).post(at(name, profile, "activity"), said).status_code == 403
    assert not Approval.objects.exists()
    assert not Correction.objects.exists()


def test_from_the_room_the_mentee_begins(cast: Cast) -> None:
    client, address = signed_in(cast.elina), reverse("profiles:of_pair", args=[cast.pair.ref])
    assert "Māls un uguns" in client.get(address).content.decode()
    assert client.post(address, {"company": ""}).status_code == 200
    assert signed_in(cast.andris).get(address).status_code == 200
    made = client.post(address, {"company": "Māls"})
    assert made.headers["Location"] == at("profile", Profile.objects.get())
    assert signed_in(cast.andris).get(address).status_code == 302
    assert signed_in(cast.inga).get(address).status_code == 403


def test_the_room_leads_there(cast: Cast) -> None:
    room = signed_in(cast.elina).get(reverse("home:room", args=[cast.pair.ref])).content.decode()
    assert reverse("profiles:of_pair", args=[cast.pair.ref]) in room


def test_a_part_saves_itself(cast: Cast, profile: Profile) -> None:
    client, path = signed_in(cast.elina), at("part", profile, "activity")
    said = {"text": WORDS, "sources": ["said", "seen"], "kept": "on", "revision": 0}
    assert client.post(path, said, headers={"X-Autosave": "1"}).json()["revision"] == 1
    part = Part.objects.get()
    assert (part.text, part.sources, part.kept_by_mentee) == (WORDS, ["said", "seen"], True)
    again = client.post(path, {**said, "text": "Cits"}, headers={"X-Autosave": "1"})
    assert again.json() == {"conflict": True}


def test_both_texts_stand_on_the_page(cast: Cast, profile: Profile, part: Part) -> None:
    said = {"text": "No telefona", "kept": "on", "revision": 0}
    page = signed_in(cast.elina).post(at("part", profile, "activity"), said).content.decode()
    assert "No telefona" in page
    assert "Gadā ap divi tūkstoši trauku" in page
    assert "checked" in page


def test_a_text_that_is_too_long_is_kept(cast: Cast, profile: Profile) -> None:
    said = {"text": "a" * 20_001, "revision": 0}
    page = signed_in(cast.elina).post(at("part", profile, "activity"), said).content.decode()
    assert "a" * 20_001 in page
    assert not Part.objects.exclude(text="").exists()


def test_what_is_written_cannot_become_markup(cast: Cast, profile: Profile) -> None:
    write(profile, cast, '<script>alert(1)</script> [x](javascript:alert(1)) <img src="http://x">')
    page = signed_in(cast.andris).get(at("part", profile, "activity")).content.decode()
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "<img" not in page


def test_the_mentor_approves_and_takes_it_back(cast: Cast, profile: Profile, part: Part) -> None:
    mentor, path = signed_in(cast.andris), at("approve", profile, "activity")
    mentor.post(path, {"approved": "1", "revision": "0"})
    assert not Approval.objects.exists()
    mentor.post(path, {"approved": "1", "revision": "junk"})
    mentor.post(path, {"approved": "1", "revision": "1", "named": "0"})
    assert Approval.objects.get().text == WORDS
    mentor.post(path, {"approved": "0"})
    assert Approval.objects.get().withdrawn_at


def test_what_is_not_right_stands_beside_the_text(cast: Cast, profile: Profile, part: Part) -> None:
    mentor, path = signed_in(cast.andris), at("correct", profile, "activity")
    assert mentor.post(path, {"ref": new_ref(), "text": ""}).status_code == 200
    mentor.post(path, {"ref": new_ref(), "text": "Trīs tūkstoši, ne divi"})
    assert (
        "Trīs tūkstoši, ne divi"
        in signed_in(cast.elina).get(at("part", profile, "activity")).content.decode()
    )
    settle = reverse("profiles:settle", args=[Correction.objects.get().ref])
    withdraw = reverse("profiles:withdraw", args=[Correction.objects.get().ref])
    assert mentor.post(settle).status_code == 403
    assert signed_in(cast.elina).post(withdraw).status_code == 403
    assert signed_in(cast.inga).post(settle).status_code == 404
    signed_in(cast.elina).post(settle)
    assert Correction.objects.get().settled_at
    mentor.post(withdraw)
    assert Correction.objects.get().withdrawn_at


def test_both_publish_by_the_page(cast: Cast, approved: Profile) -> None:
    for person in (cast.elina, cast.andris):
        client = signed_in(person)
        assert client.get(at("profile", approved)).status_code == 200
        client.post(at("publish", approved), {"agreed": "1"})
    assert Publishing.objects.filter(withdrawn_at=None).count() == 2
    assert signed_in(cast.inga).post(at("publish", approved), {"agreed": "0"}).status_code == 404
    signed_in(cast.andris).post(at("publish", approved), {"agreed": "0"})
    assert Publishing.objects.filter(withdrawn_at=None).count() == 1


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def test_members_read_what_is_published_and_no_more(cast: Cast, published: Profile) -> None:
    for person in (cast.inga, cast.dace, cast.rimantas, cast.gabija):
        client = signed_in(person)
        gallery = client.get(reverse("profiles:gallery", args=[cast.programme.ref])).content.decode()
        assert at("published", published) in gallery
        page = client.get(at("published", published)).content.decode()
        paper = text_of(client.get(at("published_document", published)).content)
        for shown in (page, paper):
            assert "divi tūkstoši trauku" in shown
            assert SECRET not in shown
        assert client.get(at("profile", published)).status_code == 404
        assert client.get(at("document", published)).status_code == 404
    for stranger in (cast.zane, cast.tomas, cast.jonas):
        for name in ("published", "published_document"):
            assert signed_in(stranger).get(at(name, published)).status_code == 404


def test_what_is_not_published_stands_in_no_gallery(cast: Cast, approved: Profile) -> None:
    client = signed_in(cast.rimantas)
    gallery = client.get(reverse("profiles:gallery", args=[cast.programme.ref])).content.decode()
    assert approved.company not in gallery
    assert client.get(at("published", approved)).status_code == 404
    assert client.get(at("published_document", approved)).status_code == 404


def test_the_own_copy_has_all(cast: Cast, approved: Profile) -> None:
    paper = text_of(signed_in(cast.andris).get(at("document", approved)).content)
    assert all(words in paper for words in ("Māls un uguns", "Elīna Bērziņa", SECRET, "divi tūkstoši"))


def test_the_manager_sees_how_far_and_not_what(cast: Cast, approved: Profile) -> None:
    path = reverse("profiles:states", args=[cast.programme.ref])
    page = signed_in(cast.inga).get(path).content.decode()
    assert "Elīna Bērziņa" in page
    assert "Māls" not in page
    assert "krūzes" not in page
    assert signed_in(cast.rimantas).get(path).status_code == 403
    assert signed_in(cast.tomas).get(path).status_code == 404


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_pages_ask_little_in_three_languages(cast: Cast, published: Profile, language: str) -> None:
    correct_part(profile=published, key="activity", text="Trīs", by=cast.andris, now=NOW)
    Person.objects.update(language=language)
    paths = [at("profile", published), at("part", published, "activity"), at("published", published)]
    programme = [reverse(f"profiles:{name}", args=[cast.programme.ref]) for name in ("gallery", "states")]
    pages = [(person, path) for person in (cast.elina, cast.andris) for path in paths]
    for person, path in [*pages, *((cast.inga, path) for path in programme)]:
        client = signed_in(person)
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert f'lang="{language}"' in client.get(path).content.decode()
        assert len(asked) <= MOST_QUERIES, [path, *(query["sql"] for query in asked)]


def test_lists_of_many_ask_as_little_as_of_one(cast: Cast, published: Profile) -> None:
    def count(path: str) -> int:
        client = signed_in(cast.inga)
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        return len(asked)

    paths = [reverse(f"profiles:{name}", args=[cast.programme.ref]) for name in ("gallery", "states")]
    before = [count(path) for path in paths]
    for number in range(30):
        mentor = make.member(cast.programme, make.person("Mentors", f"m{number}@varpa.example"), Role.MENTOR)
        mentee = make.member(
            cast.programme, make.person("Audzēknis", f"a{number}@varpa.example"), Role.MENTEE
        )
        profile = Profile.objects.create(
            pair=make.pair(mentor, mentee), company=f"Uzņēmums {number}", state="approved", begun_at=NOW
        )
        part = Part.objects.create(profile=profile, key="activity", text=WORDS)
        Approval.objects.create(part=part, text=WORDS, at=NOW)
        for side in ("mentor", "mentee"):
            Publishing.objects.create(profile=profile, side=side, at=NOW)
    assert [count(path) for path in paths] == before
    assert "Uzņēmums 29" in signed_in(cast.inga).get(paths[0]).content.decode()
