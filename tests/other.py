"""Other methodologies than the seed's: nothing of business is in them, and in one the two work from afar."""

from dataclasses import replace

from tests.make import NOW
from tests.methodology.conftest import OTHER
from varpa.methodology import load
from varpa.methodology.model import Methodology
from varpa.programmes.actions.programmes import take_methodology
from varpa.programmes.models import Programme

SEEDS_OWN = ("business", "biznes", "verslo", "verslą", "company", "compani", "uzņēm", "įmon", "role swap")
"""What only the seed's methodology speaks of, in the three languages."""


def workshop() -> Methodology:
    """One makes one thing with an older craftsperson, at one table or by letter: four phases, ten hours."""
    return load(OTHER)


def stars() -> Methodology:
    """The same from afar: no means brings the two to one table."""
    whole = workshop()
    return replace(whole, means=tuple(replace(each, in_person=False) for each in whole.means))


def by(methodology: Methodology, programme: Programme) -> Programme:
    """The programme, run by another methodology and called after it."""
    version = take_methodology(methodology=methodology, now=NOW)
    Programme.objects.filter(pk=programme.pk).update(methodology_version=version, name=methodology.title)
    return Programme.objects.get(pk=programme.pk)


def named(text: str, words: tuple[str, ...] = SEEDS_OWN) -> list[str]:
    """Where a text speaks of what only the seed's methodology has, with the words around."""
    flat = " ".join(text.lower().split())
    return [flat[max(flat.index(word) - 60, 0) :][:120] for word in words if word in flat]
