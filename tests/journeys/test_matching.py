"""From mentees who wait to pairs that begin: matched, decided, matched again, proposed, answered."""

from datetime import date

import pytest

from tests import make
from tests.journeys.conftest import Time, Visitor
from tests.journeys.stage import Stage
from tests.journeys.walker import Walker
from varpa.kernel import clock
from varpa.matching.actions.runs import work_asked
from varpa.matching.models import Choice
from varpa.pairs.models import Pair
from varpa.programmes.actions.participation import say_participation
from varpa.programmes.models import Role


@pytest.fixture
def stage(visit: Visitor, time: Time, clean: object, request: pytest.FixtureRequest) -> Stage:
    """Rimantas and Gabija, and two more of each; all of them are prepared."""
    stage = Stage(visit, time, clean=clean, script=request.param)
    programme = stage.mentor.programme
    others = [
        make.member(programme, make.person("Ona Rimkutė", "ona@varpa.example", language="lt"), Role.MENTOR),
        make.member(
            programme,
            make.person("Lukas Butkus", "lukas@varpa.example", language="lt", born=date(2006, 3, 3)),
            Role.MENTEE,
        ),
        make.member(
            programme,
            make.person("Ema Norkutė", "ema@varpa.example", language="lt", born=date(2006, 3, 4)),
            Role.MENTEE,
            topic="Kepykla",
        ),
    ]
    said = [["clay"], ["clay"], ["code"], ["code"], ["bread"]]
    for member, interests in zip([stage.mentor, stage.mentee, *others], said, strict=True):
        words = {"languages": ["lt"], "interests": interests, "availability": ["tue-evening", "wed-evening"]}
        say_participation(membership=member, said=words, by=None, now=make.NOW)
    for side in (stage.mentor, stage.mentee):
        make.prepare(side)
    return stage


def work(stage: Stage, manager: Walker) -> None:
    """The worker does what was asked; the page finds it out by itself, or by its link."""
    work_asked(clock.now())
    if stage.script:
        manager.page.wait_for_selector(".matches")
        manager.arrive()
    else:
        manager.follow("Žiūrėti dar kartą")


@pytest.mark.parametrize("stage", [True, False], ids=["with scripts", "without"], indirect=True)
def test_matched_decided_proposed_and_answered(stage: Stage) -> None:
    manager = stage.enter(stage.tomas)
    manager.next("Raskite porą 3 laukiantiems žmonėms")
    assert manager.heading == "3 mokiniai laukia mentoriaus"
    manager.press("Sudaryti poras")
    work(stage, manager)
    assert manager.heading == "Su mentoriumi: 2 iš 3"
    assert "Gabija Petrauskaitė, Rimantas Žukauskas" in manager.text
    assert "lietuvių" in manager.text
    manager.unfold("Nuspręsti")
    manager.press("Šie du kartu")
    assert "niekas nebūtų prarasta" in manager.text
    manager.follow("Sudaryti poras iš naujo")
    manager.press("Sudaryti poras")
    work(stage, manager)
    assert "Nuspręsta, kad kartu: Rimantas Žukauskas." in manager.text
    manager.follow("Be mentoriaus (1)")
    assert "Ema Norkutė" in manager.text
    manager.follow("Ema Norkutė")
    manager.page.go_back()
    manager.follow("Poros (2)")
    manager.follow_first("Lukas Butkus")
    manager.page.go_back()
    manager.follow("Pasiūlyti visas šias poras")
    assert "Bus išsiųsti 4 laiškai: lietuviškai 4." in manager.text
    manager.press("Klausti abiejų kiekvienoje poroje")
    assert "Pasiūlytos 2 poros." in manager.text
    for person, kind in ((stage.rimantas, "pairs.proposed"), (stage.gabija, "pairs.proposed")):
        walker = stage.enter()
        stage.come_in(walker, person, kind)
        walker.press("Taip, kartu")
    assert Pair.objects.get(mentee=stage.mentee).state == "active"
    manager.home()


@pytest.mark.parametrize("stage", [True], ids=["with scripts"], indirect=True)
def test_rather_not_and_the_gap_is_filled(stage: Stage) -> None:
    manager = stage.enter(stage.tomas)
    manager.next("Raskite porą 3 laukiantiems žmonėms")
    manager.press("Sudaryti poras")
    work(stage, manager)
    manager.follow("Pasiūlyti visas šias poras")
    manager.press("Klausti abiejų kiekvienoje poroje")
    gabija = stage.enter()
    stage.come_in(gabija, stage.gabija, "pairs.proposed")
    gabija.unfold("Jei ne")
    gabija.write("Kas tiktų labiau?", "Norėčiau arčiau namų.")
    gabija.press("Ne, šį kartą ne")
    manager.open(f"/programmes/{stage.mentor.programme.ref}/matching/answers/?show=ended")
    assert "Norėčiau arčiau namų." in manager.text
    manager.follow("Užpildyti spragas")
    assert manager.heading == "2 mokiniai laukia mentoriaus"
    manager.press("Sudaryti poras")
    work(stage, manager)
    assert manager.heading == "Su mentoriumi: 1 iš 2"
    manager.follow("Porų sudarymas")
    manager.follow("Kas nuspręsta")
    assert manager.heading == "Kas nuspręsta"


@pytest.mark.parametrize("stage", [True], ids=["with scripts"], indirect=True)
def test_dragged_to_another_mentor_and_told_what_it_costs(stage: Stage) -> None:
    manager = stage.enter(stage.tomas)
    manager.next("Raskite porą 3 laukiantiems žmonėms")
    manager.press("Sudaryti poras")
    work(stage, manager)
    page, rows = manager.page, manager.page.locator(".matches > li")
    handle = rows.nth(0).locator(".handle").bounding_box()
    there = rows.nth(1).bounding_box()
    assert handle
    assert there
    page.mouse.move(handle["x"] + 10, handle["y"] + 10)
    page.mouse.down()
    page.mouse.move(there["x"] + 60, there["y"] + 20, steps=5)
    page.mouse.up()
    page.wait_for_selector("dialog[open]")
    assert "mažiau taškų" in page.locator("dialog").inner_text()
    page.locator("dialog [data-not-now]").click()
    page.wait_for_selector("dialog", state="detached")
    assert not Choice.objects.exists()
    # A mentor who stands on no shown page is named, after a drop on the bar below.
    page.mouse.move(handle["x"] + 10, handle["y"] + 10)
    page.mouse.down()
    page.mouse.move(handle["x"] + 40, handle["y"] + 40, steps=5)
    bar = page.locator(".elsewhere").bounding_box()
    assert bar
    page.mouse.move(bar["x"] + bar["width"] / 2, bar["y"] + 5, steps=5)
    page.mouse.up()
    page.wait_for_selector("dialog[open]")
    page.locator("dialog [name=named]").fill("Ona Rimkutė")
    page.locator("dialog button[type=submit]").click()
    page.wait_for_selector("h1:has-text('Ona Rimkutė')")
    manager.arrive()
    assert not Choice.objects.exists()
    manager.press("Skirti šį mentorių")
    assert Choice.objects.get().mentor.person.name == "Ona Rimkutė"
