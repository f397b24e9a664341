"""What follows from a role that sees data of many people."""

from varpa.people.actions import end_sessions
from varpa.people.models import Person
from varpa.programmes.models import Membership
from varpa.programmes.queries import STAFF


def sign_in_anew(membership: Membership, by: Person | None) -> None:
    """Whoever is given or loses such a role signs in anew (quality §4).

    Whoever begins the programme of the next year, which keeps its managers, goes on.
    """
    if membership.role in STAFF and (by is None or by.pk != membership.person_id):
        end_sessions(membership.person)
