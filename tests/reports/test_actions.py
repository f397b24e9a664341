"""The report drafted, commented on, published: each rule with its refusal and its second click."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.reports.conftest import LATER, UNTIL, fill, write
from varpa.history.models import Line
from varpa.kernel.merging import Conflict
from varpa.kernel.refs import new_ref
from varpa.kernel.states import AlreadyMoved
from varpa.kernel.text import LANGUAGES
from varpa.methodology.reports import ResultKind
from varpa.post.models import Letter
from varpa.programmes.actions.programmes import take_methodology
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_of
from varpa.reports.actions import comments, drafts, editions
from varpa.reports.marks import gaps_in
from varpa.reports.models import Agreement, Comment, Edition, Report, Section
from varpa.reports.queries import texts_of
from varpa.reports.results import promised_results

pytestmark = pytest.mark.django_db
WEEK = NOW + timedelta(days=7)


def test_the_draft_has_each_part_in_three_languages(report: Report, programme: Programme) -> None:
    outline = methodology_of(programme).report
    assert Section.objects.count() == len(outline) * len(LANGUAGES)
    texts = {(each.key, each.language): each.text for each in report.sections.all()}
    assert all(texts.values())
    for part in outline:
        gaps = {language: len(gaps_in(texts[part.key, language])) for language in LANGUAGES}
        assert len(set(gaps.values())) == 1
        assert gaps["lv"] >= len(part.questions)


def test_the_draft_is_made_once(cast: Cast, report: Report, programme: Programme) -> None:
    write(report, "problems", "lv", "Mūsu vārdi.", cast)
    again = drafts.draft_report(programme=programme, by=cast.inga, now=LATER)
    assert again == report
    assert report.sections.get(key="problems", language="lv").text == "Mūsu vārdi."
    assert drafts.draft_asked(LATER) == 0
    assert Line.objects.filter(verb="report.draft").count() == 1


def test_a_methodology_without_an_outline_has_no_report(cast: Cast) -> None:
    without = replace(methodology_of(cast.programme), report=())
    version = take_methodology(methodology=without, now=NOW)
    Programme.objects.filter(pk=cast.programme.pk).update(methodology_version=version)
    with pytest.raises(drafts.NoOutline):
        drafts.draft_report(programme=Programme.objects.get(pk=cast.programme.pk), by=cast.inga, now=NOW)


def test_two_who_write_one_part_lose_no_word(cast: Cast, report: Report) -> None:
    stands = report.sections.get(key="problems", language="lv")
    write(report, "problems", "lv", "Pirmais.", cast)
    told = {"report": report, "part": "problems", "language": "lv", "by": cast.inga, "now": LATER}
    with pytest.raises(Conflict) as conflict:
        drafts.edit_section(text="Otrais.", revision=stands.revision, **told)
    assert conflict.value.stored == {"text": "Pirmais."}
    with pytest.raises(drafts.NoSuchPart):
        drafts.edit_section(**{**told, "part": "nothing"}, text="x", revision=0)


def test_people_are_given_a_day(cast: Cast, report: Report) -> None:
    with pytest.raises(comments.NoTimeForComments):
        comments.open_for_comments(report=report, until=NOW.date(), by=cast.inga, now=NOW)


def test_each_mentor_and_mentee_is_asked_once(cast: Cast, opened: Report) -> None:
    asked = Letter.objects.filter(kind="reports.opened")
    assert sorted(asked.values_list("person", flat=True)) == sorted(
        each.pk for each in (cast.andris, cast.elina, cast.rimantas, cast.gabija)
    )
    assert comments.tell_opened(LATER) == 0
    with pytest.raises(AlreadyMoved):
        comments.open_for_comments(report=opened, until=UNTIL, by=cast.inga, now=LATER)
    subject = asked.get(person=cast.elina.pk).subject
    assert subject.startswith("Izlasi ")


def test_a_comment_is_one_however_often_it_is_sent(cast: Cast, opened: Report) -> None:
    told = {"report": opened, "part": "people", "text": "Mūsu bija vairāk.", "by": cast.andris, "now": LATER}
    ref = new_ref()
    first = comments.comment_on_section(**told, ref=ref)
    assert comments.comment_on_section(**told, ref=ref) == first
    with pytest.raises(comments.EmptyComment):
        comments.comment_on_section(**{**told, "text": "  "})
    with pytest.raises(drafts.NoSuchPart):
        comments.comment_on_section(**{**told, "part": "nothing"})
    with pytest.raises(comments.NotACommenter):
        comments.comment_on_section(**{**told, "by": cast.inga})


def test_after_the_last_day_nobody_comments(cast: Cast, opened: Report) -> None:
    late = NOW + timedelta(days=7)
    with pytest.raises(comments.NotOpenForComments):
        comments.agree(report=opened, by=cast.elina, now=late)
    comments.close_comments(report=opened, by=cast.inga, now=late)
    with pytest.raises(comments.NotOpenForComments):
        comments.comment_on_section(report=opened, part="", text="Jā", by=cast.elina, now=LATER)


def test_a_yes_is_said_once(cast: Cast, opened: Report) -> None:
    for _time in range(2):
        comments.agree(report=opened, by=cast.elina, now=LATER)
    assert Agreement.objects.count() == 1


def test_what_became_of_a_comment_is_told_once(cast: Cast, opened: Report) -> None:
    said = comments.comment_on_section(report=opened, part="", text="Labi.", by=cast.elina, now=LATER)
    with pytest.raises(comments.EmptyAnswer):
        comments.answer_comment(comment=said, by=cast.inga, now=LATER)
    comments.answer_comment(comment=said, answer="Paldies.", by=cast.inga, now=LATER)
    with pytest.raises(AlreadyMoved):
        comments.answer_comment(comment=said, taken_up=True, by=cast.inga, now=LATER)
    assert Letter.objects.filter(kind="reports.answered", person=cast.elina.pk).count() == 1


def test_words_are_quoted_with_consent_and_not_after_it_is_gone(cast: Cast, ready: Report) -> None:
    Report.objects.filter(pk=ready.pk).update(state="commenting", comments_until=UNTIL)
    told = {"report": ready, "part": "words", "by": cast.elina, "now": LATER}
    quoted = comments.comment_on_section(text="Man patika {{measure.pairs}}.", may_quote=True, **told)
    comments.comment_on_section(text="Tikai vadībai.", **told)
    assert drafts.add_quotes(report=ready, by=cast.inga, now=LATER) == 1
    assert drafts.add_quotes(report=ready, by=cast.inga, now=LATER) == 0
    assert gaps_in(ready.sections.get(key="words", language="lt").text) == []
    comments.close_comments(report=ready, by=cast.inga, now=LATER)
    for each in Comment.objects.all():
        comments.answer_comment(comment=each, taken_up=True, by=cast.inga, now=LATER)
    comments.withdraw_comment(comment=Comment.objects.get(pk=quoted.pk), by=cast.elina, now=LATER)
    with pytest.raises(editions.WordsWereTakenBack):
        editions.publish_report(report=ready, by=cast.inga, now=LATER)


def test_a_report_is_not_published_before_people_were_asked(cast: Cast, report: Report) -> None:
    fill(report, cast)
    with pytest.raises(editions.NobodyWasAsked):
        editions.publish_report(report=report, by=cast.inga, now=LATER)


def test_a_report_is_not_published_while_people_comment(cast: Cast, opened: Report) -> None:
    fill(opened, cast)
    with pytest.raises(editions.StillOpen):
        editions.publish_report(report=opened, by=cast.inga, now=LATER, early_reason="Steidzami.")


def test_comments_figures_and_gaps_wait(cast: Cast, opened: Report) -> None:
    said = comments.comment_on_section(report=opened, part="", text="Labi.", by=cast.elina, now=LATER)
    comments.close_comments(report=opened, by=cast.inga, now=WEEK)
    with pytest.raises(editions.CommentsWait):
        editions.publish_report(report=opened, by=cast.inga, now=WEEK)
    comments.answer_comment(comment=said, taken_up=True, by=cast.inga, now=WEEK)
    with pytest.raises(editions.GapsAreOpen):
        editions.publish_report(report=opened, by=cast.inga, now=WEEK)
    make.held(cast.pair)
    with pytest.raises(editions.FiguresWait):
        editions.publish_report(report=opened, by=cast.inga, now=WEEK, with_gaps=True)


def test_open_gaps_may_stay_where_it_is_said(cast: Cast, opened: Report) -> None:
    comments.close_comments(report=opened, by=cast.inga, now=WEEK)
    edition = editions.publish_report(report=opened, by=cast.inga, now=WEEK, with_gaps=True)
    assert edition.gaps > 0
    assert "neaizpildīts" in str(edition.papers["lv"]) or "nav aizpildīts" in str(edition.papers["lv"])


def test_an_edition_never_changes(cast: Cast, ready: Report) -> None:
    first = editions.publish_report(report=ready, by=cast.inga, now=LATER)
    with pytest.raises(drafts.NotWritten):
        editions.publish_report(report=ready, by=cast.inga, now=LATER)
    with pytest.raises(drafts.NotWritten):
        write(ready, "people", "lv", "Cits.", cast)
    before = Edition.objects.get(pk=first.pk).papers
    make.held(cast.pair)
    editions.begin_edition(report=ready, by=cast.inga, now=LATER)
    write(ready, "people", "lv", "Cits.", cast)
    assert Edition.objects.get(pk=first.pk).papers == before
    with pytest.raises(editions.NobodyWasAsked):
        editions.publish_report(report=ready, by=cast.inga, now=LATER)


def test_a_part_that_lacks_in_a_language_is_told(cast: Cast, ready: Report) -> None:
    write(ready, "people", "lt", "", cast)
    edition = editions.publish_report(report=ready, by=cast.inga, now=LATER)
    part = next(each for each in edition.papers["lt"]["parts"] if each["key"] == "people")
    assert (part["absent"], part["language"]) == (True, "en")


def test_published_it_is_a_result_and_an_activity_that_is_done(
    cast: Cast, ready: Report, programme: Programme
) -> None:
    def stands() -> tuple[str, int]:
        found = {each.kind: each for each in promised_results(programme, LATER)}
        return found[ResultKind.REPORT_PUBLISHED].state, found[ResultKind.REPORT_PUBLISHED].done

    assert stands() == ("partly", 0)
    editions.publish_report(report=ready, by=cast.inga, now=LATER)
    assert stands() == ("reached", 1)
    assert programme.evidence.filter(activity="publishes_report", withdrawn_at=None).count() == 1


def test_who_leaves_the_texts_alone_changes_nothing(cast: Cast, report: Report) -> None:
    lines = Line.objects.count()
    stands = texts_of(report)["people", "lv"]
    write(report, "people", "lv", stands.text, cast)
    assert Line.objects.count() == lines


def test_a_part_without_a_word_is_an_open_gap(cast: Cast, ready: Report) -> None:
    """A heading with nothing under it in any language is not published silently."""
    for language in ("lv", "lt", "en"):
        write(ready, "recommendations", language, "", cast)
    with pytest.raises(editions.GapsAreOpen):
        editions.publish_report(report=ready, by=cast.inga, now=LATER)
    assert editions.publish_report(report=ready, by=cast.inga, now=LATER, with_gaps=True).gaps == 1
