"""Whose words on a plan its writer does not read for now: those of the own mentor, while nothing passes
between the two (R1, docs/decisions/0051).
"""

from varpa.defence.models import Juror, Slot, Word
from varpa.pairs.beside import between
from varpa.pairs.quiet import waits
from varpa.people.models import Person


def unread(slot: Slot) -> list[Person]:
    """The mentors whose words wait; what was said before they had to, was read."""
    if slot.plan is None:
        return []
    found = between(slot.member.person)
    return [
        other
        for other, since, _own in found
        if since and (slot.closed_at is None or waits(slot.closed_at, since))
    ]


def is_unread(juror: Juror, mentors: list[Person]) -> bool:
    """Also by the address: who comes by a guest's link is the same human."""
    address = juror.address.lower()
    return any(
        juror.person_id == each.pk or (address and address == (each.email or "").lower()) for each in mentors
    )


def words_read(slot: Slot, reader: Person) -> tuple[list[Word], list[str]]:
    """What jurors said to a presentation, as one reads it, and the names of those whose words wait."""
    words = list(slot.words.exclude(convinced="", next="").select_related("juror__person"))
    mentors = unread(slot) if slot.plan and slot.member.person_id == reader.pk else []
    read = [word for word in words if not is_unread(word.juror, mentors)]
    return read, [word.juror.name for word in words if word not in read]
