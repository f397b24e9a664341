"""A recommendation with its tags in words, for a list."""

from collections.abc import Iterable
from dataclasses import dataclass

from varpa.guidelines.models import Recommendation
from varpa.guidelines.outline import steps_of, topics_of
from varpa.guidelines.showing import quoted, who
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_of


@dataclass(frozen=True)
class Labelled:
    """A row of the list; `tags` in words, `who` as the author wants to be shown."""

    recommendation: Recommendation
    who: str
    tags: list[str]


def labelled(programme: Programme, rows: Iterable[Recommendation]) -> list[Labelled]:
    """Rows that were read by `queries.read`."""
    methodology = methodology_of(programme)
    names = {("phase", each.key): each.name for each in steps_of(methodology)}
    names |= {("topic", each.key): each.name for each in topics_of(methodology)}
    found = []
    for each in rows:
        tags = [names.get((kind, getattr(each, kind))) for kind in ("phase", "topic")]
        found.append(Labelled(each, who(programme, quoted(each)), [str(tag) for tag in tags if tag]))
    return found
