"""Every form of a pair exists on paper (principle 6), in three languages: topic, plan, meeting, diary."""

from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from tests.cast import Cast, assemble
from varpa.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Everybody on the stage."""
    return assemble()


def get(who: Person | None, address: str, language: str = "lv") -> tuple[int, bytes]:
    """An address as somebody sees it."""
    client = Client(headers={"accept-language": language})
    if who:
        client.force_login(who)
    answer = client.get(address)
    return answer.status_code, answer.content


def words(pdf: bytes) -> str:
    """What stands in a document, its lines put together."""
    pages = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return " ".join(pages.split())


@pytest.mark.parametrize("key", ["topic", "plan", "meeting", "diary"])
def test_the_mentor_and_staff_print_each_form(cast: Cast, key: str) -> None:
    for who in (cast.andris, cast.inga):
        status, pdf = get(who, f"/pairs/{cast.pair.ref}/papers/{key}.pdf")
        assert status == 200
        assert cast.elina.name in words(pdf)


def test_the_diary_is_not_the_mentees(cast: Cast) -> None:
    assert get(cast.elina, f"/pairs/{cast.pair.ref}/papers/plan.pdf")[0] == 200
    assert get(cast.elina, f"/pairs/{cast.pair.ref}/papers/diary.pdf")[0] == 404
    assert b"diary.pdf" not in get(cast.elina, f"/pairs/{cast.pair.ref}/papers/")[1]


def test_nobody_else(cast: Cast) -> None:
    for address in ("papers/", "papers/plan.pdf", "papers/x.pdf"):
        for who in (cast.rimantas, cast.tomas, cast.zane):
            assert get(who, f"/pairs/{cast.pair.ref}/{address}")[0] == 404
        assert get(None, f"/pairs/{cast.pair.ref}/{address}")[0] == 302
    assert get(cast.andris, f"/pairs/{cast.pair.ref}/papers/x.pdf")[0] == 404


@pytest.mark.parametrize(
    ("language", "question", "promised"),
    [
        ("lv", "Vai pārrunātais ir konfidenciāls?", "apsolīts"),
        ("lt", "Ar tai, apie ką kalbama, yra konfidencialu?", "pažadėta"),
        ("en", "Is what is discussed confidential?", "promised"),
    ],
)
def test_in_each_language_and_tagged(cast: Cast, language: str, question: str, promised: str) -> None:
    cast.andris.language = language
    cast.andris.save()
    where = f"/pairs/{cast.pair.ref}/papers/"
    plan = get(cast.andris, f"{where}plan.pdf", language)[1]
    assert question in words(plan)
    assert PdfReader(BytesIO(plan)).root_object["/Lang"] == language
    assert promised in words(get(cast.andris, f"{where}meeting.pdf", language)[1])
    assert f'lang="{language}"'.encode() in get(cast.andris, where, language)[1]


def printed(cast: Cast, key: str, language: str) -> str:
    cast.andris.language = language
    cast.andris.save()
    return words(get(cast.andris, f"/pairs/{cast.pair.ref}/papers/{key}.pdf", language)[1])


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("lv", "Kādas problēmas ir jāatrisina?"),
        ("lt", "Kokias problemas reikia išspręsti?"),
        ("en", "Which problems have to be solved?"),
    ],
)
def test_the_first_half_of_the_first_meeting_too(cast: Cast, language: str, said: str) -> None:
    """Methodology §8.1: the mentee's topic is looked at first, then the practical questions."""
    assert said in printed(cast, "topic", language)
    assert get(cast.elina, f"/pairs/{cast.pair.ref}/papers/topic.pdf")[0] == 200


def test_the_paper_of_a_meeting_has_all_of_the_three_steps(cast: Cast) -> None:
    """Methodology §8: goals, resources and course before; results and progress after."""
    told = printed(cast, "meeting", "en")
    steps = ["What shall come of it?", "What must be at hand?", "Agenda", "Topics and questions"]
    steps += ["How it went", "What came of it?", "What is the progress towards the goals?"]
    places = [told.index(step) for step in steps]
    assert places == sorted(places)


def test_the_paper_of_the_diary_has_an_answer_for_each_of_the_two(cast: Cast) -> None:
    """Methodology §8.2: “mentee / mentor” means an answer for each; of one alone it says of whom."""
    told = printed(cast, "diary", "en")
    assert "Did you both come on time? Mentee Mentor Did either move" in told
    assert "Was the attitude positive? (mentee)" in told
    assert "How is your relationship developing? (" not in told
