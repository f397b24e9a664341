"""Rules of recommendations and guidelines: whose word it needs, what is gone with it, what stays."""

from datetime import date
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from tests import make
from tests.cast import Cast, assemble
from tests.guidelines.conftest import ADVICE, DIARY, OWN, SECRET, from_diary, handed_over, in_own_words
from tests.make import NOW
from varpa.diary.actions import leave_out, write_entry
from varpa.diary.models import Entry
from varpa.diary.queries import read_through
from varpa.evaluation.measures import counted
from varpa.evaluation.queries import cell_of
from varpa.guidelines.actions import guidelines as work
from varpa.guidelines.actions import recommendations as actions
from varpa.guidelines.models import Change, Guidelines, Recommendation, ShownAs, Version
from varpa.guidelines.owning import own_of
from varpa.guidelines.queries import concerning, figures_of, listed, usable, waiting
from varpa.guidelines.reading import drafts_of, sections_read
from varpa.guidelines.springs import spring_of
from varpa.kernel.merging import Conflict
from varpa.pairs.models import Outcome, Pair, PairState
from varpa.people.models import Person
from varpa.programmes.actions.programmes import take_step

pytestmark = pytest.mark.django_db


def test_one_sentence_leaves_the_diary_and_no_other(cast: Cast, passage: Recommendation) -> None:
    assert passage.text == ADVICE
    assert SECRET not in passage.text
    assert [each.text for each in usable(cast.programme)] == [ADVICE]


def test_nobody_but_the_mentor_offers_from_an_open_diary(cast: Cast, entry: Entry) -> None:
    for person in (cast.inga, cast.dace, cast.elina, cast.rimantas, cast.gabija, cast.zane, cast.tomas):
        assert spring_of(cast.programme, person, f"entry:{entry.ref}") is None
    assert spring_of(cast.programme, cast.andris, f"entry:{entry.ref}") is not None
    assert spring_of(cast.elsewhere.programme, cast.andris, f"entry:{entry.ref}") is None


def test_a_draft_of_an_entry_offers_nothing(cast: Cast) -> None:
    draft = make.entry(cast.pair, text=DIARY, kept=False)
    assert spring_of(cast.programme, cast.andris, f"entry:{draft.ref}") is None


def test_after_the_handover_both_say_yes(cast: Cast, passage: Recommendation) -> None:
    handed_over(cast)
    assert list(usable(cast.programme)) == []
    assert waiting(cast.programme, NOW) == 1
    actions.consent(recommendation=passage, shown_as="role", by=cast.elina, now=NOW)
    assert [each.text for each in usable(cast.programme)] == [ADVICE]


def test_a_mentee_offers_and_the_mentor_who_wrote_it_says_yes(cast: Cast, entry: Entry) -> None:
    handed_over(cast)
    offered = from_diary(cast, cast.elina, entry)
    assert (offered.by, offered.role) == (cast.andris, "mentor")
    assert list(usable(cast.programme)) == []
    actions.consent(recommendation=offered, shown_as="name", by=cast.andris, now=NOW)
    assert list(usable(cast.programme)) == [offered]


def test_what_was_left_out_is_neither_offered_nor_shown(cast: Cast, entry: Entry) -> None:
    offered = from_diary(cast, cast.andris, entry)
    part = next(
        each.key for each in read_through(entry.diary)[0].passages[0].sentences if each.text == SECRET
    )
    leave_out(entry=entry, passage="notes", part=part, out=True, by=cast.andris, now=NOW)
    handed_over(cast)
    spring = spring_of(cast.programme, cast.elina, f"entry:{entry.ref}")
    assert spring is not None
    assert SECRET not in [each.text for passage in spring.passages for each in passage.sentences]
    assert not concerning(cast.programme, cast.elina).filter(pk=offered.pk).exists()
    with pytest.raises(actions.NotAsked):
        actions.consent(recommendation=offered, shown_as="role", by=cast.elina, now=NOW)


def test_what_was_edited_out_before_the_handover_is_not_shown_to_the_mentee(
    cast: Cast, entry: Entry, passage: Recommendation
) -> None:
    rewrite(entry, "Pārējais izdevās.")
    handed_over(cast)
    assert own_of(cast.programme, cast.elina) == []
    assert [each.gone for each in own_of(cast.programme, cast.andris)] == [True]
    with pytest.raises(actions.NotAsked):
        actions.consent(recommendation=passage, shown_as="role", by=cast.elina, now=NOW)


