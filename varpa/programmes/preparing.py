"""How far people are with preparing (R1): what is read, which lessons are done, which step comes next."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Value

from varpa.kernel.text import TranslatedText
from varpa.methodology.model import Document, Lesson
from varpa.people.models import Person
from varpa.programmes.models import (
    LessonDone,
    Membership,
    Participation,
    PermissionKind,
    Programme,
    Receipt,
    Role,
    StepKey,
)
from varpa.programmes.queries import (
    SCREENING,
    grace_until,
    has_permission,
    is_grown,
    is_screened,
    methodology_of,
    needs_permission,
    own_memberships,
    screening_of,
    waits_for_guardian,
)

LEARNING = 1
"""Of an ability in `Participation.abilities`: still learning."""


class Reading(NamedTuple):
    """A document of the programme for one reader. `asked`: the reader's role is asked to read it."""

    document: Document
    asked: bool
    required: bool
    read_at: datetime | None


def library_of(programme: Programme, person: Person) -> list[Reading]:
    """All documents of a programme: what the person's roles must read, then what they may, then all else."""
    own = list(own_memberships(programme, person))
    read = dict(Receipt.objects.filter(membership__in=own).order_by("-at").values_list("document", "at"))
    return _readings(methodology_of(programme).documents, {each.role for each in own}, read)


def _readings(documents: tuple[Document, ...], roles: set[str], read: dict[str, datetime]) -> list[Reading]:
    found = []
    for each in documents:
        asked = bool(roles & set(each.roles))
        found.append(Reading(each, asked, asked and each.required, read.get(each.key)))
    return sorted(found, key=lambda each: (not each.required, not each.asked))


def still_learning(membership: Membership) -> list[TranslatedText]:
    """The abilities that a mentor, when applying, said are still being learnt (methodology §3.2).

    A word to oneself that helps to prepare; nobody is ranked by it. Of a member read with `participation`.
    """
    part: Participation | None = getattr(membership, "participation", None)
    said = part.abilities if part else {}
    abilities = methodology_of(membership.programme).abilities
    return [each.text for each in abilities if said.get(each.key) == LEARNING]


class Study(NamedTuple):
    """A lesson of the programme for one reader. `own`: it is for a role that the reader has.

    `counts`: it belongs to the self-study of the first training, without which nobody meets anybody.
    """

    lesson: Lesson
    own: bool
    counts: bool
    done_at: datetime | None


def lessons_of(programme: Programme, person: Person) -> list[Study]:
    """All lessons of a programme, those for the person's roles first. Of doing them only the day is kept."""
    own = list(own_memberships(programme, person))
    done = dict(LessonDone.objects.filter(membership__in=own).order_by("-at").values_list("lesson", "at"))
    return _studies(programme, {each.role for each in own}, done)


def readings_of(membership: Membership) -> list[Reading]:
    """What one member's role is asked to read, the required first."""
    return gone_through(membership)[0]


def studies_of(membership: Membership) -> list[Study]:
    """The lessons for one member's role."""
    return gone_through(membership)[1]


def stand_in_for(training: str, membership: Membership) -> list[Study]:
    """The lessons that stand in for a training, for one member's role; of a training without lessons none."""
    return [each for each in studies_of(membership) if each.lesson.training == training]


def gone_through(membership: Membership) -> tuple[list[Reading], list[Study]]:
    """`readings_of` and `studies_of` at once: one query for both."""
    read = membership.receipts.values_list(Value("read"), "document", "at")
    done = membership.lessons_done.values_list(Value("done"), "lesson", "at")
    found: dict[str, dict[str, datetime]] = {"read": {}, "done": {}}
    for what, key, at in read.union(done, all=True):
        found[what][key] = at
    documents, roles = methodology_of(membership.programme).documents, {membership.role}
    readings = [each for each in _readings(documents, roles, found["read"]) if each.asked]
    return readings, [each for each in _studies(membership.programme, roles, found["done"]) if each.own]


def _studies(programme: Programme, roles: set[str], done: dict[str, datetime]) -> list[Study]:
    methodology = methodology_of(programme)
    found = []
    for each in methodology.lessons:
        own = each.role in roles
        counts = own and each in methodology.self_study(each.role)
        found.append(Study(each, own, counts, done.get(each.key) if own else None))
    return sorted(found, key=lambda each: not each.own)


@dataclass(frozen=True)
class Preparing:
    """How far a member is with the preparation (R1).

    `next` is the step to take: read, lesson, training, notice, screening, grown, permission; "" where all is
    there. `lessons` are those of the first training, which they stand in for; `later` those of the others.
    `by`: what its role is asked for besides the notice, as `Methodology.prepares_by` says it.
    `grown_asked`: came of age and is asked to confirm taking part; until `grace_until` nothing stops.
    `screened`: the programme screens this member; `screened_on`: the day of a result to go on with.
    """

    membership: Membership
    readings: list[Reading]
    trained_at: datetime | None
    notice_at: datetime | None
    permission: str
    next: str
    grown_asked: bool = False
    grace_until: date | None = None
    screened: bool = False
    screened_on: date | None = None
    lessons: tuple[Study, ...] = ()
    later: tuple[Study, ...] = ()
    by: str = "training"

    @property
    def to_study(self) -> list[Study]:
        return [each for each in self.lessons if not each.done_at]

    @property
    def to_read(self) -> list[Reading]:
        return [each for each in self.readings if each.required and not each.read_at]


def preparing(membership: Membership, today: date) -> Preparing:
    """The preparation of one member, step by step. `permission` is "" (not needed), "missing" or "given"."""
    steps = dict(membership.preparations.values_list("step", "at"))
    permission = ""
    if needs_permission(membership, today):
        permission = "given" if has_permission(membership, PermissionKind.TAKING_PART) else "missing"
    readings, studies = gone_through(membership)
    unread = any(each.required and not each.read_at for each in readings)
    trained, notice = steps.get(StepKey.TRAINING), steps.get(StepKey.NOTICE)
    grown = membership.role == Role.MENTEE and is_grown(membership, today)
    asked = grown and bool(notice) and StepKey.GROWN not in steps
    screened, result = is_screened(membership), screening_of(membership)
    passed = result.day if result and result.passed else None
    following, by = "", methodology_of(membership.programme).prepares_by(membership.role)
    lessons = tuple(each for each in studies if each.counts)
    later = tuple(each for each in studies if not each.counts)
    if not trained and by:
        unstudied = any(not each.done_at for each in lessons)
        following = "read" if unread else "lesson" if unstudied else "training"
    elif not notice:
        following = "permission" if waits_for_guardian(membership, today) else "notice"
    elif screened and not passed:
        following = SCREENING
    elif asked:
        following = StepKey.GROWN.value
    elif permission == "missing":
        following = "permission"
    until = grace_until(membership, today) if asked else None
    return Preparing(
        membership=membership,
        readings=readings,
        trained_at=trained,
        notice_at=notice,
        permission=permission,
        next=following,
        grown_asked=asked,
        grace_until=until,
        screened=screened,
        screened_on=passed,
        lessons=lessons,
        later=later,
        by=by,
    )
