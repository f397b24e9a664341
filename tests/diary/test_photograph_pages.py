"""The pages on which a mentor keeps what was written by hand; and the link of a letter (R3, R6)."""

import pytest

from tests import make
from tests.cast import Cast
from tests.diary.conftest import diary_of, handed
from tests.diary.test_handover_link import DAY, Holder, end, link
from tests.diary.test_photographs import SVG, address, draft, page, photographed
from tests.files.samples import pdf, picture, upload
from tests.make import NOW
from tests.visits import Visitor, forms, queries, words
from varpa.diary import actions
from varpa.diary.models import Entry, EntryState, Photograph
from varpa.kernel.refs import new_ref

pytestmark = pytest.mark.django_db


class TestThePages:
    def test_the_mentor_photographs_a_page_and_finishes(self, cast: Cast) -> None:
        andris = Visitor(cast.andris)
        begun = andris.get(f"/pairs/{cast.pair.ref}/diary/new/")
        form = forms(begun)[-1]
        button = form.buttons.index(("photograph", "1"))
        onward = andris.send(form, button, minutes="40", notes="Pirms tam")["Location"]
        entry = Entry.objects.get()
        assert (onward, entry.notes) == (f"/entries/{entry.ref}/photographs/", "Pirms tam")
        form = forms(andris.get(onward))[0]
        sent = {"ref": form.fields["ref"][0], "chosen": [upload(picture()), upload(pdf(), "l.pdf")]}
        assert andris.post(onward, sent)["Location"] == onward
        shown = words(andris.get(onward))
        made, scan = Photograph.objects.all()
        assert f'src="{address(made)}"' in shown
        assert f'href="{address(scan)}">l.pdf' in shown
        done = andris.post(f"/entries/{entry.ref}/finish/")
        assert done["Location"] == f"/pairs/{cast.pair.ref}/diary/"
        assert "2 nofotografētas lapas" in words(andris.get(done["Location"]))

    def test_the_return_key_finishes_an_entry(self, cast: Cast) -> None:
        form = forms(Visitor(cast.andris).get(f"/pairs/{cast.pair.ref}/diary/new/"))[-1]
        assert form.buttons[0] == ("", "")

    def test_a_camera_is_offered_and_a_phone_turns_its_own_kind_into_jpeg(self, cast: Cast) -> None:
        asked = words(Visitor(cast.andris).get(f"/entries/{draft(cast).ref}/photographs/"))
        assert 'capture="environment"' in asked
        assert 'accept="image/jpeg,image/png,image/webp,application/pdf"' in asked

    def test_the_words_on_a_page_are_written_and_emptied(self, cast: Cast) -> None:
        andris, made = Visitor(cast.andris), page(draft(cast))
        for about in ("Par cenu", ""):
            andris.post(address(made, "words/"), {"about": about})
            made.refresh_from_db()
            assert made.about == about
        andris.post(address(made, "words/"), {"about": "x" * 201})
        assert Photograph.objects.get().about == ""

    def test_why_not_is_told_on_the_page(self, cast: Cast) -> None:
        andris, entry = Visitor(cast.andris), draft(cast)
        path = f"/entries/{entry.ref}/photographs/"
        nothing = words(andris.post(path, {"ref": new_ref()}))
        assert "Jāizvēlas attēls vai jānofotografē." in nothing
        wrong = words(andris.post(path, {"ref": new_ref(), "taken": upload(SVG)}))
        assert "JPEG, PNG, WebP, PDF" in wrong
        assert andris.post(f"/entries/{entry.ref}/finish/")["Location"] == path
        assert Entry.objects.get().state == EntryState.DRAFT

    def test_after_the_handover_it_leads_to_the_diary(self, cast: Cast) -> None:
        made, andris = photographed(cast), Visitor(cast.andris)
        handed(cast)
        path = f"/entries/{made.entry.ref}/photographs/"
        assert andris.get(path)["Location"] == f"/pairs/{cast.pair.ref}/diary/"
        andris.post(address(made, "removal/"))
        assert Photograph.objects.get().withdrawn_at is None

    @pytest.mark.parametrize(
        ("language", "said"),
        [("lv", "Ar roku rakstītās lapas"), ("lt", "Ranka rašyti lapai"), ("en", "Pages written by hand")],
    )
    def test_it_speaks_three_languages(self, cast: Cast, language: str, said: str) -> None:
        made = page(draft(cast))
        andris = Visitor(cast.andris, language=language)
        assert said in words(andris.get(f"/entries/{made.entry.ref}/photographs/"))

    def test_the_questions_do_not_grow_with_the_pages(self, cast: Cast) -> None:
        made = photographed(cast)
        paths = (
            f"/entries/{made.entry.ref}/photographs/",
            f"/pairs/{cast.pair.ref}/diary/",
            f"/diaries/{diary_of(cast).ref}/handover/",
        )
        asked = [queries(cast.andris, path) for path in paths]
        for _each in range(9):
            page(made.entry)
            photographed(cast)
        assert [queries(cast.andris, path) for path in paths] == asked


class TestTheLink:
    def test_who_holds_the_letter_sees_the_page_until_it_is_over(self, cast: Cast) -> None:
        made = photographed(cast)
        end(cast)
        way = link(cast)
        assert f'src="{way}{made.ref}/"' in words(Holder().get(way))
        assert Holder().get(f"{way}{made.ref}/").status_code == 200
        assert Holder(days=40).get(f"{way}{made.ref}/").status_code == 404
        assert Holder().get(f"{way[:-3]}xx/{made.ref}/").status_code == 404
        other = page(make.entry(cast.neighbours))
        assert Holder().get(f"{way}{other.ref}/").status_code == 404
        actions.seal_left_diaries(NOW + 32 * DAY)
        assert Holder().get(f"{way}{made.ref}/").status_code == 404
