"""The pages of an entry, as a browser without JavaScript sends them, and as one with it saves."""

from datetime import timedelta

import pytest

from tests import make
from tests.cast import Cast
from tests.diary.conftest import about, form_of, handed, new_form, page_of, write
from tests.make import NOW
from tests.visits import Visitor, forms, words
from varpa.diary.models import Entry, EntryState

pytestmark = pytest.mark.django_db


def test_an_entry_is_written_by_plain_post(cast: Cast, andris: Visitor) -> None:
    answer = andris.send(new_form(andris, cast), notes="Runājām par cenu.", minutes="45")
    assert answer["Location"] == page_of(cast)
    entry = Entry.objects.get()
    assert (entry.notes, entry.minutes, entry.state) == ("Runājām par cenu.", 45, EntryState.KEPT)
    listed = words(andris.get(page_of(cast)))
    assert "Runājām par cenu." in listed
    assert "Pabeigts" in listed


def test_sent_twice_there_is_one_entry(cast: Cast, andris: Visitor) -> None:
    form = new_form(andris, cast)
    for _click in range(2):
        assert andris.send(form, notes="Vienreiz.").status_code == 302
    assert Entry.objects.count() == 1


def test_back_and_send_again_changes_nothing_or_shows_both_texts(cast: Cast, andris: Visitor) -> None:
    form = new_form(andris, cast)
    andris.send(form, notes="Pirmais teksts.")
    again = andris.send(form, notes="Cits teksts.")
    assert again.status_code == 200
    assert "Pirmais teksts." in words(again)
    assert "Cits teksts." in words(again)
    assert Entry.objects.get().notes == "Pirmais teksts."


@pytest.mark.parametrize("ref", ["", "x", "a" * 300, "<b>", "š" * 12])
def test_a_wrong_reference_is_no_error_page(cast: Cast, andris: Visitor, ref: str) -> None:
    answer = andris.send(new_form(andris, cast), notes="Paliek.", ref=ref)
    assert answer.status_code == 200
    assert "Paliek." in words(answer)
    assert not Entry.objects.exists()


def test_the_reference_of_another_diary_takes_nothing_over(cast: Cast, andris: Visitor) -> None:
    other = make.entry(cast.neighbours)
    answer = andris.send(new_form(andris, cast), notes="Mans.", ref=other.ref)
    assert answer.status_code == 302
    assert Entry.objects.get(diary__pair=cast.pair).notes == "Mans."
    other.refresh_from_db()
    assert other.notes == "Runājām par cenu."


def test_an_empty_entry_is_told_and_leaves_no_draft_behind(cast: Cast, andris: Visitor) -> None:
    answer = andris.send(new_form(andris, cast))
    assert "Pietiek ar vienu teikumu" in words(answer)
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("minutes", "ilgi", "Minūtes jāraksta ar skaitli"),
        ("minutes", "0", "Minūtes jāraksta ar skaitli"),
        ("minutes", "5000", "ne vairāk kā 1440 minūtes"),
        ("day", "vakar", "piemēram, 17.10.2025"),
        ("day", "", "Jāizvēlas diena"),
        ("day", "2025-10-15", "Šī diena vēl nav pienākusi"),
        ("day", "1900-02-02", "Tajā dienā"),
        ("results", "x" * 10_001, "10001"),
        ("progress:", "x" * 10_001, "10001"),
        ("on_time:mentor", "x" * 10_001, "10001"),
    ],
)
def test_a_wrong_field_is_told_at_the_field_and_nothing_is_lost(
    cast: Cast, andris: Visitor, field: str, typed: str, told: str
) -> None:
    answer = andris.send(new_form(andris, cast), **{"notes": "Paliek.", field: typed})
    shown = words(answer)
    assert answer.status_code == 200
    assert told in shown
    assert forms(answer)[-1].fields["notes"] == ["Paliek."]
    assert forms(answer)[-1].fields[field] == [typed]
    assert 'class="why"' in shown
    assert not Entry.objects.exists()
    fixed = {"day": "2025-10-14", "minutes": "50"}.get(field, "īss")
    assert andris.send(forms(answer)[-1], **{field: fixed}).status_code == 302
    assert Entry.objects.get().notes == "Paliek."


def test_a_fold_in_which_something_is_wrong_stands_open(cast: Cast, andris: Visitor) -> None:
    shown = words(andris.get(page_of(cast) + "new/"))
    assert shown.count('<details class="fold">') == 2
    for field in ("results", "progress:"):
        shown = words(andris.send(new_form(andris, cast), **{field: "x" * 10_001}))
        assert shown.count('<details class="fold" open>') == 1


