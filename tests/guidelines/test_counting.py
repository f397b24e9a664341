"""Figures of the guidelines: each with its day, none twice without saying of when, none stale unseen."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from tests.cast import Cast
from tests.make import NOW
from varpa.guidelines.actions.guidelines import draft, publish, write_section
from varpa.guidelines.counting import DAY, lines_by_step
from varpa.guidelines.models import Guidelines, Section
from varpa.guidelines.queries import figures_of

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=40)


def whole(guidelines: Guidelines) -> Section:
    return guidelines.sections.get(key="programme")


def test_a_draft_says_on_which_day_it_was_counted(guidelines: Guidelines) -> None:
    section = whole(guidelines)
    assert "Counted: 14 Oct 2025\n\n- Pairs that began" in section.en
    assert "14.10.2025." in section.lv
    assert "2025-10-14" in section.lt


def test_one_activity_in_two_periods_says_of_which_each_line_is(cast: Cast) -> None:
    steps = lines_by_step(cast.programme, figures_of(cast.programme, NOW), NOW.date())
    for language in ("lv", "lt", "en"):
        lines = [line for step in steps.values() for key, line in step[language].items() if key != DAY]
        told = [line.rpartition(":")[0] for line in lines]
        assert len(set(told)) == len(told)
    diary = [line for line in steps["learning"]["en"].values() if "diary" in line.lower()]
    assert any("(" in line for line in diary)


def test_what_nobody_has_reworded_is_counted_when_published(cast: Cast, guidelines: Guidelines) -> None:
    section = whole(guidelines)
    more = {"en": f"{section.en}\n\nOur own words."}
    write_section(section=section, texts=more, revision=section.revision, by=cast.inga, now=NOW)
    make.held(cast.pair)
    text = publish(guidelines=guidelines, by=cast.inga, now=LATER).texts["programme"]["en"]
    assert "Counted: 23 Nov 2025" in text
    assert "- Meetings held: 1" in text
    assert text.endswith("Our own words.")
    # The draft says the same, and the same once more is the same version.
    assert "- Meetings held: 1" in whole(guidelines).en
    assert publish(guidelines=guidelines, by=cast.inga, now=LATER + timedelta(days=1)).number == 1


def test_what_somebody_reworded_stays_and_the_page_says_what_has_changed(
    cast: Cast, guidelines: Guidelines
) -> None:
    section = whole(guidelines)
    own = {"en": section.en.replace("Meetings held: 0", "No meeting was held")}
    write_section(section=section, texts=own, revision=section.revision, by=cast.inga, now=NOW)
    client = Client()
    client.force_login(cast.inga)
    page = reverse("guidelines:section", args=[cast.programme.ref, "programme"])
    assert client.get(page).context["changed"] == []
    make.held(cast.pair)
    assert "Notikušas tikšanās: 1" in client.get(page).context["changed"]
    text = publish(guidelines=guidelines, by=cast.inga, now=LATER).texts["programme"]["en"]
    assert "No meeting was held" in text
    assert "Meetings held" not in text


def test_without_a_change_the_day_stays(cast: Cast, guidelines: Guidelines) -> None:
    version = publish(guidelines=guidelines, by=cast.inga, now=NOW)
    assert publish(guidelines=guidelines, by=cast.inga, now=NOW + timedelta(hours=30)).pk == version.pk


def test_drafted_anew_it_is_of_the_new_day(cast: Cast, guidelines: Guidelines) -> None:
    draft(programme=cast.programme, by=cast.inga, now=LATER)
    assert "Counted: 23 Nov 2025" in whole(guidelines).en
