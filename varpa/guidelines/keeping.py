"""Papers of published guidelines: made once for each version and language, and kept."""

from datetime import datetime
from typing import Final

from varpa.files.actions import keep_paper
from varpa.files.queries import paper_of
from varpa.guidelines.models import Version
from varpa.guidelines.papers import document
from varpa.ui import words

KIND: Final = "guidelines_paper"


def kept_document(version: Version, language: str, now: datetime) -> bytes:
    """The PDF of a version: a published one never changes, so that the first who asks waits for it alone."""
    ref = f"{version.ref}-{language}"
    kept = paper_of(KIND, ref)
    if kept is not None:
        return kept
    with words.on_paper(language, version.programme.zone):
        content = document(version, language=language)
    keep_paper(content=content, name=f"guidelines-{ref}.pdf", about_kind=KIND, about_ref=ref, now=now)
    return content