def test_a_fold_in_which_something_is_written_stands_open(cast: Cast, andris: Visitor) -> None:
    entry = make.entry(cast.pair)
    write(cast, entry, answers={("progress", ""): "Labs."})
    shown = words(andris.get(f"/entries/{entry.ref}/"))
    assert shown.count('<details class="fold" open>') == 1
    assert shown.count('<details class="fold">') == 1


def test_a_new_entry_is_of_today(cast: Cast, andris: Visitor) -> None:
    assert new_form(andris, cast).fields["day"] == ["2025-10-14"]


# The thirteen questions


def test_each_question_stands_there_with_an_answer_for_each_of_whom_it_asks(
    cast: Cast, andris: Visitor
) -> None:
    fields = new_form(andris, cast).fields
    asked = [name for name in fields if ":" in name]
    both, one = ("on_time", "moved", "uninterrupted", "comfort"), ("attitude", "reaction", "own_ideas")
    expected = {f"{key}:{side}" for key in both for side in ("mentor", "mentee")}
    expected |= {f"{key}:mentee" for key in (*one, "promises", "attention")}
    expected |= {f"{key}:" for key in ("relationship", "progress", "understanding", "feedback")}
    assert set(asked) == expected
    assert len({name.partition(":")[0] for name in asked}) == 13


def test_the_answers_are_kept_each_with_the_one_it_is_about(cast: Cast, andris: Visitor) -> None:
    form = new_form(andris, cast)
    given = {"on_time:mentor": "Nokavēju.", "on_time:mentee": "Jā.", "progress:": "Labs."}
    andris.send(form, **given)
    entry = Entry.objects.get()
    stored = {f"{each.question}:{each.about}": each.text for each in entry.answers.all()}
    assert stored == given
    shown = forms(andris.get(f"/entries/{entry.ref}/"))[-1].fields
    assert {name: shown[name] for name in given} == {name: [text] for name, text in given.items()}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("lv", ("Elīna pārcēla 1×", "no kalendāra", "Izpildīts: Piezvanīt", "no solījumiem", "no mērķiem")),
        ("lt", ("Elīna perkėlė 1×", "iš kalendoriaus", "Ištesėta: Piezvanīt", "iš pažadų", "iš tikslų")),
        ("en", ("Elīna moved it 1×", "from the calendar", "Kept: Piezvanīt", "from the promises")),
    ],
)
def test_what_the_system_knows_stands_beside_the_question(
    cast: Cast, language: str, said: tuple[str, ...]
) -> None:
    from varpa.meetings.actions.meetings import move_meeting
    from varpa.meetings.actions.reviews import make_promise, take_promise_step
    from varpa.pairs.actions.goals import set_goal

    meeting = make.meeting(cast.pair, days=3)
    day = meeting.starts_local - timedelta(days=2)
    move_meeting(meeting=meeting, starts_local=day, zone=meeting.zone, minutes=60, by=cast.elina, now=NOW)
    promise = make_promise(pair=cast.pair, text="Piezvanīt", due=None, by=cast.elina, now=NOW)
    take_promise_step(promise=promise, step="keep", by=cast.elina, now=NOW)
    set_goal(pair=cast.pair, text="Atvērt darbnīcu", by=cast.elina, now=NOW)
    visitor = Visitor(cast.andris, days=2, language=language)
    shown = words(visitor.get(f"{page_of(cast)}new/?meeting={meeting.ref}"))
    for each in said:
        assert each in shown


def test_a_meeting_held_as_planned_is_said_to_be(cast: Cast) -> None:
    visitor = Visitor(cast.andris, days=2)
    assert "Tikšanās notika, kā ieplānota." in words(visitor.get(about(cast)))


def test_a_promise_that_is_late_is_not_held_against_the_mentee(cast: Cast) -> None:
    from varpa.meetings.actions.reviews import make_promise

    make_promise(pair=cast.pair, text="Piezvanīt", due=NOW.date(), by=cast.elina, now=NOW)
    shown = words(Visitor(cast.andris, days=9).get(page_of(cast) + "new/"))
    assert "Piezvanīt" not in shown


def test_what_was_answered_before_stands_beside_the_question(cast: Cast, andris: Visitor) -> None:
    entry = make.entry(cast.pair)
    write(cast, entry, answers={("progress", ""): "Puse ceļa.", ("on_time", "mentee"): "Vienmēr."})
    shown = words(andris.get(page_of(cast) + "new/"))
    assert "Puse ceļa." in shown
    assert "Vienmēr." in shown
    assert "14.\u00a0oktobrī" in shown


# Saving as one types