def test_what_was_only_moved_in_the_diary_is_asked_about(
    cast: Cast, entry: Entry, passage: Recommendation
) -> None:
    rewrite(entry, f"Pārējais izdevās.\n{ADVICE}")
    handed_over(cast)
    assert [(each.recommendation, each.gone) for each in own_of(cast.programme, cast.elina)] == [
        (passage, False)
    ]


def rewrite(entry: Entry, text: str) -> None:
    """The mentor writes the notes of an entry anew."""
    entry.refresh_from_db()
    write_entry(
        entry=entry,
        texts={"notes": text},
        answers={},
        day=entry.day,
        minutes=45,
        revision=entry.revision,
        by=entry.diary.pair.mentor.person,
        now=NOW,
    )


def test_taken_back_it_is_gone_from_the_list_and_the_draft(
    cast: Cast, guidelines: Guidelines, passage: Recommendation
) -> None:
    assert any(ADVICE in each.text for each in drafts_of(cast.programme, guidelines, NOW.date()))
    actions.take_back(recommendation=passage, by=cast.andris, now=NOW)
    assert list(listed(cast.programme, {"phase": "start"}, NOW.date())) == []
    found = drafts_of(cast.programme, guidelines, NOW.date())
    assert not any(ADVICE in each.text for each in found)
    # At its place the draft asks for what leads to it; a gap is not printed.
    assert [each.step.key for each in found if "taken back" in each.text or "atsaukti" in each.text]
    assert "atsaukti" not in str(work.publish(guidelines=guidelines, by=cast.inga, now=NOW).texts)
    version = work.publish(guidelines=guidelines, by=cast.inga, now=NOW)
    assert ADVICE not in str(version.texts) + str(version.quoted)


def test_words_copied_and_taken_back_stop_the_publication(
    cast: Cast, guidelines: Guidelines, passage: Recommendation
) -> None:
    section = guidelines.sections.get(key="start")
    texts = {"lv": f"Kā kāds teica: {ADVICE}"}
    work.write_section(section=section, texts=texts, revision=section.revision, by=cast.inga, now=NOW)
    actions.take_back(recommendation=passage, by=cast.andris, now=NOW)
    with pytest.raises(work.WordsTakenBack):
        work.publish(guidelines=guidelines, by=cast.inga, now=NOW)


def test_a_part_of_them_copied_as_a_quotation_stops_it_too(cast: Cast, guidelines: Guidelines) -> None:
    words = f"Īsi.\n{OWN}\n{ADVICE}"
    own = in_own_words(cast, cast.elina, words=words)
    section, copied = guidelines.sections.get(key="goals"), ADVICE.replace("septembrī,", "septembrī,\n>")
    texts = {"lv": f"> {copied}"}
    work.write_section(section=section, texts=texts, revision=section.revision, by=cast.inga, now=NOW)
    actions.take_back(recommendation=own, by=cast.elina, now=NOW)
    with pytest.raises(work.WordsTakenBack):
        work.publish(guidelines=guidelines, by=cast.inga, now=NOW)


