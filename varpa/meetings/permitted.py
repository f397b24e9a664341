"""Whether a visit to the company may be: what a minor's guardian permits, at home and abroad (R1)."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from varpa.kernel.compiled import compiled
from varpa.kernel.refusals import Refusal
from varpa.meetings.models import Meeting, MeetingState
from varpa.meetings.queries import kind_of
from varpa.methodology.marks import KindAct
from varpa.pairs.models import Pair
from varpa.programmes.models import Membership, Permission, PermissionKind, Programme
from varpa.programmes.queries import minors, needs_permission, today_of


class NoVisitPermission(Refusal):
    sentence = _(
        "The guardian's permission for the visit is not here yet. The project manager can record it."
    )


class NoVisitAbroadPermission(Refusal):
    """The visit is in another country than the one in which the mentee lives."""

    sentence = _(
        "The guardian's permission for a visit abroad is not here yet. The project manager can record it."
    )


class CountryNotSaid(Refusal):
    """Where nobody knows whether a border is crossed, it counts as crossed: the careful way for a minor."""

    sentence = _(
        "It is not written down in which country {names} lives, so this could be a visit abroad, and the "
        "guardian's permission for that is not here. The project manager can write down the country or "
        "record the permission."
    )


def why_not(pair: Pair, now: datetime, country: str = "") -> Refusal | None:
    """What refuses a visit of this pair now, to a `country` ("": the mentor's); None where it may be."""
    if not needs_permission(pair.mentee, today_of(pair.programme, now)):
        return None
    return _refusal(pair, country, _standing(membership=pair.mentee))


@compiled()
def _standing(membership: Membership) -> QuerySet[Permission, str]:
    """The kinds of permissions that stand."""
    standing = Permission.objects.filter(membership=membership, withdrawn_at=None)
    return standing.order_by().values_list("kind", flat=True)


def _refusal(pair: Pair, country: str, kinds: Collection[str]) -> Refusal | None:
    """What refuses a minor's visit for which these kinds of permission are given."""
    if PermissionKind.VISIT not in kinds:
        return NoVisitPermission()
    if not could_be_abroad(pair, country) or PermissionKind.VISIT_ABROAD in kinds:
        return None
    looked_at = (pair.mentee,) if country else (pair.mentor, pair.mentee)
    unsaid = [each.person.name for each in looked_at if not each.country]
    return CountryNotSaid(names=", ".join(unsaid)) if unsaid else NoVisitAbroadPermission()


def could_be_abroad(pair: Pair, country: str = "") -> bool:
    """Whether a visit to a country ("": the mentor's) crosses a border, or may for all that is known."""
    countries = {country or pair.mentor.country, pair.mentee.country}
    unsaid = "" in countries and len(pair.programme.countries) != 1
    return unsaid or len(countries - {""}) == 2


def require_permitted(meeting: Meeting, now: datetime) -> None:
    """Raise what refuses a meeting that is a visit and may not be; one that was permitted on its day may."""
    if kind_of(meeting).acts != KindAct.VISIT:
        return
    refusal = why_not(meeting.pair, now, meeting.country)
    if refusal and not _was_permitted(meeting):
        raise refusal


def _was_permitted(meeting: Meeting) -> bool:
    then = Q(at__lte=meeting.starts_at) & (Q(withdrawn_at=None) | Q(withdrawn_at__gt=meeting.starts_at))
    stood = Permission.objects.filter(then, membership=meeting.pair.mentee)
    return _refusal(meeting.pair, meeting.country, list(stood.values_list("kind", flat=True))) is None


def unpermitted(programmes: Sequence[Programme], now: datetime) -> Q:
    """A condition on meetings of these programmes: were they visits, `why_not` would refuse them."""
    several = [each.pk for each in programmes if len(each.countries) != 1]
    minor = Q()
    for each in programmes:
        young = Membership.objects.filter(minors(today_of(each, now)), programme=each)
        minor |= Q(pair__mentee__in=young)
    unsaid = Q(pair__mentor__country="") | Q(pair__mentee__country="")
    unsaid_abroad = unsaid & Q(pair__programme__in=several)
    mentors = unsaid_abroad | (~unsaid & ~Q(pair__mentor__country=F("pair__mentee__country")))
    elsewhere = ~Q(country=F("pair__mentee__country")) & (~Q(pair__mentee__country="") | unsaid_abroad)
    abroad = (Q(country="") & mentors) | (~Q(country="") & elsewhere)
    return minor & (~Q(given(PermissionKind.VISIT)) | (~Q(given(PermissionKind.VISIT_ABROAD)) & abroad))


def given(kind: str) -> Exists:
    """Whether the mentee of a meeting has a permission of a kind that stands."""
    standing = Permission.objects.filter(membership=OuterRef("pair__mentee"), kind=kind, withdrawn_at=None)
    return Exists(standing)


def lacking(pair: Pair, visits: Iterable[Meeting], now: datetime) -> list[Meeting]:
    """Those ahead that may not be now; each was read with `here` and `abroad`: the permissions `given`."""
    ahead = [each for each in visits if each.state == MeetingState.PLANNED and each.starts_at > now]
    if not ahead or not needs_permission(pair.mentee, today_of(pair.programme, now)):
        return []
    names = {PermissionKind.VISIT: "here", PermissionKind.VISIT_ABROAD: "abroad"}
    # The permissions are the mentee's, and so the same for all visits of the pair.
    kinds = [kind for kind in names if getattr(ahead[0], names[kind])]
    return [each for each in ahead if _refusal(pair, each.country, kinds)]
