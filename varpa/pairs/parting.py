"""What is left to the two for a while after the end of their pair."""

from datetime import datetime, timedelta
from typing import Final

from varpa.pairs.models import Pair

AFTER_THE_END: Final = timedelta(days=30)
"""For how long what is left of a pair that has ended can be done."""


def words_until(pair: Pair) -> datetime | None:
    """Until when the two of a pair that ended early may write closing words; None where they may not."""
    return pair.ended_at + AFTER_THE_END if pair.closing_words and pair.ended_at else None


def is_written(pair: Pair, now: datetime) -> bool:
    """Whether what was before can be written down: for a while after the end too (decision 0054)."""
    return pair.ended_at is None or now < pair.ended_at + AFTER_THE_END
