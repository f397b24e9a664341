"""Figures in the text stay tied to their source: old and new are told, nothing is silently empty."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.reports.conftest import LATER, write
from varpa.evaluation.actions import add_indicator, change_indicator, withdraw_indicator, write_value
from varpa.kernel.states import AlreadyMoved
from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.programmes.actions.overriding import set_hours
from varpa.programmes.actions.programmes import change_programme, take_methodology
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_by
from varpa.reports.actions.drafts import draft_report
from varpa.reports.actions.figures import (
    NoSuchFigure,
    ReasonNeeded,
    SourceIsGone,
    accept_all,
    accept_figure,
    keep_figure,
)
from varpa.reports.figures import reads_the_same, said
from varpa.reports.marks import figures_in, gaps_in, quotes_in
from varpa.reports.models import Cited, Report
from varpa.reports.queries import Standing, standings, texts_of
from varpa.reports.reading import plain, shown
from varpa.reports.sources import figures_of
from varpa.ui import words

pytestmark = pytest.mark.django_db
MEETINGS = "measure.meetings"
INDICATOR = ("name", "unit", "achieved", "target")
"""What the draft says of one."""


def standing(report: Report, key: str) -> Standing:
    """One figure of the text beside its source, an hour later."""
    texts = [each.text for each in texts_of(report).values()]
    figures = figures_of(Programme.objects.get(pk=report.programme_id), LATER)
    return next(each for each in standings(report, figures_in(texts), figures) if each.key == key)


def test_every_cited_figure_has_a_value_and_a_day(report: Report) -> None:
    keys = figures_in(each.text for each in report.sections.all())
    assert len(keys) > 20
    cited = {each.key: each for each in report.cited.all()}
    assert set(keys) == set(cited)
    assert all(each.at == NOW for each in cited.values())


def test_a_change_is_told_with_old_and_new(cast: Cast, report: Report) -> None:
    assert standing(report, MEETINGS).state == "same"
    make.held(cast.pair)
    found = standing(report, MEETINGS)
    assert (found.state, found.cited and found.cited.value, found.now.value) == ("changed", 0, 1)
    accept_figure(report=report, key=MEETINGS, by=cast.inga, now=LATER, seen=1)
    assert standing(report, MEETINGS).state == "same"
    assert Cited.objects.get(key=MEETINGS).at == LATER


FRAME = ("name", "period", "partner", "countries", "hours", "methodology", "version")


@pytest.mark.parametrize(
    ("kind", "one", "other", "same"),
    [
        ("hours", 11_400, 11_459, True),
        ("hours", 11_400, 11_460, False),
        ("decimal", 4.251, 4.249, True),
        ("decimal", 4.25, 4.26, False),
        ("count", 3, 4, False),
        ("count", 3, None, False),
        ("count", None, None, True),
        ("words", "a", "b", False),
    ],
)
def test_what_would_read_the_same_asks_nobody(kind: str, one: Any, other: Any, same: bool) -> None:
    assert reads_the_same(one, other, kind) is same


def test_what_frames_the_programme_is_tied_too(cast: Cast, report: Report) -> None:
    """Its days, hours and countries change, the text says the old ones and asks."""
    programme = report.programme
    assert {key: standing(report, f"programme.{key}").state for key in FRAME} == dict.fromkeys(FRAME, "same")
    change(programme, cast, ends=programme.ends + timedelta(days=30), countries=("LV", "LT", "EE"))
    programme.refresh_from_db()
    set_hours(programme=programme, hours=20, by=cast.inga, now=LATER, revision=programme.revision)
    changed = {key for key in FRAME if standing(report, f"programme.{key}").state == "changed"}
    assert changed == {"period", "countries", "hours"}
    found = standing(report, "programme.period")
    accept_figure(report=report, key="programme.period", by=cast.inga, now=LATER, seen=found.now.value)
    assert standing(report, "programme.period").state == "same"
    accept_all(report=report, by=cast.inga, now=LATER)
    assert standing(report, "programme.countries").state == "same"


def test_another_version_of_the_methodology_asks(cast: Cast, report: Report) -> None:
    digest = report.programme.methodology_version.digest
    after = replace(methodology_by(digest), version="1.1")
    Programme.objects.update(methodology_version=take_methodology(methodology=after, now=NOW))
    assert standing(report, "programme.version").state == "changed"
    assert standing(report, "programme.methodology").state == "same"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_introduction_says_what_is_accepted_in_its_language(report: Report, language: str) -> None:
    programme, cited = report.programme, {each.key: each for each in report.cited.all()}
    with words.on_paper(language):
        text = report.sections.get(key="introduction", language=language).text
        assert not {str(programme.name), "1.0", str(programme.starts.year)} & set(re.findall(r"[\w.]+", text))
        read = plain(text, cited, {})
        assert words.period(programme.starts, programme.ends) in read
        assert programme.organisation.name in read
        told = plain(report.sections.get(key="programme", language=language).text, cited, {})
    assert {"lv": "Latvija, Lietuva", "lt": "Latvija, Lietuva", "en": "Latvia, Lithuania"}[language] in told
    assert "16\u00a0h" in told


def test_the_page_takes_new_days_as_it_showed_them(cast: Cast, client: Client, report: Report) -> None:
    programme = report.programme
    change(programme, cast, ends=programme.ends + timedelta(days=30), name=TranslatedText.same("Ceļā *=*"))
    client.force_login(cast.inga)
    page = client.get(f"/reports/{report.ref}/figures/").content.decode()
    seen = [unescape(each) for each in re.findall(r'name="seen" value="([^"=]+=[^"]*)"', page)]
    client.post(f"/reports/{report.ref}/figures/accept/", {"seen": seen})
    assert standing(report, "programme.period").state == "same"
    assert standing(report, "programme.name").state == "same"
    text = report.sections.get(key="introduction", language="lv").text
    cited = {each.key: each for each in report.cited.all()}
    assert "Ceļā *=*" in str(shown(text, cited, {}))


def change(programme: Programme, cast: Cast, **changes: Any) -> None:
    """The manager changes what the programme says of itself."""
    fields = (
        *("name", "starts", "ends", "languages", "countries", "zone", "funder_text"),
        *("passages_may_be_left_out", "mentors_are_screened", "comment_days"),
    )
    told = {field: getattr(programme, field) for field in fields} | changes
    change_programme(programme=programme, by=cast.inga, now=LATER, revision=programme.revision, **told)


def test_nobody_accepts_what_nobody_has_seen(cast: Cast, report: Report) -> None:
    make.held(cast.pair)
    with pytest.raises(AlreadyMoved):
        accept_figure(report=report, key=MEETINGS, by=cast.inga, now=LATER, seen=7)
    assert Cited.objects.get(key=MEETINGS).value == 0


def test_the_old_one_is_kept_with_a_reason_until_the_source_says_another(cast: Cast, report: Report) -> None:
    make.held(cast.pair)
    with pytest.raises(ReasonNeeded):
        keep_figure(report=report, key=MEETINGS, reason=" ", by=cast.inga, now=LATER)
    keep_figure(report=report, key=MEETINGS, reason="Pēc termiņa.", by=cast.inga, now=LATER)
    assert standing(report, MEETINGS).state == "same"
    make.held(cast.neighbours)
    assert standing(report, MEETINGS).state == "changed"


def test_a_source_that_vanished_is_told(cast: Cast, report: Report) -> None:
    told = {name: TranslatedText.same("Skolas") for name in ("name", "unit")}
    indicator = add_indicator(programme=report.programme, told=told, by=cast.inga, now=NOW)
    write_value(indicator=indicator, value=3, day=NOW.date(), by=cast.inga, now=NOW)
    key = f"indicator.{indicator.ref}.achieved"
    write(report, "recommendations", "lv", f"Skolas: {{{{{key}}}}}.", cast)
    assert standing(report, key).state == "same"
    withdraw_indicator(indicator=indicator, by=cast.inga, now=LATER)
    assert standing(report, key).state == "gone"
    with pytest.raises(SourceIsGone):
        accept_figure(report=report, key=key, by=cast.inga, now=LATER)
    cited = {each.key: each for each in report.cited.all()}
    assert "Skolas: 3." in plain(report.sections.get(key="recommendations", language="lv").text, cited, {})
    keep_figure(report=report, key=key, reason="Tā bija.", by=cast.inga, now=LATER)
    assert standing(report, key).state == "same"


def test_what_an_indicator_aims_at_is_asked_about_when_it_changes(cast: Cast, programme: Programme) -> None:
    names: dict[str, Any] = {name: TranslatedText.same("Firms") for name in ("name", "unit", "text")}
    told = {**names, "code": "X1", "measure": "pairs"}
    indicator = add_indicator(programme=programme, told=told, by=cast.inga, now=NOW)
    report = draft_report(programme=programme, by=cast.inga, now=NOW)
    text = report.sections.get(key="indicators", language="en").text
    with translation.override("en"):
        before = plain(text, {each.key: each for each in report.cited.all()}, {})
    assert "X1 Firms (Firms): 2; target: (not set)." in before
    indicator.refresh_from_db()
    changed = {**told, "code": "X2", "unit": TranslatedText.same("pairs"), "target": 50}
    change_indicator(indicator=indicator, told=changed, revision=indicator.revision, by=cast.inga, now=LATER)
    states = {part: standing(report, f"indicator.{indicator.ref}.{part}").state for part in INDICATOR}
    assert states == {"name": "changed", "unit": "changed", "achieved": "same", "target": "changed"}


def test_an_unknown_figure_is_told_and_never_silent(cast: Cast, report: Report) -> None:
    write(report, "recommendations", "lv", "Cik: {{measure.elephants}}.", cast)
    assert standing(report, "measure.elephants").state == "unknown"
    with pytest.raises(NoSuchFigure):
        accept_figure(report=report, key="measure.elephants", by=cast.inga, now=LATER)
    assert "measure.elephants" in plain("{{measure.elephants}}", {}, {})


def test_all_new_figures_at_once(cast: Cast, report: Report) -> None:
    make.held(cast.pair)
    assert accept_all(report=report, by=cast.inga, now=LATER) >= 1
    assert accept_all(report=report, by=cast.inga, now=LATER) == 0


def test_all_at_once_takes_only_what_was_seen(cast: Cast, report: Report) -> None:
    """What changed while somebody looked at the page asks again (R13)."""
    before = {each.key: each.stands for each in report.cited.all()}
    make.held(cast.pair)
    figures = figures_of(report.programme, LATER)
    changed = {key: figures[key].value for key, value in before.items() if figures[key].value != value}
    stale = dict.fromkeys(changed, 999.0)
    assert accept_all(report=report, by=cast.inga, now=LATER, seen={}) == 0
    assert accept_all(report=report, by=cast.inga, now=LATER, seen=stale) == 0
    assert accept_all(report=report, by=cast.inga, now=LATER, seen=changed) == len(changed) > 0


def test_the_page_sends_what_it_showed(cast: Cast, client: Client, report: Report) -> None:
    make.held(cast.pair)
    client.force_login(cast.inga)
    page = client.get(f"/reports/{report.ref}/figures/").content.decode()
    seen = re.findall(r'name="seen" value="([^"=]+=[^"]*)"', page)
    make.held(cast.neighbours)
    client.post(f"/reports/{report.ref}/figures/accept/", {"seen": seen})
    assert standing(report, "measure.meetings").state == "changed"
    page = client.get(f"/reports/{report.ref}/figures/").content.decode()
    seen = re.findall(r'name="seen" value="([^"=]+=[^"]*)"', page)
    client.post(f"/reports/{report.ref}/figures/accept/", {"seen": seen})
    assert standing(report, "measure.meetings").state == "same"


def test_a_figure_without_anything_to_count_from_is_said_in_words() -> None:
    assert said(None, "percent")
    assert (said(17.0, "count"), said(960, "hours"), said(45, "percent")) == ("17", "16\u00a0h", "45\u00a0%")
    assert said(-0.25, "decimal") == "−0.25"


def test_what_is_put_in_is_not_looked_through_again() -> None:
    text = "[[Kas?]] {{quote:abcdefghjkmn}} {{a.b}} {{ nothing }} {% if %}"
    assert gaps_in(text) == ["Kas?"]
    assert (figures_in([text]), quotes_in([text])) == (["a.b", "nothing"], ["abcdefghjkmn"])
    html = str(shown("<script>x</script> [[<b>{{a.b}}</b>]] [[*Kas*]]", {}, {}))
    assert "<script" not in html
    assert html.count('<mark class="open">') == html.count("</mark>")


@pytest.mark.parametrize("text", ["\ue000x\ue002", "[[a", "[[a]] [[b]]\n\n- [[c]]", "**{{a.b}}** [[d]]"])
def test_marks_close_whatever_stands_there(text: str) -> None:
    html = str(shown(text, {}, {}))
    assert html.count("<mark") == html.count("</mark>")
    assert not any("\ue000" <= letter <= "\uf8ff" for letter in html)


@pytest.mark.parametrize(
    "text", ["[[Kas\npalīdzēja?]]", "[[Kas (skat. [1]) palīdzēja?]]", "- [[Kas\n  palīdzēja?]] un tā"]
)
def test_a_gap_is_a_gap_however_its_lines_are_broken(text: str) -> None:
    """Whoever wraps lines or writes a bracket does not close a gap by it."""
    assert len(gaps_in(text)) == 1
    assert '<mark class="open">' in str(shown(text, {}, {}))
    assert "[[" not in plain(text, {}, {})


@pytest.mark.parametrize("mark", ["{{pairs}}", "{{Measure.pairs}}", "{{quote:abc}}", "{{ measure.pairs. }}"])
def test_a_mark_that_is_written_wrong_is_never_silent(cast: Cast, report: Report, mark: str) -> None:
    write(report, "recommendations", "lv", f"Cik: {mark}.", cast)
    text = report.sections.get(key="recommendations", language="lv").text
    assert [
        each.state for each in standings(report, figures_in([text]), figures_of(report.programme, LATER))
    ] == ["unknown"]
    assert "{{" not in plain(text, {}, {})
