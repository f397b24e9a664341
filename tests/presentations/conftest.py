"""Elīna's presentation, begun and shared with Andris."""

from typing import Any

import pytest

from tests.cast import Cast, assemble
from tests.make import NOW
from varpa.presentations.actions.presentations import begin_presentation, share_presentation, write_slide
from varpa.presentations.models import Presentation, Slide

WORDS = "Krūze, kas **nesaplīst**.\n\n- katru dienu\n- katram"
NOTES = "Te pasmaidīt un pagaidīt."


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def presentation(cast: Cast) -> Presentation:
    return begin_presentation(membership=cast.mentee, title="Keramikas darbnīca", by=cast.elina, now=NOW)


@pytest.fixture
def slide(cast: Cast, presentation: Presentation) -> Slide:
    return write(presentation, cast, WORDS)


@pytest.fixture
def shared(cast: Cast, presentation: Presentation, slide: Slide) -> Presentation:
    share_presentation(presentation=presentation, shared=True, by=cast.elina, now=NOW)
    return presentation


def write(presentation: Presentation, cast: Cast, text: str, revision: int = 0, **more: Any) -> Slide:
    """Elīna writes on a slide, at first that of the idea."""
    said = {"key": "idea", "text": text, "notes": NOTES, "revision": revision, "by": cast.elina, "now": NOW}
    return write_slide(presentation=presentation, **{**said, **more})
