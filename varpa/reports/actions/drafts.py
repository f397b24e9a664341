"""The report asked for, drafted by the worker from figures and words, and written in by people."""

from collections.abc import Iterable
from datetime import datetime
from unicodedata import normalize

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.merging import save_text
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import move
from varpa.kernel.text import LANGUAGES
from varpa.people.models import Person
from varpa.programmes.models import Programme
from varpa.reports.drafting import drafts, gather, lines_of_gaps, no_words_yet
from varpa.reports.figures import Figure, kept
from varpa.reports.later import with_later
from varpa.reports.marks import figures_in, quote, themes_in
from varpa.reports.models import Cited, Report, ReportState, Section
from varpa.reports.queries import (
    WRITING,
    known_figures,
    known_themes,
    outline_of,
    reports_read,
    texts_of,
)
from varpa.reports.quoting import quotable, spoken
from varpa.reports.sources import figures_of


class NoOutline(Refusal):
    sentence = _("The methodology of this programme has no outline of an evaluation report.")


class NoSuchPart(Refusal):
    sentence = _("The report has no such part.")


class NotWritten(Refusal):
    sentence = _(
        "The report is not being written now. To change what is published, begin a new edition first."
    )


@transaction.atomic
def ask_for_draft(*, programme: Programme, by: Person, now: datetime) -> Report:
    """Ask the worker for a draft; asked twice it is one report."""
    if not outline_of(programme):
        raise NoOutline()
    report, made = Report.objects.get_or_create(
        programme=programme, defaults={"asked_by": by, "asked_at": now}
    )
    if made:
        note("report.ask", report, by=by, now=now)
    return report


@transaction.atomic
def draft_report(*, programme: Programme, by: Person, now: datetime) -> Report:
    """Write the draft now: each part of the outline in three languages. A report that is drafted stays."""
    report = ask_for_draft(programme=programme, by=by, now=now)
    report = reports_read(Report.objects.filter(pk=report.pk)).get()
    if report.state != ReportState.ASKED:
        return report
    figures = figures_of(programme, now)
    texts = drafts(gather(report, figures, now))
    move(report, "draft", drafted_at=now, themes=themes_in(texts.values()))
    rows = [
        Section(report=report, key=key, language=language, text=text, saved_at=now, revision=1)
        for (key, language), text in texts.items()
    ]
    Section.objects.bulk_create(rows)
    _cite(report, texts.values(), figures, by=by, now=now)
    note("report.draft", report, by=by, now=now)
    return report


def draft_asked(now: datetime) -> int:
    """The worker's duty: write the drafts that were asked for."""
    waiting = Report.objects.filter(state=ReportState.ASKED).select_related(
        "programme__methodology_version", "programme__organisation", "asked_by"
    )
    found = list(waiting)
    for report in found:
        draft_report(programme=report.programme, by=report.asked_by, now=now)
    return len(found)


@transaction.atomic
def edit_section(
    *, report: Report, part: str, language: str, text: str, revision: int, by: Person, now: datetime
) -> Section:
    """Save a part in a language, also as it is typed. Raises merging.Conflict (R13).

    A figure that was not cited before is kept with the value that it has now.
    """
    hold_for_writing(report)
    if language not in LANGUAGES or all(each.key != part for each in outline_of(report.programme)):
        raise NoSuchPart()
    section, _made = Section.objects.get_or_create(report=report, key=part, language=language)
    given = normalize("NFC", text).strip()
    if not save_text(section, revision=revision, texts={"text": given}):
        return section
    Section.objects.filter(pk=section.pk).update(saved_at=now)
    section.saved_at = now
    cited = set(report.cited.values_list("key", flat=True))
    if set(figures_in([given])) - cited:
        _cite(report, [given], figures_of(report.programme, now), by=by, now=now)
    record(
        "report.edit",
        report,
        now=now,
        by=by,
        programme_ref=report.programme.ref,
        details={"part": part, "language": language},
    )
    return section


@transaction.atomic
def add_quotes(*, report: Report, by: Person, now: datetime) -> int:
    """Put the words that may be quoted and stand nowhere yet at the end of their part; answers how many."""
    hold_for_writing(report)
    part = next((each.key for each in outline_of(report.programme) if each.acts == "words"), "")
    if not part:
        raise NoSuchPart()
    sections = texts_of(report)
    written = " ".join(each.text for each in sections.values())
    new = [each.ref for each in quotable(report) if quote(each.ref) not in written]
    for language in LANGUAGES if new else ():
        section = sections.get((part, language))
        revision, text = (section.revision, section.text) if section else (0, "")
        with translation.override(language):
            text = text.replace(no_words_yet(), "").strip()
        whole = "\n\n".join(filter(None, [text, *map(quote, new)]))
        edit_section(
            report=report, part=part, language=language, text=whole, revision=revision, by=by, now=now
        )
    return len(new)


@transaction.atomic
def take_later(*, report: Report, by: Person, now: datetime) -> int:
    """Take into every part what has come since the draft; answers in how many texts."""
    hold_for_writing(report)
    material = gather(report, figures_of(report.programme, now), now)
    fresh, sections = drafts(material), texts_of(report)
    known, texts = known_figures(report) | known_themes(report, sections.values()), []
    for (part, language), section in sections.items():
        with translation.override(language):
            later = fresh.get((part, language), "")
            texts.append((section, with_later(section.text, later, known, lines_of_gaps(material))))
    # What a person takes out of the text afterwards does not come back.
    there = {*known_themes(report, sections.values()), *themes_in(fresh.values())}
    Report.objects.filter(pk=report.pk).update(themes=sorted(there))
    return _rewrite(report, texts, by=by, now=now)


@transaction.atomic
def take_out_lost(*, report: Report, by: Person, now: datetime) -> int:
    """Take out of every part what was taken back, marks and copied sentences; answers in how many texts."""
    hold_for_writing(report)
    sections = texts_of(report).values()
    said = spoken(report, [section.text for section in sections])
    return _rewrite(report, [(each, said.without_lost(each.text)) for each in sections], by=by, now=now)


def _rewrite(report: Report, texts: Iterable[tuple[Section, str]], *, by: Person, now: datetime) -> int:
    """Save each text that reads otherwise now; answers how many."""
    changed = [(each, text) for each, text in texts if text != each.text]
    for each, text in changed:
        part, language, at = each.key, each.language, each.revision
        edit_section(report=report, part=part, language=language, text=text, revision=at, by=by, now=now)
    return len(changed)


def hold_for_writing(report: Report) -> None:
    """Hold the report's row until the end of the transaction; raise where it is not written in now."""
    # An update holds the row on both databases: whoever publishes meanwhile waits, and so is seen.
    if not Report.objects.filter(pk=report.pk, state__in=WRITING).update(ref=report.ref):
        raise NotWritten()
    report.refresh_from_db(fields=["state", "comments_until", "opened_at"])


def note(verb: str, report: Report, *, by: Person, now: datetime) -> None:
    """A line of the report's history."""
    record(verb, report, now=now, by=by, programme_ref=report.programme.ref)


def _cite(
    report: Report, texts: Iterable[str], figures: dict[str, Figure], *, by: Person, now: datetime
) -> None:
    """Keep each figure that the texts cite, as it is now; those that are cited already stay as they were."""
    found = [figures[key] for key in figures_in(texts) if key in figures]
    rows = [
        Cited(report=report, key=each.key, name=each.name, kind=each.kind, **kept(each.value), at=now, by=by)
        for each in found
    ]
    Cited.objects.bulk_create(rows, ignore_conflicts=True)