def test_a_new_entry_saves_itself_as_a_draft(cast: Cast, andris: Visitor) -> None:
    form = new_form(andris, cast)
    answer = andris.autosave(form, notes="Iesāku")
    entry = Entry.objects.get()
    there = f"/entries/{entry.ref}/"
    assert answer.json() == {"revision": 1, "saved_at": "plkst.\u00a012.00", "there": there}
    again = andris.autosave(form, notes="Iesāku rakstīt", revision="1")
    assert again.json()["revision"] == 2
    entry.refresh_from_db()
    assert (entry.notes, entry.state) == ("Iesāku rakstīt", EntryState.DRAFT)


def test_an_autosave_upon_an_old_text_is_a_conflict(cast: Cast, andris: Visitor) -> None:
    entry = make.entry(cast.pair)
    form = form_of(andris, f"/entries/{entry.ref}/")
    andris.autosave(form, notes="No datora.")
    assert andris.autosave(form, notes="No tālruņa.").json() == {"conflict": True}
    entry.refresh_from_db()
    assert entry.notes == "No datora."


def test_an_autosave_with_a_wrong_field_is_refused(cast: Cast, andris: Visitor) -> None:
    form = new_form(andris, cast)
    assert andris.autosave(form, notes="Rakstu", minutes="ilgi").json() == {"refused": True}
    assert not Entry.objects.exists()


def test_an_autosave_after_the_handover_is_refused(cast: Cast, andris: Visitor) -> None:
    entry = make.entry(cast.pair)
    form = form_of(andris, f"/entries/{entry.ref}/")
    handed(cast)
    assert andris.autosave(form, notes="Par vēlu.").json() == {"refused": True}
    entry.refresh_from_db()
    assert entry.notes == "Runājām par cenu."


def test_an_entry_emptied_again_is_a_draft(cast: Cast, andris: Visitor) -> None:
    entry = make.entry(cast.pair)
    andris.autosave(form_of(andris, f"/entries/{entry.ref}/"), notes="")
    entry.refresh_from_db()
    assert entry.state == EntryState.DRAFT


def test_after_the_handover_the_text_that_comes_too_late_is_not_lost(cast: Cast, andris: Visitor) -> None:
    entry = make.entry(cast.pair)
    form = form_of(andris, f"/entries/{entry.ref}/")
    handed(cast)
    answer = andris.send(form, notes="Par vēlu.")
    assert "Par vēlu." in words(answer)
    assert "Dienasgrāmata ir nodota" in words(answer)


def test_when_the_session_has_ended_the_draft_is_kept(cast: Cast, andris: Visitor) -> None:
    form = new_form(andris, cast)
    andris.leave()
    answer = andris.send(form, notes="Garš teksts, kas nedrīkst pazust.")
    assert answer.status_code == 403
    assert "Garš teksts, kas nedrīkst pazust." in words(answer)
    andris.client.force_login(cast.andris)
    again = next(each for each in forms(answer) if "notes" in each.fields)
    assert andris.send(again).status_code == 302
    assert Entry.objects.get().notes == "Garš teksts, kas nedrīkst pazust."


# Two devices


def test_the_page_of_both_texts_loses_no_word(cast: Cast, andris: Visitor) -> None:
    entry = make.entry(cast.pair, kept=False)
    phone = form_of(andris, f"/entries/{entry.ref}/")
    desktop = {"notes": "No datora.", "progress:": "Datora atbilde."}
    andris.autosave(phone, **desktop)
    mine = {"notes": "No tālruņa.", "on_time:mentee": "Tālruņa atbilde.", "results": "Tālruņa rezultāts."}
    answer = andris.send(phone, **mine, minutes="70")
    shown = words(answer)
    for text in (*desktop.values(), *mine.values()):
        assert text in shown
    form = forms(answer)[-1]
    assert all(len(values) == 1 for values in form.fields.values())
    assert andris.send(form).status_code == 302
    entry.refresh_from_db()
    kept = " ".join([entry.notes, entry.results, *entry.answers.values_list("text", flat=True)])
    for text in (*desktop.values(), *mine.values()):
        assert text in kept
    assert entry.minutes == 70


def test_a_question_is_shown_with_its_hint(cast: Cast, andris: Visitor) -> None:
    entry = make.entry(cast.pair, kept=False)
    shown = words(andris.get(f"/entries/{entry.ref}/"))
    assert "Gan uz tikšanos, gan uz ieplānotajiem pasākumiem." in shown


def test_the_page_of_both_texts_names_question_and_person(cast: Cast, andris: Visitor) -> None:
    entry = make.entry(cast.pair, kept=False)
    phone = form_of(andris, f"/entries/{entry.ref}/")
    andris.autosave(phone, **{"on_time:mentee": "Datora atbilde."})
    shown = words(andris.send(phone, **{"on_time:mentee": "Tālruņa atbilde."}))
    assert "Vai abi ieradāties laikā? Elīna" in shown


# Reading through and handing over
