"""Papers of published editions: made once for each edition and language, and kept."""

from datetime import datetime
from typing import Final

from varpa.files.actions import keep_paper
from varpa.files.queries import paper_of
from varpa.reports.models import Edition
from varpa.reports.written import document

KIND: Final = "report_paper"


def kept_document(edition: Edition, language: str, now: datetime) -> bytes:
    """The PDF of an edition, which never changes: the first who asks waits for it alone."""
    ref = f"{edition.ref}-{language}"
    kept = paper_of(KIND, ref)
    if kept is not None:
        return kept
    content = document(edition, edition.papers[language], language)
    keep_paper(content=content, name=f"report-{ref}.pdf", about_kind=KIND, about_ref=ref, now=now)
    return content
