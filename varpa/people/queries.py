"""Reading people."""

from datetime import date

from django.db.models import QuerySet

from varpa.people.models import Organisation, Person
from varpa.post.envelope import Recipient

ADULT_AGE = 18


def by_address(address: str) -> Person | None:
    """The person with an address, whatever its case; None where there is none."""
    return Person.objects.filter(email__iexact=address.strip()).first() if address.strip() else None


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
    return Recipient(person.pk, person.name, person.email or "", person.language, person.zone, adult)


def organisations_of(person: Person) -> QuerySet[Organisation]:
    """The organisations of whose staff the person is now."""
    return Organisation.objects.filter(
        appointments__person=person, appointments__ended_at__isnull=True
    ).distinct()
