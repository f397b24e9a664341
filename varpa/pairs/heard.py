"""What each of the two thinks about a question of the plan, as the other reads it (docs/decisions/0028)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.urls import reverse

from varpa.pairs.models import Pair, PlanView, Side
from varpa.pairs.queries import Talk
from varpa.pairs.quiet import Waited, not_passed, stops_of, waits
from varpa.programmes.queries import methodology_of


def heard(talks: list[Talk], pair: Pair, side: str) -> list[Talk]:
    """The questions as one side reads them: a mentor's views since the mentee stopped messages wait."""
    since = stops_of(pair).get(side) if side == Side.MENTEE else None
    return [_heard(talk, since) for talk in talks] if since else talks


def _heard(talk: Talk, since: datetime) -> Talk:
    view = talk.views.get(Side.MENTOR)
    if view is None or not view.text or not waits(view.saved_at, since):
        return talk
    passed = {side: each for side, each in talk.views.items() if side != Side.MENTOR}
    return replace(talk, views=passed, waits=True)


def why_view_waits(pair: Pair, side: str) -> str:
    """What a mentor is told whose views wait now; "" where they are read at once."""
    return not_passed(pair, side) if side == Side.MENTOR else ""


def waited(pair: Pair, side: str, since: datetime, until: datetime) -> Iterator[Waited]:
    """The plan, where the mentor wrote what the mentor thinks between two moments."""
    said = PlanView.objects.filter(plan__pair=pair, side=Side.MENTOR, saved_at__range=(since, until))
    if side == Side.MENTEE and said.exclude(text="").exists():
        title = str(methodology_of(pair.programme).plan.title)
        yield Waited(title, reverse("pairs:plan", args=[pair.ref]))
