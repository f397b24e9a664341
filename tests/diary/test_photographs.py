"""Pages written by hand: sealed as the words are, and handed over with them (principle 6, R6)."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfReader

from tests import make
from tests.cast import Cast
from tests.diary.conftest import diary_of, handed, write
from tests.files.samples import huge_png, pdf, photo_with_place, picture, upload
from tests.make import NOW
from tests.visits import Visitor, forms, words
from varpa.diary import actions
from varpa.diary.copies import copy_of
from varpa.diary.models import Diary, Entry, EntryState, LeftOut, Photograph
from varpa.diary.photographs import MOST, TooManyPages, describe_page, photograph_pages, take_page_away
from varpa.diary.queries import mentees_copy, read_through
from varpa.files import refusals
from varpa.files.models import File
from varpa.files.queries import content
from varpa.history.models import Line
from varpa.kernel.refs import new_ref

pytestmark = pytest.mark.django_db

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HOSTILE = {
    "nothing in it": (b"", refusals.Empty),
    "a script that calls itself a picture": (SVG, refusals.WrongKind),
    "an archive under the name of a picture": (b"PK\x03\x04" + b"\0" * 99, refusals.WrongKind),
    "more dots than a device can hold": (huge_png(50_000, 50_000), refusals.TooManyDots),
    "half a picture": (picture()[:200], refusals.Broken),
    "a PDF with a program": (pdf(b"3 0 obj\n<< /JavaScript (x) >>\nendobj\n"), refusals.ActiveContent),
    "a picture as a phone keeps it": (b"\0\0\0\x18ftypheic" + b"\0" * 99, refusals.PhoneFormat),
    "more than ten megabytes": (b"\xff\xd8\xff" + b"\0" * (10 * 1024 * 1024), refusals.TooLarge),
}


def draft(cast: Cast) -> Entry:
    """An entry of which nothing is written yet but day and length."""
    return make.entry(cast.pair, text="", kept=False)


def page(entry: Entry, *uploads: SimpleUploadedFile, **changes: Any) -> Photograph:
    given: dict[str, Any] = {"uploads": uploads or [upload(picture())], "now": NOW, **changes}
    by = given.pop("by", entry.diary.pair.mentor.person)
    return photograph_pages(entry=entry, by=by, **given)[0]


def photographed(cast: Cast, *uploads: SimpleUploadedFile) -> Photograph:
    """A finished entry in which only a photographed page stands."""
    entry = draft(cast)
    made = page(entry, *uploads)
    actions.keep_entry(entry=entry, by=cast.andris, now=NOW)
    return made


def leave_out(made: Photograph) -> None:
    by = made.entry.diary.pair.mentor.person
    actions.leave_out(entry=made.entry, passage=made.passage, out=True, by=by, now=NOW)


def address(made: Photograph, rest: str = "") -> str:
    return f"/diaries/photographs/{made.ref}/{rest}"


class TestKeeping:
    def test_a_day_a_length_and_a_page_are_an_entry(self, cast: Cast) -> None:
        photographed(cast)
        entry = Entry.objects.get()
        assert (entry.state, entry.minutes, entry.notes) == (EntryState.KEPT, 45, "")

    def test_place_and_device_are_taken_out_and_the_page_stands_upright(self, cast: Cast) -> None:
        made = page(draft(cast), upload(photo_with_place()))
        with Image.open(BytesIO(content(made.file))) as kept:
            assert (kept.size, dict(kept.getexif())) == ((40, 80), {})

    def test_several_pages_are_kept_together_or_not_at_all(self, cast: Cast) -> None:
        entry = draft(cast)
        page(entry, upload(picture()), upload(picture("PNG"), "lapa.png"), upload(pdf(), "lapas.pdf"))
        assert [each.file.kind for each in entry.photographs.all()] == [
            "image/jpeg",
            "image/png",
            "application/pdf",
        ]
        with pytest.raises(refusals.WrongKind):
            page(entry, upload(picture("WEBP")), upload(SVG))
        assert entry.photographs.count() == File.objects.count() == 3

    @pytest.mark.parametrize("called", HOSTILE)
    def test_a_hostile_file_is_refused_in_a_sentence_and_nothing_is_kept(
        self, cast: Cast, called: str
    ) -> None:
        hostile, refusal = HOSTILE[called]
        with pytest.raises(refusal):
            page(draft(cast), upload(hostile))
        assert (File.objects.count(), Photograph.objects.count()) == (0, 0)

    def test_sent_twice_they_are_kept_once(self, cast: Cast) -> None:
        entry, ref = draft(cast), new_ref()
        for _twice in range(2):
            sent = [upload(picture()), upload(picture("PNG"))]
            photograph_pages(entry=entry, uploads=sent, ref=ref, by=cast.andris, now=NOW)
        assert entry.photographs.count() == 2

    def test_another_page_that_comes_by_the_same_form_is_kept_too(self, cast: Cast) -> None:
        """After Back the form has the reference with which it was sent before."""
        entry, ref = draft(cast), new_ref()
        page(entry, ref=ref)
        photograph_pages(
            entry=entry, uploads=[upload(picture()), upload(picture("PNG"))], ref=ref, by=cast.andris, now=NOW
        )
        assert [each.file.kind for each in entry.photographs.all()] == ["image/jpeg", "image/png"]

    def test_of_several_that_are_refused_no_byte_stays(
        self, cast: Cast, settings: Any, tmp_path: Path
    ) -> None:
        settings.MEDIA_ROOT = tmp_path / "files"
        with pytest.raises(refusals.WrongKind):
            page(draft(cast), upload(picture()), upload(SVG))
        assert not (tmp_path / "files").exists()

    def test_a_reference_of_another_entry_makes_another_page(self, cast: Cast) -> None:
        ref = new_ref()
        for entry in (draft(cast), draft(cast)):
            page(entry, ref=ref)
        assert Photograph.objects.count() == 2

    def test_there_is_an_end_to_the_pages_of_an_entry(self, cast: Cast) -> None:
        entry = draft(cast)
        page(entry, *(upload(picture()) for _each in range(MOST)))
        with pytest.raises(TooManyPages, match=str(MOST)):
            page(entry)

    @pytest.mark.parametrize("who", ["elina", "inga", "dace", "rimantas"])
    def test_only_the_mentor_adds_describes_or_takes_away(self, cast: Cast, who: str) -> None:
        entry, by = draft(cast), getattr(cast, who)
        made = page(entry)
        for act in (
            lambda: page(entry, by=by),
            lambda: describe_page(photograph=made, about="Cena", by=by, now=NOW),
            lambda: take_page_away(photograph=made, by=by, now=NOW),
        ):
            with pytest.raises(actions.NotTheMentor):
                act()

    def test_after_the_handover_nothing_is_added_described_or_taken_away(self, cast: Cast) -> None:
        made = photographed(cast)
        handed(cast)
        for act in (
            lambda: page(made.entry),
            lambda: describe_page(photograph=made, about="Cena", by=cast.andris, now=NOW),
            lambda: take_page_away(photograph=made, by=cast.andris, now=NOW),
        ):
            with pytest.raises(actions.DiaryIsFrozen):
                act()

    def test_taken_away_it_is_shown_nowhere_and_the_entry_is_a_draft_again(self, cast: Cast) -> None:
        made = photographed(cast)
        for _twice in range(2):
            take_page_away(photograph=made, by=cast.andris, now=NOW)
        assert Entry.objects.get().state == EntryState.DRAFT
        assert Visitor(cast.andris).get(address(made)).status_code == 404
        assert Line.objects.filter(verb="diary.take_photograph_away").count() == 1

    def test_an_entry_whose_words_are_emptied_stays_finished_while_it_has_a_page(self, cast: Cast) -> None:
        entry = make.entry(cast.pair)
        page(entry)
        write(cast, entry, notes="")
        entry.refresh_from_db()
        assert entry.state == EntryState.KEPT

    def test_history_says_that_a_page_came_and_not_what_stands_on_it(self, cast: Cast) -> None:
        describe_page(photograph=page(draft(cast)), about="Slepeni", by=cast.andris, now=NOW)
        lines = Line.objects.filter(verb__startswith="diary.").values_list("verb", "details")
        assert ("diary.photograph", {}) in lines
        assert "Slepeni" not in str(list(lines))


class TestTheHandover:
    def test_what_came_after_the_reading_has_to_be_read_first(self, cast: Cast) -> None:
        made = photographed(cast)
        diary = diary_of(cast)
        for change in (
            lambda: page(made.entry),
            lambda: describe_page(photograph=made, about="Cena", by=cast.andris, now=NOW),
            lambda: take_page_away(photograph=made, by=cast.andris, now=NOW),
        ):
            actions.note_read_through(diary=diary, by=cast.andris, now=NOW)
            change()
            with pytest.raises(actions.NotReadThrough):
                actions.hand_over(diary=diary, by=cast.andris, now=NOW)

    def test_a_draft_with_a_page_stands_in_the_way(self, cast: Cast) -> None:
        make.entry(cast.pair)
        page(draft(cast))
        with pytest.raises(actions.UnfinishedEntry):
            handed(cast)

    def test_a_page_taken_out_of_an_empty_draft_can_still_be_found_to_be_erased(self, cast: Cast) -> None:
        make.entry(cast.pair)
        made = page(draft(cast))
        take_page_away(photograph=made, by=cast.andris, now=NOW)
        handed(cast)
        assert Photograph.objects.filter(pk=made.pk).exists()
        assert [len(each.pages) for each in mentees_copy(diary_of(cast))] == [0]

    def test_a_page_is_left_out_as_a_passage_is_and_counted(self, cast: Cast) -> None:
        andris, made = Visitor(cast.andris), photographed(cast)
        read = f"/diaries/{diary_of(cast).ref}/handover/"
        name = f"{made.entry.ref}|{made.passage}"
        andris.send(forms(andris.get(read))[0], 1, tick=(name,))
        assert LeftOut.objects.get().passage == made.passage
        andris.send(forms(andris.get(read))[0], 0, tick=("read",))
        answer = words(Visitor(cast.elina).get(f"/pairs/{cast.pair.ref}/diary/"))
        assert address(made) not in answer
        assert "Izlaista 1 vieta." in answer

    def test_a_page_is_taken_in_again(self, cast: Cast) -> None:
        andris, made = Visitor(cast.andris), photographed(cast)
        leave_out(made)
        form = forms(andris.get(f"/diaries/{diary_of(cast).ref}/handover/"))[0]
        del form.fields["out"]
        andris.send(form, 1)
        assert not LeftOut.objects.exists()

    def test_where_the_diary_goes_whole_no_page_is_left_out(self, cast: Cast) -> None:
        made = photographed(cast)
        programme = made.entry.diary.pair.programme
        programme.passages_may_be_left_out = False
        with pytest.raises(actions.MayNotLeaveOut):
            leave_out(made)

    def test_the_page_is_read_through_before_it_goes(self, cast: Cast) -> None:
        made = photographed(cast)
        describe_page(photograph=made, about="Par cenu", by=cast.andris, now=NOW)
        answer = words(Visitor(cast.andris).get(f"/diaries/{diary_of(cast).ref}/handover/"))
        assert f'src="{address(made)}" alt="Par cenu"' in answer
        assert [len(each.pages) for each in read_through(diary_of(cast))] == [1]

    def test_the_mentees_book_holds_the_page_with_its_words(self, cast: Cast) -> None:
        first = photographed(cast, upload(picture(size=(600, 800))))
        describe_page(photograph=first, about="Par cenu", by=cast.andris, now=NOW)
        page(first.entry, upload(picture("PNG", (800, 600))), upload(pdf(), "skenēts.pdf"))
        reader = PdfReader(BytesIO(copy_of(handed(cast))))
        assert sum(len(each.images) for each in reader.pages) == 2
        text = " ".join(" ".join(each.extract_text() for each in reader.pages).split())
        assert "Ar roku rakstītās lapas" in text
        assert "Par cenu" in text
        assert "skenēts.pdf" in text
        spoken = [each["/Alt"] for each in _figures(reader)]
        assert spoken == ["Par cenu", "Ar roku rakstīta, nofotografēta lapa"]

    def test_a_page_that_is_left_out_is_in_no_book(self, cast: Cast) -> None:
        made = photographed(cast)
        leave_out(made)
        reader = PdfReader(BytesIO(copy_of(handed(cast))))
        assert sum(len(each.images) for each in reader.pages) == 0


def _figures(reader: PdfReader) -> list[Any]:
    found = (each.get_object() for each in map(reader.get_object, range(1, len(reader.xref[0]) + 1)))
    return [each for each in found if isinstance(each, dict) and each.get("/S") == "/Figure"]


OTHERS = ("inga", "dace", "rimantas", "gabija", "zane", "tomas", "jonas")


class TestWhoSees:
    def seen(self, cast: Cast, made: Photograph) -> set[str]:
        everybody = ("andris", "elina", *OTHERS)
        status = {who: Visitor(getattr(cast, who)).get(address(made)).status_code for who in everybody}
        assert set(status.values()) <= {200, 404}
        return {who for who in everybody if status[who] == 200}

    def test_before_the_handover_the_mentor_alone(self, cast: Cast) -> None:
        assert self.seen(cast, photographed(cast)) == {"andris"}

    def test_after_the_handover_the_two(self, cast: Cast) -> None:
        made = photographed(cast)
        handed(cast)
        assert self.seen(cast, made) == {"andris", "elina"}

    def test_what_was_left_out_nobody_any_more(self, cast: Cast) -> None:
        made = photographed(cast)
        leave_out(made)
        assert self.seen(cast, made) == {"andris"}
        handed(cast)
        assert self.seen(cast, made) == set()

    def test_once_the_diary_is_sealed_nobody(self, cast: Cast) -> None:
        made = photographed(cast)
        Diary.objects.update(state="sealed")
        assert self.seen(cast, made) == set()

    def test_the_diary_of_another_pair_opens_nothing(self, cast: Cast) -> None:
        made = photographed(cast)
        make.entry(cast.neighbours)
        handed(cast)
        assert "rimantas" not in self.seen(cast, made)

    @pytest.mark.parametrize("who", ["elina", *OTHERS])
    def test_nobody_else_writes_by_any_address(self, cast: Cast, who: str) -> None:
        made = photographed(cast)
        visitor, entry = Visitor(getattr(cast, who)), made.entry.ref
        for path in (
            *(f"/entries/{entry}/photographs/", f"/entries/{entry}/finish/"),
            *(address(made, "words/"), address(made, "removal/")),
        ):
            answer = visitor.post(path, {"about": "x", "ref": new_ref(), "chosen": upload(picture())})
            assert answer.status_code in (403, 404), path
        assert Photograph.objects.get().withdrawn_at is None

    def test_whoever_is_not_signed_in_is_asked_to(self, cast: Cast) -> None:
        made, visitor = photographed(cast), Visitor(cast.andris)
        visitor.leave()
        assert "/sign-in/" in visitor.get(address(made))["Location"]

    def test_no_cache_and_no_script_with_it(self, cast: Cast) -> None:
        made = photographed(cast)
        shown = Visitor(cast.andris).get(address(made))
        assert (shown["Content-Type"], shown["Cache-Control"]) == ("image/jpeg", "private, no-store")
        assert "sandbox" in shown["Content-Security-Policy"]
        scan = page(made.entry, upload(pdf(), "../lapa\u202efdp.pdf"))
        taken = Visitor(cast.andris).get(address(scan))["Content-Disposition"]
        assert taken.startswith("attachment")
        assert ".." not in taken
