"""The pages of the diary, as a browser without JavaScript sends them, and as one with it saves."""

from datetime import timedelta
from typing import Any

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from tests.visits import Form, Visitor, forms, words
from varpa.diary import actions
from varpa.diary.models import Diary, DiaryState, Entry, EntryState, LeftOut
from varpa.meetings.models import MeetingState
from varpa.meetings.queries import hours_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def andris(cast: Cast) -> Visitor:
    return Visitor(cast.andris)


def diary_of(cast: Cast) -> Diary:
    return Diary.objects.get(pair=cast.pair)


def page_of(cast: Cast) -> str:
    return f"/pairs/{cast.pair.ref}/diary/"


def form_of(visitor: Visitor, address: str) -> Form:
    """The form of a page that shows one."""
    return forms(visitor.get(address))[-1]


def new_form(visitor: Visitor, cast: Cast) -> Form:
    return form_of(visitor, page_of(cast) + "new/")


def handed(cast: Cast) -> Diary:
    diary = diary_of(cast)
    actions.note_read_through(diary=diary, by=cast.andris, now=NOW)
    actions.hand_over(diary=diary, by=cast.andris, now=NOW)
    return diary


def write(cast: Cast, entry: Entry, *, answers: Any = None, **texts: str) -> None:
    entry.refresh_from_db()
    actions.write_entry(
        entry=entry,
        texts=texts,
        answers=answers or {},
        day=entry.day,
        minutes=entry.minutes,
        revision=entry.revision,
        by=cast.andris,
        now=NOW,
    )


# Writing an entry


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
        ("minutes", "5000", "ilgāk par diennakti"),
        ("day", "vakar", "piemēram, 17.10.2025"),
        ("day", "", "Jāizvēlas diena"),
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
    fixed = {"day": "2025-10-13", "minutes": "50"}.get(field, "īss")
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


# About a meeting


def about(cast: Cast, days: int = 1) -> str:
    return f"{page_of(cast)}new/?meeting={make.held(cast.pair, days=days).ref}"


def test_an_entry_about_a_meeting_begins_with_what_is_known(cast: Cast) -> None:
    visitor = Visitor(cast.andris, days=2)
    address = about(cast)
    shown = words(visitor.get(address))
    assert "Kā pagāja 15.\u00a0oktobra tikšanās?" in shown
    form = form_of(visitor, address)
    assert form.fields["minutes"] == ["60"]
    assert form.fields["day"] == ["2025-10-15"]
    assert form.action == address


def test_a_wrong_length_of_a_meeting_can_be_mended(cast: Cast) -> None:
    visitor = Visitor(cast.andris, days=2)
    answer = visitor.send(form_of(visitor, about(cast)), notes="Paliek.", minutes="ilgi")
    assert visitor.send(forms(answer)[-1], minutes="75").status_code == 302
    entry = Entry.objects.get()
    assert (entry.notes, entry.minutes, str(entry.day)) == ("Paliek.", 75, "2025-10-15")
    assert hours_of(cast.pair).waiting == 75


def test_an_entry_that_is_begun_is_opened_again(cast: Cast) -> None:
    visitor = Visitor(cast.andris, days=2)
    address = about(cast)
    visitor.autosave(form_of(visitor, address), notes="Sākums.")
    assert visitor.get(address)["Location"] == f"/entries/{Entry.objects.get().ref}/"


@pytest.mark.parametrize("ref", ["nekas", "a" * 400, "\x00"])
def test_a_meeting_that_is_not_there_begins_an_ordinary_entry(cast: Cast, andris: Visitor, ref: str) -> None:
    assert "Ko gribat atcerēties?" in words(andris.get(page_of(cast) + "new/", query_params={"meeting": ref}))


def test_a_meeting_of_another_pair_is_not_shown(cast: Cast) -> None:
    other = make.held(cast.neighbours, days=1)
    shown = words(Visitor(cast.andris, days=2).get(f"{page_of(cast)}new/?meeting={other.ref}"))
    assert "Ko gribat atcerēties?" in shown


def test_meetings_without_an_entry_are_offered(cast: Cast) -> None:
    visitor = Visitor(cast.andris, days=2)
    address = about(cast)
    assert address.replace("&", "&amp;") in words(visitor.get(page_of(cast)))
    visitor.send(form_of(visitor, address), notes="Uzrakstīts.")
    assert address not in words(visitor.get(page_of(cast)))


