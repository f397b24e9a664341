"""Reading the diary through the mentee's eyes, handing it over, the copy and the answer."""

import pytest

from tests import make
from tests.cast import Cast
from tests.diary.conftest import diary_of, form_of, handed, new_form, page_of, write
from tests.make import NOW
from tests.visits import Visitor, forms, words
from varpa.diary import actions
from varpa.diary.models import DiaryState, LeftOut
from varpa.diary.queries import mentees_copy, read_through

pytestmark = pytest.mark.django_db


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


LONG = "Runājām par cenu. Par mājām klusēja. Vienojāmies par krāsni!\nNākamreiz pie A. Ozola plkst. 10.00."


def test_single_sentences_are_left_out_and_taken_in_again(cast: Cast, andris: Visitor) -> None:
    entry = make.entry(cast.pair, text=LONG)
    form = forms(andris.get(handover_of(cast)))[0]
    sentences = [value for name, value in form.boxes if value.startswith(f"{entry.ref}|notes|")]
    assert len(sentences) == 4
    andris.send(form, 1, tick=(sentences[1],))
    answer = andris.get(handover_of(cast))
    assert "Izlaista 1 vieta." in words(answer)
    form = forms(answer)[0]
    assert form.fields["out"] == [sentences[1]]
    form.fields.pop("out")
    andris.send(form, 1)
    assert not LeftOut.objects.exists()


def test_one_sentence_needs_no_choice_of_its_own(cast: Cast, andris: Visitor) -> None:
    make.entry(cast.pair)
    assert "Izlaist tikai daļu" not in words(andris.get(handover_of(cast)))


def test_a_sentence_stays_left_out_whatever_is_written_around_it(cast: Cast, andris: Visitor) -> None:
    entry = make.entry(cast.pair, text=LONG)
    form = forms(andris.get(handover_of(cast)))[0]
    andris.send(form, 1, tick=([value for _name, value in form.boxes if "|notes|" in value][1],))
    write(cast, entry, notes=f"Vispirms par skolu. {LONG}")
    handed(cast)
    assert "Par mājām klusēja." not in words(Visitor(cast.elina).get(page_of(cast)))


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


def test_drafts_are_told_before_the_reading_each_with_its_link(cast: Cast, andris: Visitor) -> None:
    make.entry(cast.pair)
    drafts = [make.entry(cast.pair, text=text, kept=False) for text in ("Melnraksts.", "Vēl viens.")]
    actions.begin_entry(pair=cast.pair, day=NOW.date(), by=cast.andris, now=NOW)  # empty: no obstacle
    answer = andris.get(handover_of(cast))
    assert "2 ieraksti vēl ir melnraksti" in words(answer)
    assert "Melnraksts." not in words(answer)
    assert [f'href="/entries/{each.ref}/"' in words(answer) for each in drafts] == [True, True]
    form = forms(answer)[0]
    assert [name for name, _value in form.buttons] == ["save"]
    assert "read" not in dict(form.boxes)
    for left in ("1 ieraksts vēl ir melnraksts", "Viss ir izlasīts"):
        actions.keep_entry(entry=drafts.pop(), by=cast.andris, now=NOW)
        assert left in words(andris.get(handover_of(cast)))
    assert andris.send(forms(andris.get(handover_of(cast)))[0], 0, tick=("read",)).status_code == 302
    assert diary_of(cast).state == DiaryState.HANDED_OVER


def test_a_draft_begun_while_the_page_stands_open_stops_the_handover(cast: Cast, andris: Visitor) -> None:
    make.entry(cast.pair)
    form = forms(andris.get(handover_of(cast)))[0]
    make.entry(cast.pair, text="Melnraksts.", kept=False)
    answer = andris.send(form, 0, tick=("read",))
    assert "pabeidziet vai iztukšojiet" in words(answer)
    assert "1 ieraksts vēl ir melnraksts" in words(answer)
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


def test_a_mark_stands_where_a_sentence_was_left_out(cast: Cast) -> None:
    entry = make.entry(cast.pair, text=LONG)
    sentences = read_through(diary_of(cast))[0].passages[0].sentences
    for each in sentences[1:3]:
        actions.leave_out(entry=entry, passage="notes", part=each.key, out=True, by=cast.andris, now=NOW)
    handed(cast)
    for who in (cast.elina, cast.andris):
        shown = words(Visitor(who).get(page_of(cast)))
        assert "Runājām par cenu. [šeit kāda vieta ir izlaista]" in shown
        assert "Nākamreiz pie A. Ozola plkst. 10.00." in shown
        assert "Izlaista 1 vieta" in shown
        for gone in ("Par mājām klusēja", "Vienojāmies par krāsni"):
            assert gone not in shown
    entry.refresh_from_db()
    assert entry.notes == LONG


def test_after_the_handover_no_sentence_is_taken_in_or_left_out(cast: Cast) -> None:
    entry = make.entry(cast.pair, text=LONG)
    key = read_through(diary_of(cast))[0].passages[0].sentences[1].key
    handed(cast)
    with pytest.raises(actions.DiaryIsFrozen):
        actions.leave_out(entry=entry, passage="notes", part=key, out=True, by=cast.andris, now=NOW)


def test_who_leaves_out_every_sentence_leaves_out_the_whole(cast: Cast) -> None:
    entry = make.entry(cast.pair, text=LONG)
    for each in read_through(diary_of(cast))[0].passages[0].sentences:
        actions.leave_out(entry=entry, passage="notes", part=each.key, out=True, by=cast.andris, now=NOW)
    copy = mentees_copy(diary_of(cast))[0]
    assert (copy.passages, copy.left_out) == ([], 1)


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
