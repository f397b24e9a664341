"""Who keeps pairs from going on, and by what (R1), as the manager's lists name it."""

from collections.abc import Sequence
from datetime import datetime

from varpa.applications.words import MISSING
from varpa.pairs.lacking import WORDS
from varpa.pairs.models import Pair, PairState
from varpa.programmes.missing import missing_by_member
from varpa.programmes.models import Membership, Programme
from varpa.programmes.queries import GONE, today_of

NOT_GOING = (PairState.ACCEPTED, PairState.PAUSED)


def lacks_of(pairs: Sequence[Pair], programme: Programme, now: datetime) -> dict[int, list[str]]:
    """By the key of a pair each of the two who is not prepared, with what lacks: four queries."""
    both = {pk for pair in pairs for pk in (pair.mentor_id, pair.mentee_id)}
    members = {each.pk: each for each in Membership.objects.filter(pk__in=both).select_related("person")}
    missing = missing_by_member(programme, members.values(), today_of(programme, now))
    said = {pk: _said(members[pk], missing[pk]) for pk in members}
    return {pair.pk: [said[pk] for pk in (pair.mentor_id, pair.mentee_id) if said[pk]] for pair in pairs}


def _said(member: Membership, missing: list[str]) -> str:
    lacks = [WORDS[""]] if member.state in GONE else [MISSING[step] for step in missing]
    return f"{member.person.name}: {', '.join(map(str, lacks))}" if lacks else ""
