"""What a manager sees of one person: what is known, how far prepared, what was done and by whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from varpa.applications.queries.people import Partner, partners
from varpa.applications.words import CHANNELS, told_line
from varpa.history.models import Line
from varpa.kernel.text import TranslatedText
from varpa.people.models import Person
from varpa.programmes.models import Membership, MembershipState, Permission, Preparation, StepKey
from varpa.programmes.queries import methodology_of, needs_permission, today_of


@dataclass(frozen=True)
class ShownStep:
    """A step of preparation, made or not: `made` is its row."""

    key: str
    label: str
    made: Preparation | None


@dataclass(frozen=True)
class ShownReading:
    """A document that the role is asked to read, and when it was read."""

    title: TranslatedText
    required: bool
    read_at: datetime | None


@dataclass(frozen=True)
class ShownLine:
    """A line of history in words; `who` is empty where nobody did it."""

    at: datetime
    words: str
    who: str
    channel: str


@dataclass(frozen=True)
class Member:
    """Everything of a person's page for the manager."""

    membership: Membership
    is_minor: bool
    is_prepared: bool
    steps: list[ShownStep]
    readings: list[ShownReading]
    standing: list[Permission]
    withdrawn: list[Permission]
    means: list[TranslatedText]
    pairs: list[Partner]

    @property
    def open_pairs(self) -> list[Partner]:
        return [each for each in self.pairs if not each.ended]


def members_read(memberships: QuerySet[Membership]) -> QuerySet[Membership]:
    """Memberships with the person and the programme, in one query."""
    found = memberships.select_related("person", "programme", "programme__methodology_version")
    return found.defer("programme__methodology_version__data")


def member_of(membership: Membership, now: datetime) -> Member:
    """What the page of a person shows: four queries."""
    made = {each.step: each for each in membership.preparations.select_related("by")}
    permissions = list(membership.permissions.order_by("kind", "pk"))
    standing = [each for each in permissions if each.withdrawn_at is None]
    minor = needs_permission(membership, today_of(membership.programme, now))
    taking_part = any(each.kind == "taking_part" for each in standing)
    going = membership.state in (MembershipState.ACCEPTED, MembershipState.COMPLETED)
    methodology = methodology_of(membership.programme)
    return Member(
        membership=membership,
        is_minor=minor,
        is_prepared=going and len(made) == len(StepKey) and (taking_part or not minor),
        steps=[ShownStep(key.value, str(key.label), made.get(key.value)) for key in StepKey],
        readings=_readings(membership),
        standing=standing,
        withdrawn=[each for each in permissions if each.withdrawn_at is not None],
        means=[each.name for each in methodology.means if each.key in membership.means],
        pairs=[partner for _pk, partner in partners([membership.pk])],
    )


def history_shown(membership: Membership, lines: Iterable[Line]) -> list[ShownLine]:
    """Lines of history in the reader's language, with the names of who did it: one query."""
    found = list(lines)
    people = Person.objects.in_bulk({line.actor for line in found if line.actor})
    documents = {each.key: str(each.title) for each in methodology_of(membership.programme).documents}
    return [
        ShownLine(
            at=line.at,
            words=told_line(line, documents),
            who=people[line.actor].name if line.actor in people else "",
            channel=str(CHANNELS.get(line.channel, "")),
        )
        for line in found
    ]


def _readings(membership: Membership) -> list[ShownReading]:
    read = dict(membership.receipts.values_list("document", "at"))
    return [
        ShownReading(each.title, each.required, read.get(each.key))
        for each in methodology_of(membership.programme).documents
        if membership.role in each.roles
    ]
