"""The pages of a presentation: the mentee makes it, the mentor sees what is shared, the notes nobody else."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from tests.cast import Cast
from tests.make import NOW
from tests.presentations.conftest import NOTES, WORDS, write
from tests.presentations.test_actions import paper, recommend
from varpa.kernel.refs import new_ref
from varpa.pairs.actions.pairs import dissolve_pair, pause_pair
from varpa.people.models import Person
from varpa.presentations.models import Presentation, Recommendation, Slide

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


def signed_in(person: Person | None) -> Client:
    client = Client()
    if person:
        client.force_login(person)
    return client


def at(name: str, presentation: Presentation, *more: object) -> str:
    return reverse(f"presentations:{name}", args=[presentation.ref, *more])


def reading(presentation: Presentation) -> list[str]:
    pages = [at("presentation", presentation), at("document", presentation)]
    return [*pages, at("slide", presentation, "idea"), at("show", presentation, 1)]


def test_the_mentee_and_the_mentor_see_what_is_shared(cast: Cast, shared: Presentation) -> None:
    for path in reading(shared):
        for person in (cast.elina, cast.andris):
            assert signed_in(person).get(path).status_code == 200
        for stranger in (cast.inga, cast.dace, cast.rimantas, cast.gabija, cast.zane, cast.tomas):
            assert signed_in(stranger).get(path).status_code == 404
        assert signed_in(None).get(path).status_code == 302


def test_not_before_it_is_shared(cast: Cast, presentation: Presentation, slide: Slide) -> None:
    for path in reading(presentation):
        assert signed_in(cast.andris).get(path).status_code == 404


def test_nor_by_a_mentor_who_rests_or_left(cast: Cast, shared: Presentation) -> None:
    pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
    assert signed_in(cast.andris).get(at("presentation", shared)).status_code == 404
    dissolve_pair(pair=cast.pair, reason="Pārcelšanās", by=cast.inga, now=NOW)
    assert signed_in(cast.andris).get(at("presentation", shared)).status_code == 404


def test_the_notes_are_seen_by_the_mentee_alone(cast: Cast, shared: Presentation) -> None:
    mentor, mentee = signed_in(cast.andris), signed_in(cast.elina)
    for path in [*reading(shared), f"{at('show', shared, 1)}?notes=1"]:
        assert NOTES not in mentor.get(path).content.decode(errors="replace")
    assert NOTES in mentee.get(at("show", shared, 1), {"notes": "1"}).content.decode()
    assert NOTES not in mentee.get(at("show", shared, 1)).content.decode()
    paper = PdfReader(io.BytesIO(mentee.get(at("document", shared)).content))
    text = " ".join(page.extract_text() for page in paper.pages)
    assert "nesaplīst" in text
    assert "pasmaidīt" not in text


def test_the_mentor_writes_by_no_address(cast: Cast, shared: Presentation) -> None:
    mentor = signed_in(cast.andris)
    said = {"title": "Mana", "revision": "0", "shared": "0", "text": "Mans"}
    for name in ("name", "share", "bring", "take_away"):
        assert mentor.post(at(name, shared), said).status_code == 403
    mentor.post(at("slide", shared, "idea"), {**said, "revision": "1"})
    mentor.post(at("slide", shared, "problem"), said)
    mentor.post(reverse("presentations:of_pair", args=[cast.pair.ref]), said)
    stored = Presentation.objects.get()
    assert (stored.title, stored.state, Slide.objects.get().text) == ("Keramikas darbnīca", "shared", WORDS)


def test_from_the_room_the_mentee_begins(cast: Cast) -> None:
    client, address = signed_in(cast.elina), reverse("presentations:of_pair", args=[cast.pair.ref])
    room = client.get(reverse("home:room", args=[cast.pair.ref])).content.decode()
    assert address in room
    assert client.get(address).status_code == 200
    assert client.post(address, {"title": ""}).status_code == 200
    made = client.post(address, {"title": "Mana"})
    assert made.headers["Location"] == at("presentation", Presentation.objects.get())
    assert signed_in(cast.andris).get(address).status_code == 200
    assert signed_in(cast.inga).get(address).status_code == 403


def test_a_slide_saves_itself(cast: Cast, presentation: Presentation) -> None:
    client, path = signed_in(cast.elina), at("slide", presentation, "idea")
    said = {"text": WORDS, "notes": NOTES, "revision": 0}
    assert client.post(path, said, headers={"X-Autosave": "1"}).json()["revision"] == 1
    again = client.post(path, {**said, "text": "Cits"}, headers={"X-Autosave": "1"})
    assert again.json() == {"conflict": True}
    page = client.post(path, {**said, "text": "No telefona"}).content.decode()
    assert "No telefona" in page
    assert "nesaplīst" in page


def test_slides_turn_without_a_script(cast: Cast, shared: Presentation) -> None:
    write(shared, cast, "Otrais", key="offer")
    client = signed_in(cast.andris)
    first = client.get(at("show", shared, 1)).content.decode()
    assert f'rel="next" href="{at("show", shared, 2)}"' in first
    assert 'rel="prev"' not in first
    second = client.get(at("show", shared, 2)).content.decode()
    assert f'rel="prev" href="{at("show", shared, 1)}"' in second
    assert 'rel="next"' not in second
    for number in (0, 3):
        assert client.get(at("show", shared, number)).status_code == 404


def test_recommended_and_marked_by_the_pages(cast: Cast, shared: Presentation) -> None:
    mentor, mentee, path = signed_in(cast.andris), signed_in(cast.elina), at("recommend", shared, "idea")
    assert mentor.post(path, {"ref": new_ref(), "text": ""}).status_code == 200
    mentor.post(path, {"ref": new_ref(), "text": "Sāc ar krūzi rokā."})
    assert mentee.post(path, {"ref": new_ref(), "text": "Mans"}).status_code == 403
    assert "Sāc ar krūzi rokā." in mentee.get(at("slide", shared, "idea")).content.decode()
    made = Recommendation.objects.get()
    mark, withdraw = (reverse(f"presentations:{name}", args=[made.ref]) for name in ("mark", "withdraw"))
    assert mentor.post(mark, {"done": "1"}).status_code == 403
    assert mentee.post(withdraw).status_code == 403
    assert signed_in(cast.inga).post(mark).status_code == 404
    mentee.post(mark, {"done": "1"})
    assert Recommendation.objects.get().done_at
    mentor.post(withdraw)
    assert Recommendation.objects.get().withdrawn_at


def test_a_file_is_brought_and_opened(cast: Cast, shared: Presentation) -> None:
    client = signed_in(cast.elina)
    assert client.get(at("file", shared)).status_code == 404
    assert client.post(at("bring", shared), {}).status_code == 200
    wrong = SimpleUploadedFile("slaidi.pptx", b"PK\x03\x04")
    assert client.post(at("bring", shared), {"upload": wrong}).status_code == 200
    client.post(at("bring", shared), {"upload": SimpleUploadedFile("s.pdf", paper(cast).read())})
    assert signed_in(cast.andris).get(at("file", shared)).status_code == 200
    assert signed_in(cast.inga).get(at("file", shared)).status_code == 404
    client.post(at("take_away", shared))
    assert signed_in(cast.andris).get(at("file", shared)).status_code == 404


def test_what_is_written_cannot_become_markup(cast: Cast, shared: Presentation) -> None:
    write(shared, cast, "<script>alert(1)</script> [x](javascript:alert(1))", revision=1)
    page = signed_in(cast.andris).get(at("show", shared, 1)).content.decode()
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_pages_ask_little_in_three_languages(cast: Cast, shared: Presentation, language: str) -> None:
    for number in range(30):
        recommend(shared, cast, text=f"Ieteikums {number}")
    Person.objects.update(language=language)
    for person in (cast.elina, cast.andris):
        client = signed_in(person)
        for path in (each for each in reading(shared) if "pdf" not in each):
            client.get(path)
            with CaptureQueriesContext(connection) as asked:
                assert f'lang="{language}"' in client.get(path).content.decode()
            assert len(asked) <= MOST_QUERIES, [path, *(query["sql"] for query in asked)]
