"""What must fit together in a methodology, beyond each key being right on its own."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from varpa.methodology.builder import is_blank, suggestion
from varpa.methodology.dates import Offset
from varpa.methodology.evidence import EvidenceKind, counts
from varpa.methodology.evidence_checks import evidence_faults
from varpa.methodology.facts import Fact
from varpa.methodology.faults import Fault, again, keyed, twice
from varpa.methodology.layout import FILES
from varpa.methodology.marks import KindAct, RoleKey
from varpa.methodology.model import Activity, Lesson, Methodology, Period, QuestionSet
from varpa.methodology.outlines import OUTLINES, Part
from varpa.methodology.reader import Place
from varpa.methodology.reports import contradictions
from varpa.methodology.survey_checks import asked_for, survey_faults

MOST_HOURS: Final = 1000
MOST_MONTHS: Final = 60
LONGEST_PHASE_NAME: Final = 40
LONGEST_VERSION: Final = 20
LONGEST_LESSON: Final = 2500
LESSON_QUESTIONS: Final = (3, 5)
LESSON_CHOICES: Final = (2, 4)
MOST_GUIDING: Final = 8

_NEEDS: Final[dict[str, KindAct]] = {
    Fact.FIRST_MEETING_HELD: KindAct.FIRST,
    Fact.VISIT_HELD: KindAct.VISIT,
    Fact.ROLE_SWAP_HELD: KindAct.ROLE_SWAP,
    Fact.CLOSING_PLANNED: KindAct.CLOSING,
}
_STARTS: Final = tuple(date(2023, month, 1) for month in range(1, 13))


def faults(methodology: Methodology) -> Iterator[Fault]:
    """Everything in a methodology that does not fit together."""
    checks: tuple[Callable[[Methodology], Iterator[Fault]], ...] = (
        _size,
        _phases,
        _roles,
        _kinds,
        _readers,
        _sets,
        _requirements,
        _periods,
        _activities,
        _trainings,
        _lessons,
        _outlines,
        _report,
        survey_faults,
        _doubles,
    )
    for check in checks:
        yield from check(methodology)


def _size(methodology: Methodology) -> Iterator[Fault]:
    minutes, months = methodology.hours_minutes, methodology.months
    if not 0 < minutes <= MOST_HOURS * 60:
        words = f"“hours_minutes” must be more than 0 and at most {MOST_HOURS * 60} ({MOST_HOURS} hours)"
        yield Fault("methodology.toml", ("hours_minutes",), words)
    if not 0 < months <= MOST_MONTHS:
        yield Fault("methodology.toml", ("months",), f"“months” must be between 1 and {MOST_MONTHS}")
    if is_blank(methodology.version):
        yield Fault("methodology.toml", ("version",), "“version” is empty")
    if len(methodology.version) > LONGEST_VERSION:
        words = f"“version” has at most {LONGEST_VERSION} letters"
        yield Fault("methodology.toml", ("version",), words)
    if not methodology.means:
        words = "at least one [[means]] of communication is needed"
        yield Fault("methodology.toml", ("means",), words, lacks="methodology.toml")


def _phases(methodology: Methodology) -> Iterator[Fault]:
    file, phases = "methodology.toml", methodology.phases
    if not 2 <= len(phases) <= 7:
        words = f"a methodology has 2 to 7 phases, this one has {len(phases)}"
        yield Fault(file, ("phases",), words, lacks=file)
    if phases and phases[0].begins != Fact.PAIR_ACTIVE:
        words = f"the first phase begins with “{Fact.PAIR_ACTIVE}”, not “{phases[0].begins}”"
        yield Fault(file, ("phases", 0, "begins"), words, lacks=file)
    for at, phase in enumerate(phases):
        earlier = [one.key for one in phases[:at] if one.begins == phase.begins]
        if earlier:
            words = f"phase “{phase.key}” begins with “{phase.begins}”, as “{earlier[0]}” does already"
            yield Fault(file, ("phases", at, "begins"), words)
        if phase.begins == Fact.PAIR_ENDED and at + 1 < len(phases):
            words = f"phase “{phases[at + 1].key}” could never begin: “{phase.key}” begins with the end"
            yield Fault(file, ("phases", at + 1, "begins"), words, (("phases", at, "begins"),))
        yield from _needs(methodology, file, ("phases", at, "begins"), phase.begins)
        if max(map(len, phase.name.as_dict().values())) > LONGEST_PHASE_NAME:
            words = f"the name of a phase has at most {LONGEST_PHASE_NAME} letters (best: 12)"
            yield Fault(file, ("phases", at, "name"), words)


def _needs(methodology: Methodology, file: str, place: Place, fact: str) -> Iterator[Fault]:
    act = _NEEDS.get(fact)
    if act and all(kind.acts not in (act, "") for kind in methodology.kinds):
        words = f"“{fact}” can never happen: no [[kinds]] of meeting has acts = “{act}”"
        yield Fault(file, place, words, lacks="methodology.toml")


def _roles(methodology: Methodology) -> Iterator[Fault]:
    for key in RoleKey:
        if all(role.key != key for role in methodology.roles):
            yield Fault("people.toml", ("roles",), f"the role “{key}” is missing", lacks="people.toml")
    for at, role in enumerate(methodology.roles):
        if role.key not in list(RoleKey):
            words = (
                f"there is no role “{role.key}”{suggestion(role.key, list(RoleKey))}; the roles are the same "
            )
            yield Fault(
                "people.toml", ("roles", at, "key"), f"{words}in every methodology: {', '.join(RoleKey)}"
            )


def _kinds(methodology: Methodology) -> Iterator[Fault]:
    for act in (KindAct.FIRST, KindAct.REGULAR):
        if all(kind.acts != act for kind in methodology.kinds):
            words = f"no [[kinds]] of meeting has acts = “{act}”"
            yield Fault("methodology.toml", ("kinds",), words, lacks="methodology.toml")
    known = [document.key for document in methodology.documents]
    face_to_face = any(means.in_person for means in methodology.means)
    told = tuple(("means", number, "in_person") for number in range(len(methodology.means)))
    for at, kind in enumerate(methodology.kinds):
        place: Place = ("kinds", at, "acts")
        firsts = [one.key for one in methodology.kinds[:at] if one.acts == KindAct.FIRST]
        if kind.acts == KindAct.FIRST and firsts:
            yield Fault("methodology.toml", place, f"“{kind.acts}” acts already in the kind “{firsts[0]}”")
        if kind.acts == KindAct.VISIT and not face_to_face:
            words = "a visit is made in person, but no [[means]] has in_person = true"
            yield Fault("methodology.toml", place, words, told, lacks="methodology.toml")
        if kind.document and kind.document not in known:
            words = f"there is no document “{kind.document}”{suggestion(kind.document, known)}"
            yield Fault("methodology.toml", ("kinds", at, "document"), words, lacks="methodology.toml")


def _readers(methodology: Methodology) -> Iterator[Fault]:
    for at, document in enumerate(methodology.documents):
        if not document.roles:
            words = f"“roles” is empty: nobody would read the document “{document.key}”"
            yield Fault("methodology.toml", ("documents", at, "roles"), words)
        yield from again("methodology.toml", ("documents", at, "roles"), document.roles)


def _sets(methodology: Methodology) -> Iterator[Fault]:
    for questions in (methodology.plan, methodology.first_meeting, methodology.diary):
        yield from _set(questions, f"{questions.key}.toml")


def _set(questions: QuestionSet, file: str) -> Iterator[Fault]:
    if not questions.questions:
        yield Fault(file, ("questions",), "at least one of [[questions]] is needed", lacks=file)
    acting: dict[str, str] = {}
    for at, question in enumerate(questions.questions):
        if question.acts and questions.key != "plan":
            words = "“acts” belongs to questions of plan.toml only"
            yield Fault(file, ("questions", at, "acts"), words)
        elif question.acts in acting:
            words = f"“{question.acts}” acts already in the question “{acting[question.acts]}”"
            yield Fault(file, ("questions", at, "acts"), words)
        elif question.acts:
            acting[question.acts] = question.key
        yield from again(file, ("questions", at, "about"), question.about)
        if question.facts and questions.key != "diary":
            words = "“facts” belongs to questions of diary.toml only"
            yield Fault(file, ("questions", at, "facts"), words)


def _requirements(methodology: Methodology) -> Iterator[Fault]:
    for at, requirement in enumerate(methodology.requirements):
        place: Place = ("requirements", at, "fact")
        yield from _needs(methodology, "methodology.toml", place, requirement.fact)
        if any(one.fact == requirement.fact for one in methodology.requirements[:at]):
            yield Fault("methodology.toml", place, f"“{requirement.fact}” is required twice")


def _never_before(later: Offset, earlier: Offset) -> bool:
    """Whether an offset is before another one in no month that a programme may begin in."""
    return any(later.on(start) >= earlier.on(start) for start in _STARTS)


def _periods(methodology: Methodology) -> Iterator[Fault]:
    if not methodology.calendar:
        words = "at least one period ([[calendar]]) is needed"
        yield Fault("calendar.toml", ("calendar",), words, lacks="calendar.toml")
    last = Offset(min(max(methodology.months, 0), MOST_MONTHS), -1)
    for at, period in enumerate(methodology.calendar):
        place: Place = ("calendar", at)
        if not _never_before(period.ends, period.starts):
            words = f"period “{period.key}” ends before it starts"
            yield Fault("calendar.toml", (*place, "ends"), words, ((*place, "starts"),))
        if methodology.months > 0 and not _never_before(last, period.ends):
            words = f"period “{period.key}” ends after the programme's {methodology.months} months"
            yield Fault("calendar.toml", (*place, "ends"), words)
        before = methodology.calendar[at - 1] if at else period
        if not _never_before(period.starts, before.starts):
            words = f"period “{period.key}” starts before the one above it, “{before.key}”"
            yield Fault("calendar.toml", (*place, "starts"), words, (("calendar", at - 1, "starts"),))


def _activities(methodology: Methodology) -> Iterator[Fault]:
    for at, period in enumerate(methodology.calendar):
        for number, activity in enumerate(period.activities):
            place: Place = ("calendar", at, "activities", number)
            yield from _due(period, activity, place, ((*place[:2], "starts"), (*place[:2], "ends")))
            yield from _needs(methodology, "calendar.toml", (*place, "evidence"), activity.evidence)
            yield from _document(methodology, activity, place)
            yield from _attended(methodology, activity, place)
            yield from asked_for(methodology, activity, place)
            yield from evidence_faults(methodology, activity, place)
            allowed = counts(activity.evidence)
            if activity.of not in allowed:
                words = f"“{activity.evidence}” cannot count {activity.of}, only {', '.join(allowed)}"
                yield Fault("calendar.toml", (*place, "of"), words, ((*place, "evidence"),))


def _due(period: Period, activity: Activity, place: Place, rests_on: tuple[Place, ...]) -> Iterator[Fault]:
    first, last = period.starts, period.ends
    if not _never_before(last, first):
        first, last = last, first  # told at the period; what is due beside both its days is so either way
    if not (_never_before(activity.due, first) and _never_before(last, activity.due)):
        words = f"activity “{activity.key}” is due outside its period “{period.key}”"
        yield Fault("calendar.toml", (*place, "due"), words, rests_on)


def _document(methodology: Methodology, activity: Activity, place: Place) -> Iterator[Fault]:
    here = (*place, "document")
    if activity.evidence != EvidenceKind.READ:
        if activity.document:
            words = f"“document” goes with evidence = “read” only, not with “{activity.evidence}”"
            yield Fault("calendar.toml", here, words, ((*place, "evidence"),))
        return
    known = {document.key: document for document in methodology.documents}
    if not activity.document:
        words = f"activity “{activity.key}” has evidence = “read” but no “document”"
        yield Fault("calendar.toml", here, words, lacks="calendar.toml")
    elif activity.document not in known:
        words = f"there is no document “{activity.document}”{suggestion(activity.document, list(known))}"
        yield Fault("calendar.toml", here, words, lacks="methodology.toml")
    elif activity.role not in known[activity.document].roles:
        words = f"the document “{activity.document}” is not for the role “{activity.role}”"
        yield Fault("calendar.toml", here, words, ((*place, "role"),), lacks="methodology.toml")


def _attended(methodology: Methodology, activity: Activity, place: Place) -> Iterator[Fault]:
    trained = {training.period for training in methodology.training}
    if activity.evidence == EvidenceKind.ATTENDED and activity.period not in trained:
        words = f"activity “{activity.key}” has evidence = “attended”, but its period has no training"
        yield Fault("calendar.toml", (*place, "evidence"), words, lacks="training.toml")


def _trainings(methodology: Methodology) -> Iterator[Fault]:
    periods = [period.key for period in methodology.calendar]
    for at, training in enumerate(methodology.training):
        if training.period not in periods:
            words = f"there is no period “{training.period}”{suggestion(training.period, periods)}"
            yield Fault("training.toml", ("training", at, "period"), words, lacks="calendar.toml")


def _lessons(methodology: Methodology) -> Iterator[Fault]:
    for at, lesson in enumerate(methodology.lessons):
        place: Place = ("lessons", at)
        yield from _covered(methodology, lesson, place)
        longest = max(map(len, lesson.text.as_dict().values()))
        if longest > LONGEST_LESSON:
            words = f"the text of a lesson has at most {LONGEST_LESSON} letters (a page), not {longest}"
            yield Fault("lessons.toml", (*place, "text"), words)
        count, (least, most) = len(lesson.questions), LESSON_QUESTIONS
        if not least <= count <= most:
            words = f"a lesson has {least} to {most} questions, “{lesson.key}” has {count}"
            yield Fault("lessons.toml", (*place, "questions"), words, lacks="lessons.toml")
        for number, question in enumerate(lesson.questions):
            count, (least, most) = len(question.choices), LESSON_CHOICES
            if not least <= count <= most:
                words = f"a question has {least} to {most} choices, “{question.key}” has {count}"
                here = (*place, "questions", number, "choices")
                yield Fault("lessons.toml", here, words, lacks="lessons.toml")


def _covered(methodology: Methodology, lesson: Lesson, place: Place) -> Iterator[Fault]:
    """The training that a lesson belongs to, and the topics of it that the lesson covers."""
    known = {training.key: training for training in methodology.training}
    if lesson.training not in known:
        words = f"there is no training “{lesson.training}”{suggestion(lesson.training, list(known))}"
        yield Fault("lessons.toml", (*place, "training"), words, lacks="training.toml")
        return
    topics = [topic.key for topic in known[lesson.training].topics]
    here = (*place, "topics")
    if not lesson.topics:
        words = f"“topics” is empty: the lesson “{lesson.key}” would cover nothing of its training"
        yield Fault("lessons.toml", here, words)
    yield from again("lessons.toml", here, lesson.topics)
    for topic in lesson.topics:
        if topic not in topics:
            words = f"the training “{lesson.training}” has no topic “{topic}”{suggestion(topic, topics)}"
            yield Fault("lessons.toml", here, words, lacks="training.toml")


def _outlines(methodology: Methodology) -> Iterator[Fault]:
    known = [competence.key for competence in methodology.competences]
    for name in OUTLINES:
        parts: tuple[Part, ...] = getattr(methodology, name)
        yield from _acting(name, parts)
        for at, part in enumerate(parts):
            place: Place = (name, at)
            if len(part.questions) > MOST_GUIDING:
                words = f"a part has at most {MOST_GUIDING} questions, “{part.key}” has {len(part.questions)}"
                yield Fault("outlines.toml", (*place, "questions", MOST_GUIDING), words)
            here = (*place, "competences")
            yield from again("outlines.toml", here, part.competences)
            for key in dict.fromkeys(part.competences):
                if key not in known:
                    words = f"there is no competence “{key}”{suggestion(key, known)}"
                    yield Fault("outlines.toml", here, words, lacks="evaluation.toml")


def _report(methodology: Methodology) -> Iterator[Fault]:
    for place, words in contradictions(methodology.report):
        yield Fault("report.toml", place, words)


def _acting(name: str, parts: tuple[Part, ...]) -> Iterator[Fault]:
    """Parts of one outline that act as an earlier one does: its figures have one place."""
    acting: dict[str, str] = {}
    for at, part in enumerate(parts):
        if part.acts in acting:
            words = f"“{part.acts}” acts already in the part “{acting[part.acts]}”"
            yield Fault("outlines.toml", (name, at, "acts"), words)
        elif part.acts:
            acting[part.acts] = part.key


def _doubles(methodology: Methodology) -> Iterator[Fault]:
    for file, names in FILES.items():
        if file == "calendar.toml":
            continue
        for name in names:
            yield from twice(file, *keyed(getattr(methodology, name), (name,)))
    for questions in (methodology.plan, methodology.first_meeting, methodology.diary):
        yield from twice(f"{questions.key}.toml", *keyed(questions.questions, ("questions",)))
    for at, kind in enumerate(methodology.kinds):
        yield from twice("methodology.toml", *keyed(kind.before, ("kinds", at, "before")))
        yield from twice("methodology.toml", *keyed(kind.questions, ("kinds", at, "questions")))
    for at, role in enumerate(methodology.roles):
        yield from twice("people.toml", *keyed(role.tasks, ("roles", at, "tasks")))
    for at, training in enumerate(methodology.training):
        for name in ("topics", "meeting_topics"):
            yield from twice("training.toml", *keyed(getattr(training, name), ("training", at, name)))
    for at, lesson in enumerate(methodology.lessons):
        yield from twice("lessons.toml", *keyed(lesson.questions, ("lessons", at, "questions")))
        for number, question in enumerate(lesson.questions):
            place = ("lessons", at, "questions", number, "choices")
            yield from twice("lessons.toml", *keyed(question.choices, place))
    for name in OUTLINES:
        for at, part in enumerate(getattr(methodology, name)):
            yield from twice("outlines.toml", *keyed(part.questions, (name, at, "questions")))
    rows = keyed(methodology.calendar, ("calendar",))
    for at, period in enumerate(methodology.calendar):
        rows += keyed(period.activities, ("calendar", at, "activities"))
    yield from twice("calendar.toml", *rows)
