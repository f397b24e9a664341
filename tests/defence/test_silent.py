"""Before the day is closed the host learns whose silence would count; a plan is marked with its language."""

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.defence.conftest import DAY, juror, say, slot_of
from tests.defence.test_pages import at, text
from varpa.defence.actions import jurors, stage
from varpa.defence.models import Defence
from varpa.people.models import Person

pytestmark = pytest.mark.django_db
SILENT = "neko nav ne rakst"


def present(defence: Defence, cast: Cast, who: Person, speaks: Person) -> None:
    slot = slot_of(defence, who)
    stage.start_slot(slot=slot, by=cast.inga, now=DAY)
    say(slot, juror(defence, speaks), 100_00)
    stage.close_slot(slot=slot, by=cast.inga, now=DAY + timedelta(minutes=9))


def test_the_host_learns_before_the_end_who_has_said_nothing(cast: Cast, running: Defence) -> None:
    present(running, cast, cast.gabija, cast.andris)
    assert SILENT not in text(cast.inga, at(running))
    present(running, cast, cast.elina, cast.rimantas)
    silent = list(running.jurors.exclude(person__in=[cast.andris, cast.rimantas]))
    assert silent
    page = text(cast.inga, at(running))
    assert SILENT in page
    assert all(each.name in page for each in silent)
    assert SILENT not in text(cast.andris, at(running))
    for each in silent:
        each.defence = running
        jurors.take_juror_off(juror=each, by=cast.inga, now=DAY)
    assert SILENT not in text(cast.inga, at(running))


def test_where_only_words_are_given_no_silence_counts(cast: Cast, running: Defence) -> None:
    Defence.objects.filter(pk=running.pk).update(mode="words")
    running.refresh_from_db()
    for who in (cast.gabija, cast.elina):
        slot = slot_of(running, who)
        stage.start_slot(slot=slot, by=cast.inga, now=DAY)
        stage.close_slot(slot=slot, by=cast.inga, now=DAY + timedelta(minutes=9))
    assert SILENT not in text(cast.inga, at(running))


def test_a_juror_s_page_says_in_which_language_a_plan_is(cast: Cast, running: Defence) -> None:
    assert f'<span lang="{cast.gabija.language}">Dviračiai</span>' in text(cast.andris, at(running, "jury/"))
    stage.start_slot(slot=slot_of(running, cast.gabija), by=cast.inga, now=DAY)
    page = text(cast.andris, at(running, "jury/"))
    assert f'<p class="said" lang="{cast.gabija.language}">Dviračiai</p>' in page
    assert f'<div class="flow" lang="{cast.gabija.language}">' in page
