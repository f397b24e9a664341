"""What the pages of the report read."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from varpa.events.words import country_name
from varpa.kernel.compiled import compiled
from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.methodology.reports import ReportPart
from varpa.people.models import Person
from varpa.programmes.models import Membership, Programme, Role
from varpa.programmes.queries import LIVE, methodology_of, today_of
from varpa.programmes.roles import role_name
from varpa.reports.figures import reads_the_same
from varpa.reports.marks import gaps_in, themes_in
from varpa.reports.models import (
    Agreement,
    Cited,
    Comment,
    CommentState,
    Edition,
    Report,
    ReportState,
    Section,
)

COMMENTERS = (Role.MENTOR, Role.MENTEE)
WRITING = (ReportState.DRAFTING, ReportState.COMMENTING)


def reports_read(reports: QuerySet[Report]) -> QuerySet[Report]:
    """With the programme and what `methodology_of` needs."""
    return reports.select_related("programme__methodology_version", "programme__organisation")


def report_of(programme: Programme) -> Report | None:
    """The report of a programme, once somebody has asked for it."""
    return _of_programme.first(programme=programme)


@compiled()
def _of_programme(programme: Programme) -> QuerySet[Report]:
    return reports_read(Report.objects.filter(programme=programme))


def known_figures(report: Report) -> set[str]:
    """The keys of figures that the text cites, or has ever cited."""
    return set(report.cited.values_list("key", flat=True))


def known_themes(report: Report, sections: Iterable[Section]) -> set[str]:
    """The references of themes that stand in the text, or have ever stood there."""
    return {*report.themes, *themes_in(each.text for each in sections)}


def outline_of(programme: Programme) -> tuple[ReportPart, ...]:
    """The parts that the methodology asks for; () where it asks for no report."""
    return methodology_of(programme).report


def texts_of(report: Report) -> dict[tuple[str, str], Section]:
    """What is written, by part and language: one question."""
    return {(each.key, each.language): each for each in report.sections.all()}


def commenters(programme: Programme) -> QuerySet[Membership]:
    """Who is asked for words about the draft: the mentors and mentees that are in."""
    return Membership.objects.filter(programme=programme, role__in=COMMENTERS, state__in=LIVE)


def commenter(report: Report, person: Person) -> Membership | None:
    """As whom a person says something about the report; a mentor first."""
    own = commenters(report.programme).filter(person=person)
    return own.select_related("person").order_by("-role", "pk").first()


def takes_comments(report: Report, now: datetime) -> bool:
    """Whether it is open for comments today."""
    return report.state == ReportState.COMMENTING and not is_past(report, now)


def is_past(report: Report, now: datetime) -> bool:
    """Whether the last day for comments is over."""
    until = report.comments_until
    return until is not None and today_of(report.programme, now) > until


def comments_of(report: Report) -> QuerySet[Comment]:
    """What was said of the draft and not taken back, the oldest first."""
    said = report.comments.exclude(state=CommentState.WITHDRAWN)
    told = ("ref", "report", "part", "text", "may_quote", "state", "at", "answer")
    whose = ("membership__role", "membership__country", "membership__person__name")
    return said.select_related("membership__person").only(*told, *whose)


def said_by(report: Report, person: Person) -> list[Comment]:
    """What a person has said of the draft: it can be taken back at any time."""
    return list(comments_of(report).filter(membership__person=person))


def spoken_by(programme: Programme, comment: Comment) -> str:
    """Whose words they are, without a name: role and country."""
    member = comment.membership
    country = country_name(member.country) if member.country else ""
    return ", ".join(filter(None, [role_name(programme, member.role), country]))


def editions_read(editions: QuerySet[Edition]) -> QuerySet[Edition]:
    """With the report and the programme."""
    return editions.select_related(
        "report__programme__methodology_version", "report__programme__organisation"
    )


def editions_of(report: Report) -> list[Edition]:
    """What was published of a report, the newest first, without what stands in it."""
    told = ("report", "ref", "number", "at", "quoted", "gaps", "early_reason", "by__name")
    found = list(report.editions.select_related("by").only(*told))
    for each in found:
        each.report = report
    return found


def newest_edition(report: Report) -> Edition | None:
    """The edition that was published last."""
    return editions_read(Edition.objects.filter(report=report)).first()


@dataclass(frozen=True)
class Row:
    """One part of the report as the table of contents shows it."""

    number: int
    part: ReportPart
    gaps: int
    absent: list[str]
    comments: int
    lost: int

    @property
    def state(self) -> str:
        """As ui's `state` tag draws it."""
        return "going" if self.gaps or self.absent or self.lost else "done"


