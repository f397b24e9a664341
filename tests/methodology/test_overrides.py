"""What a programme changes in its methodology, without touching the folder."""

from datetime import date
from typing import Any

import pytest

from varpa.kernel.text import TranslatedText
from varpa.methodology import (
    BadOverrides,
    Methodology,
    calendar_of,
    dates_of,
    from_json,
    overrides,
    to_json,
)

STARTS, ENDS = date(2013, 3, 1), date(2014, 4, 30)
TEXT = {"lv": "Latviski", "lt": "Lietuviškai", "en": "In English"}


def test_nothing_changed_is_the_methodology_itself(seed: Methodology) -> None:
    assert overrides.apply(seed, {}) == seed
    assert calendar_of(seed, STARTS, ENDS, {}) == dates_of(seed, STARTS, ENDS)


def test_another_hours_target(seed: Methodology) -> None:
    assert overrides.apply(seed, {"hours_minutes": 720}).hours_minutes == 720
    assert seed.hours_minutes == 960


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("title", lambda m: m.title),
        ("phases.start.name", lambda m: m.phase("start").name),
        ("diary.questions.on_time.text", lambda m: m.diary.questions[0].text),
        ("plan.title", lambda m: m.plan.title),
        ("roles.mentor.tasks.hours.text", lambda m: m.role("mentor").tasks[1].text),
        ("calendar.first_half.name", lambda m: m.calendar[2].name),
        ("calendar.guidelines.activities.works_out_guidelines.text", lambda m: m.activities()[-1].text),
        ("documents.mentor.body", lambda m: m.document("mentor").body),
    ],
)
def test_another_wording(seed: Methodology, path: str, found: Any) -> None:
    changed = overrides.apply(seed, {"texts": {path: TEXT}})
    assert found(changed) == TranslatedText(**TEXT)
    assert found(seed) != TranslatedText(**TEXT)


def test_every_path_can_be_worded_anew(seed: Methodology) -> None:
    every = overrides.paths(seed)
    changed = overrides.apply(seed, {"texts": dict.fromkeys(every, TEXT)})
    assert len(every) == len(set(every)) > 250
    assert {changed.phase("goals").text, changed.kind("visit").name} == {TranslatedText(**TEXT)}


def test_the_readable_methodology_says_what_the_programme_changed(seed: Methodology) -> None:
    changed = overrides.apply(seed, {"texts": {"phases.goals.text": TEXT}})
    assert "Lietuviškai" in changed.document("methodology").body.lt
    assert "documents.methodology.body" not in overrides.paths(seed)


@pytest.mark.parametrize("name", ["plan", "first_meeting", "diary"])
def test_added_questions_stand_last_and_are_ours(seed: Methodology, name: str) -> None:
    added = {"key": "added", "text": TEXT, "hint": TEXT, "about": ["mentee"]}
    changed = getattr(overrides.apply(seed, {"questions": {name: [added]}}), name)
    question = changed.questions[-1]
    assert (question.key, question.source, question.about) == ("added", "ours", ("mentee",))
    assert len(changed.questions) == len(getattr(seed, name).questions) + 1


def test_a_changed_methodology_can_be_kept(seed: Methodology) -> None:
    changed = overrides.apply(seed, {"questions": {"plan": [{"key": "added", "text": TEXT}]}})
    assert from_json(to_json(changed)) == changed


def test_activities_move_with_their_period(seed: Methodology) -> None:
    days = {"starts": "2013-07-10", "ends": "2013-07-11"}
    windows = calendar_of(seed, STARTS, ENDS, {"windows": {"first_joint_meeting": days}})
    moved = (date(2013, 7, 10), date(2013, 7, 11), date(2013, 7, 11))
    assert windows["first_joint_meeting"] == windows["first_training"] == moved
    assert windows["first_half"] == dates_of(seed, STARTS, ENDS)["first_half"]


def test_an_activity_moves_alone(seed: Methodology) -> None:
    windows = calendar_of(seed, STARTS, ENDS, {"windows": {"organises_visit": {"due": "2013-10-15"}}})
    assert windows["organises_visit"] == (date(2013, 8, 1), date(2013, 11, 30), date(2013, 10, 15))
    assert windows["visits_company"].due == date(2013, 11, 30)


