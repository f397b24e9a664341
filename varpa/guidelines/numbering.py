"""The version of the methodology that comes of guidelines: no two ways of one methodology share one."""

from typing import Final

from varpa.guidelines.models import Version
from varpa.methodology.checker import LONGEST_VERSION
from varpa.programmes.models import MethodologyVersion, Programme

MOST: Final = 10_000


def next_version(version: str, number: int) -> str:
    """The version that many steps on: 1.0 and 2 give 1.2."""
    head, dot, last = version.rpartition(".")
    bumped = f"{head}{dot}{int(last) + number}" if last.isascii() and last.isdecimal() else ""
    plain = f"{version}.{number}"
    return (bumped or plain)[-LONGEST_VERSION:]


def free_version(programme: Programme) -> str:
    """The next version that neither a programme of this installation began from nor guidelines became."""
    present = programme.methodology_version
    taken = set(MethodologyVersion.objects.filter(key=present.key).values_list("version", flat=True))
    taken |= set(Version.objects.filter(methodology_key=present.key).values_list("becomes", flat=True))
    steps = (next_version(present.version, number) for number in range(1, MOST))
    return next(each for each in steps if each not in taken)
