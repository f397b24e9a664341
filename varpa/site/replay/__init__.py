"""A programme lived through under a moved clock, by the same actions as the pages (architecture, Time)."""

from varpa.site.replay.living import live
from varpa.site.replay.whole import NotEmpty, TooEarly, replay

__all__ = ["NotEmpty", "TooEarly", "live", "replay"]