def test_hours_taken_back_do_not_return_when_a_word_is_changed(cast: Cast) -> None:
    from varpa.meetings.actions.hours import withdraw_hours

    visitor = Visitor(cast.andris, days=2)
    visitor.send(form_of(visitor, about(cast)), notes="Uzrakstīts.")
    withdraw_hours(line=cast.pair.hours.get(), by=cast.andris, now=visitor.now)
    entry = Entry.objects.get()
    visitor.send(form_of(visitor, f"/entries/{entry.ref}/"), notes="Uzrakstīts labāk.")
    assert hours_of(cast.pair).waiting == 0
    entry.refresh_from_db()
    assert entry.notes == "Uzrakstīts labāk."


def test_a_length_corrected_in_the_ledger_is_not_turned_back(cast: Cast) -> None:
    from varpa.meetings.actions.reviews import review_meeting

    visitor = Visitor(cast.andris, days=2)
    visitor.send(form_of(visitor, about(cast)), notes="Uzrakstīts.")
    meeting = cast.pair.meetings.get()
    review = meeting.reviews.get()
    review_meeting(
        meeting=meeting,
        by=cast.andris,
        now=visitor.now,
        minutes=50,
        text=review.text,
        revision=review.revision,
    )
    form = form_of(visitor, f"/entries/{Entry.objects.get().ref}/")
    assert form.fields["minutes"] == ["50"]
    visitor.send(form, notes="Uzrakstīts labāk.")
    assert hours_of(cast.pair).waiting == 50


def test_a_meeting_that_did_not_happen_is_not_counted(cast: Cast) -> None:
    from varpa.meetings.actions.meetings import miss_meeting

    visitor = Visitor(cast.andris, days=2)
    meeting = make.meeting(cast.pair, days=1)
    miss_meeting(meeting=meeting, missed_by="mentee", reason="", by=cast.andris, now=visitor.now)
    visitor.send(form_of(visitor, f"{page_of(cast)}new/?meeting={meeting.ref}"), notes="Nesatikāmies.")
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.MISSED
    assert hours_of(cast.pair).waiting == 0


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
    assert answer.json() == {"revision": 1, "saved_at": "plkst.\u00a012.00"}
    again = andris.autosave(form, notes="Iesāku rakstīt", revision="1")
    assert again.json()["revision"] == 2
    entry = Entry.objects.get()
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


def test_the_page_of_both_texts_names_question_and_person(cast: Cast, andris: Visitor) -> None:
    entry = make.entry(cast.pair, kept=False)
    phone = form_of(andris, f"/entries/{entry.ref}/")
    andris.autosave(phone, **{"on_time:mentee": "Datora atbilde."})
    shown = words(andris.send(phone, **{"on_time:mentee": "Tālruņa atbilde."}))
    assert "Vai abi ieradāties laikā? Elīna" in shown


# Reading through and handing over


def handover_of(cast: Cast) -> str:
    return f"/diaries/{diary_of(cast).ref}/handover/"


def test_the_read_through_shows_every_word_and_then_hands_over(cast: Cast, andris: Visitor) -> None:
    entry = make.entry(cast.pair)
    write(cast, entry, answers={("on_time", "mentor"): "Nokavēju."}, on_self="Steidzos.")
    answer = andris.get(handover_of(cast))
    for text in ("Runājām par cenu.", "Nokavēju.", "Steidzos.", "Vai abi ieradāties laikā?"):
        assert text in words(answer)
    form = forms(answer)[0]
    assert andris.send(form, 0, tick=("read",))["Location"] == page_of(cast)
    assert diary_of(cast).state == DiaryState.HANDED_OVER


def test_without_the_reading_nothing_is_handed_over_and_no_choice_is_lost(
    cast: Cast, andris: Visitor
) -> None:
    entry = make.entry(cast.pair)
    out = f"{entry.ref}|notes"
    answer = andris.send(forms(andris.get(handover_of(cast)))[0], 0, tick=(out,))
    assert answer.status_code == 200
    assert "atzīmējiet" in words(answer)
    assert forms(answer)[0].fields["out"] == [out]
    assert diary_of(cast).state == DiaryState.OPEN
    assert LeftOut.objects.get().passage == "notes"


