"""Reading people."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Final, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from varpa.history.models import Channel, Line
from varpa.kernel.text import TranslatedText
from varpa.people.models import Appointment, Language, Organisation, Person
from varpa.post.envelope import Recipient
from varpa.post.kinds import kinds
from varpa.post.queries import stopped_kinds

ADULT_AGE = 18
CAST: Final = "cast:"
ROLES: Final[dict[str, str | Promise]] = {
    "manager": _("Project manager"),
    "mentor": _("Mentor"),
    "mentee": _("Mentee"),
    "lead": _("Lead partner"),
}


class CastMember(NamedTuple):
    """Somebody as whom one may look around in the demonstration; `language` by its own name."""

    person: Person
    role: str | Promise
    language: str


class LetterChoice(NamedTuple):
    """A kind of letter that may be stopped; `stop` says in words what stopping it means."""

    key: str
    stop: TranslatedText
    stopped: bool


def by_address(address: str) -> Person | None:
    """The person with an address, whatever its case; None where there is none."""
    asked = address.strip().lower()
    return Person.objects.filter(email=asked).first() if asked else None


def has_come_in() -> Q:
    """Of people: whoever has signed in, or did something by answering a letter or by a link of one (R14).

    From then on name and address are theirs alone: by an address one could become them, and read what they
    wrote (principle 7).
    """
    return Q(last_login__isnull=False) | Q(
        Exists(Line.objects.filter(actor=OuterRef("pk"), channel=Channel.MAIL))
    )


def came_in(person: Person) -> bool:
    """The same of one person."""
    return bool(who_came_in([person]))


def who_came_in(people: Iterable[Person]) -> set[int]:
    """The keys of those of several who have: one query."""
    asked = Person.objects.filter(has_come_in(), pk__in=[each.pk for each in people])
    return set(asked.order_by().values_list("pk", flat=True))


def cast() -> list[CastMember]:
    """Who may be stood in for in the demonstration: people whose roster key is `cast:ROLE` or `cast:ROLE-…`.

    The manager first, then the others in the order of ROLES.
    """
    found = []
    for person in Person.objects.filter(roster_key__startswith=CAST, is_active=True).order_by("pk"):
        role = person.roster_key.removeprefix(CAST).split("-")[0].split("_")[0]
        if role in ROLES:
            found.append((list(ROLES).index(role), role, person))
    found.sort(key=lambda each: each[0])
    return [
        CastMember(person, ROLES[role], str(Language(person.language).label)) for _at, role, person in found
    ]


def letter_choices(person: Person, reads_as: Collection[str]) -> list[LetterChoice]:
    """The kinds of letters that a person gets and may stop, each with whether it is stopped.

    `reads_as`: as what one is written to (access.reads_as). A kind for others is shown only to whoever has
    stopped it: as what one was written to may have ended.
    """
    stopped = stopped_kinds(person.pk)
    return [
        LetterChoice(key, kind.stop, key in stopped)
        for key, kind in sorted(kinds().items())
        if not kind.essential and kind.stop
        if key in stopped or not kind.readers or set(kind.readers).intersection(reads_as)
    ]


def is_minor(person: Person, today: date) -> bool:
    """Whether a person is under 18 on a day; where the date of birth is unknown, not."""
    return person.born is not None and today < eighteenth_birthday(person.born)


def eighteenth_birthday(born: date) -> date:
    """The day on which somebody born then turns 18 (29 February: 1 March)."""
    try:
        return born.replace(year=born.year + ADULT_AGE)
    except ValueError:
        return date(born.year + ADULT_AGE, 3, 1)


def recipient(person: Person, *, adult: bool) -> Recipient:
    """A person as a reader of letters; `adult` chooses between Jūs and tu."""
    grown = eighteenth_birthday(person.born) if person.born else None
    return Recipient(
        person.pk, person.name, person.email or "", person.language, person.zone, adult, young_until=grown
    )


def organisations_of(person: Person) -> QuerySet[Organisation]:
    """The organisations of whose staff the person is now."""
    return Organisation.objects.filter(
        appointments__person=person, appointments__ended_at__isnull=True
    ).distinct()


def staff_of(organisation: Organisation) -> QuerySet[Appointment]:
    """Who is staff of an organisation now, with the people, by name."""
    standing = Appointment.objects.filter(organisation=organisation, ended_at=None)
    return standing.select_related("person").order_by("person__name", "pk")
