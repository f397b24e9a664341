"""A recommendation with its tags in words, for a list."""

from collections.abc import Iterable
from dataclasses import dataclass

from varpa.guidelines.models import Recommendation
from varpa.guidelines.outline import steps_of, topics_of
from varpa.guidelines.showing import quoted, who
from varpa.methodology import Methodology


@dataclass(frozen=True)
class Labelled:
    """A row of the list; `tags` in words, `who` as the author wants to be shown."""

    recommendation: Recommendation
    who: str
    tags: list[str]


def labelled(methodology: Methodology, rows: Iterable[Recommendation]) -> list[Labelled]:
    """Rows that were read by `queries.read`."""
    names = {("phase", each.key): each.name for each in steps_of(methodology)}
    names |= {("topic", each.key): each.name for each in topics_of(methodology)}
    found = []
    for each in rows:
        tags = [names.get((kind, getattr(each, kind))) for kind in ("phase", "topic")]
        found.append(Labelled(each, who(quoted(each)), [str(tag) for tag in tags if tag]))
    return found
