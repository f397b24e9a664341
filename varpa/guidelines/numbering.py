"""The version of the methodology that comes of guidelines: no two ways of one methodology share one."""

from typing import Final

from varpa.guidelines.models import Version
from varpa.methodology.numbering import next_version
from varpa.programmes.models import MethodologyVersion, Programme

MOST: Final = 10_000


def free_version(programme: Programme) -> str:
    """The next version that neither a programme of this installation began from nor guidelines became."""
    present = programme.methodology_version
    taken = set(MethodologyVersion.objects.filter(key=present.key).values_list("version", flat=True))
    taken |= set(Version.objects.filter(methodology_key=present.key).values_list("becomes", flat=True))
    steps = (next_version(present.version, number) for number in range(1, MOST))
    return next(each for each in steps if each not in taken)
