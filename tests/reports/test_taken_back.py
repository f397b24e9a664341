"""Words taken back: the draft shows it at their place and asks, it is not published, an edition says so."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.make import NOW
from tests.reports.conftest import LATER, fill, write
from tests.reports.test_pages import signed_in
from tests.surveys import conftest as surveys
from varpa.guidelines.actions import recommendations as said
from varpa.kernel.clock import moved_to
from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.programmes.models import Programme
from varpa.reports.actions import comments, drafts, editions
from varpa.reports.marks import quote
from varpa.reports.models import Comment, CommentState, Edition, Report
from varpa.reports.papers import papers
from varpa.reports.queries import editions_read, texts_of
from varpa.reports.quoting import spoken, taken_back_since
from varpa.site.replay.reporting import publish
from varpa.surveys.actions.results import compute_due, withdraw_theme, write_theme
from varpa.surveys.actions.sending import close_survey
from varpa.surveys.models import Theme

pytestmark = pytest.mark.django_db
WORDS = "Braucām divas stundas katru reizi, un tas bija par daudz."
THEME = TranslatedText(lv="Ceļš bija par tālu", lt="Kelias buvo per ilgas", en="The way was too long")


@pytest.fixture
def quoted(cast: Cast, opened: Report) -> Comment:
    """Elīna's words, quoted in the open draft."""
    told = {"report": opened, "part": "words", "by": cast.elina, "now": LATER}
    made = comments.comment_on_section(text=WORDS, may_quote=True, **told)
    assert drafts.add_quotes(report=opened, by=cast.inga, now=LATER) == 1
    return Comment.objects.get(pk=made.pk)


@pytest.fixture
def theme(cast: Cast) -> Theme:
    """A theme of what twelve have answered."""
    crowd = surveys.crowd(cast.programme, {("mentor", "LV"): 6, ("mentee", "LV"): 6})
    survey = surveys.sent(cast, "progress_survey")
    for member in crowd:
        surveys.answer(survey, member, **{**surveys.WELL, "successes": "Tālu."})
    close_survey(survey=survey, by=cast.inga, now=NOW)
    compute_due(NOW)
    question = survey.questions.get(key="successes")
    return write_theme(question=question, text=THEME, by=cast.inga, now=NOW)


def take_back(cast: Cast, comment: Comment) -> None:
    comments.withdraw_comment(comment=comment, by=cast.elina, now=LATER)


def published(cast: Cast, report: Report) -> Edition:
    if report.state == "commenting":
        comments.close_comments(report=report, by=cast.inga, now=LATER)
    for each in Comment.objects.filter(state=CommentState.OPEN):
        comments.answer_comment(comment=each, taken_up=True, by=cast.inga, now=LATER)
    given: dict[str, Any] = {"with_gaps": True, "early_reason": "Steidzami."}
    return editions.publish_report(report=report, by=cast.inga, now=LATER, **given)


def part(report: Report, key: str, language: str = "lv") -> str:
    told = papers(report, texts_of(report), LATER)[language]["parts"]
    return next(each["text"] for each in told if each["key"] == key)


def lost(report: Report) -> list[str]:
    texts = [each.text for each in texts_of(report).values()]
    return spoken(report, texts).lost_in(texts)


def test_a_quotation_taken_back_is_shown_at_its_place_and_asks(
    cast: Cast, opened: Report, quoted: Comment
) -> None:
    take_back(cast, quoted)
    assert "šie vārdi ir atsaukti" in part(opened, "words")
    with moved_to(LATER):
        page = signed_in(cast.inga).get(reverse("reports:section", args=[opened.ref, "words", "lv"]))
        whole = signed_in(cast.inga).get(reverse("reports:report", args=[opened.programme.ref]))
    assert '<mark class="open">' in page.content.decode()
    assert reverse("reports:take_out", args=[opened.ref]) in page.content.decode()
    assert [row.lost for row in whole.context["rows"] if row.part.key == "words"] == [1]


def test_it_is_not_published_until_it_is_taken_out(cast: Cast, opened: Report, quoted: Comment) -> None:
    take_back(cast, quoted)
    with pytest.raises(editions.WordsWereTakenBack) as refused:
        published(cast, opened)
    assert "1" in str(refused.value)
    assert drafts.take_out_lost(report=opened, by=cast.inga, now=LATER) == 3
    assert drafts.take_out_lost(report=opened, by=cast.inga, now=LATER) == 0
    assert all(quote(quoted.ref) not in each.text for each in texts_of(opened).values())
    assert WORDS not in str(published(cast, opened).papers)


def test_the_replay_takes_them_out_before_it_publishes(cast: Cast, opened: Report, quoted: Comment) -> None:
    """A diary that is handed over after the draft makes its words the mentee's to give, too."""
    for member in (cast.andris, cast.elina, cast.rimantas, cast.gabija):
        comments.agree(report=opened, by=member, now=LATER)
    comments.close_comments(report=opened, by=cast.inga, now=LATER)
    comments.answer_comment(comment=quoted, taken_up=True, by=cast.inga, now=LATER)
    fill(opened, cast)
    take_back(cast, quoted)
    stage = SimpleNamespace(do=lambda action, **given: action(now=LATER, **given))
    words = SimpleNamespace(one=lambda _path: "Par to runājām sanāksmē.")
    house: Any = SimpleNamespace(manager=cast.inga, stage=stage, words=lambda _language: words)
    publish(house, opened)
    assert WORDS not in str(Edition.objects.get().papers)


