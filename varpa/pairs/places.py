"""Who may still be paired: the places of mentors, and how many mentors a mentee may have."""

from collections.abc import Collection
from datetime import date

from django.db.models import (
    BooleanField,
    Case,
    Count,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from varpa.kernel.text import folded
from varpa.pairs.models import OPEN, Pair
from varpa.programmes.models import Membership, MembershipState, Participation, Programme, Role
from varpa.programmes.queries import members, prepared


def free_members(programme: Programme, role: str, today: date, asked: str = "") -> QuerySet[Membership]:
    """Accepted mentees in no open pair, or mentors with a free place, each with `is_ready` (R1).

    `asked`: words to look for in name, place and topic, whatever their case and accents.
    """
    return _found(with_free_places(_accepted(programme, role)), today, asked)


def in_want_of_another(programme: Programme, today: date, asked: str = "") -> QuerySet[Membership]:
    """Accepted mentees with a mentor who may have one more, each with `is_ready` and `mentored`, its pairs.

    Nobody where the programme allows one mentor.
    """
    own = Pair.objects.filter(mentee=OuterRef("pk"), state__in=OPEN).order_by().values("mentee")
    some = _accepted(programme, Role.MENTEE).annotate(taken=Subquery(own.annotate(n=Count("pk")).values("n")))
    more = _found(some.filter(taken__lt=programme.mentors_at_once), today, asked)
    pairs = Pair.objects.filter(state__in=OPEN).select_related("mentor__person").order_by("seat")
    return more.prefetch_related(Prefetch("pairs_as_mentee", pairs, to_attr="mentored"))


def open_pairs_of(mentee: Membership) -> QuerySet[Pair]:
    """The pairs of a mentee that are proposed or going, with the mentor's name: the first mentor first."""
    found = Pair.objects.filter(mentee=mentee, state__in=OPEN)
    return found.select_related("mentor__person").order_by("seat")


def _accepted(programme: Programme, role: str) -> QuerySet[Membership]:
    return members(programme).filter(role=role, state=MembershipState.ACCEPTED)


def _found(rows: QuerySet[Membership], today: date, asked: str) -> QuerySet[Membership]:
    return _told_ready(rows.filter(pk__in=_matching(rows, asked)) if asked.strip() else rows, today)


def with_free_places(rows: QuerySet[Membership]) -> QuerySet[Membership]:
    """Of these mentors and mentees those who may still be paired, each with `left`, how many times."""
    return rows.annotate(left=_left()).filter(left__gt=0)


def with_places(rows: QuerySet[Membership]) -> QuerySet[Membership]:
    """These mentors and mentees, each with `left`; nought, or less, of who is full."""
    return rows.annotate(left=_left())


def _left() -> Combinable:
    """How many times somebody may still be paired.

    A mentor takes as many as the mentor has said, one where nothing was said. A mentee is looked for a mentor
    once: a further one, where the programme allows it, the staff choose by hand (decision 0032).
    """
    own = Q(mentor=OuterRef("pk")) | Q(mentee=OuterRef("pk"))
    counted = Pair.objects.filter(own, state__in=OPEN).order_by().values("programme").annotate(n=Count("pk"))
    places = Case(When(role=Role.MENTOR, then=Coalesce("participation__capacity", 1)), default=1)
    return ExpressionWrapper(places - Coalesce(Subquery(counted.values("n")), 0), IntegerField())


def free_place(mentor: Membership) -> int | None:
    """The lowest free place of a mentor; None where every place is taken."""
    said = Participation.objects.filter(membership=mentor).values_list("capacity", flat=True).first()
    taken = set(Pair.objects.filter(mentor=mentor, state__in=OPEN).values_list("place", flat=True))
    return lowest_free(taken) if len(taken) < (said or 1) else None


def free_seat(mentee: Membership, most: int) -> int | None:
    """The lowest number that no open pair of a mentee has; None where there are as many as are allowed."""
    taken = set(Pair.objects.filter(mentee=mentee, state__in=OPEN).values_list("seat", flat=True))
    return lowest_free(taken) if len(taken) < most else None


def lowest_free(taken: Collection[int]) -> int:
    """The lowest number from 1 on that is not among these."""
    return next(number for number in range(1, len(taken) + 2) if number not in taken)


def _matching(rows: QuerySet[Membership], asked: str) -> list[int]:
    # SQLite folds the case of ASCII letters only: "ķ" would not find "Ķ", nor "berzins" Bērziņš.
    looked = folded(asked).split()
    read = rows.order_by().values_list("pk", "person__name", "place", "topic")
    return [pk for pk, *texts in read if all(word in folded(" ".join(texts)) for word in looked)]


def member_of(programme: Programme, role: str, ref: str, today: date) -> Membership | None:
    """An accepted member of a role, free or not, with `is_ready`; None where there is none."""
    return _told_ready(_accepted(programme, role).filter(ref=ref), today).first()


def _told_ready(rows: QuerySet[Membership], today: date) -> QuerySet[Membership]:
    ready = When(prepared(today), then=Value(True))
    return rows.annotate(is_ready=Case(ready, default=Value(False), output_field=BooleanField()))
