"""What of the other's words beside meetings had waited for one of the two while messages were stopped."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from varpa.history.models import Line
from varpa.meetings.models import (
    Coming,
    HourLine,
    Meeting,
    Notes,
    Picture,
    Promise,
    PromiseState,
    Review,
    Topic,
)
from varpa.meetings.queries import kind_of, with_pair
from varpa.pairs.models import Pair
from varpa.pairs.queries import other_side
from varpa.pairs.quiet import Waited
from varpa.ui import words

MOST = 20


def waited(pair: Pair, side: str, since: datetime, until: datetime) -> Iterator[Waited]:
    """The meetings, the promises and the hours beside which the other wrote; nothing of what is secret."""
    when, by = (since, until), other_side(side)
    for meeting in with_pair(Meeting.objects.filter(_beside(pair, side, when), pair=pair))[:MOST]:
        told = f"{capfirst(str(kind_of(meeting).name))}, {words.day(meeting.starts_at)}"
        yield Waited(told, reverse("meetings:meeting", args=[meeting.ref]))
    promised = Promise.objects.filter(pair=pair, side=by, at__range=when).exclude(
        state=PromiseState.WITHDRAWN
    )
    if promised.exists():
        yield Waited(_("What we promised"), reverse("meetings:promises", args=[pair.ref]))
    worked = HourLine.objects.filter(pair=pair, side=by, at__range=when, meeting=None).exclude(work="")
    if worked.exists():
        yield Waited(_("Hours sheet"), reverse("meetings:hours", args=[pair.ref]))


def _beside(pair: Pair, side: str, when: tuple[datetime, datetime]) -> Q:
    by = other_side(side)
    own = {"meeting": OuterRef("pk"), "side": by}
    mine = Review.objects.filter(meeting=OuterRef("meeting"), side=side, shared=True)
    off = Line.objects.filter(
        verb__in=("meeting.cancel", "meeting.miss"),
        thing_ref=OuterRef("ref"),
        at__range=when,
        actor=pair.member(by).person_id,
    )
    return (
        Q(Exists(Topic.objects.filter(**own, at__range=when, withdrawn_at=None)))
        | Q(Exists(Notes.objects.filter(**own, saved_at__range=when).exclude(text="")))
        | Q(Exists(Review.objects.filter(Exists(mine), **own, saved_at__range=when, shared=True)))
        | Q(Exists(Picture.objects.filter(**own, at__range=when, withdrawn_at=None).exclude(about="")))
        | Q(Exists(Coming.objects.filter(**own, at__range=when).exclude(word="", proposed_place="")))
        | Q(Exists(off)) & Q(reason_by=by) & ~Q(reason="")
    )