def test_a_draft_is_not_made_over_what_somebody_saves_meanwhile(
    cast: Cast, guidelines: Guidelines, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, section = work.drafted, guidelines.sections.get(key="goals")

    def slowly(*given: Any) -> dict[str, str]:
        said = {"texts": {"lv": "Mans."}, "revision": section.revision}
        work.write_section(section=section, **said, by=cast.inga, now=NOW)
        return made(*given)

    monkeypatch.setattr(work, "drafted", slowly)
    work.draft(programme=cast.programme, by=cast.dace, now=NOW)
    assert guidelines.sections.get(key="goals").lv == "Mans."


def test_sorted_anew_it_is_another_version(
    cast: Cast, guidelines: Guidelines, passage: Recommendation
) -> None:
    first = work.publish(guidelines=guidelines, by=cast.inga, now=NOW)
    tags = {"phase": "start", "topic": "diary", "for_role": "", "says": passage.says}
    actions.sort(recommendation=passage, **tags, by=cast.inga, now=NOW)
    again = work.publish(guidelines=guidelines, by=cast.inga, now=NOW)
    assert (first.number, again.number) == (1, 2)
    assert "diary" in [each["topic"] for each in again.quoted]


def test_what_is_published_stays(cast: Cast, guidelines: Guidelines, passage: Recommendation) -> None:
    version = work.publish(guidelines=guidelines, by=cast.inga, now=NOW)
    passage.refresh_from_db()
    with pytest.raises(actions.PublishedAlready):
        actions.take_back(recommendation=passage, by=cast.andris, now=NOW)
    assert all(ADVICE in texts for texts in version.texts["start"].values())


def test_only_those_asked_give_their_word(cast: Cast, passage: Recommendation) -> None:
    for person in (cast.elina, cast.inga, cast.rimantas, cast.zane):
        with pytest.raises(actions.NotAsked):
            actions.consent(recommendation=passage, shown_as="role", by=person, now=NOW)
        with pytest.raises(actions.NotAsked):
            actions.take_back(recommendation=passage, by=person, now=NOW)


def test_the_name_is_told_only_where_the_author_says_so(cast: Cast, guidelines: Guidelines) -> None:
    version = work.publish(guidelines=guidelines, by=cast.inga, now=NOW)
    assert "Andris Ozols" not in str(version.texts)
    named = in_own_words(cast, cast.rimantas, shown_as=ShownAs.NAME, words="Susitikime trumpai ir dažnai.")
    work.draft(programme=cast.programme, by=cast.inga, now=NOW)
    again = work.publish(guidelines=guidelines, by=cast.inga, now=NOW)
    assert "Rimantas Žukauskas, mentor" in again.texts["learning"]["en"]
    assert named.ref in [each["ref"] for each in again.quoted]


def test_a_pupil_who_is_not_of_age_is_never_named(cast: Cast) -> None:
    """Guidelines are opened to all: a guardian permitted taking part, and nothing of that."""
    Person.objects.filter(pk=cast.elina.pk).update(born=date(NOW.year - 16, 1, 1))
    with pytest.raises(actions.TooYoungForAName):
        in_own_words(cast, cast.elina, shown_as=ShownAs.NAME)
    offered = in_own_words(cast, cast.elina)
    with pytest.raises(actions.TooYoungForAName):
        actions.consent(recommendation=offered, shown_as=ShownAs.NAME, by=cast.elina, now=NOW)
    Person.objects.filter(pk=cast.elina.pk).update(born=date(NOW.year - 19, 1, 1))
    actions.consent(recommendation=offered, shown_as=ShownAs.NAME, by=cast.elina, now=NOW)
    assert own_of(cast.programme, cast.elina)[0].recommendation.shown_as == ShownAs.NAME


def test_offering_twice_is_once(cast: Cast) -> None:
    first = in_own_words(cast, cast.elina, ref="recommendation000001")
    assert in_own_words(cast, cast.elina, ref="recommendation000001") == first
    assert Recommendation.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"words": ""}, actions.NothingOffered),
        ({"words": "x" * 4001}, actions.TooMuchOffered),
        ({"phase": "nowhere"}, actions.UnknownTag),
        ({"topic": "methodology"}, actions.UnknownTag),
    ],
)
def test_what_is_refused(cast: Cast, more: dict[str, str], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        in_own_words(cast, cast.elina, **more)


def test_sentences_or_own_words(cast: Cast, entry: Entry) -> None:
    with pytest.raises(actions.OneOrTheOther):
        from_diary(cast, cast.andris, entry, words=OWN)


def test_after_the_end_nothing_is_collected(cast: Cast) -> None:
    for step in ("close", "finish"):
        take_step(programme=cast.programme, step=step, by=cast.dace, now=NOW)
    with pytest.raises(actions.ProgrammeIsOver):
        in_own_words(cast, cast.elina)


def test_a_note_says_where_it_is_from(cast: Cast) -> None:
    note = in_own_words(cast, cast.inga, source="survey")
    assert (note.source, note.role, note.by) == ("survey", "manager", cast.inga)
    assert in_own_words(cast, cast.elina, source="survey").source == "words"


def test_set_aside_and_sorted_the_words_stay(cast: Cast, own_words: Recommendation) -> None:
    tags = {"phase": "goals", "topic": "diary", "for_role": "mentor", "says": "change"}
    actions.sort(recommendation=own_words, **tags, by=cast.inga, now=NOW)
    actions.set_aside(recommendation=own_words, aside=True, by=cast.inga, now=NOW)
    own_words.refresh_from_db()
    assert (own_words.text, own_words.phase) == (OWN, "goals")
    assert list(usable(cast.programme)) == []
    assert list(listed(cast.programme, {"aside": "yes"}, NOW.date())) == [own_words]
    assert [each.recommendation for each in own_of(cast.programme, cast.elina)] == [own_words]


def test_the_draft_is_figures_quotations_and_marked_gaps(cast: Cast, guidelines: Guidelines) -> None:
    drafts = {each.step.key: each for each in drafts_of(cast.programme, guidelines, NOW.date())}
    assert list(drafts) == ["programme", "start", "goals", "learning", "review", "ending"]
    assert OWN in drafts["learning"].text
    assert drafts["goals"].gaps == 3
    assert drafts["learning"].gaps == 1
    assert {each.edited for each in drafts.values()} == {False}


def test_the_guidelines_count_as_the_report_does(cast: Cast) -> None:
    """Both lie in one dossier: a pair that ended early has met all the same."""
    make.held(cast.pair)
    make.held(cast.neighbours)
    Pair.objects.filter(pk=cast.pair.pk).update(state=PairState.ENDED, outcome=Outcome.DISSOLVED)
    keys = ("pairs", "meetings", "hours")
    report = counted(cast.programme, [(key, "") for key in keys])
    found = figures_of(cast.programme, NOW)
    assert [found.pairs, found.meetings, found.minutes] == [report[key, ""] for key in keys]
    assert (found.pairs, found.meetings) == (2, 2)


def test_a_draft_leaves_alone_what_somebody_edited(cast: Cast, guidelines: Guidelines) -> None:
    section = guidelines.sections.get(key="goals")
    work.write_section(
        section=section, texts={"lv": "Mans."}, revision=section.revision, by=cast.inga, now=NOW
    )
    work.draft(programme=cast.programme, by=cast.inga, now=NOW)
    assert guidelines.sections.get(key="goals").lv == "Mans."


def test_two_managers_lose_no_word(cast: Cast, guidelines: Guidelines) -> None:
    section = guidelines.sections.get(key="goals")
    seen = section.revision
    work.write_section(section=section, texts={"lv": "Ingas."}, revision=seen, by=cast.inga, now=NOW)
    with pytest.raises(Conflict) as conflict:
        work.write_section(section=section, texts={"lv": "Daces."}, revision=seen, by=cast.dace, now=NOW)
    assert (conflict.value.stored["lv"], conflict.value.given["lv"]) == ("Ingas.", "Daces.")


def test_a_missing_language_is_told_and_blocks_nothing(cast: Cast, guidelines: Guidelines) -> None:
    section = guidelines.sections.get(key="goals")
    texts = {"lv": "Tikai latviski.", "lt": "", "en": ""}
    work.write_section(section=section, texts=texts, revision=section.revision, by=cast.inga, now=NOW)
    version = work.publish(guidelines=guidelines, by=cast.inga, now=NOW)
    read = {each.step.key: each for each in sections_read(version, "lt")}["goals"]
    assert read.spoken == "lv"
    assert read.text.startswith("*[Šia kalba tai dar neparašyta; čia tai latviškai.]*")
    assert "Tikai latviski." in read.text


def test_publishing_shows_on_the_board_and_twice_is_once(cast: Cast, guidelines: Guidelines) -> None:
    version = work.publish(guidelines=guidelines, by=cast.inga, now=NOW)
    assert work.publish(guidelines=guidelines, by=cast.inga, now=NOW) == version
    cell = cell_of(cast.programme, "works_out_guidelines", NOW)
    assert cell is not None
    assert (cell.state, cell.done) == ("done", 1)


def test_nothing_is_published_before_a_draft(cast: Cast) -> None:
    empty = Guidelines.objects.create(programme=cast.programme, begun_at=NOW)
    with pytest.raises(work.NothingWritten):
        work.publish(guidelines=empty, by=cast.inga, now=NOW)


def test_a_change_is_adopted_replaced_and_dropped(cast: Cast) -> None:
    given = {"programme": cast.programme, "path": "hours_minutes", "by": cast.inga, "now": NOW}
    first = work.adopt(**given, value=1080)
    assert work.adopt(**given, value=1080) == first
    second = work.adopt(**given, value=1200)
    assert list(Change.objects.filter(withdrawn_at=None)) == [second]
    work.drop(change=second, by=cast.inga, now=NOW)
    assert not Change.objects.filter(withdrawn_at=None).exists()
    with pytest.raises(work.NothingChanged):
        work.adopt(**given, value=960)
    with pytest.raises(work.CannotAdopt):
        work.adopt(**given, value=0)


@pytest.mark.django_db(transaction=True)
def test_of_publishing_and_taking_back_at_one_moment_one_comes_first() -> None:
    cast = assemble()
    passage = from_diary(cast, cast.andris, make.entry(cast.pair, text=DIARY))
    guidelines = work.draft(programme=cast.programme, by=cast.inga, now=NOW)
    together, told = Barrier(2), []

    def do(name: str) -> None:
        together.wait()
        try:
            if name == "publish":
                work.publish(guidelines=guidelines, by=cast.inga, now=NOW)
            else:
                actions.take_back(recommendation=passage, by=cast.andris, now=NOW)
            told.append(name)
        except actions.PublishedAlready:
            told.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=do, args=(name,)) for name in ("publish", "take back")]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    published = ADVICE in str(Version.objects.get().texts)
    assert published == ("refused" in told)
