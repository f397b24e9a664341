"""Writing a draft: words, settings, lists; what is refused; what becomes of it."""

from dataclasses import replace
from typing import Any

import pytest

from tests.cast import Cast
from tests.make import NOW
from varpa.drafts.actions import drafts, items
from varpa.drafts.models import Draft, DraftState
from varpa.drafts.queries import checked, written
from varpa.drafts.showing import changes_of
from varpa.history.models import Line
from varpa.kernel.merging import Conflict
from varpa.kernel.once import FormTooOld, SentAlready
from varpa.kernel.refs import new_ref
from varpa.kernel.states import AlreadyMoved
from varpa.kernel.text import TranslatedText
from varpa.methodology import Methodology, Offset
from varpa.methodology.items import item_at
from varpa.methodology.snapshot import plain
from varpa.people.models import Organisation
from varpa.programmes.models import MethodologyVersion, OwnVersion
from varpa.programmes.queries import methodology_by, own_methodology_of

pytestmark = pytest.mark.django_db

ON_TIME = "diary.questions.on_time"
WORDS = TranslatedText("Vai laikā?", "Ar laiku?", "In time?")


def by(cast: Cast, draft: Draft, **more: Any) -> dict[str, Any]:
    return {"draft": draft, "by": cast.dace, "now": NOW, **more}


def write(cast: Cast, draft: Draft, place: str = ON_TIME, revision: int = 0, **said: Any) -> bool:
    return items.write_item(**by(cast, draft, place=place, said=said, revision=revision))


def fresh(draft: Draft) -> Draft:
    return Draft.objects.get(pk=draft.pk)


def test_a_question_is_worded_anew_and_becomes_ours(cast: Cast, draft: Draft) -> None:
    assert write(cast, draft, text=WORDS)
    question = item_at(written(fresh(draft)), ON_TIME)
    assert (question.text, question.source) == (WORDS, "ours")
    assert Line.objects.get(verb="methodology_draft.write").details == {"place": ON_TIME}


def test_said_again_as_before_it_is_what_it_was(cast: Cast, draft: Draft, methodology: Methodology) -> None:
    write(cast, draft, text=WORDS)
    write(cast, draft, text=item_at(methodology, ON_TIME).text, revision=1)
    assert item_at(written(draft), ON_TIME) == item_at(methodology, ON_TIME)


def test_an_option_makes_its_question_ours(cast: Cast, draft: Draft, methodology: Methodology) -> None:
    form = next(each for each in methodology.surveys if any(asked.options for asked in each.questions))
    asked = next(each for each in form.questions if each.options)
    place = f"surveys.{form.key}.questions.{asked.key}"
    write(cast, draft, f"{place}.options.{asked.options[0].key}", text=WORDS)
    assert item_at(written(draft), place).source == "ours"


def test_a_second_click_writes_nothing(cast: Cast, draft: Draft) -> None:
    assert write(cast, draft, text=WORDS)
    assert not write(cast, draft, text=WORDS)
    assert fresh(draft).revision == 1


def test_two_who_write_one_question_see_both_texts(cast: Cast, draft: Draft) -> None:
    write(cast, draft, text=WORDS)
    with pytest.raises(Conflict) as told:
        write(cast, draft, text=replace(WORDS, en="On time, both?"))
    assert told.value.differing == ["text_en"]
    assert (told.value.stored["text_en"], told.value.revision) == ("In time?", 1)
    assert write(cast, draft, text=replace(WORDS, en="On time, both?"), revision=1)


def test_two_who_write_different_questions_do_not_meet(cast: Cast, draft: Draft) -> None:
    write(cast, draft, text=WORDS)
    assert write(cast, draft, "plan.questions.rhythm", text=WORDS)


def test_settings_that_somebody_else_changed_are_told(cast: Cast, draft: Draft) -> None:
    write(cast, draft, "", months=9)
    with pytest.raises(items.SettingsChanged):
        write(cast, draft, "", months=8)


def test_a_question_is_added_moved_taken_out_and_put_back(cast: Cast, draft: Draft) -> None:
    ref = new_ref()
    for _click in range(2):
        place = items.add_item(**by(cast, draft, place="plan.questions", ref=ref))
    before = [each.key for each in written(draft).plan.questions]
    assert before[-1] == f"own-{ref}"
    write(cast, draft, place, revision=draft.revision, text=WORDS)
    items.move_up(**by(cast, draft, place=place))
    assert [each.key for each in written(draft).plan.questions][-2] == f"own-{ref}"
    for _click in range(2):
        items.take_out(**by(cast, draft, place=place))
    assert [each.key for each in written(draft).plan.questions] == before[:-1]
    for _click in range(2):
        items.put_back(**by(cast, draft, place=place))
    assert item_at(written(fresh(draft)), place).text == WORDS
    assert fresh(draft).taken_out == {}