def test_passages_are_left_out_and_taken_in_again(cast: Cast, andris: Visitor) -> None:
    entry = make.entry(cast.pair)
    out = f"{entry.ref}|notes"
    assert andris.send(forms(andris.get(handover_of(cast)))[0], 1, tick=(out,)).status_code == 302
    answer = andris.get(handover_of(cast))
    assert "Izlaista 1 vieta." in words(answer)
    form = forms(answer)[0]
    form.fields.pop("out")
    andris.send(form, 1)
    assert not LeftOut.objects.exists()


def test_a_page_that_is_open_twice_takes_no_passage_in_again(cast: Cast, andris: Visitor) -> None:
    entry = make.entry(cast.pair)
    write(cast, entry, on_self="Steidzos.")
    stale = forms(andris.get(handover_of(cast)))[0]
    fresh = forms(andris.get(handover_of(cast)))[0]
    andris.send(fresh, 1, tick=(f"{entry.ref}|on_self",))
    andris.send(stale, 1)
    assert LeftOut.objects.get().passage == "on_self"


def test_what_was_written_meanwhile_is_read_before_it_is_handed_over(cast: Cast, andris: Visitor) -> None:
    entry = make.entry(cast.pair)
    stale = forms(andris.get(handover_of(cast)))[0]
    write(cast, entry, on_self="Vēl neizlasīts.")
    answer = andris.send(stale, 0, tick=("read",))
    assert diary_of(cast).state == DiaryState.OPEN
    assert "Vēl neizlasīts." in words(answer)
    assert 'role="alert"' in words(answer)
    assert andris.send(forms(answer)[0], 0, tick=("read",)).status_code == 302
    assert diary_of(cast).state == DiaryState.HANDED_OVER


def test_where_the_diary_is_handed_over_whole_there_is_no_choice(cast: Cast, andris: Visitor) -> None:
    make.entry(cast.pair)
    cast.programme.passages_may_be_left_out = False
    cast.programme.save()
    form = forms(andris.get(handover_of(cast)))[0]
    assert [name for name, _value in form.boxes] == ["read"]


def test_handing_over_twice_hands_over_once(cast: Cast, andris: Visitor) -> None:
    make.entry(cast.pair)
    form = forms(andris.get(handover_of(cast)))[0]
    for _click in range(2):
        assert andris.send(form, 0, tick=("read",))["Location"] == page_of(cast)


def test_drafts_are_counted_and_stop_the_handover(cast: Cast, andris: Visitor) -> None:
    make.entry(cast.pair)
    make.entry(cast.pair, text="Melnraksts.", kept=False)
    answer = andris.get(handover_of(cast))
    assert "1 ieraksts vēl ir melnraksts" in words(answer)
    assert "Melnraksts." not in words(answer)
    answer = andris.send(forms(answer)[0], 0, tick=("read",))
    assert "pabeidziet vai iztukšojiet" in words(answer)
    assert diary_of(cast).state == DiaryState.OPEN


def test_after_the_handover_no_entry_is_begun_or_changed(cast: Cast, andris: Visitor) -> None:
    entry = make.entry(cast.pair)
    form = new_form(andris, cast)
    handed(cast)
    for address in (page_of(cast) + "new/", f"/entries/{entry.ref}/", handover_of(cast)):
        assert andris.get(address)["Location"] == page_of(cast), address
    assert "Par vēlu." in words(andris.send(form, notes="Par vēlu."))
    shown = words(andris.get(page_of(cast)))
    assert "Rakstīt ierakstu" not in shown
    assert "<textarea" not in shown


# The mentee's copy


def test_the_mentee_reads_all_but_what_was_left_out_and_how_much_that_was(cast: Cast) -> None:
    entry = make.entry(cast.pair)
    write(cast, entry, answers={("comfort", "mentee"): "Jā, ērti."}, on_self="Biju noguris.")
    actions.leave_out(entry=entry, passage="on_self", out=True, by=cast.andris, now=NOW)
    handed(cast)
    for who in (cast.elina, cast.andris):
        shown = words(Visitor(who).get(page_of(cast)))
        assert "Runājām par cenu." in shown
        assert "Jā, ērti." in shown
        assert "Biju noguris." not in shown
        assert "Izlaista 1 vieta" in shown


def test_the_mentee_answers_the_diary_and_the_mentor_reads_it(cast: Cast) -> None:
    make.entry(cast.pair)
    handed(cast)
    elina = Visitor(cast.elina)
    assert elina.send(form_of(elina, page_of(cast)), text="Paldies par visu.").status_code == 302
    assert "Paldies par visu." in words(Visitor(cast.andris).get(page_of(cast)))


