"""The answers leave as data; the programme remembers who took them out."""

from datetime import datetime
from typing import Final

from django.db import transaction

from varpa.documents.tables import TYPES, XLSX
from varpa.history.actions import record
from varpa.people.models import Person
from varpa.surveys.exporting import archive, data_of, workbook
from varpa.surveys.models import Survey

ZIP: Final = "zip"
KINDS: Final = {XLSX: TYPES[XLSX], ZIP: "application/zip"}


@transaction.atomic
def export_answers(*, survey: Survey, kind: str, by: Person, now: datetime) -> bytes:
    """Coded answers with their codebook: "xlsx", or "zip" with CSV and what SPSS and Stata read."""
    data = data_of(survey)
    details: dict[str, str | int | None] = {"kind": kind, "rows": len(data.rows)}
    record("survey.export", survey, now=now, by=by, programme_ref=survey.programme.ref, details=details)
    return workbook(data) if kind == XLSX else archive(data)