def test_words_that_were_copied_are_found_too(cast: Cast, opened: Report, quoted: Comment) -> None:
    copied = "Kāda teica: Braucām divas stundas\n> katru reizi, un tas bija par daudz. Paldies!"
    write(opened, "problems", "lv", copied, cast)
    assert WORDS in part(opened, "problems").replace("\n> ", " ")
    take_back(cast, quoted)
    told = part(opened, "problems")
    assert "Braucām" not in told
    assert "Paldies!" in told
    with pytest.raises(editions.WordsWereTakenBack):
        published(cast, opened)
    drafts.take_out_lost(report=opened, by=cast.inga, now=LATER)
    assert texts_of(opened)["problems", "lv"].text == "Kāda teica:  Paldies!"


def test_a_theme_stands_as_a_mark_and_goes_with_its_withdrawal(
    cast: Cast, theme: Theme, programme: Programme
) -> None:
    report = drafts.draft_report(programme=programme, by=cast.inga, now=NOW)
    for language in LANGUAGES:
        assert THEME.within(language) in part(report, "surveys", language)
        assert THEME.within(language) not in texts_of(report)["surveys", language].text
    assert lost(report) == []
    withdraw_theme(theme=theme, by=cast.inga, now=LATER)
    assert lost(report) == [theme.ref]
    assert THEME.lv not in part(report, "surveys")
    comments.open_for_comments(report=report, until=LATER.date().replace(day=30), by=cast.inga, now=LATER)
    with pytest.raises(editions.WordsWereTakenBack):
        published(cast, report)


def test_a_consent_taken_back_is_found_by_its_words(cast: Cast, report: Report) -> None:
    from tests.guidelines.conftest import in_own_words

    words = "Pirmajā reizē vajag divas stundas un mierīgu istabu."
    offered = in_own_words(cast, cast.andris, words=words)
    write(report, "problems", "lt", f"Kaip sakė mentorius: {words}", cast)
    assert lost(report) == []
    said.take_back(recommendation=offered, by=cast.andris, now=LATER)
    assert lost(report) == [offered.ref]
    assert words not in part(report, "problems", "lt")


def test_an_edition_stays_and_says_what_was_taken_back(cast: Cast, opened: Report, quoted: Comment) -> None:
    edition = published(cast, opened)
    assert taken_back_since(edition, LATER) == 0
    assert edition.quoted == [quoted.ref]
    Report.objects.update(is_public=True)
    pages = [
        (signed_in(cast.andris), reverse("reports:edition", args=[edition.ref])),
        (signed_in(None), reverse("reports:public", args=[edition.ref])),
    ]
    with moved_to(LATER):
        for client, address in pages:
            assert client.get(address).context["taken_back"] == 0
        # Whoever said it can take it back from the published page.
        mine = signed_in(cast.elina).get(reverse("reports:edition", args=[edition.ref])).content.decode()
        assert reverse("reports:withdraw", args=[quoted.ref]) in mine
        signed_in(cast.elina).post(reverse("reports:withdraw", args=[quoted.ref]))
        for client, address in pages:
            assert client.get(address).context["taken_back"] == 1
        manager = signed_in(cast.inga).get(reverse("reports:report", args=[opened.programme.ref]))
        assert manager.context["taken_back"] == 1
    edition.refresh_from_db()
    assert WORDS in str(edition.papers)
    editions.begin_edition(report=opened, by=cast.inga, now=LATER)
    assert lost(opened) == [quoted.ref]


def test_only_words_that_are_marked_in_the_texts_are_read(
    cast: Cast, opened: Report, quoted: Comment
) -> None:
    told = {"report": opened, "part": "words", "by": cast.elina, "now": LATER}
    beside = comments.comment_on_section(text="Nekur neminēts teikums.", may_quote=True, **told)
    texts = [each.text for each in texts_of(opened).values()]
    assert set(spoken(opened, texts).quotes) == {quoted.ref}
    assert set(spoken(opened, [quote(beside.ref)]).quotes) == {beside.ref}


def test_what_was_taken_back_of_an_edition_is_read_once_until_something_changes(
    cast: Cast, opened: Report, quoted: Comment, django_assert_num_queries: Any
) -> None:
    edition = published(cast, opened)
    read = editions_read(Edition.objects.filter(pk=edition.pk)).get()
    assert taken_back_since(read, LATER) == 0
    take_back(cast, quoted)
    assert taken_back_since(read, LATER) == 1
    with django_assert_num_queries(1):
        assert taken_back_since(read, LATER) == 1


def test_the_manager_reads_of_words_taken_back_at_once(cast: Cast, opened: Report, quoted: Comment) -> None:
    pages = [reverse("reports:report", args=[opened.programme.ref])]
    pages += [reverse(f"reports:{name}", args=[opened.ref]) for name in ("figures", "publishing")]
    pages.append(reverse("reports:section", args=[opened.ref, "words", "lv"]))
    client = signed_in(cast.inga)
    with moved_to(LATER):
        assert not any(client.get(page).context.get("lost") for page in pages)
        take_back(cast, quoted)
        before, *lost = [client.get(page).context for page in pages]
        assert before["ready"].lost == 1
        assert [each["lost"] for each in lost if "lost" in each] == [1, 1]