@pytest.mark.parametrize("text", ["", "   ", "x" * 10_001])
def test_a_wrong_answer_is_told_at_the_field(cast: Cast, text: str) -> None:
    make.entry(cast.pair)
    handed(cast)
    elina = Visitor(cast.elina)
    answer = elina.send(form_of(elina, page_of(cast)), text=text)
    assert answer.status_code == 200
    assert 'class="why"' in words(answer)
    assert forms(answer)[-1].fields["text"] == [text]


def test_two_devices_lose_no_word_of_the_answer(cast: Cast) -> None:
    make.entry(cast.pair)
    handed(cast)
    elina = Visitor(cast.elina)
    form = form_of(elina, page_of(cast))
    elina.send(form, text="No datora.")
    answer = elina.send(form, text="No tālruņa.")
    assert "No datora." in words(answer)
    elina.send(forms(answer)[-1])
    assert diary_of(cast).reply.text == "No datora.\nNo tālruņa."


def test_an_address_that_only_takes_words_leads_back_to_the_diary(cast: Cast) -> None:
    make.entry(cast.pair)
    diary = handed(cast)
    assert Visitor(cast.elina).get(f"/diaries/{diary.ref}/answer/")["Location"] == page_of(cast)


# Before there is a diary


def test_before_the_handover_the_mentee_is_told_when(cast: Cast) -> None:
    make.entry(cast.pair)
    for language, told in (
        ("lv", "Dienasgrāmata vēl top"),
        ("lt", "Dienoraštis dar rašomas"),
        ("en", "still being written"),
    ):
        assert told in words(Visitor(cast.elina, language=language).get(page_of(cast)))


def test_before_both_have_said_yes_there_is_no_diary(cast: Cast) -> None:
    jonas, ieva = cast.elsewhere.mentor, cast.elsewhere.mentee
    from varpa.pairs.actions.pairs import dissolve_pair

    dissolve_pair(pair=cast.elsewhere, reason="Cits.", by=cast.tomas, now=NOW)
    pair = make.pair(jonas, ieva, active=False)
    visitor = Visitor(cast.jonas, language="lv")
    shown = words(visitor.get(f"/pairs/{pair.ref}/diary/"))
    assert "Rakstīt ierakstu" not in shown
    answer = visitor.send(form_of(visitor, f"/pairs/{pair.ref}/diary/new/"), notes="Par agru.")
    assert "Par agru." in words(answer)
    assert "Dienasgrāmata ir nodota" not in words(answer)


def test_a_page_beyond_the_last_does_not_call_the_diary_empty(cast: Cast, andris: Visitor) -> None:
    make.entry(cast.pair)
    assert "vēl ir tukša" not in words(andris.get(page_of(cast) + "?page=9"))
    assert "vēl ir tukša" in words(Visitor(cast.rimantas, language="lv").get(_other(cast)))


def _other(cast: Cast) -> str:
    return f"/pairs/{cast.neighbours.ref}/diary/"


# Three languages


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("lv", ("Rakstīt ierakstu", "Pabeigt ierakstu", "Dienasgrāmatas jautājumi", "Viss ir izlasīts")),
        ("lt", ("Rašyti įrašą", "Užbaigti įrašą", "Dienoraščio klausimai", "Viskas perskaityta")),
        ("en", ("Write an entry", "Finish the entry", "Questions of the diary", "I have read all of it")),
    ],
)
def test_the_mentors_pages_speak_three_languages(cast: Cast, language: str, said: tuple[str, ...]) -> None:
    make.entry(cast.pair)
    visitor = Visitor(cast.andris, language=language)
    pages = [
        words(visitor.get(address)) for address in (page_of(cast), page_of(cast) + "new/", handover_of(cast))
    ]
    for each in said:
        assert any(each in page for page in pages), each


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("lv", ("Mentora dienasgrāmata ir tava", "Saglabāt kā PDF", "Tava atbilde")),
        ("lt", ("Mentoriaus dienoraštis yra tavo", "Išsaugoti kaip PDF", "Tavo atsakymas")),
        ("en", ("The mentor's diary is yours", "Keep it as PDF", "Your answer")),
    ],
)
def test_the_copy_speaks_three_languages(cast: Cast, language: str, said: tuple[str, ...]) -> None:
    make.entry(cast.pair)
    handed(cast)
    shown = words(Visitor(cast.elina, language=language).get(page_of(cast)))
    for each in said:
        assert each in shown
