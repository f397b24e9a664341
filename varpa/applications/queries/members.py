"""What a manager sees of one person: what is known, how far prepared, what was done and by whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext

from varpa.applications.queries.notes import NOTED
from varpa.applications.queries.people import Partner, partners
from varpa.applications.words import CHANNELS, told_line
from varpa.factors.queries import second_of
from varpa.guardians.models import Guardian, NoticeText, SchoolContact, SchoolWord, Worry
from varpa.guardians.queries.schools import words_on
from varpa.history.models import Line
from varpa.history.queries import lines_of
from varpa.kernel.text import TranslatedText
from varpa.people.models import Person
from varpa.post.inbound import undelivered
from varpa.programmes.models import (
    Membership,
    MembershipState,
    NoticeVersion,
    Participation,
    Permission,
    Preparation,
    Screening,
    StepKey,
)
from varpa.programmes.preparing import Reading, Study, gone_through
from varpa.programmes.queries import (
    SCREENING,
    is_screened,
    memberships_read,
    methodology_of,
    missing_of,
    needs_permission,
    screening_of,
    today_of,
)
from varpa.ui import words

AGAIN = "membership.again"
DECISIONS = ("membership.accept", "membership.wait", "membership.decline", "membership.withdraw")


@dataclass(frozen=True)
class ShownLine:
    """A line of history in words; `who` is empty where nobody did it."""

    at: datetime
    words: str
    who: str
    channel: str


@dataclass(frozen=True)
class Earlier:
    """An application before the newest one: when it came, what came of it (a key of history), and when."""

    applied_at: datetime
    verb: str
    ended_at: datetime


@dataclass(frozen=True)
class Member:
    """Everything of a person's page; `steps` of the preparation are (label, row), None where not made."""

    membership: Membership
    is_minor: bool
    is_prepared: bool
    steps: list[tuple[str, Preparation | None]]
    readings: list[Reading]
    lessons: list[Study]
    standing: list[Permission]
    withdrawn: list[Permission]
    means: list[TranslatedText]
    computer: str
    screened: bool
    screening: Screening | None
    pairs: list[Partner]

    @property
    def open_pairs(self) -> list[Partner]:
        return [each for each in self.pairs if not each.ended]

    @property
    def notices_read(self) -> list[NoticeVersion]:
        """What guardians had read before they permitted something, each once."""
        given = [*self.standing, *self.withdrawn]
        return list(dict.fromkeys(each.notice for each in given if each.notice))


