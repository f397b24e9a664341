"""What a programme changes in its methodology without touching the folder: wording, dates, hours, questions.

The changes are plain JSON, kept with the programme:

    {"hours_minutes": 720,
     "texts": {"phases.start.name": {"lv": …, "lt": …, "en": …}},
     "windows": {"first_joint_meeting": {"starts": "2025-09-10", "ends": "2025-09-10"}},
     "questions": {"plan": [{"key": "pets", "text": {"lv": …, "lt": …, "en": …}}]}}
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, Final, get_origin

from varpa.kernel.text import TranslatedText
from varpa.methodology.builder import Builder, hints_of, suggestion
from varpa.methodology.checker import faults
from varpa.methodology.dates import Window, dates_of
from varpa.methodology.guides import METHODOLOGY
from varpa.methodology.layout import QUESTION_FILES
from varpa.methodology.marks import Origin, RoleKey
from varpa.methodology.model import NOTHING, Methodology, Question, QuestionSet
from varpa.methodology.reader import Page
from varpa.methodology.reading import with_methodology_document

PARTS: Final = ("hours_minutes", "texts", "windows", "questions")
DAYS: Final = ("starts", "ends", "due")
# Questions to whoever applies: every programme's own, no methodology has any.
APPLICATION: Final = "application"
SETS: Final = (*QUESTION_FILES, APPLICATION)
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2200


class BadOverrides(Exception):  # noqa: N818 - said of what a programme wants to change
    """Changes that cannot be made; `problems` are all the reasons, in plain words."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class AddedQuestion:
    """A question that a programme adds; it stands after those of the methodology."""

    key: str
    text: TranslatedText
    about: tuple[str, ...] = field(default=(), metadata={"words": (RoleKey.MENTOR, RoleKey.MENTEE)})
    hint: TranslatedText = NOTHING

    def question(self) -> Question:
        return Question(self.key, self.text, str(Origin.OURS), about=self.about, hint=self.hint)


@dataclass(frozen=True)
class Overrides:
    """What a programme changes, read; `hours_minutes` None leaves the methodology's own target.

    `texts` by path, `windows` by the key of a period or an activity, `questions` by the key of a set.
    """

    hours_minutes: int | None = None
    texts: dict[str, TranslatedText] = field(default_factory=dict)
    windows: dict[str, dict[str, date]] = field(default_factory=dict)
    questions: dict[str, tuple[AddedQuestion, ...]] = field(default_factory=dict)


def parse(raw: Any) -> Overrides:
    """The changes of a programme; BadOverrides where they are not written as they should be."""
    builder = Builder(Page("changes"))
    overrides = _read(builder, raw)
    if builder.problems:
        raise BadOverrides(_words(builder))
    return overrides


def problems(
    methodology: Methodology, raw: Any, starts: date | None = None, ends: date | None = None
) -> list[str]:
    """Everything that is wrong with the changes, in plain words; empty for good ones. Never raises.

    With the first and the last day of the programme, its dates are checked as well.
    """
    builder = Builder(Page("changes"))
    overrides = _read(builder, raw)
    found = _words(builder) + list(_strangers(methodology, overrides))
    if starts and ends:
        found += _misplaced(_windows(methodology, starts, ends, overrides), overrides, starts, ends)
    return found or [fault.words for fault in faults(_changed(methodology, overrides))]


def apply(methodology: Methodology, overrides_json: dict[str, Any]) -> Methodology:
    """The methodology as a programme runs it; BadOverrides, with all problems, where there is any."""
    found = problems(methodology, overrides_json)
    if found:
        raise BadOverrides(found)
    return _changed(methodology, parse(overrides_json))


def calendar_of(
    methodology: Methodology, starts: date, ends: date, overrides_json: dict[str, Any]
) -> dict[str, Window]:
    """`dates_of`, with the windows that a programme has changed; nothing else of the changes is looked at.

    The activities of a period move with it: they keep their distance from its last day. BadOverrides where a
    window leaves the programme, or is not in order.
    """
    overrides = parse({"windows": overrides_json.get("windows", {})})
    windows = _windows(methodology, starts, ends, overrides)
    found = [*_strangers(methodology, overrides), *_misplaced(windows, overrides, starts, ends)]
    if found:
        raise BadOverrides(found)
    return windows


def paths(methodology: Methodology) -> list[str]:
    """Every text that a programme may word in its own way: the allowed keys of `texts`."""
    return [path for path in _paths(methodology) if not path.startswith(f"documents.{METHODOLOGY}.")]


def text_at(methodology: Methodology, path: str) -> TranslatedText:
    """The text at one of `paths`; KeyError where there is none."""
    thing: Any = methodology
    for step in path.split("."):
        named = {one.key: one for one in thing} if isinstance(thing, tuple) else vars(thing)
        thing = named[step]
    if not isinstance(thing, TranslatedText):
        raise KeyError(path)
    return thing


def _words(builder: Builder) -> list[str]:
    return list(dict.fromkeys(problem.words for problem in builder.problems))


def _read(builder: Builder, raw: Any) -> Overrides:
    parts = _table(builder, raw, ())
    builder.unknown(parts, list(PARTS), ())
    hours = parts.get("hours_minutes")
    return Overrides(
        hours_minutes=None if hours is None else builder.value(int, hours, ("hours_minutes",)),
        texts={
            path: builder.value(TranslatedText, text, ("texts", path))
            for path, text in _table(builder, parts.get("texts", {}), ("texts",)).items()
        },
        windows={
            key: _days(builder, key, days)
            for key, days in _table(builder, parts.get("windows", {}), ("windows",)).items()
        },
        questions=_questions(builder, parts.get("questions", {})),
    )


