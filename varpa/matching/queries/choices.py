"""What was decided about two people, and where it contradicts itself or what is possible."""

from collections import Counter

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from varpa.matching.models import Choice, ChoiceKind
from varpa.matching.queries.cohorts import free, places_left, standing
from varpa.programmes.models import MembershipState, Programme, Role


def choices_of(programme: Programme) -> QuerySet[Choice]:
    """The choices that stand, newest first, with the people."""
    return standing(programme).select_related("mentee__person", "mentor__person", "by")


def choice_read(choices: QuerySet[Choice]) -> QuerySet[Choice]:
    """A choice with its people and programme."""
    return choices.select_related("mentee__person", "mentor__person", "programme")


def contradictions(programme: Programme) -> list[str]:
    """A sentence for each lock that cannot be kept as things stand: four queries.

    Matching leaves such a lock out; a veto stands above it.
    """
    locks = list(choices_of(programme).filter(kind=ChoiceKind.LOCK))
    apart = set(standing(programme).filter(kind=ChoiceKind.VETO).values_list("mentee", "mentor"))
    waiting = set(
        free(programme, Role.MENTEE)
        .filter(pk__in=[each.mentee_id for each in locks])
        .values_list("pk", flat=True)
    )
    mentors = free(programme, Role.MENTOR).filter(pk__in=[each.mentor_id for each in locks])
    left = {each.pk: places_left(each) for each in mentors}
    asked = Counter(each.mentor_id for each in locks if each.mentee_id in waiting)
    found = []
    for lock in locks:
        both = {"mentee": lock.mentee.person.name, "mentor": lock.mentor.person.name}
        if lock.mentee_id not in waiting:
            # In a pair by now: the lock has come true, or another pair was made by hand.
            if lock.mentee.state != MembershipState.ACCEPTED:
                found.append(_("%(mentee)s no longer takes part. Decided was: %(mentor)s.") % both)
        elif lock.mentor.state != MembershipState.ACCEPTED:
            found.append(_("%(mentor)s no longer takes part. Decided was for: %(mentee)s.") % both)
        elif (lock.mentee_id, lock.mentor_id) in apart:
            told = _("%(mentee)s, %(mentor)s: decided to be together, and asked in confidence not to be.")
            found.append(told % both)
        elif asked[lock.mentor_id] > left.get(lock.mentor_id, 0):
            counts = {"locks": asked[lock.mentor_id], "places": left.get(lock.mentor_id, 0)}
            told = _("%(mentor)s: decided mentees: %(locks)d, free places: %(places)d.")
            found.append(told % {**both, **counts})
    return list(dict.fromkeys(found))
