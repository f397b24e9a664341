"""The whole methodology as one text to read."""

import re
from dataclasses import replace

import pytest

from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.methodology import Methodology, overrides
from varpa.methodology.headings import HEADINGS
from varpa.methodology.reading import as_markdown

IN_ORDER = [
    "definition",
    "value",
    "aims",
    "is_not",
    "benefits",
    "people",
    "knowing",
    "abilities",
    "cycle",
    "communication",
    "advantages",
    "drawbacks",
    "results",
    "outlines",
    "requirements",
    "relationship",
    "meetings",
    "first_meeting",
    "calendar",
    "training",
    "evaluation",
    "competences",
]


def headings_of(text: str) -> list[str]:
    return [line.lstrip("#").strip() for line in text.split("\n") if line.startswith("#")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_has_its_heading_in_order(seed: Methodology, language: str) -> None:
    found = headings_of(as_markdown(seed, language))
    wanted = [HEADINGS[key].within(language) for key in IN_ORDER]
    assert [heading for heading in found if heading in wanted] == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_the_methodology_is_left_out(seed: Methodology, language: str) -> None:
    text = as_markdown(seed, language)
    parts = (
        *seed.definitions,
        *seed.aims,
        *seed.benefits,
        *seed.stance,
        *seed.abilities,
        *seed.phases,
        *seed.communication,
        *seed.results,
        *seed.relationship,
        *seed.meetings,
        *seed.steps,
        *seed.plan.questions,
        *seed.diary.questions,
        *seed.first_meeting.questions,
        *(task for role in seed.roles for task in role.tasks),
        *(topic for training in seed.training for topic in training.topics + training.meeting_topics),
        *seed.evaluation,
    )
    missing = [part.key for part in parts if part.text.within(language) not in text]
    assert missing == []
    assert all(one.name.within(language) in text for one in seed.activities())


@pytest.mark.parametrize("language", LANGUAGES)
def test_outlines_are_named_by_their_parts(seed: Methodology, language: str) -> None:
    text = as_markdown(seed, language)
    first, last = seed.business_plan[0].name.within(language), seed.business_plan[-1].name.within(language)
    title = HEADINGS["business_plan"].within(language)
    assert re.search(rf"^- \*\*{title}\.\*\* {first}\. .*\. {last}\.$", text, re.MULTILINE)
    asked = [question for part in seed.business_plan for question in part.questions]
    assert not any(question.text.within(language) in text for question in asked)


def test_headings_exist_in_three_languages() -> None:
    assert all(all(text.as_dict().values()) for text in HEADINGS.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_calendar_is_counted_in_months_of_the_programme(seed: Methodology, language: str) -> None:
    found = headings_of(as_markdown(seed, language))
    assert {
        "lv": ["4.–5. mēnesis", "5. mēneša 24. diena: Kopīgā tikšanās", "13. mēneša pēdējā diena"],
        "lt": ["4–5 mėnesiai", "5 mėnesio 24 diena: Bendras susitikimas", "Paskutinė 13 mėnesio diena"],
        "en": ["Months 4 to 5", "Month 5, day 24: Joint meeting", "Last day of month 13"],
    }[language] == [heading for heading in found if re.search(r"4.*5|24|pēdējā|Paskutinė|Last day", heading)]


def test_the_document_is_this_text(seed: Methodology) -> None:
    assert seed.document("methodology").body.lt == as_markdown(seed, "lt")
    assert seed.document("methodology").title == seed.title


def test_what_a_methodology_does_not_have_has_no_heading(other: Methodology) -> None:
    found = headings_of(as_markdown(other, "en"))
    assert HEADINGS["outlines"].en not in found
    assert not {"Benefits", "Training", "Advantages", "What mentoring is", "Evaluation"} & set(found)
    assert "Means of communication" in found


def test_no_empty_lists_and_no_stray_blank_lines(seed: Methodology, other: Methodology) -> None:
    for methodology in (seed, other):
        for language in LANGUAGES:
            text = as_markdown(methodology, language)
            assert "\n\n\n" not in text
            assert not re.search(r"^(-|\d+\.)\s*$", text, re.MULTILINE)


def test_a_text_of_several_lines_stays_in_its_list(seed: Methodology) -> None:
    text = TranslatedText.same("One line\n\nand another").as_dict()
    changed = overrides.apply(seed, {"texts": {"phases.start.text": text}})
    assert "1. **Start.** One line and another" in as_markdown(changed, "en")


@pytest.mark.parametrize(("minutes", "said"), [(960, "16 h."), (630, "10 h 30 min."), (45, "45 min.")])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_time_together_is_told_in_hours_and_minutes(
    seed: Methodology, language: str, minutes: int, said: str
) -> None:
    text = as_markdown(replace(seed, hours_minutes=minutes), language)
    assert f": {said} " in text
