"""The plan as DOCX, for whoever goes on working with it elsewhere."""

from datetime import datetime

from django.utils.translation import gettext as _

from varpa.businessplans.models import BusinessPlan
from varpa.businessplans.papers import Stands, shape
from varpa.documents import word
from varpa.documents.works import BusinessPlan as Shape


def docx(plan: BusinessPlan, stands: Stands, language: str, now: datetime) -> bytes:
    """Headings in the language of the frame, texts as they were written, figures as tables."""
    told = shape(plan, stands)
    out = word.begin(stands.title, told["writer"], language=language, at=now)
    word.add_heading(out, stands.title, 0)
    head = told["letterhead"]
    facts = (
        (_("Written by"), told["writer"]),
        (_("Version"), told["version"]),
        (_("Programme"), head["programme"]),
        (_("Lead partner"), head["organisation"]),
    )
    for label, value in facts:
        out.add_paragraph(word.plain(f"{label}: {value}"))
    for part in told["parts"]:
        word.add_heading(out, part["name"], 1)
        word.add_blocks(out, part["blocks"], told["spoken"])
        for each in part["pictures"]:
            word.add_picture(out, each["content"], title=part["name"], about=each["about"], wide=each["wide"])
            word.add_paragraph(out, word.plain(each["about"]), "Caption")
    if told["tables"]:
        _add_figures(out, told)
    word.add_funder(out, head)
    return word.finished(out)


def _add_figures(out: word.Document, told: Shape) -> None:
    word.add_heading(out, _("Figures"), 1)
    for fact in told["facts"]:
        out.add_paragraph(word.plain(fact))
    for table in told["tables"]:
        word.add_heading(out, table["name"], 2)
        sums = [place for place, row in enumerate(table["rows"]) if row["sum"]]
        word.add_rows(out, table["head"], [row["cells"] for row in table["rows"]], sums, amounts=True)
    if told["source"]:
        out.add_paragraph(told["source"])
