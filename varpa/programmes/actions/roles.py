"""What follows from a role that is given or taken."""

from varpa.people.actions import end_sessions
from varpa.people.models import Person
from varpa.programmes.models import Membership
from varpa.programmes.queries import STAFF


def sign_in_anew(membership: Membership, by: Person | None, *, taken: bool = False) -> None:
    """Who is given a role that sees data of many people, or from whom any is `taken`, signs in anew.

    Sessions end with a role (quality §4).
    A mentor or mentee who is let in goes on writing, and so does whoever did it to oneself: who leaves, or
    begins the programme of the next year, which keeps its managers.
    """
    if (taken or membership.role in STAFF) and (by is None or by.pk != membership.person_id):
        end_sessions(membership.person)