def _table(builder: Builder, raw: Any, place: tuple[str, ...]) -> dict[str, Any]:
    if isinstance(raw, dict):
        return raw
    builder.wrong(place, f"“{place[-1] if place else 'changes'}” must be a table of names and values")
    return {}


def _days(builder: Builder, key: str, raw: Any) -> dict[str, date]:
    place = ("windows", key)
    days = _table(builder, raw, place)
    builder.unknown(days, list(DAYS), place)
    found = {}
    for name in DAYS:
        if name not in days:
            continue
        day = _day(days[name])
        if day is None:
            builder.wrong((*place, name), f"“{name}” of “{key}” must be a day, written as 2025-09-30")
        else:
            found[name] = day
    if not days:
        builder.wrong(place, f"“{key}” changes none of {', '.join(DAYS)}")
    return found


def _day(raw: Any) -> date | None:
    try:
        day = date.fromisoformat(raw)
    except (TypeError, ValueError):
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _questions(builder: Builder, raw: Any) -> dict[str, tuple[AddedQuestion, ...]]:
    sets = _table(builder, raw, ("questions",))
    builder.unknown(sets, list(SETS), ("questions",))
    return {
        key: builder.value(tuple[AddedQuestion, ...], added, ("questions", key))
        for key, added in sets.items()
        if key in SETS
    }


def _strangers(methodology: Methodology, overrides: Overrides) -> Iterator[str]:
    """What the changes name and the methodology does not have, or has already."""
    known = paths(methodology) if overrides.texts else []
    for path in overrides.texts:
        if path not in known:
            yield f"there is no text “{path}”{suggestion(path, known)}"
    keys = [key for period in methodology.calendar for key in (period.key, *_activities(period))]
    for key in overrides.windows:
        if key not in keys:
            yield f"there is no period or activity “{key}”{suggestion(key, keys)}"
    for name, added in overrides.questions.items():
        own = () if name == APPLICATION else getattr(methodology, name).questions
        taken = [question.key for question in own]
        for question in added:
            if question.key in taken:
                yield f"“{name}” has a question “{question.key}” already; give the new one another key"
            taken.append(question.key)


def _activities(period: Any) -> list[str]:
    return [activity.key for activity in period.activities]


def _paths(thing: Any, before: str = "") -> Iterator[str]:
    if isinstance(thing, tuple):
        for one in thing:
            if not isinstance(one, str):
                yield from _paths(one, f"{before}{one.key}.")
        return
    kind: type = type(thing)
    for name, hint in hints_of(kind).items():
        if hint is TranslatedText:
            yield before + name
        elif get_origin(hint) is tuple or hint is QuestionSet:
            yield from _paths(getattr(thing, name), f"{before}{name}.")


def _changed(methodology: Methodology, overrides: Overrides) -> Methodology:
    changed = _worded(methodology, overrides.texts)
    assert isinstance(changed, Methodology)
    if overrides.hours_minutes is not None:
        changed = replace(changed, hours_minutes=overrides.hours_minutes)
    for name, added in overrides.questions.items():
        if name == APPLICATION:
            continue
        questions = getattr(changed, name)
        more = tuple(question.question() for question in added)
        changed = replace(changed, **{name: replace(questions, questions=questions.questions + more)})
    return with_methodology_document(changed)


def _worded(thing: Any, texts: dict[str, TranslatedText], before: str = "") -> Any:
    """A thing with each text replaced whose path is named."""
    if not any(path.startswith(before) for path in texts):
        return thing
    if isinstance(thing, tuple):
        return tuple(
            one if isinstance(one, str) else _worded(one, texts, f"{before}{one.key}.") for one in thing
        )
    values = {}
    for part in fields(thing):
        value = getattr(thing, part.name)
        if before + part.name in texts:
            values[part.name] = texts[before + part.name]
        elif isinstance(value, tuple | QuestionSet):
            values[part.name] = _worded(value, texts, f"{before}{part.name}.")
    return replace(thing, **values)


def _windows(methodology: Methodology, starts: date, ends: date, overrides: Overrides) -> dict[str, Window]:
    windows = dates_of(methodology, starts, ends)
    for period in methodology.calendar:
        given = overrides.windows.get(period.key, {})
        moved = _moved(windows[period.key], given)
        for key in _activities(period):
            follows = {name: day for name, day in given.items() if name != "due"}
            windows[key] = _moved(_moved(windows[key], follows), overrides.windows.get(key, {}))
        windows[period.key] = moved
    return windows


def _moved(window: Window, given: dict[str, date]) -> Window:
    """A window with the days that are given; its due day keeps the distance from the last day."""
    if not given:
        return window
    first, last = given.get("starts", window.starts), given.get("ends", window.ends)
    return Window(first, last, given.get("due", max(first, last - (window.ends - window.due))))


def _misplaced(windows: dict[str, Window], overrides: Overrides, starts: date, ends: date) -> Iterator[str]:
    """Changed windows that are not in order or not inside the programme."""
    for key in overrides.windows:
        window = windows.get(key)
        if window is None:
            continue
        if window.starts > window.ends:
            yield f"“{key}” ends on {window.ends}, before it starts on {window.starts}"
        elif not window.starts <= window.due <= window.ends:
            yield f"“{key}” is due on {window.due}, outside {window.starts} to {window.ends}"
        if window.starts < starts or window.ends > ends:
            yield f"“{key}” must stay inside the programme, {starts} to {ends}"
