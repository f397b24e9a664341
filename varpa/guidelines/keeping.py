"""Papers of published guidelines: made once for each version and language, and kept."""

from datetime import datetime

from varpa.files.actions import paper_once
from varpa.guidelines.models import Version
from varpa.guidelines.papers import document
from varpa.ui import words


def kept_document(version: Version, language: str, now: datetime) -> bytes:
    """The PDF of a version: a published one never changes, so that the first who asks waits for it alone."""

    def make() -> bytes:
        with words.on_paper(language, version.programme.zone):
            return document(version, language=language)

    ref = f"{version.ref}-{language}"
    name = f"guidelines-{ref}.pdf"
    return paper_once(about_kind="guidelines_paper", about_ref=ref, name=name, make=make, now=now)