def test_the_first_of_a_list_stays_the_first(cast: Cast, draft: Draft) -> None:
    items.move_up(**by(cast, draft, place="plan.questions.means"))
    assert fresh(draft).revision == 0


def test_an_activity_takes_the_last_day_of_its_period(cast: Cast, draft: Draft) -> None:
    period = written(draft).calendar[0]
    place = items.add_item(**by(cast, draft, place=f"calendar.{period.key}.activities", ref=new_ref()))
    made = item_at(written(draft), place)
    assert (made.period, made.due, made.source) == (period.key, period.ends, "ours")


def test_the_four_roles_cannot_be_added_to_or_taken_out(cast: Cast, draft: Draft) -> None:
    with pytest.raises(items.ListIsFixed):
        items.add_item(**by(cast, draft, place="roles", ref=new_ref()))
    with pytest.raises(items.ListIsFixed):
        items.take_out(**by(cast, draft, place="roles.mentor"))


def test_what_was_taken_out_meanwhile_is_not_written(cast: Cast, draft: Draft) -> None:
    items.take_out(**by(cast, draft, place=ON_TIME))
    with pytest.raises(items.ItemGone):
        write(cast, draft, text=WORDS)


def test_a_text_missing_in_a_language_is_found_and_keeps_from_publishing(cast: Cast, draft: Draft) -> None:
    write(cast, draft, text=replace(WORDS, lt=""))
    found = checked(draft)
    assert [each.place for each in found.findings] == [ON_TIME]
    with pytest.raises(drafts.NotSound):
        drafts.publish(**by(cast, draft, revision=1))


@pytest.mark.parametrize("place", ["documents.mentor", "roles.mentor.tasks.hours", "title"])
def test_the_check_leads_to_where_it_is_mended(cast: Cast, draft: Draft, place: str) -> None:
    field = {"documents.mentor": "body", "title": "title"}.get(place, "text")
    at = "" if place == "title" else place
    if at.startswith("roles"):
        at = f"roles.mentor.tasks.{written(draft).role('mentor').tasks[0].key}"
    write(cast, draft, at, **{field: TranslatedText("Vārds", "", "Word")})
    assert {each.place for each in checked(draft).findings} == {at}


def test_a_period_that_ends_before_it_begins_is_told_at_the_period(cast: Cast, draft: Draft) -> None:
    key = written(draft).calendar[1].key
    write(cast, draft, f"calendar.{key}", ends=Offset(0, -5))
    assert any(each.place.startswith(f"calendar.{key}") for each in checked(draft).findings)


def test_a_published_version_is_offered_and_a_running_programme_stays(cast: Cast, draft: Draft) -> None:
    before = own_methodology_of(cast.programme)
    write(cast, draft, text=WORDS)
    version = drafts.publish(**by(cast, draft, revision=1))
    assert OwnVersion.objects.filter(organisation=cast.organisation, version=version).count() == 1
    assert methodology_by(version.digest).diary.questions[0].text == WORDS
    assert own_methodology_of(cast.programme) == before
    assert (fresh(draft).state, fresh(draft).became) == (DraftState.PUBLISHED, version)
    with pytest.raises(items.NotBeingWritten):
        write(cast, draft, text=replace(WORDS, en="Again?"), revision=1)
    with pytest.raises(AlreadyMoved):
        drafts.publish(**by(cast, draft, revision=1))


def test_nothing_changed_is_nothing_to_publish(cast: Cast, draft: Draft) -> None:
    with pytest.raises(drafts.NothingChanged):
        drafts.publish(**by(cast, draft, revision=0))


def test_what_changed_since_it_was_looked_at_is_looked_at_first(cast: Cast, draft: Draft) -> None:
    write(cast, draft, text=WORDS)
    with pytest.raises(drafts.ChangedMeanwhile):
        drafts.publish(**by(cast, draft, revision=0))