def member_read(memberships: QuerySet[Membership]) -> QuerySet[Membership]:
    """Memberships read with what their pages need.

    `word_key` is that of the school's newest word on them; `noted` and `worried`: whether there is anything
    to read of notes, talks and worries; `again`: whether they have applied more than once; `undelivered`:
    whether letters do not reach their address; `added`: whether the programme has notices of its own there;
    `second`: whether there is a second step of signing in.
    """
    newest = SchoolWord.objects.filter(membership=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    worries = Exists(Worry.objects.filter(membership=OuterRef("pk")))
    lines = Line.objects.filter(thing_kind="membership", thing_ref=OuterRef("ref"), verb=AGAIN)
    read = memberships_read(memberships).select_related("participation")
    found = read.annotate(word_key=Subquery(newest), again=Exists(lines))
    lost = Exists(undelivered().filter(to_address=OuterRef("person__email")))
    there = Q(country="") | Q(country=OuterRef("country"))
    notices = Exists(NoticeText.objects.filter(there, programme=OuterRef("programme"), withdrawn_at=None))
    return found.annotate(
        noted=NOTED, worried=worries, undelivered=lost, added=notices, second=second_of("person")
    )


def school_word_of(membership: Membership) -> SchoolWord | None:
    """What the school says of a member who was read by `member_read`."""
    told = getattr(membership, "word_key", None) is not None
    return words_on([membership]).get(membership.pk) if told else None


def earlier_of(membership: Membership) -> list[Earlier]:
    """The earlier applications of a member who was read by `member_read`, the newest first."""
    if not getattr(membership, "again", True):
        return []
    verbs = ("membership.add", AGAIN, *DECISIONS)
    lines = list(lines_of(membership).filter(verb__in=verbs).order_by("pk"))
    applied = [line for line in lines if line.verb not in DECISIONS]
    found = []
    for one, following in pairwise(applied):
        ended = [line for line in lines if one.pk < line.pk < following.pk]
        if ended:
            found.append(Earlier(one.at, ended[-1].verb, ended[-1].at))
    return found[::-1]


def _steps(by: str, told: set[str]) -> list[tuple[str, str]]:
    """The steps of preparation with their names; the own word only of who is to give it."""
    steps = {key.value: str(key.label) for key in StepKey if key != StepKey.GROWN or key in told}
    if by == "reading":
        steps[StepKey.TRAINING.value] = gettext("what is to be read was read")
    elif not by:
        del steps[StepKey.TRAINING.value]
    return list(steps.items())


def member_of(membership: Membership, now: datetime) -> Member:
    """What the page of a person shows: at most five queries."""
    made = {each.step: each for each in membership.preparations.select_related("by")}
    permissions = list(membership.permissions.select_related("scan", "notice").order_by("kind", "pk"))
    standing = [each for each in permissions if each.withdrawn_at is None]
    today = today_of(membership.programme, now)
    taking_part = any(each.kind == "taking_part" for each in standing)
    going = membership.state in (MembershipState.ACCEPTED, MembershipState.COMPLETED)
    screening, (readings, studies) = screening_of(membership), gone_through(membership)
    passed = [SCREENING] if screening and screening.passed else []
    missing = missing_of(membership, [*made, *passed], taking_part, today)
    methodology = methodology_of(membership.programme)
    by = methodology.prepares_by(membership.role)
    part: Participation | None = getattr(membership, "participation", None)
    return Member(
        membership=membership,
        is_minor=needs_permission(membership, today),
        is_prepared=going and not missing,
        steps=[(label, made.get(key)) for key, label in _steps(by, {*made, *missing})],
        readings=[each for each in readings if each.required or each.read_at],
        # Whoever is trained has no lesson left to do; the history tells of those that were done.
        lessons=[] if StepKey.TRAINING in made else [each for each in studies if each.counts],
        standing=standing,
        withdrawn=[each for each in permissions if each.withdrawn_at is not None],
        means=[each.name for each in methodology.means if each.key in membership.means],
        computer=part.get_computer_display() if part else "",
        screened=is_screened(membership),
        screening=screening,
        pairs=[partner for _pk, partner in partners([membership.pk])],
    )


def stands_as(membership: Membership) -> str:
    """How an application stands, for a page that decides on it: another after a change, talk and step."""
    return f"{membership.revision}.{membership.state}"


def decided_by(membership: Membership) -> str:
    """Who has last decided on a member, and when, in words; "" where nobody with an account did."""
    line = lines_of(membership).filter(verb__in=DECISIONS).first()
    who = Person.objects.filter(pk=line.actor).first() if line and line.actor else None
    return f"{who.name}, {words.day_time(line.at)}." if line and who else ""


def history_of(membership: Membership) -> QuerySet[Line]:
    """What was done to a member, newest first, but for worries: who may read those is told in their place."""
    # Earlier versions wrote them here.
    return lines_of(membership).exclude(verb__startswith="worry.")


def history_shown(membership: Membership, lines: Iterable[Line], reader: Person) -> list[ShownLine]:
    """Lines of history in the reader's language, with the names of who did it: two queries at most.

    What the reader and the member have done themselves, as most of it, asks for nobody.
    """
    found = list(lines)
    near = {each.pk: each for each in (reader, membership.person)}
    others = {line.actor for line in found if line.actor and line.actor not in near}
    people = {**near, **Person.objects.in_bulk(others)}
    whose = _whose(found)
    methodology = methodology_of(membership.programme)
    titles = {each.key: str(each.title) for each in methodology.documents}
    lessons = {each.key: str(each.title) for each in methodology.lessons}
    return [
        ShownLine(
            at=line.at,
            words=told_line(line, titles, lessons),
            who=people[line.actor].name if line.actor in people else whose.get(line.pk, ""),
            channel=str(CHANNELS.get(line.channel, "")),
        )
        for line in found
    ]


def _whose(lines: list[Line]) -> dict[int, str]:
    """Who has brought about each line that a guardian or a school has: nobody with an account did."""
    refs = {
        line.pk: str(line.details.get("guardian") or line.details.get("contact"))
        for line in lines
        if not line.actor and ("guardian" in line.details or "contact" in line.details)
    }
    known: dict[str, str] = {}
    if any("guardian" in line.details for line in lines if line.pk in refs):
        known |= dict(Guardian.objects.filter(ref__in=set(refs.values())).values_list("ref", "name"))
    if any("contact" in line.details for line in lines if line.pk in refs):
        known |= dict(SchoolContact.objects.filter(ref__in=set(refs.values())).values_list("ref", "name"))
    return {pk: known.get(ref, "") for pk, ref in refs.items()}
