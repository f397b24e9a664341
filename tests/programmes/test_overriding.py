"""What a programme changes in its methodology: hours, dates, wording, questions; never the folder."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests import make
from tests.cast import Cast
from tests.make import ENDS, NOW, STARTS
from varpa.history.models import Line
from varpa.kernel.merging import Conflict
from varpa.kernel.refs import new_ref
from varpa.kernel.text import TranslatedText
from varpa.methodology import overrides
from varpa.programmes.actions import overriding
from varpa.programmes.actions.programmes import WrongOverrides
from varpa.programmes.models import Programme, ProgrammeState
from varpa.programmes.parts import groups_of, paths_of
from varpa.programmes.queries import calendar_of, hours_target, methodology_of, own_methodology_of

pytestmark = pytest.mark.django_db

TEXT = TranslatedText("Sēkla", "Sėkla", "Seed")
FIRST = "before_start"


def asked(cast: Cast, **more: Any) -> dict[str, Any]:
    return {"programme": cast.programme, "by": cast.inga, "now": NOW, "revision": 0, **more}


def fresh(cast: Cast) -> Programme:
    return Programme.objects.get(pk=cast.programme.pk)


def test_hours_of_its_own(cast: Cast) -> None:
    overriding.set_hours(**asked(cast, hours=20))
    assert hours_target(fresh(cast)) == 20 * 60
    assert Line.objects.filter(verb="programme.override", actor=cast.inga.pk).count() == 1
    overriding.set_hours(**asked(cast, hours=16, revision=1))
    assert fresh(cast).overrides == {}


@pytest.mark.parametrize("hours", [0, -1, 1001, 10**9])
def test_hours_that_nobody_can_spend(cast: Cast, hours: int) -> None:
    with pytest.raises(overriding.WrongHours):
        overriding.set_hours(**asked(cast, hours=hours))


def test_a_second_click_is_no_conflict(cast: Cast) -> None:
    for _click in range(2):
        overriding.set_hours(**asked(cast, hours=20))
    assert Line.objects.filter(verb="programme.override").count() == 1


def test_another_change_meanwhile_is_a_conflict(cast: Cast) -> None:
    overriding.set_hours(**asked(cast, hours=20))
    with pytest.raises(Conflict):
        overriding.set_hours(**asked(cast, hours=30))
    assert fresh(cast).overrides == {"hours_minutes": 1200}


@pytest.mark.parametrize("state", [ProgrammeState.CLOSED, ProgrammeState.ARCHIVED])
def test_a_closed_programme_changes_no_more(cast: Cast, state: str) -> None:
    Programme.objects.filter(pk=cast.programme.pk).update(state=state)
    cast.programme.refresh_from_db()
    with pytest.raises(overriding.ProgrammeIsOver):
        overriding.set_hours(**asked(cast, hours=20))


def test_a_period_moves_with_its_activities(cast: Cast) -> None:
    usual = calendar_of(cast.programme)
    first, last = usual[FIRST].starts + timedelta(days=5), usual[FIRST].ends + timedelta(days=9)
    overriding.set_windows(**asked(cast, days={FIRST: (first, last)}))
    moved = calendar_of(fresh(cast))
    assert moved[FIRST][:2] == (first, last)
    assert moved["mentor_reads_methodology"][:2] == (first, last)
    assert moved["mentor_reads_methodology"].due == last
    assert fresh(cast).overrides["windows"] == {
        FIRST: {"starts": first.isoformat(), "ends": last.isoformat()}
    }


def test_days_of_the_methodology_are_no_change(cast: Cast) -> None:
    usual = calendar_of(cast.programme)
    days = {each.key: usual[each.key][:2] for each in methodology_of(cast.programme).calendar}
    overriding.set_windows(**asked(cast, days=days))
    assert fresh(cast).overrides == {}
    assert fresh(cast).revision == 0


def test_back_to_the_days_of_the_methodology(cast: Cast) -> None:
    usual = calendar_of(cast.programme)[FIRST]
    overriding.set_windows(**asked(cast, days={FIRST: (usual.starts, usual.ends + timedelta(days=1))}))
    overriding.set_windows(**asked(cast, days={FIRST: usual[:2]}, revision=1))
    assert fresh(cast).overrides == {}


@pytest.mark.parametrize(
    ("first", "last", "refusal"),
    [
        (date(2025, 7, 2), date(2025, 7, 1), overriding.WindowOutOfOrder),
        (STARTS - timedelta(days=1), date(2025, 7, 1), overriding.WindowOutside),
        (date(2025, 7, 1), ENDS + timedelta(days=1), overriding.WindowOutside),
    ],
)
def test_a_period_has_its_days_in_order_inside_the_programme(
    cast: Cast, first: date, last: date, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal) as caught:
        overriding.set_windows(**asked(cast, days={FIRST: (first, last)}))
    assert caught.value.values["field"] == FIRST  # type: ignore[attr-defined]
    assert fresh(cast).overrides == {}


def test_a_period_of_one_day_and_of_the_whole_programme(cast: Cast) -> None:
    overriding.set_windows(**asked(cast, days={FIRST: (STARTS, ENDS)}))
    overriding.set_windows(**asked(cast, days={FIRST: (STARTS, STARTS)}, revision=1))
    assert calendar_of(fresh(cast))[FIRST] == (STARTS, STARTS, STARTS)


def test_changes_written_elsewhere_may_not_leave_the_programme(cast: Cast) -> None:
    """Else every board of the programme would break."""
    changes = {"windows": {FIRST: {"starts": "2024-01-01", "ends": "2024-02-01"}}}
    with pytest.raises(WrongOverrides):
        overriding.override(**asked(cast, changes=changes))
    calendar_of(fresh(cast))


def test_a_text_in_other_words_and_back(cast: Cast) -> None:
    overriding.set_wording(**asked(cast, path="phases.start.name", text=TEXT))
    assert methodology_of(fresh(cast)).phases[0].name == TEXT
    assert own_methodology_of(fresh(cast)).phases[0].name != TEXT
    overriding.set_wording(**asked(cast, path="phases.start.name", text=TranslatedText(), revision=1))
    assert fresh(cast).overrides == {}


def test_the_methodologys_own_words_are_no_change(cast: Cast) -> None:
    own = own_methodology_of(cast.programme).phases[0].name
    overriding.set_wording(**asked(cast, path="phases.start.name", text=own))
    assert fresh(cast).overrides == {}


def test_a_text_needs_three_languages_and_a_place(cast: Cast) -> None:
    with pytest.raises(overriding.NotAllLanguages):
        overriding.set_wording(**asked(cast, path="phases.start.name", text=TranslatedText("Sēkla", "", "")))
    for path in ("phases.nothing.name", "", "documents.methodology.body", "__class__"):
        with pytest.raises(overriding.NoSuchText):
            overriding.set_wording(**asked(cast, path=path, text=TEXT))


def test_two_who_word_one_text_see_both(cast: Cast) -> None:
    overriding.set_wording(**asked(cast, path="phases.start.name", text=TEXT))
    other = TranslatedText("Iesākums", "Pradžia visa ko", "Beginning")
    with pytest.raises(Conflict) as caught:
        overriding.set_wording(**asked(cast, path="phases.start.name", text=other))
    assert caught.value.stored == {"text_lv": "Sēkla", "text_lt": "Sėkla", "text_en": "Seed"}
    assert caught.value.given["text_lt"] == "Pradžia visa ko"
    assert caught.value.revision == 1


def test_every_text_can_be_reached_by_its_path(cast: Cast) -> None:
    methodology = own_methodology_of(cast.programme)
    found = [overrides.text_at(methodology, path) for path in overrides.paths(methodology)]
    assert len(found) > 100
    for path in ("phases", "phases.start", "nothing"):
        with pytest.raises(KeyError):
            overrides.text_at(methodology, path)


def question(cast: Cast, **more: Any) -> dict[str, Any]:
    said = {"among": "plan", "key": "own-1", "text": TEXT, "hint": TranslatedText(), "for_each": False}
    return asked(cast, **{**said, **more})


def test_a_question_of_its_own(cast: Cast) -> None:
    before = len(methodology_of(cast.programme).plan.questions)
    overriding.write_question(**question(cast, for_each=True))
    added = methodology_of(fresh(cast)).plan.questions[before:]
    assert [(each.key, each.text, each.about) for each in added] == [("own-1", TEXT, ("mentor", "mentee"))]
    other = TranslatedText("Cits", "Kitas", "Other")
    overriding.write_question(**question(cast, text=other, hint=TEXT, revision=1))
    added = methodology_of(fresh(cast)).plan.questions[before:]
    assert [(each.text, each.hint, each.about) for each in added] == [(other, TEXT, ())]


def test_two_clicks_add_one_question(cast: Cast) -> None:
    key = f"own-{new_ref()}"
    for _click in range(2):
        overriding.write_question(**question(cast, key=key))
    assert len(fresh(cast).overrides["questions"]["plan"]) == 1


def test_a_question_is_in_three_languages(cast: Cast) -> None:
    with pytest.raises(overriding.NotAllLanguages):
        overriding.write_question(**question(cast, text=TranslatedText("a", "", "c")))
    with pytest.raises(overriding.NotAllLanguages):
        overriding.write_question(**question(cast, hint=TranslatedText("", "b", "")))


@pytest.mark.parametrize("key", ["means", "With Space", "x" * 51])
def test_a_key_that_is_taken_or_none_is_refused(cast: Cast, key: str) -> None:
    with pytest.raises(WrongOverrides):
        overriding.write_question(**question(cast, key=key))


def test_before_the_programme_runs_a_question_can_be_taken_out(cast: Cast) -> None:
    draft = make.programme(cast.organisation, running=False)
    overriding.write_question(**question(cast, programme=draft))
    for _click in range(2):
        overriding.take_out_question(
            programme=draft, among="plan", key="own-1", by=cast.inga, now=NOW, revision=draft.revision
        )
    assert Programme.objects.get(pk=draft.pk).overrides == {}


def test_afterwards_somebody_may_have_answered(cast: Cast) -> None:
    overriding.write_question(**question(cast))
    with pytest.raises(overriding.QuestionInUse):
        overriding.take_out_question(**asked(cast, among="plan", key="own-1", revision=1))
    assert fresh(cast).overrides["questions"]["plan"]


def test_one_change_leaves_the_others_alone(cast: Cast) -> None:
    overriding.set_hours(**asked(cast, hours=20))
    overriding.set_wording(**asked(cast, path="phases.start.name", text=TEXT, revision=1))
    overriding.write_question(**question(cast, revision=2))
    usual = calendar_of(fresh(cast))[FIRST]
    days = {FIRST: (usual.starts, usual.ends + timedelta(days=1))}
    overriding.set_windows(**asked(cast, days=days, revision=3))
    assert set(fresh(cast).overrides) == {"hours_minutes", "texts", "questions", "windows"}


def test_a_manager_finds_every_text_that_may_be_worded_anew(cast: Cast) -> None:
    methodology = own_methodology_of(cast.programme)
    found = {path for key, _name in groups_of(methodology) for path in paths_of(methodology, key)}
    assert set(overrides.paths(methodology)) - found == set()