def test_no_two_versions_share_a_number(cast: Cast, draft: Draft, methodology: Methodology) -> None:
    write(cast, draft, text=WORDS)
    write(cast, draft, "", revision=1, version=methodology.version)
    with pytest.raises(drafts.VersionTaken):
        drafts.publish(**by(cast, draft, revision=2))
    assert MethodologyVersion.objects.filter(version=methodology.version).count() == 1


def test_the_next_draft_has_the_next_number(cast: Cast, draft: Draft, methodology: Methodology) -> None:
    given: dict[str, Any] = {"organisation": cast.organisation, "methodology": methodology, "by": cast.dace}
    second = drafts.begin_draft(ref=new_ref(), now=NOW, **given)
    assert (draft.version, second.version) == ("1.1", "1.2")
    assert drafts.begin_draft(ref=second.ref, now=NOW, **given) == second


def test_a_draft_is_put_away_and_taken_up_again(cast: Cast, draft: Draft) -> None:
    drafts.put_away(**by(cast, draft))
    with pytest.raises(items.NotBeingWritten):
        write(cast, draft, text=WORDS)
    with pytest.raises(AlreadyMoved):
        drafts.put_away(**by(cast, draft))
    drafts.take_up(**by(cast, draft))
    assert write(cast, draft, text=WORDS)


def test_the_comparison_tells_texts_settings_and_order(cast: Cast, draft: Draft) -> None:
    write(cast, draft, text=WORDS)
    write(cast, draft, "", hours_minutes=1200, revision=1)
    second = written(draft).plan.questions[1].key
    items.move_up(**by(cast, draft, place=f"plan.questions.{second}"))
    items.take_out(**by(cast, draft, place="diary.questions.moved"))
    told = {(each.place, each.after) for each in changes_of(draft)}
    assert (ON_TIME, "In time?") in told
    assert ("frame", "20") in told
    assert {each.before for each in changes_of(draft)} & {"1.0"} == set()
    assert "plan.questions" in {place for place, _after in told}
    assert [each.is_there for each in changes_of(draft) if each.place == "diary.questions.moved"] == [False]


def test_the_comparison_shows_each_language_that_differs(cast: Cast, draft: Draft) -> None:
    was = item_at(written(draft), ON_TIME).text
    write(cast, draft, text=replace(was, lt="Ar laiku?"))
    assert [(each.label, each.before, each.after) for each in changes_of(draft)] == [
        ("Text, Lietuvių", was.lt, "Ar laiku?")
    ]


def test_one_reference_begins_one_draft_of_one_organisation(
    cast: Cast, draft: Draft, methodology: Methodology
) -> None:
    given: dict[str, Any] = {"organisation": cast.organisation, "by": cast.dace, "now": NOW, "ref": draft.ref}
    assert drafts.begin_draft(methodology=methodology, **given) == draft
    with pytest.raises(SentAlready):
        drafts.begin_draft(methodology=replace(methodology, months=15), **given)
    elsewhere = Organisation.objects.create(name="Cita", made_at=NOW)
    with pytest.raises(FormTooOld):
        drafts.begin_draft(methodology=methodology, **{**given, "organisation": elsewhere})
    assert Draft.objects.count() == 1


def test_what_was_added_and_taken_out_is_not_added_by_the_first_click_again(cast: Cast, draft: Draft) -> None:
    ref = new_ref()
    place = items.add_item(**by(cast, draft, place="plan.questions", ref=ref))
    items.take_out(**by(cast, draft, place=place))
    with pytest.raises(items.ItemGone):
        items.add_item(**by(cast, draft, place="plan.questions", ref=ref))
    items.put_back(**by(cast, draft, place=place))
    assert [each.key for each in written(fresh(draft)).plan.questions].count(f"own-{ref}") == 1


def test_what_stands_there_is_not_put_back_beside_itself(cast: Cast, draft: Draft) -> None:
    """As a draft may stand that was written before a key that was taken out counted as taken."""
    taken = plain(item_at(written(draft), ON_TIME))
    Draft.objects.filter(pk=draft.pk).update(taken_out={ON_TIME: taken})
    with pytest.raises(items.StandsAlready):
        items.put_back(**by(cast, draft, place=ON_TIME))
    assert fresh(draft).revision == 0


def test_a_full_list_takes_nothing_back(cast: Cast, draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    items.take_out(**by(cast, draft, place=ON_TIME))
    monkeypatch.setattr(items, "MOST_IN_A_LIST", 1)
    with pytest.raises(items.ListIsFull):
        items.put_back(**by(cast, draft, place=ON_TIME))
    assert ON_TIME in fresh(draft).taken_out
