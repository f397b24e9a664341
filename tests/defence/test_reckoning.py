"""Where jurors could fund different plans: shares as if all could have given, reckoned by the worker (R9)."""

import io

import pytest
from django.test import Client
from pypdf import PdfReader

from tests.cast import Cast
from tests.defence.conftest import DAY, finish, juror, say, slot_of
from varpa.defence import papers
from varpa.defence.actions import days, jurors, stage
from varpa.defence.actions.reckoning import reckon_due
from varpa.defence.models import Defence, Listener, Slot
from varpa.defence.queries import Result, listeners_counted, results_of, share_of
from varpa.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged(cast: Cast, running: Defence) -> Defence:
    """Elīna is heard by Inga (50 %) and Rimantas (30 %), Gabija by Inga (40 %) and Andris (10 %)."""
    given = {cast.elina: {cast.inga: 50, cast.rimantas: 30}, cast.gabija: {cast.inga: 40, cast.andris: 10}}
    for presenter, amounts in given.items():
        slot = slot_of(running, presenter)
        stage.start_slot(slot=slot, by=cast.inga, now=DAY)
        for person, percent in amounts.items():
            say(slot, juror(running, person), percent * 1_000_00)
        stage.close_slot(slot=slot, by=cast.inga, now=DAY)
    return running


def test_the_share_is_as_if_every_juror_could_have_given(cast: Cast, judged: Defence) -> None:
    """By hand: Inga tells the plans apart by 10 points. Had each juror heard both, Rimantas would have given
    Gabija 20 and Andris Elīna 20: Elīna (50 + 30 + 20) / 3, Gabija (40 + 20 + 10) / 3."""
    finish(judged, cast)
    assert judged.reckoning == "additive"
    first, second = results_of(judged)
    assert (first.slot.title, first.place, second.place) == ("Keramikas darbnīca", 1, 2)
    assert (first.share, second.share) == (pytest.approx(0.40), pytest.approx(0.25))
    assert (first.slot.adjusted, second.slot.adjusted) == (pytest.approx(1 / 3), pytest.approx(7 / 30))


def test_nobody_would_have_got_less_than_nothing(cast: Cast, judged: Defence) -> None:
    """An estimate may lie below nought or above all that there was; what is told does not."""
    finish(judged, cast)
    gabijas, elinas = slot_of(judged, cast.gabija), slot_of(judged, cast.elina)
    gabijas.adjusted, elinas.adjusted = -0.0058, 1.2
    assert (Result(gabijas, 2, 0).fair, Result(elinas, 1, 0).fair) == (0, 1)
    assert "the share is 0%" in papers.said_to_one(gabijas)
    assert "the share is 100%" in papers.said_to_one(elinas)


def test_where_all_could_fund_all_the_plain_share_stands(cast: Cast, judged: Defence) -> None:
    Listener.objects.exclude(juror__person=cast.inga).delete()
    finish(judged, cast)
    assert judged.reckoning == "plain"
    assert {slot.adjusted for slot in judged.slots.all()} == {None}
    assert papers.said_of(judged) == ""


def test_jurors_with_nothing_in_common_are_not_compared(cast: Cast, judged: Defence) -> None:
    Listener.objects.filter(juror__person=cast.inga).delete()
    finish(judged, cast)
    assert judged.reckoning == "apart"
    assert {slot.adjusted for slot in judged.slots.all()} == {None}
    assert "cannot be" in papers.said_of(judged)


def test_words_only_reckon_nothing(cast: Cast, running: Defence) -> None:
    Defence.objects.update(mode="words")
    running.refresh_from_db()
    finish(running, cast)
    assert running.reckoning == "plain"


def test_until_the_worker_has_reckoned_there_is_no_protocol(cast: Cast, judged: Defence) -> None:
    days.finish_defence(defence=judged, by=cast.inga, now=DAY)
    inga = Client()
    inga.force_login(cast.inga)
    assert inga.get(f"/defences/{judged.ref}/protocol.pdf").status_code == 404
    assert "protocol.pdf" not in inga.get(f"/defences/{judged.ref}/").content.decode()
    assert (reckon_due(DAY), reckon_due(DAY)) == (1, 0)
    assert inga.get(f"/defences/{judged.ref}/protocol.pdf").status_code == 200
    assert "protocol.pdf" in inga.get(f"/defences/{judged.ref}/").content.decode()


@pytest.mark.parametrize(
    ("language", "said"),
    [("lv", "mazāko kvadrātu"), ("lt", "mažiausiųjų kvadratų"), ("en", "least squares")],
)
def test_page_and_protocol_say_how(cast: Cast, judged: Defence, language: str, said: str) -> None:
    finish(judged, cast)
    slot = slot_of(judged, cast.elina)
    for who in (cast.inga, cast.elina):
        Person.objects.filter(pk=who.pk).update(language=language)
        client = Client()
        client.force_login(Person.objects.get(pk=who.pk))
        page = client.get(f"/slots/{slot.ref}/result/").content.decode()
        assert said in page
        assert "33,3" in page or "33.3" in page
        assert "23,3" not in page
    client.force_login(Person.objects.get(pk=cast.inga.pk))
    pdf = client.get(f"/defences/{judged.ref}/protocol.pdf").content
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())
    assert said in text
    assert papers.digest(judged) in text.replace(" ", "")


def test_opened_again_a_presentation_is_heard_anew(cast: Cast, judged: Defence) -> None:
    slot = slot_of(judged, cast.elina)
    assert slot.listeners.count() == 2
    stage.reopen_slot(slot=slot, by=cast.inga, now=DAY)
    assert (slot.received, slot.eligible) == (0, 0)
    stage.close_slot(slot=slot, by=cast.inga, now=DAY)
    assert slot.listeners.count() == 2


def test_a_juror_who_never_came_divides_nothing(cast: Cast, running: Defence) -> None:
    """Rimantas is not there, which the host sees only after Elīna has presented."""
    slot = slot_of(running, cast.elina)
    stage.start_slot(slot=slot, by=cast.inga, now=DAY)
    say(slot, juror(running, cast.inga), 50_000_00)
    stage.close_slot(slot=slot, by=cast.inga, now=DAY)
    assert slot.eligible == 200_000_00
    for _click in range(2):
        jurors.take_juror_off(juror=juror(running, cast.rimantas), by=cast.inga, now=DAY)
    slot = Slot.objects.get(pk=slot.pk)
    counted = listeners_counted(Slot.objects.filter(pk=slot.pk)).count()
    assert (slot.received, slot.eligible, counted) == (50_000_00, 100_000_00, 1)
    assert share_of(slot) == pytest.approx(0.5)


def test_a_juror_who_has_spoken_and_goes_divides_what_was_heard(cast: Cast, running: Defence) -> None:
    slot = slot_of(running, cast.elina)
    stage.start_slot(slot=slot, by=cast.inga, now=DAY)
    say(slot, juror(running, cast.rimantas), 0)
    stage.close_slot(slot=slot, by=cast.inga, now=DAY)
    jurors.take_juror_off(juror=juror(running, cast.rimantas), by=cast.inga, now=DAY)
    assert Slot.objects.get(pk=slot.pk).eligible == 200_000_00
