"""A mentor who has left hands the diary over by the link in a letter, without signing in (R3)."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlparse

import pytest
from django.test import Client

from tests import make
from tests.cast import Cast
from tests.diary.conftest import diary_of, handed
from tests.make import NOW
from tests.visits import Form, Visitor, counted, forms, words
from varpa.diary import actions
from varpa.diary.models import DiaryState, Entry, EntryState, LeftOut
from varpa.diary.revoking import NoLinkNow, revoke_link, send_link_anew
from varpa.history.models import Channel, Line
from varpa.kernel import clock
from varpa.kernel.pace import TooMuchAtOnce
from varpa.pairs.actions.pairs import dissolve_pair
from varpa.people.models import Person
from varpa.post.models import Letter, LetterState

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


class Holder(Visitor):
    """Whoever holds the letter: a browser in which nobody is signed in."""

    def __init__(self, *, days: float = 2) -> None:
        self.client = Client()
        self.now = NOW + timedelta(days=days)


def end(cast: Cast) -> None:
    dissolve_pair(pair=cast.pair, reason="Aizgāja.", by=cast.inga, now=NOW + DAY)


def link(cast: Cast, *, days: float = 1) -> str:
    """The address in the letter to the mentor."""
    actions.offer_left_diaries(NOW + timedelta(days=days))
    letter = Letter.objects.get(kind="diary.left")
    found = next(word for word in letter.text.split() if "/diaries/handover/" in word)
    return urlparse(found).path


@pytest.fixture
def left(cast: Cast) -> Cast:
    """Andris has written an entry and left; the manager has ended the pair."""
    make.entry(cast.pair)
    end(cast)
    return cast


def the_form(answer: Any) -> Form:
    return forms(answer)[0]


class TestTheLetter:
    def test_its_last_day_goes_into_the_calendar_without_the_link(self, left: Cast) -> None:
        path, letter = link(left), Letter.objects.get(kind="diary.left")
        assert (letter.calendar_method, "VALUE=DATE" in letter.calendar) == ("PUBLISH", True)
        assert path.split("/")[-2][:20] not in letter.calendar

    def test_it_goes_once_and_to_the_mentor_alone(self, left: Cast) -> None:
        with clock.moved_to(NOW):
            assert actions.offer_left_diaries(NOW + DAY) == 1
        assert actions.offer_left_diaries(NOW + 2 * DAY) == 0
        letter = Letter.objects.get(kind="diary.left")
        assert (letter.person, letter.language) == (left.andris.pk, "lv")
        assert "līdz\u00a014.\u00a0novembrim" in letter.text
        assert "Runājām par cenu" not in letter.text

    def test_not_while_the_pair_goes_and_not_for_an_empty_diary(self, cast: Cast) -> None:
        make.entry(cast.pair)
        assert actions.offer_left_diaries(NOW + DAY) == 0
        Entry.objects.all().delete()
        end(cast)
        assert actions.offer_left_diaries(NOW + DAY) == 0

    def test_not_for_one_that_was_handed_over_and_not_after_thirty_days(self, left: Cast) -> None:
        assert actions.offer_left_diaries(NOW + 31 * DAY) == 0
        handed(left)
        assert actions.offer_left_diaries(NOW + DAY) == 0

    def test_of_many_each_gets_its_turn(self, left: Cast) -> None:
        make.entry(left.neighbours)
        dissolve_pair(pair=left.neighbours, reason="Aizgāja.", by=left.inga, now=NOW + DAY)
        assert [actions.offer_left_diaries(NOW + DAY, limit=1) for _round in range(3)] == [1, 1, 0]

    def test_the_handover_takes_an_unsent_one_back(self, left: Cast) -> None:
        link(left)
        handed(left)
        assert Letter.objects.get(kind="diary.left").state == LetterState.WITHDRAWN


class TestTheLink:
    def test_one_reads_leaves_out_and_hands_over_without_signing_in(self, left: Cast) -> None:
        Person.objects.filter(pk=left.andris.pk).update(is_active=False)
        holder, address = Holder(), link(left)
        page = holder.get(address)
        assert page.headers["Cache-Control"] == "no-store"
        assert "Runājām par cenu." in words(page)
        out = f"{Entry.objects.get().ref}|notes"
        saved = holder.send(the_form(page), 1, tick=(out,))
        assert (saved.status_code, saved["Location"]) == (302, address)
        assert LeftOut.objects.get().passage == "notes"
        done = holder.send(the_form(holder.get(address)), 0, tick=("read",))
        assert done["Location"] == address
        assert diary_of(left).state == DiaryState.HANDED_OVER
        assert "Dienasgrāmata ir nodota" in words(holder.get(address))
        assert Letter.objects.filter(kind="diary.handed_over", person=left.elina.pk).count() == 1

    def test_history_says_by_whom_and_by_which_way(self, left: Cast) -> None:
        holder, address = Holder(), link(left)
        holder.send(the_form(holder.get(address)), 0, tick=("read",))
        for verb in ("diary.read_through", "diary.hand_over"):
            line = Line.objects.get(verb=verb)
            assert (line.actor, line.channel) == (left.andris.pk, Channel.MAIL)

    def test_without_the_reading_nothing_is_handed_over(self, left: Cast) -> None:
        holder = Holder()
        answer = holder.send(the_form(holder.get(link(left))), 0)
        assert answer.status_code == 200
        assert "atzīmējiet" in words(answer)
        assert diary_of(left).state == DiaryState.OPEN

    def test_a_second_click_says_that_it_is_done(self, left: Cast) -> None:
        holder, address = Holder(), link(left)
        form = the_form(holder.get(address))
        for _click in range(2):
            assert holder.send(form, 0, tick=("read",))["Location"] == address
        assert Line.objects.filter(verb="diary.hand_over").count() == 1

    def test_what_was_read_is_what_goes(self, left: Cast) -> None:
        holder, address = Holder(), link(left)
        form = the_form(holder.get(address))
        with clock.moved_to(NOW + DAY):
            make.entry(left.pair, text="Vēlāk.", now=NOW + DAY)
        assert "Vēlāk." in words(holder.send(form, 0, tick=("read",)))
        assert diary_of(left).state == DiaryState.OPEN

    def test_drafts_are_finished_as_they_are_where_one_asks_for_it(self, left: Cast) -> None:
        make.entry(left.pair, text="Pusrakstīts.", kept=False)
        holder, address = Holder(), link(left)
        page = holder.get(address)
        assert "Pusrakstīts." not in words(page)
        assert "melnraksts" in words(page)
        assert "/entries/" not in words(page)
        refused = holder.post(address, {**the_form(page).fields, "read": "read", "hand_over": "1"})
        assert "melnraksts" in words(refused)
        assert holder.send(the_form(page), 0)["Location"] == address
        assert set(Entry.objects.values_list("state", flat=True)) == {EntryState.KEPT}
        page = holder.get(address)
        assert "Pusrakstīts." in words(page)
        holder.send(the_form(page), 0, tick=("read",))
        assert diary_of(left).state == DiaryState.HANDED_OVER

    @pytest.mark.parametrize(
        ("language", "heading"),
        [("lv", "Šīs saites laiks ir beidzies"), ("lt", "Šios nuorodos laikas baigėsi")],
    )
    def test_after_thirty_days_it_has_expired(self, left: Cast, language: str, heading: str) -> None:
        address = link(left)
        Person.objects.filter(pk=left.andris.pk).update(language=language)
        for late in (31.1, 40):
            answer = Holder(days=late).get(address)
            assert answer.status_code == 410
            assert heading in words(answer)
            assert "Runājām par cenu." not in words(answer)
            assert Holder(days=late).post(address, {"hand_over": "1", "read": "read"}).status_code == 410
        assert diary_of(left).state == DiaryState.OPEN

    def test_sealed_it_opens_no_more(self, left: Cast) -> None:
        address = link(left)
        actions.seal_left_diaries(NOW + 31 * DAY)
        answer = Holder(days=3).get(address)
        assert answer.status_code == 410
        assert "Runājām par cenu." not in words(answer)

    def test_a_forged_or_broken_one_opens_nothing(self, left: Cast) -> None:
        address = link(left)
        for wrong in (address[:-3] + "/", address.replace("handover/", "handover/x"), "/diaries/handover/x/"):
            answer = Holder().get(wrong)
            assert answer.status_code == 404
            assert "Runājām" not in words(answer)

    def test_it_opens_this_diary_only(self, left: Cast) -> None:
        other = make.entry(left.neighbours, text="Cits stāsts.")
        Holder().post(link(left), {"save": "1", "out": f"{other.ref}|notes"})
        assert not LeftOut.objects.exists()
        assert Holder().get(f"/diaries/{other.diary.ref}/handover/").status_code == 302

    def test_once_somebody_else_is_the_mentor_it_opens_nothing(self, left: Cast) -> None:
        address = link(left)
        left.mentor.person = left.zane
        left.mentor.save(update_fields=["person"])
        assert Holder().get(address).status_code == 404

    def test_it_is_read_in_the_mentors_language_and_within_its_queries(self, left: Cast) -> None:
        address = link(left)
        Person.objects.filter(pk=left.andris.pk).update(language="lt")
        holder = Holder()
        assert '<html lang="lt"' in words(holder.get(address))
        holder.post("/language/", {"language": "en", "next": address})
        assert '<html lang="en"' in words(holder.get(address))
        for number in range(5):
            make.entry(left.pair, text=f"Ieraksts {number}", now=NOW + timedelta(hours=number))
        with counted() as caught:
            holder.get(address)
        assert len(caught) <= 12


class TestTakenBack:
    def test_the_manager_takes_it_back_and_it_opens_nothing(self, left: Cast) -> None:
        path, diary = link(left), diary_of(left)
        manager = Visitor(left.inga, language="en", days=2)
        room = manager.get(f"/pairs/{left.pair.ref}/")
        form = next(each for each in forms(room) if each.action.endswith("/link/withdrawal/"))
        for _click in range(2):
            assert manager.send(form).status_code == 302
        page = Holder().get(path)
        assert page.status_code == 410
        assert "Runājām par cenu." not in words(page)
        assert Holder().post(path, {"hand_over": "1", "read": "1"}).status_code == 410
        diary.refresh_from_db()
        assert (diary.state, diary.link_number) == (DiaryState.OPEN, 1)
        assert Line.objects.filter(verb="diary.revoke_link").count() == 1

    def test_the_mentor_has_a_new_one_mailed_and_only_that_opens(self, left: Cast) -> None:
        old, diary = link(left), diary_of(left)
        mentor = Visitor(left.andris, language="en", days=2)
        form = next(
            each
            for each in forms(mentor.get(f"/pairs/{left.pair.ref}/diary/"))
            if "link/" in each.action[-6:]
        )
        for _click in range(2):
            mentor.send(form)
        letters = Letter.objects.filter(kind="diary.left").order_by("pk")
        assert [each.person for each in letters] == [left.andris.pk] * 2
        new = next(word for word in letters[1].text.split() if "/diaries/handover/" in word)
        assert Holder().get(old).status_code == 410
        assert Holder().get(urlparse(new).path).status_code == 200
        assert actions.offer_left_diaries(NOW + 3 * DAY) == 0
        assert diary.link_number == 0

    def test_nobody_else_takes_it_back(self, left: Cast) -> None:
        link(left)
        for who, status in ((left.elina, 403), (left.rimantas, 404), (left.tomas, 404), (left.zane, 404)):
            for address in ("link/", "link/withdrawal/"):
                answer = Visitor(who, days=2).post(
                    f"/diaries/{diary_of(left).ref}/{address}", {"number": "0"}
                )
                assert answer.status_code == status
        assert diary_of(left).link_number == 0

    def test_of_two_the_second_is_told_that_nothing_was_changed(self, left: Cast) -> None:
        link(left)
        manager = Visitor(left.inga, language="en", days=2)
        form = next(
            each
            for each in forms(manager.get(f"/pairs/{left.pair.ref}/"))
            if each.action.endswith("/link/withdrawal/")
        )
        room = f"/pairs/{left.pair.ref}/"
        manager.send(form)
        assert "The link is taken back." in words(manager.get(room))
        manager.send(form)
        said = words(manager.get(room))
        assert "was taken back already" in said
        assert "The link is taken back." not in said

    def test_a_number_longer_than_any_takes_nothing_back(self, left: Cast) -> None:
        link(left)
        address = f"/diaries/{diary_of(left).ref}/link/"
        answer = Visitor(left.inga, days=2).post(address, {"number": "9" * 5000})
        assert answer.status_code == 302
        assert diary_of(left).link_number == 0

    def test_nobody_mails_without_end(self, left: Cast) -> None:
        link(left)
        given = {"by": left.inga, "now": NOW + 2 * DAY}
        for number in range(10):
            send_link_anew(diary=diary_of(left), number=number, **given)
        with pytest.raises(TooMuchAtOnce):
            send_link_anew(diary=diary_of(left), number=10, **given)
        assert Letter.objects.filter(kind="diary.left").count() == 11
        # Taking back is never too much.
        revoke_link(diary=diary_of(left), number=10, **given)

    def test_after_the_thirty_days_there_is_none(self, left: Cast) -> None:
        link(left)
        with pytest.raises(NoLinkNow):
            send_link_anew(diary=diary_of(left), number=0, by=left.inga, now=NOW + 40 * DAY)
