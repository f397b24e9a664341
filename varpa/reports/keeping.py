"""Papers of published editions: made once for each edition and language, and kept."""

from datetime import datetime
from functools import partial

from varpa.files.actions import paper_once
from varpa.reports.models import Edition
from varpa.reports.written import document


def kept_document(edition: Edition, language: str, now: datetime) -> bytes:
    """The PDF of an edition, which never changes: the first who asks waits for it alone."""
    ref = f"{edition.ref}-{language}"
    make = partial(document, edition, edition.papers[language], language)
    return paper_once(about_kind="report_paper", about_ref=ref, name=f"report-{ref}.pdf", make=make, now=now)