def test_windows_keep_the_order_of_the_calendar(seed: Methodology) -> None:
    days = {"starts": "2013-07-10", "ends": "2013-07-11"}
    windows = calendar_of(seed, STARTS, ENDS, {"windows": {"first_joint_meeting": days}})
    assert list(windows) == list(dates_of(seed, STARTS, ENDS))


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ([], "“changes” must be a table"),
        ({"hours": 5}, "unknown key “hours”"),
        ({"hours_minutes": "960"}, "must be a whole number, not “960”"),
        ({"hours_minutes": 0}, "more than 0"),
        ({"texts": {"phases.strat.name": TEXT}}, "did you mean “phases.start.name”"),
        ({"texts": {"phases.start.begins": TEXT}}, "there is no text “phases.start.begins”"),
        ({"texts": {"documents.methodology.body": TEXT}}, "there is no text"),
        ({"texts": {"phases.start.name": {"lv": "Sākums", "en": "Start"}}}, "missing in Lithuanian"),
        ({"texts": {"phases.start.name": TEXT | {"lt": " "}}}, "is empty in Lithuanian"),
        ({"texts": {"phases.start.name": TEXT | {"ru": "Начало"}}}, "unknown key “ru”"),
        ({"texts": {"phases.start.name": dict.fromkeys(TEXT, "x" * 41)}}, "at most 40 letters"),
        ({"texts": 5}, "“texts” must be a table"),
        ({"questions": {"dairy": []}}, "did you mean “diary”"),
        ({"questions": {"diary": [{"text": TEXT}]}}, "has no “key”"),
        ({"questions": {"diary": [{"key": "x"}]}}, "has no “text”"),
        ({"questions": {"diary": [{"key": "on_time", "text": TEXT}]}}, "has a question “on_time” already"),
        ({"questions": {"diary": [{"key": "x", "text": TEXT}] * 2}}, "has a question “x” already"),
        ({"questions": {"diary": [{"key": "x", "text": TEXT, "about": ["school"]}]}}, "cannot be “school”"),
        ({"questions": {"diary": [{"key": "x", "text": TEXT, "source": "seed"}]}}, "unknown key “source”"),
    ],
)
def test_what_cannot_be_changed_is_said_in_words(seed: Methodology, raw: Any, words: str) -> None:
    found = overrides.problems(seed, raw, STARTS, ENDS)
    assert len(found) == 1
    assert words in found[0]
    with pytest.raises(BadOverrides):
        overrides.apply(seed, raw)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ({"windows": {"first_halves": {"due": "2013-09-01"}}}, "did you mean “first_half”"),
        ({"windows": {"first_half": {"due": "soon"}}}, "must be a day"),
        ({"windows": {"first_half": {"due": "0001-01-01"}}}, "must be a day"),
        ({"windows": {"first_half": {"due": None}}}, "must be a day"),
        ({"windows": {"first_half": {"until": "2013-09-01"}}}, "unknown key “until”"),
        ({"windows": {"first_half": {}}}, "changes none of"),
        ({"windows": {"first_half": {"starts": "2013-12-01"}}}, "before it starts"),
        ({"windows": {"first_half": {"due": "2013-12-01"}}}, "is due on 2013-12-01, outside"),
        ({"windows": {"guidelines": {"ends": "2014-05-01"}}}, "must stay inside the programme"),
    ],
)
def test_windows_that_cannot_be_are_said_in_words(seed: Methodology, raw: Any, words: str) -> None:
    found = overrides.problems(seed, raw, STARTS, ENDS)
    assert len(found) == 1
    assert words in found[0]
    with pytest.raises(BadOverrides) as caught:
        calendar_of(seed, STARTS, ENDS, raw)
    assert caught.value.problems == found


def test_the_calendar_of_a_methodology_already_changed(seed: Methodology) -> None:
    raw = {
        "questions": {"plan": [{"key": "added", "text": TEXT}]},
        "windows": {"defence": {"starts": "2014-03-20", "ends": "2014-03-21"}},
    }
    changed = overrides.apply(seed, raw)
    assert calendar_of(changed, STARTS, ENDS, raw) == calendar_of(seed, STARTS, ENDS, raw)


def test_all_problems_are_said_at_once(seed: Methodology) -> None:
    raw = {
        "hours_minutes": True,
        "texts": {"phases.strat.name": TEXT, "phases.start.name": "Start"},
        "windows": {"first_half": {"ends": "2013-07-01"}, "nowhere": {"due": "2013-07-01"}},
        "questions": {"plan": [{"key": "means", "text": TEXT}, {"key": "Pets!", "text": TEXT}]},
    }
    assert len(overrides.problems(seed, raw, STARTS, ENDS)) == 7
    with pytest.raises(BadOverrides) as caught:
        overrides.apply(seed, raw)
    assert len(caught.value.problems) == 6
    with pytest.raises(BadOverrides):
        overrides.parse(raw)
