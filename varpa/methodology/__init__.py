"""Reads and checks a methodology folder: typed, without models. See docs/methodology-format.md."""

from varpa.methodology import overrides
from varpa.methodology.dates import Offset, Window, dates_of
from varpa.methodology.evidence import Counted, EvidenceKind
from varpa.methodology.facts import Fact
from varpa.methodology.loader import Broken, check, load, load_files, report
from varpa.methodology.model import Methodology
from varpa.methodology.overrides import BadOverrides, calendar_of
from varpa.methodology.reader import Problem
from varpa.methodology.snapshot import digest, from_json, to_json

__all__ = [
    "BadOverrides",
    "Broken",
    "Counted",
    "EvidenceKind",
    "Fact",
    "Methodology",
    "Offset",
    "Problem",
    "Window",
    "calendar_of",
    "check",
    "dates_of",
    "digest",
    "from_json",
    "load",
    "load_files",
    "overrides",
    "report",
    "to_json",
]
