"""The whole methodology as one text to read, in its own order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.methodology.guides import METHODOLOGY
from varpa.methodology.headings import HEADINGS
from varpa.methodology.marks import RoleKey
from varpa.methodology.model import Benefit, Methodology, Period, QuestionSet, Role
from varpa.methodology.outlines import OUTLINES

_NOMINAL: Final = date(2023, 1, 1)  # months that begin on the 1st: month 5 is May


def as_markdown(methodology: Methodology, language: str) -> str:
    """The methodology as Markdown, without its title; sections with nothing in them are left out."""
    text = _Text(language)
    parts = (
        _what,
        _benefits,
        _people,
        _mentor,
        _cycle,
        _communication,
        _results,
        _meetings,
        _first_meeting,
        _diary,
        _calendar,
        _training,
        _evaluation,
    )
    return "\n\n".join(block for part in parts for block in part(methodology, text) if block)


def with_methodology_document(methodology: Methodology) -> Methodology:
    """The methodology whose own document says what the methodology says now."""
    texts = {language: as_markdown(methodology, language) for language in LANGUAGES}
    documents = tuple(
        replace(document, title=methodology.title, body=TranslatedText(**texts))
        if document.key == METHODOLOGY
        else document
        for document in methodology.documents
    )
    return replace(methodology, documents=documents)


@dataclass(frozen=True)
class _Text:
    """Writes in one language."""

    language: str

    def say(self, text: TranslatedText) -> str:
        return " ".join(text.within(self.language).split())

    def begin(self, text: TranslatedText) -> str:
        """The text as it begins a sentence."""
        said = self.say(text)
        return said[:1].upper() + said[1:]

    def word(self, key: str, **numbers: object) -> str:
        return self.say(HEADINGS[key]).format(**numbers)

    def heading(self, key: str, level: int = 2) -> str:
        return f"{'#' * level} {self.word(key)}"

    def lines(self, things: Iterable[Any], *, numbered: bool = False) -> str:
        """A list: of names with their texts, or of texts alone."""
        rows = [self.row(thing) for thing in things]
        marks = [f"{number}. " if numbered else "- " for number in range(1, len(rows) + 1)]
        return "\n".join(mark + row for mark, row in zip(marks, rows, strict=True))

    def row(self, thing: Any) -> str:
        name, text = getattr(thing, "name", None), self.say(getattr(thing, "text", TranslatedText()))
        if not name:
            return text
        return f"**{self.begin(name)}.** {text}" if text else self.begin(name)

    def section(
        self, key: str, things: Iterable[Any], level: int = 2, *, numbered: bool = False
    ) -> Iterator[str]:
        """A heading and a list, where there is something to list."""
        listed = tuple(things)
        if listed:
            yield self.heading(key, level)
            yield self.lines(listed, numbered=numbered)


def _what(methodology: Methodology, text: _Text) -> Iterator[str]:
    yield text.say(methodology.text)
    own = [one for one in methodology.definitions if not one.quoted]
    if methodology.definitions:
        yield text.heading("definition")
        yield from (text.say(one.text) for one in own)
    yield from text.section("quoted", (one for one in methodology.definitions if one.quoted), 3)
    if methodology.unique_value:
        yield text.heading("value", 3)
        yield from (text.say(one.text) for one in methodology.unique_value)
    if methodology.aims:
        yield text.heading("aims")
    for of in ("programme", "methodology"):
        yield from text.section(f"aims_{of}", (aim for aim in methodology.aims if aim.of == of), 3)
    if methodology.is_not:
        yield text.heading("is_not")
        yield from (text.say(one.text) for one in methodology.is_not)


def _benefits(methodology: Methodology, text: _Text) -> Iterator[str]:
    def of(role: Role) -> list[Benefit]:
        return [benefit for benefit in methodology.benefits if benefit.role == role.key]

    if methodology.benefits:
        yield text.heading("benefits")
    for role in filter(of, _roles(methodology)):
        yield f"### {text.say(role.name)}"
        yield text.lines(of(role))


def _roles(methodology: Methodology) -> list[Role]:
    """The roles that exist, in the order of the table; a broken folder may lack some."""
    known = {role.key: role for role in methodology.roles}
    return [known[key] for key in RoleKey if key in known]


def _people(methodology: Methodology, text: _Text) -> Iterator[str]:
    yield text.heading("people")
    for role in _roles(methodology):
        yield f"### {text.say(role.name)}"
        yield text.say(role.text)
        yield text.lines(role.tasks, numbered=True)


def _mentor(methodology: Methodology, text: _Text) -> Iterator[str]:
    yield from text.section("knowing", methodology.stance)
    yield from text.section("abilities", methodology.abilities, 3, numbered=True)


def _cycle(methodology: Methodology, text: _Text) -> Iterator[str]:
    yield from text.section("cycle", methodology.phases, numbered=True)
    yield from (text.say(one.text) for one in methodology.cycle)
    length = _length(methodology.hours_minutes)
    yield text.word("hours", length=length, months=methodology.months)


def _communication(methodology: Methodology, text: _Text) -> Iterator[str]:
    more = methodology.communication or methodology.advantages or methodology.drawbacks
    yield text.heading("communication" if more else "means")
    yield text.lines(methodology.communication)
    means = ", ".join(text.say(means.name) for means in methodology.means)
    yield f"**{text.word('means')}:** {means}." if more else f"{means}."
    yield from text.section("advantages", methodology.advantages, 3)
    yield from text.section("drawbacks", methodology.drawbacks, 3)


def _results(methodology: Methodology, text: _Text) -> Iterator[str]:
    yield from text.section("results", methodology.results, numbered=True)
    yield from _outlines(methodology, text)
    yield from text.section("requirements", methodology.requirements)
    yield from text.section("relationship", methodology.relationship)


def _outlines(methodology: Methodology, text: _Text) -> Iterator[str]:
    """The names of the parts alone: their questions address the mentee and stand where the mentee writes."""
    outlines = [(name, getattr(methodology, name)) for name in OUTLINES if getattr(methodology, name)]
    if outlines:
        yield text.heading("outlines")
    rows = []
    for name, parts in outlines:
        names = ". ".join(text.begin(part.name) for part in parts)
        rows.append(f"- **{text.word(name)}.** {names}.")
    yield "\n".join(rows)


def _meetings(methodology: Methodology, text: _Text) -> Iterator[str]:
    yield text.heading("meetings")
    yield from (text.say(one.text) for one in methodology.meetings)
    yield text.lines(methodology.steps, numbered=True)
    yield from text.section("kinds", methodology.kinds, 3)


def _first_meeting(methodology: Methodology, text: _Text) -> Iterator[str]:
    yield text.heading("first_meeting")
    yield from _questions(methodology, methodology.first_meeting, text, 3)
    yield from _questions(methodology, methodology.plan, text, 3)


def _diary(methodology: Methodology, text: _Text) -> Iterator[str]:
    yield from _questions(methodology, methodology.diary, text, 2)


def _questions(methodology: Methodology, asked: QuestionSet, text: _Text, level: int) -> Iterator[str]:
    names = {role.key: text.say(role.name).lower() for role in methodology.roles}
    yield f"{'#' * level} {text.say(asked.title)}"
    yield text.say(asked.text)
    rows = []
    for number, question in enumerate(asked.questions, start=1):
        about = ", ".join(names.get(key, key) for key in question.about)
        hint = text.say(question.hint)
        row = text.say(question.text) + (f" ({about})" if about else "") + (f" *{hint}*" if hint else "")
        rows.append(f"{number}. {row}")
    yield "\n".join(rows)


def _calendar(methodology: Methodology, text: _Text) -> Iterator[str]:
    yield text.heading("calendar")
    for period in methodology.calendar:
        name = text.say(period.name)
        yield f"### {_when(period, text)}{f': {name}' if name else ''}"
        rows = []
        for role in _roles(methodology):
            names = [text.begin(one.name) for one in period.activities if one.role == role.key]
            rows += [f"- **{text.say(role.name)}.** {'. '.join(names)}."] if names else []
        yield "\n".join(rows)


def _length(minutes: int) -> str:
    """Hours and what is left over in minutes; the signs are those of every language."""
    hours, rest = divmod(minutes, 60)
    return " ".join(f"{count} {sign}" for count, sign in ((hours, "h"), (rest, "min")) if count)


def _when(period: Period, text: _Text) -> str:
    """A period in words: by the months of a programme, or by a day where it takes only one."""
    first, last = period.starts.on(_NOMINAL), period.ends.on(_NOMINAL)
    months = [(day.year - _NOMINAL.year) * 12 + day.month for day in (first, last)]
    if period.starts == period.ends and period.starts.days == -1:
        return text.word("last_day", first=months[0])
    if first == last:
        return text.word("day", first=months[0], day=first.day)
    key = "month" if months[0] == months[1] else "months"
    return text.word(key, first=months[0], last=months[1])


def _training(methodology: Methodology, text: _Text) -> Iterator[str]:
    if methodology.training:
        yield text.heading("training")
    for training in methodology.training:
        yield f"### {text.say(training.name)}"
        yield text.say(training.text)
        yield text.lines(training.topics)
        if training.meeting_topics:
            yield f"{text.word('meeting_topics')}:"
            yield text.lines(training.meeting_topics)


def _evaluation(methodology: Methodology, text: _Text) -> Iterator[str]:
    yield from text.section("evaluation", methodology.evaluation)
    yield from text.section("competences", methodology.competences, 3)
    yield from text.section("framework", methodology.framework, 3)
