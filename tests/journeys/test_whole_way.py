"""One pair goes the whole way, from the proposal to the diary handed over: in Lithuanian, on a phone."""

from collections.abc import Callable
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.journeys import steps
from tests.journeys.conftest import Time, Visitor
from tests.journeys.stage import Stage
from tests.journeys.walker import Walker

NOTES = "Kalbėjomės apie kainą. Gabija pirmą kartą pati suskaičiavo savikainą."
# What the first page says after a meeting: as a mentor reads it, and as a mentee does.
REVIEW = "Užrašykite, kaip praėjo susitikimas"
REVIEW_OF_MENTEE = "Užrašyk, kaip praėjo susitikimas"


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])
def test_one_pair_goes_the_whole_way(
    visit: Visitor, time: Time, clean: Callable[[Page], None], script: bool
) -> None:
    stage = Stage(visit, time, clean, script)
    mentor, mentee = begin(stage)
    meet_first(stage, mentor, mentee)
    agree(mentor, mentee)
    work_together(stage, mentor, mentee)
    write_the_diary(stage, mentor)
    close(stage, mentor, mentee)


def begin(stage: Stage) -> tuple[Walker, Walker]:
    """Both are asked, come in by the letter and its code, say yes and read what prepares them."""
    steps.make_the_pair(stage.enter(stage.tomas))
    mentor, mentee = stage.enter(), stage.enter()
    for walker, person, other in (
        (mentor, stage.rimantas, "Gabija Petrauskaitė"),
        (mentee, stage.gabija, "Rimantas Žukauskas"),
    ):
        stage.come_in(walker, person, "pairs.proposed")
        steps.say_yes(walker, other=other)
    mentor.home()
    steps.read_everything(mentor, texts=3)
    mentee.home()
    steps.read_everything(mentee, texts=2)
    return mentor, mentee


def meet_first(stage: Stage, mentor: Walker, mentee: Walker) -> None:
    """The mentor plans, the mentee asks; they meet, and each writes how it was."""
    stage.work()
    mentor.open(stage.letter(stage.rimantas, "pairs.started"))
    mentor.follow("Suplanuoti")
    steps.plan(mentor, "2025-10-17T16:00", 60)
    steps.ask(mentee, "Kiek turi kainuoti vienas puodelis?")
    mentor.home()
    assert mentor.heading == "Perskaitykite klausimus kitam susitikimui"
    stage.time.in_vilnius(10, 17, 16, 10)
    mentor.home()
    mentor.follow("Atidaryti")
    assert mentor.heading == "Jūsų susitikimas vyksta dabar"
    mentor.write("Pastabos", "Savikaina, tada kaina.")
    mentor.press("Išsaugoti pastabas", inside="body")
    stage.time.in_vilnius(10, 17, 17, 30)
    steps.review(mentor, REVIEW, "Aptarėme temą.", 60)
    steps.review(mentee, REVIEW_OF_MENTEE, "Sužinojau, kas yra savikaina.", 60)
    steps.to_the_room(mentee)
    mentee.follow("Valandų apskaita")
    assert "Patvirtinta" in mentee.text


def agree(mentor: Walker, mentee: Walker) -> None:
    """The topic, the first goals, the cooperation plan, and a promise."""
    steps.look_at_the_topic(mentor)
    steps.add_a_step(mentee)
    steps.begin_the_plan(mentee)
    steps.agree_the_plan(mentor)
    steps.confirm_the_plan(mentee)
    steps.promise(mentee, "Suskaičiuosiu molio kainą", "2025-10-24")


def work_together(stage: Stage, mentor: Walker, mentee: Walker) -> None:
    """The company visit, the role swap, a meeting that nobody had planned: sixteen hours in all."""
    mentor.next("Suplanuokite vizitą į savo įmonę")
    steps.plan(mentor, "2025-10-24T13:00", 240, place="Molio g. 3, Šiauliai")
    assert "Vizitas į įmonę" in mentor.text
    steps.ask(mentee, "Kiek kainuoja viena krosnis?")
    stage.time.in_vilnius(10, 24, 18)
    steps.review(mentor, REVIEW, "Parodžiau degimo krosnį.", 240)
    steps.review(mentee, REVIEW_OF_MENTEE, "Degimas kainuoja daugiau nei molis.", 240)
    steps.keep_the_promise(mentee)
    mentor.next("Suplanuokite apsikeitimą vaidmenimis")
    steps.plan(mentor, "2025-11-07T14:00", 240)
    assert "Apsikeitimas vaidmenimis" in mentor.text
    stage.time.in_vilnius(11, 7, 19)
    swap = {"minutes": 240, "asked": steps.SENTENCE_OF_SWAP}
    steps.review(mentor, REVIEW, "Dabar aišku, ką daryti su senu sandėliu.", **swap)
    steps.review(mentee, REVIEW_OF_MENTEE, "Klausti sunkiau nei patarti.", **swap)
    stage.time.in_vilnius(11, 14, 20)
    steps.log(mentor, "Ruošėme mugę.", "2025-11-14T14:00", 300)
    steps.confirm_hours(mentee)


def write_the_diary(stage: Stage, mentor: Walker) -> None:
    """A few lines; with scripts they are kept before any button is pressed."""
    steps.to_the_room(mentor)
    mentor.follow("Mentoriaus dienoraštis")
    mentor.follow("Rašyti įrašą")
    mentor.write("Pastabos", NOTES)
    if stage.script:
        expect(mentor.page.locator("[data-saved-bar] [data-when=saved]")).to_be_visible()
        mentor.home()
        steps.to_the_room(mentor)
        mentor.follow("Mentoriaus dienoraštis")
        assert "Juodraštis" in mentor.text
        mentor.follow("Penktadienį, lapkričio 14 d.")
        assert mentor.page.get_by_label("Pastabos").input_value() == NOTES
    mentor.press("Užbaigti įrašą", inside="body")
    assert "Baigtas" in mentor.text


def close(stage: Stage, mentor: Walker, mentee: Walker) -> None:
    """The closing meeting, both look back, the diary goes to the mentee, and the cooperation ends."""
    mentor.next("Suplanuokite kitą susitikimą")
    steps.plan(mentor, "2025-12-05T15:00", 120, kind="Baigiamasis susitikimas")
    stage.time.in_vilnius(12, 5, 18)
    steps.review(mentor, REVIEW, "Atsigręžėme į metus.", 120)
    steps.confirm_hours(mentee)
    steps.look_back(mentor, "Gabija pati skaičiuoja kainą.")
    steps.look_back(mentee, "Mano dirbtuvės turi planą.")
    steps.hand_over_the_diary(mentor)
    read_the_diary(stage, mentee)
    mentor.next("Baigti bendradarbiavimą")
    mentor.press("Baigti bendradarbiavimą")
    assert "Ačiū už bendrą kelią." in mentor.text
    mentee.home()
    assert mentee.heading == "Mentorystė baigėsi"


def read_the_diary(stage: Stage, mentee: Walker) -> None:
    """The letter leads to the diary; it is the mentee's, also as a file."""
    mentee.open(stage.letter(stage.gabija, "diary.handed_over"))
    assert NOTES in mentee.text
    with mentee.page.expect_download() as coming:
        mentee.page.get_by_role("link", name="Išsaugoti kaip PDF").click()
    copy = coming.value.path().read_bytes()
    assert copy.startswith(b"%PDF-")
    reader = PdfReader(BytesIO(copy))
    assert reader.root_object["/Lang"] == "lt"
    assert "Gabija pirmą kartą pati" in " ".join(page.extract_text() for page in reader.pages)
