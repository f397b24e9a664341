"""The methodology of the source document is complete: every item, every cell, three languages."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from tests.methodology.conftest import SEED
from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.methodology import Methodology, check
from varpa.methodology.facts import Fact
from varpa.methodology.marks import KindAct, Known, QuestionAct

# The table of the source, row by row: period, then lead partner, manager, mentor, mentee (methodology §10).
TABLE = {
    "before_start": (
        [],
        ["creates_methodology", "creates_training_programme"],
        ["mentor_reads_methodology"],
        ["mentee_reads_methodology"],
    ),
    "first_joint_meeting": (
        ["organises_first_joint_meeting"],
        ["first_training", "first_discussion"],
        ["mentor_first_training"],
        ["mentee_first_training"],
    ),
    "first_half": (
        [],
        ["first_half_support"],
        ["first_half_meetings", "organises_visit", "organises_role_swap", "first_half_diary"],
        ["first_half_business_plan", "visits_company", "company_profile"],
    ),
    "progress_survey": (
        [],
        ["surveys_progress"],
        ["mentor_progress_survey"],
        ["mentee_progress_survey"],
    ),
    "second_joint_meeting": (
        ["organises_second_joint_meeting"],
        ["second_training", "second_consultation", "second_discussion"],
        ["mentor_second_training", "mentor_second_discussion"],
        ["mentee_second_training", "mentee_second_discussion"],
    ),
    "second_half": (
        [],
        ["second_half_support"],
        [
            "second_half_hours",
            "second_half_diary",
            "closing_communication",
            "presentation_recommendations",
        ],
        ["second_half_business_plan", "makes_presentation", "presents_to_mentor"],
    ),
    "defence": (
        ["organises_defence"],
        ["manager_investor"],
        ["mentor_investor"],
        ["defends_plan"],
    ),
    "final_evaluation": (
        [],
        ["surveys_results"],
        ["mentor_evaluates", "hands_over_diary"],
        ["mentee_evaluates"],
    ),
    "guidelines": ([], ["works_out_guidelines"], [], []),
}
ROLES = ("lead_partner", "manager", "mentor", "mentee")


def texts_of(thing: Any, path: str = "") -> Iterator[tuple[str, TranslatedText]]:
    if isinstance(thing, TranslatedText):
        yield path, thing
    elif isinstance(thing, tuple):
        for one in thing:
            yield from texts_of(one, f"{path}.{getattr(one, 'key', '')}")
    elif is_dataclass(thing):
        for part in fields(thing):
            yield from texts_of(getattr(thing, part.name), f"{path}.{part.name}")


def items_of(thing: Any) -> Iterator[Any]:
    if isinstance(thing, tuple):
        for one in thing:
            yield from items_of(one)
    elif is_dataclass(thing):
        if hasattr(thing, "source"):
            yield thing
        for part in fields(thing):
            yield from items_of(getattr(thing, part.name))


def test_the_folder_has_no_problem() -> None:
    assert check(SEED) == []


def test_its_size_is_that_of_the_source(seed: Methodology) -> None:
    assert seed.hours_minutes == 16 * 60
    assert seed.months == 14


@pytest.mark.parametrize(
    ("part", "count"),
    [
        ("phases", 5),
        ("roles", 4),
        ("definitions", 4),
        ("unique_value", 1),
        ("is_not", 1),
        ("benefits", 5),
        ("abilities", 13),
        ("advantages", 6),
        ("drawbacks", 4),
        ("results", 6),
        ("steps", 3),
        ("calendar", 9),
        ("training", 2),
    ],
)
def test_counts_are_those_of_the_source(seed: Methodology, part: str, count: int) -> None:
    assert len(getattr(seed, part)) == count
    assert {item.source for item in getattr(seed, part)} == {"seed"}


def test_definitions_are_one_own_and_three_quoted(seed: Methodology) -> None:
    assert [definition.quoted for definition in seed.definitions] == [False, True, True, True]


def test_aims_are_those_of_the_programme_and_of_the_methodology(seed: Methodology) -> None:
    assert [aim.of for aim in seed.aims] == ["programme", *["methodology"] * 4]


@pytest.mark.parametrize(("role", "count"), [("mentor", 11), ("mentee", 10)])
def test_tasks(seed: Methodology, role: str, count: int) -> None:
    assert len(seed.role(role).tasks) == count
    assert {task.source for task in seed.role(role).tasks} == {"seed"}


@pytest.mark.parametrize(("role", "count"), [("mentor", 3), ("mentee", 2)])
def test_benefits_of_each_side(seed: Methodology, role: str, count: int) -> None:
    assert len([benefit for benefit in seed.benefits if benefit.role == role]) == count


def test_eleven_questions_of_the_plan_and_what_they_do(seed: Methodology) -> None:
    assert len(seed.plan.questions) == 11
    acts = {question.key: question.acts for question in seed.plan.questions if question.acts}
    assert acts == {
        "means": QuestionAct.MEANS,
        "rhythm": QuestionAct.RHYTHM,
        "reply_time": QuestionAct.REPLY_TIME,
        "keeping_contact": QuestionAct.HOURS,
        "between_meetings": QuestionAct.TOPICS,
        "evaluation": QuestionAct.EVALUATION,
        "confidential": QuestionAct.CONFIDENTIAL,
        "boundaries": QuestionAct.BOUNDARIES,
        "discontent": QuestionAct.DISCONTENT,
    }


def test_the_first_meeting_looks_at_the_topic(seed: Methodology) -> None:
    keys = [question.key for question in seed.first_meeting.questions]
    assert keys == ["problems", "important_questions", "actions", "expected_results"]


def test_thirteen_questions_of_the_diary_and_what_is_known(seed: Methodology) -> None:
    assert len(seed.diary.questions) == 13
    both = [question.key for question in seed.diary.questions if len(question.about) == 2]
    assert both == ["on_time", "moved", "uninterrupted", "comfort"]
    assert {question.facts for question in seed.diary.questions if question.facts} == set(Known)


def test_lateness_is_asked_of_planned_events_too(seed: Methodology) -> None:
    on_time = seed.diary.questions[0]
    assert "planned events" in on_time.hint.en


def test_means_that_the_source_names(seed: Methodology) -> None:
    ours = [means.key for means in seed.means if means.source == "ours"]
    assert ours == ["email", "chat"]


def test_phases_begin_with_what_happens(seed: Methodology) -> None:
    assert [(phase.key, phase.begins) for phase in seed.phases] == [
        ("start", Fact.PAIR_ACTIVE),
        ("goals", Fact.FIRST_MEETING_HELD),
        ("learning", Fact.PLAN_AGREED),
        ("review", Fact.CLOSING_PLANNED),
        ("ending", Fact.CLOSING_REVIEW),
    ]


def test_kinds_and_means(seed: Methodology) -> None:
    assert {kind.acts for kind in seed.kinds} == set(KindAct)
    assert {kind.key: kind.document for kind in seed.kinds if kind.document} == {
        "first": "first-meeting",
        "visit": "company-visit",
        "role_swap": "role-swap",
        "closing": "closing",
    }
    assert [means.key for means in seed.means if means.in_person] == ["in_person"]


def test_completion_looks_for_six_things(seed: Methodology) -> None:
    assert [requirement.fact for requirement in seed.requirements] == [
        Fact.PLAN_AGREED,
        Fact.VISIT_HELD,
        Fact.ROLE_SWAP_HELD,
        Fact.HOURS_REACHED,
        Fact.CLOSING_REVIEW,
        Fact.DIARY_HANDED_OVER,
    ]


def test_training_topics_are_those_of_the_table(seed: Methodology) -> None:
    first, second = seed.training
    assert [topic.key for topic in first.topics] == [
        "mentoring",
        "business_plan",
        "role_swap",
        "company_profile",
    ]
    assert [topic.key for topic in second.topics] == ["finance", "taxes", "marketing"]
    assert [topic.key for topic in second.meeting_topics] == ["reports", "problems"]


def test_competences_of_the_source_come_first(seed: Methodology) -> None:
    from_source = [one.key for one in seed.competences if one.source == "seed"]
    assert from_source == ["marketing", "management", "communication"]


@pytest.mark.parametrize("period", TABLE)
def test_every_cell_of_the_calendar(seed: Methodology, period: str) -> None:
    row = next(one for one in seed.calendar if one.key == period)
    told = [one for one in row.activities if one.source == "seed"]
    cells = tuple([one.key for one in told if one.role == role] for role in ROLES)
    assert cells == TABLE[period]
    ours = [one.key for one in row.activities if one.source != "seed"]
    added = {"final_evaluation": ["publishes_report"], "second_joint_meeting": ["pairs_report"]}
    assert ours == added.get(period, [])


def test_the_calendar_has_the_rows_of_the_table_in_order(seed: Methodology) -> None:
    assert [period.key for period in seed.calendar] == list(TABLE)
    assert len(seed.activities()) == 47


def test_everything_a_person_reads_exists_in_three_languages(seed: Methodology) -> None:
    for path, text in texts_of(seed):
        given = [bool(text.as_dict()[language].strip()) for language in LANGUAGES]
        assert all(given) or not any(given), path


def test_every_activity_says_what_it_is(seed: Methodology) -> None:
    assert all(activity.text and activity.name for activity in seed.activities())


def test_every_item_says_where_it_is_from(seed: Methodology) -> None:
    items = list(items_of(seed))
    assert len(items) > 150
    assert {item.source for item in items} == {"seed", "ours"}


def test_mentors_are_addressed_politely_and_mentees_familiarly(seed: Methodology) -> None:
    assert " tu " not in seed.document("mentor").body.lv.replace("Kā tu nonāci", "")
    assert "Jūs" in seed.document("mentor").body.lv
    assert "Jūs" in seed.document("mentor").body.lt
    assert " tu " in seed.document("mentee").body.lv
    assert "tavo" in seed.document("mentee").body.lt


def test_guides_are_written_for_their_readers(seed: Methodology) -> None:
    assert [document.key for document in seed.documents if document.required] == [
        "methodology",
        "mentor",
        "mentee",
        "first-meeting",
    ]
    for document in seed.documents:
        assert document.roles
        for language in LANGUAGES:
            assert document.title.as_dict()[language]
            assert len(document.body.as_dict()[language].split()) > 250


def test_entrecomp_stands_beside_the_competences_in_its_own_order(seed: Methodology) -> None:
    names = [each.name.within("en") for each in seed.framework]
    assert len(names) == 15
    assert names[0] == "Spotting opportunities"
    assert names[-1] == "Learning through experience"
    assert not {each.key for each in seed.framework} & {each.key for each in seed.competences}
