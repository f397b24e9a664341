"""The profile of "Māls un uguns", which Elīna writes and Andris approves."""

from typing import Any

import pytest

from tests.cast import Cast, assemble
from tests.make import NOW
from varpa.profiles.actions.parts import approve_part, write_part
from varpa.profiles.actions.profiles import agree_to_publish, begin_profile, finish_profile
from varpa.profiles.models import Part, Profile

WORDS = "Darbnīcā dedzina **krūzes** un šķīvjus.\n\nGadā ap divi tūkstoši trauku."
SECRET = "Peļņa ir trešdaļa apgrozījuma."


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def profile(cast: Cast) -> Profile:
    return begin_profile(pair=cast.pair, company="Māls un uguns", by=cast.elina, now=NOW)


@pytest.fixture
def part(cast: Cast, profile: Profile) -> Part:
    return write(profile, cast, WORDS)


@pytest.fixture
def approved(cast: Cast, profile: Profile, part: Part) -> Profile:
    """Two parts, one of them kept back by the mentee, both approved."""
    write(profile, cast, SECRET, key="history", kept=True)
    finish_profile(profile=profile, by=cast.elina, now=NOW)
    for key in ("activity", "history"):
        approve(profile, cast, key)
    return profile


@pytest.fixture
def published(cast: Cast, approved: Profile) -> Profile:
    for person in (cast.elina, cast.andris):
        agree_to_publish(profile=approved, by=person, now=NOW)
    return approved


def write(profile: Profile, cast: Cast, text: str, revision: int = 0, **more: Any) -> Part:
    """Elīna writes in a part, at first that of what the company does."""
    said = {"key": "activity", "text": text, "sources": ["seen"], "kept": False, "revision": revision}
    return write_part(profile=profile, **{**said, "by": cast.elina, "now": NOW, **more})


def approve(profile: Profile, cast: Cast, key: str = "activity", **more: Any) -> None:
    """Andris approves a part as it stands."""
    profile.refresh_from_db(fields=["revision"])
    read = {"revision": profile.parts.get(key=key).revision, "named": profile.revision}
    approve_part(profile=profile, key=key, **{**read, "by": cast.andris, "now": NOW, **more})