def waiting_of(report: Report) -> Counter[str]:
    """How many comments wait for an answer, by part; "" for the whole."""
    return Counter(report.comments.filter(state=CommentState.OPEN).values_list("part", flat=True))


def rows_of(
    report: Report,
    sections: dict[tuple[str, str], Section],
    waiting: Mapping[str, int],
    lost_in: Callable[[Iterable[str]], list[str]],
) -> list[Row]:
    """The table of contents: open gaps, languages that lack, comments that wait, words taken back."""
    rows = []
    for number, part in enumerate(outline_of(report.programme), 1):
        texts = {each: _text(sections, part.key, each) for each in LANGUAGES}
        gaps = sum(len(gaps_in(text)) for text in texts.values())
        absent = [language for language, text in texts.items() if not text.strip()]
        lost = len(lost_in(texts.values()))
        rows.append(Row(number, part, gaps, absent, waiting.get(part.key, 0), lost))
    return rows


def _text(sections: dict[tuple[str, str], Section], key: str, language: str) -> str:
    found = sections.get((key, language))
    return found.text if found else ""


@dataclass(frozen=True)
class Standing:
    """A figure in the text beside its source now.

    `state`: same, changed, gone (its source is no more) or unknown (there never was such a figure).
    """

    key: str
    cited: Cited | None
    now: Any
    state: str

    @property
    def name(self) -> TranslatedText | str:
        told = self.cited or self.now
        return told.name if told else self.key


def standings(report: Report, keys: Iterable[str], figures: dict[str, Any]) -> list[Standing]:
    """Each of the figures that a text cites, with how it stands; those that ask for a decision first.

    `cited.decided_by` is the name of who has accepted or kept it.
    """
    cited = {each.key: each for each in report.cited.annotate(decided_by=F("by__name"))}
    found = [_standing(key, cited.get(key), figures.get(key)) for key in keys]
    return sorted(found, key=lambda each: each.state == "same")


def _standing(key: str, cited: Cited | None, now: Any) -> Standing:
    if cited is None:
        return Standing(key, None, now, "unknown")
    if now is None:
        return Standing(key, cited, None, "same" if cited.kept.get("gone") else "gone")
    kept = "value" in cited.kept and reads_the_same(cited.kept["value"], now.value, now.kind)
    same = kept or reads_the_same(cited.stands, now.value, now.kind)
    return Standing(key, cited, now, "same" if same else "changed")


def untold(limit: int) -> list[tuple[Report, list[Membership]]]:
    """Reports that are open for comments, with the next members to write to; those written to are past."""
    found = []
    for report in reports_read(Report.objects.filter(state=ReportState.COMMENTING)):
        rest = commenters(report.programme).filter(pk__gt=report.told_up_to)
        members = list(rest.select_related("person").order_by("pk")[:limit])
        if members:
            found.append((report, members))
    return found


def since_last() -> Q:
    """Comments of the present round: said after the last edition was published."""
    return Q(report__published_at=None) | Q(at__gt=F("report__published_at"))


def with_report(memberships: QuerySet[Membership], today: Any) -> QuerySet[Membership]:
    """Memberships with `report_until`: the day until which the report waits for a word of theirs."""
    said = Comment.objects.filter(since_last(), membership=OuterRef(OuterRef("pk")), report=OuterRef("pk"))
    agreed = Agreement.objects.filter(
        membership=OuterRef(OuterRef("pk")), report=OuterRef("pk"), withdrawn_at=None
    )
    waits = Report.objects.filter(
        ~Exists(said),
        ~Exists(agreed),
        programme=OuterRef("programme"),
        state=ReportState.COMMENTING,
        comments_until__gte=today,
    )
    return memberships.annotate(report_until=Subquery(waits.values("comments_until")[:1]))
