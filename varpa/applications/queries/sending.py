"""Before something is sent to many: how many letters, in which languages, and whom no letter reaches."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from varpa.kernel.states import can
from varpa.people.models import Language
from varpa.programmes.models import Membership, MembershipState
from varpa.programmes.queries import GONE, STAFF

UNDECIDED = (MembershipState.APPLIED, MembershipState.WAITING)
TALK, WRITE = "talk", "write"


@dataclass(frozen=True)
class Sending:
    """`languages` are (code, letters), most first; `silent` counts who has no address."""

    languages: list[tuple[str, int]]
    silent: int

    @property
    def letters(self) -> int:
        return sum(count for _code, count in self.languages)


def sending_of(chosen: Iterable[Membership], step: str) -> Sending:
    """What a decision, asking for a talk or writing would send: to those for whom it is still open."""
    reached = [each for each in chosen if _open(each, step)]
    if step == WRITE:
        # Two roles of one person are written to once.
        reached = list({each.person_id: each for each in reached}.values())
    counts = Counter(each.person.language for each in reached if each.person.email)
    order = {code: place for place, code in enumerate(Language.values)}
    languages = sorted(counts.items(), key=lambda pair: (-pair[1], order.get(pair[0], 9)))
    return Sending(languages, sum(1 for each in reached if not each.person.email))


def _open(membership: Membership, step: str) -> bool:
    if step == WRITE:
        return membership.state not in GONE
    if membership.role in STAFF:
        return False
    return membership.state in UNDECIDED if step == TALK else can(membership, step)
