"""The few ways that stand in the bar, by what a person is: one query a page."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.kernel.compiled import compiled
from varpa.pairs.models import Pair, PairState
from varpa.people.models import Appointment, Person
from varpa.programmes.models import Membership, MembershipState, Role

Way = tuple[Any, str, tuple[str, ...]]
GOING = (PairState.ACTIVE, PairState.PAUSED)
NOW: Way = (pgettext_lazy("menu", "Now"), "home:home", ())


def ways_of(person: Person) -> list[Way]:
    """(label, name of the address, its arguments); the newest programme counts."""
    found = _memberships(person=person)
    taking_part = [row for row in found if row["role"] in (Role.MENTOR, Role.MENTEE)]
    managing = [row for row in found if row["role"] in (Role.MANAGER, Role.LEAD_PARTNER)]
    ways: list[Way] = []
    if taking_part:
        # Of several the pair that goes counts: what is next is there.
        row = next((each for each in taking_part if each["pair"]), taking_part[0])
        ways.append(NOW)
        if row["pair"]:
            ways.append((pgettext_lazy("menu", "Together"), "home:room", (row["pair"],)))
        ways.append((_("Library"), "programmes:library", (row["programme__ref"],)))
    if managing:
        ref = (managing[0]["programme__ref"],)
        ways += [
            (_("Programme"), "home:board", ref),
            (_("People"), "applications:people", ref),
            (_("Pairs"), "home:pairs", ref),
        ]
        if not taking_part:
            ways.append((_("Library"), "programmes:library", ref))
    if any(row["appointed"] for row in found) or (not found and _appointments(person=person)):
        ways.append((_("Programmes"), "programmes:list", ()))
    return ways or [NOW]


@compiled()
def _memberships(person: Person) -> QuerySet[Any, dict[str, Any]]:
    own = Membership.objects.filter(
        person=person, state__in=[MembershipState.ACCEPTED, MembershipState.COMPLETED]
    )
    side = Q(mentor=OuterRef("pk")) | Q(mentee=OuterRef("pk"))
    going = Pair.objects.filter(side, state__in=GOING).order_by("-pk")
    appointed = Appointment.objects.filter(person=person, ended_at__isnull=True)
    return (
        own.annotate(pair=Subquery(going.values("ref")[:1]), appointed=Exists(appointed))
        .order_by("-programme__starts", "pk")
        .values("role", "programme__ref", "pair", "appointed")
    )


@compiled()
def _appointments(person: Person) -> QuerySet[Appointment]:
    return Appointment.objects.filter(person=person, ended_at__isnull=True)
