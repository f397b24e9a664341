"""What is asked of every picture that a mentee puts into own work (product S11, S12)."""

from datetime import UTC, datetime, time
from typing import Final

from django.db.models import Exists, Q
from django.utils.translation import pgettext_lazy

from varpa.kernel.clock import zone_of
from varpa.kernel.refusals import Refusal
from varpa.programmes.ages import ages_of, birthday
from varpa.programmes.models import Membership, Permission, PermissionKind, Role
from varpa.programmes.queries import has_permission

OTHERS: Final = "others"
"""Somebody beside the two can be recognised."""


class NoWords(Refusal):
    sentence = pgettext_lazy("mentee", "Say in a few words what the picture shows.")


class ShowsOthers(Refusal):
    sentence = pgettext_lazy(
        "mentee",
        "Somebody else can be recognised in the picture, and nobody here knows whether that person agrees. "
        "Choose a picture without them, or cut them out first.",
    )


class NoPhotographsPermission(Refusal):
    """A minor's guardian has not permitted photographs, or has taken it back."""

    sentence = pgettext_lazy(
        "mentee",
        "No parent or guardian has permitted photographs of you, so a picture in which you can be recognised "
        "is not kept. Choose one without your face, or ask the project manager for the permission.",
    )


AT: Final[dict[type[Refusal], str]] = {
    NoWords: "about",
    ShowsOthers: "shows",
    NoPhotographsPermission: "shows",
}
"""At which field of a form each is said."""


def require_shown(about: str, *, others: bool, forbidden: bool) -> None:
    """Raise one of the refusals above. `forbidden`: it shows the mentee, whom nobody may picture."""
    if not about.strip():
        raise NoWords()
    if others:
        raise ShowsOthers()
    if forbidden:
        raise NoPhotographsPermission()


def may_be_seen(membership: Membership, *, face: str) -> Q:
    """Which pictures of a mentee may be seen now: of rows with `face`, and `at`, when they were put in.

    A minor's only while a guardian permits it. To come of age is no word of consent: what was put in before
    stays away without that permission, until the person, of age, has it put in anew.
    """
    if membership.role != Role.MENTEE:
        return Q()
    given = Permission.objects.filter(
        membership=membership, kind=PermissionKind.PHOTOGRAPHS, withdrawn_at=None
    )
    seen, grown = Q(**{face: False}) | Q(Exists(given)), _grown(membership)
    return seen | Q(at__gte=grown) if grown else seen


def seen_since(membership: Membership) -> datetime | None:
    """The same for rows that are read already: when what may be seen now was put in, at the earliest."""
    if has_permission(membership, PermissionKind.PHOTOGRAPHS):
        return datetime.min.replace(tzinfo=UTC)
    return _grown(membership)


def _grown(membership: Membership) -> datetime | None:
    """The moment in which a mentee comes of age; None where nobody knows it."""
    born = membership.person.born
    if born is None:
        return None
    day = birthday(born, ages_of(membership.country, membership.adult).adult)
    return datetime.combine(day, time(), zone_of(membership.programme.zone))
