"""What the programme says of itself: the evaluation report and the guidelines, as they were published."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from varpa.documents.tables import Value
from varpa.dossier.naming import Naming
from varpa.dossier.papers.pieces import Leaf, Paper, Piece, Table, heads
from varpa.dossier.reach import Reach
from varpa.guidelines.models import Version
from varpa.guidelines.papers import document as guidelines_on_paper
from varpa.guidelines.queries import versions_read
from varpa.reports.models import Edition
from varpa.reports.queries import editions_read
from varpa.reports.word import docx
from varpa.reports.written import document as report_on_paper


def _editions(reach: Reach) -> QuerySet[Edition]:
    """What was published of the report in the period, newest first."""
    found = Edition.objects.filter(reach.within("at"), report__programme=reach.programme)
    return editions_read(found).order_by("-number")


def _report(reach: Reach) -> Iterator[Piece]:
    columns = heads(_("Number"), _("Published on"), _("Gaps left open knowingly"))
    yield Table("editions", _("Editions of the report"), columns, _numbered(reach))
    edition = _editions(reach).first()
    if edition is None:
        return
    paper, language = Naming(reach).read(edition.papers[reach.language]), reach.language
    called, title = f"report-{edition.number}", f"{_('Evaluation report')} ({edition.number})"
    yield Leaf(f"{called}.pdf", title, report_on_paper(edition, paper, language))
    yield Leaf(f"{called}.docx", title, docx(edition, paper, language))


def _numbered(reach: Reach) -> Iterator[tuple[Value, ...]]:
    for each in _editions(reach).defer("papers", "figures").reverse():
        yield each.number, reach.day(each.at), each.gaps


def _versions(reach: Reach) -> QuerySet[Version]:
    """What was published of the guidelines in the period, newest first."""
    found = Version.objects.filter(reach.within("at"), programme=reach.programme)
    return versions_read(found).order_by("-number")


def _guidelines(reach: Reach) -> Iterator[Piece]:
    columns = heads(
        _("Number"), _("Published on"), _("Recommendations in it"), _("Changes of the methodology")
    )
    yield Table("versions", _("Versions of the guidelines"), columns, _learnt(reach))
    version = _versions(reach).first()
    if version is not None:
        version.texts = Naming(reach).read(version.texts)
        title = f"{_('Mentoring guidelines')} ({version.number})"
        content = guidelines_on_paper(version, language=reach.language)
        yield Leaf(f"guidelines-{version.number}.pdf", title, content)


def _learnt(reach: Reach) -> Iterator[tuple[Value, ...]]:
    for each in _versions(reach).defer("texts").reverse():
        yield each.number, reach.day(each.at), len(each.quoted), len(each.changes)


REPORT = Paper(
    key="report",
    name=gettext_lazy("Evaluation report"),
    shows=gettext_lazy(
        "Which editions were published in the period; the last of them whole, as PDF and as DOCX. It is the "
        "report of the whole programme for each partner too."
    ),
    leaves_out=gettext_lazy(
        "Drafts, comments and who agreed; names of pupils in any case of Latvian and Lithuanian, whole or "
        "one word of them, unless asked for everywhere: initials stand there. "
        "A word that the text also writes small stays where a sentence begins."
    ),
    why=gettext_lazy("What is not published is still being worked out."),
    write=_report,
)
GUIDELINES = Paper(
    key="guidelines",
    name=gettext_lazy("Mentoring guidelines"),
    shows=gettext_lazy(
        "Which versions were published in the period; the last of them whole, as PDF, with the "
        "recommendations that stand in it."
    ),
    leaves_out=gettext_lazy(
        "Recommendations that were collected and not taken up, and whose they are; names of pupils in any "
        "case of Latvian and Lithuanian, whole or one word of them, unless asked for everywhere: initials "
        "stand there. "
        "A word that the text also writes small stays where a sentence begins."
    ),
    why=gettext_lazy("Only what its authors let be published leaves the programme."),
    write=_guidelines,
)
