"""The partner organisations of a programme, and who belongs to which of them.

Whoever takes part belongs to the partner that was chosen for the membership; where nobody chose, to the only
partner of the member's country. Where a country has several, nobody guesses: the member belongs to none yet.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Exists, Q, QuerySet

from varpa.history.remembering import until_changed
from varpa.kernel.compiled import compiled
from varpa.programmes.models import Membership, MembershipState, Partner, Programme, Role

TAKES_PART = Q(
    role__in=(Role.MENTOR, Role.MENTEE), state__in=(MembershipState.ACCEPTED, MembershipState.COMPLETED)
)


def partners_of(programme: Programme) -> list[Partner]:
    """The partners in their order, with what they are called by: one query."""
    found = _partners(programme=programme)
    for each in found:
        # The programme as the caller has it, with the organisation that was read here.
        programme.organisation = each.programme.organisation
        each.programme = programme
    return found


@compiled()
def _partners(programme: Programme) -> QuerySet[Partner]:
    standing = Partner.objects.filter(programme=programme, withdrawn_at=None)
    return standing.select_related("programme__organisation")


def alone(partners: Iterable[Partner]) -> dict[str, Partner]:
    """By country the partner to which everybody of it belongs: the only one there."""
    known = list(partners)
    often = Counter(each.country for each in known)
    return {each.country: each for each in known if often[each.country] == 1}


def outside_of(programme: Programme) -> str:
    """Whom to write to where nobody who runs the programme can be told: contacts of its partners, in words.

    Not one who manages it, or ever did. Where none is named, the organisation that carries it.
    """
    managers = Membership.objects.filter(programme=programme, role=Role.MANAGER, person__email__isnull=False)
    theirs = {address.lower() for address in managers.values_list("person__email", flat=True) if address}
    named = [each for each in partners_of(programme) if each.contact_address]
    found = [each for each in named if each.contact_address.lower() not in theirs]
    told = [", ".join(filter(None, (each.contact_name, each.contact_address))) for each in found]
    return "; ".join(told) or programme.organisation.name


def partner_of(membership: Membership, partners: Iterable[Partner]) -> Partner | None:
    """To whom a member belongs; None: nobody has chosen, and the country does not tell."""
    return told_by(membership.partner_id, membership.country, list(partners))


def told_by(chosen: int | None, country: str, partners: list[Partner]) -> Partner | None:
    """The partner of whom `chosen` is the key; where nobody chose, the one that the country tells."""
    if chosen:
        return next((each for each in partners if each.pk == chosen), None)
    return partners[0] if len(partners) == 1 else alone(partners).get(country)


def belonging(partner: Partner, partners: Iterable[Partner], path: str = "") -> Q:
    """A condition: the membership at a path belongs to a partner; `partners` are all of the programme."""
    known = list(partners)
    chosen = Q(**{f"{path}partner": partner})
    by_itself = Q(**{f"{path}partner": None})
    if len(known) == 1:
        return chosen | by_itself & Q(**{f"{path}pk__isnull": False})
    if partner.pk not in {each.pk for each in alone(known).values()}:
        return chosen
    return chosen | by_itself & Q(**{f"{path}country": partner.country})


def counted(programme: Programme, partners: list[Partner]) -> Counter[int]:
    """By the key of a partner how many who take part belong to it: one query."""
    there = Membership.objects.filter(TAKES_PART, programme=programme).order_by()
    rows = there.values_list("partner", "country").annotate(n=Count("pk"))
    found: Counter[int] = Counter()
    for chosen, country, n in rows:
        partner = told_by(chosen, country, partners)
        if partner:
            found[partner.pk] += n
    return found


@until_changed
def people_counted(programme: Programme, _now: datetime) -> tuple[Counter[int], int]:
    """`counted`, and how many belong to no partner yet: counted anew when the programme has changed."""
    return counted(programme, partners_of(programme)), undecided(programme).count()


def undecided(programme: Programme) -> QuerySet[Membership]:
    """Who takes part and belongs to no partner yet; nobody where the lead partner is alone."""
    mine = Partner.objects.filter(programme=programme, withdrawn_at=None).order_by()
    told = mine.values("country").annotate(n=Count("pk")).filter(n=1)
    there = Membership.objects.filter(TAKES_PART, programme=programme, partner=None)
    return there.exclude(country__in=told.values("country")).filter(Exists(mine.filter(leads=False)))
