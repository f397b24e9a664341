"""Files with a meeting: what was sent in messages about it, and what is put on its own page (S8)."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import make
from tests.cast import Cast
from tests.files.samples import pdf, picture, upload
from tests.make import NOW
from tests.visits import Visitor, forms, queries, words
from varpa.files import refusals
from varpa.files.models import File
from varpa.kernel import clock
from varpa.kernel.refs import new_ref
from varpa.meetings.models import Meeting
from varpa.messaging.actions import (
    NoFile,
    ShowsMinor,
    WantsQuiet,
    begin_thread,
    put_files,
    take_back,
    want_quiet,
    write_message,
)
from varpa.messaging.models import Message
from varpa.messaging.queries import FILED, owed
from varpa.pairs.actions.pairs import NotOneOfTheTwo, PairHasEnded, dissolve_pair
from varpa.pairs.filed import filed
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.programmes.actions.permissions import record_permission

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return make.meeting(cast.pair)


def put(meeting: Meeting, by: Person, *files: SimpleUploadedFile, **changes: Any) -> Message:
    sent: dict[str, Any] = {"files": files or [upload(pdf(), "tāme.pdf")], "now": NOW, **changes}
    return put_files(pair=meeting.pair, about_kind="meeting", about_ref=meeting.ref, by=by, **sent)


def names(meeting: Meeting) -> list[str]:
    return [each.name for each in filed(meeting.pair, "meeting", meeting.ref)]


def page(who: Person, meeting: Meeting, *, days: int = 0) -> str:
    return words(Visitor(who, days=days).get(f"/meetings/{meeting.ref}/"))


class TestWhatBelongsToAMeeting:
    def test_files_in_messages_about_it_and_put_on_its_page(self, cast: Cast, meeting: Meeting) -> None:
        thread = begin_thread(
            pair=cast.pair, about_kind="meeting", about_ref=meeting.ref, by=cast.andris, now=NOW
        )
        write_message(
            thread=thread, text="Lūk", files=[upload(picture(), "krāsns.jpg")], by=cast.andris, now=NOW
        )
        put(meeting, cast.elina)
        assert names(meeting) == ["tāme.pdf", "krāsns.jpg"]

    def test_not_those_of_another_meeting_or_pair(self, cast: Cast, meeting: Meeting) -> None:
        other = make.meeting(cast.pair, days=9, kind="regular")
        put(other, cast.elina)
        assert names(meeting) == []
        # Nor where somebody else names it in messages of their own.
        neighbour = cast.neighbours.mentor.person
        put_files(
            pair=cast.neighbours,
            about_kind="meeting",
            about_ref=meeting.ref,
            files=[upload(pdf())],
            by=neighbour,
            now=NOW,
        )
        assert names(meeting) == []

    def test_not_what_was_taken_back(self, cast: Cast, meeting: Meeting) -> None:
        take_back(message=put(meeting, cast.elina), by=cast.elina, now=NOW)
        assert names(meeting) == []

    def test_a_voice_is_a_message_and_no_file(self, cast: Cast, meeting: Meeting) -> None:
        put(meeting, cast.elina, upload(b"OggS" + b"\0" * 60, "balss.ogg"))
        assert names(meeting) == []

    def test_the_latest_stand_on_the_page(self, cast: Cast, meeting: Meeting) -> None:
        for _each in range(FILED // 5 + 1):
            put(meeting, cast.elina, *(upload(pdf()) for _file in range(5)))
        assert len(names(meeting)) == FILED


class TestPutting:
    def test_the_other_is_told_and_owes_no_answer(self, cast: Cast, meeting: Meeting) -> None:
        put(meeting, cast.elina)
        assert Letter.objects.filter(kind="messaging.written", person=cast.andris.pk).exists()
        assert owed(NOW + timedelta(days=30)) == []

    def test_sent_twice_they_are_kept_once(self, cast: Cast, meeting: Meeting) -> None:
        ref = new_ref()
        for _twice in range(2):
            put(meeting, cast.elina, ref=ref)
        assert File.objects.count() == 1

    def test_without_a_file_nothing_is_written(self, cast: Cast, meeting: Meeting) -> None:
        with pytest.raises(NoFile):
            put_files(
                pair=cast.pair, about_kind="meeting", about_ref=meeting.ref, files=[], by=cast.elina, now=NOW
            )
        assert not Message.objects.exists()

    def test_nobody_but_the_two_and_not_after_the_end(self, cast: Cast, meeting: Meeting) -> None:
        for who in (cast.inga, cast.dace, cast.gabija):
            with pytest.raises(NotOneOfTheTwo):
                put(meeting, who)
        dissolve_pair(pair=cast.pair, reason="Aizgāja.", by=cast.inga, now=NOW)
        with pytest.raises(PairHasEnded):
            put(meeting, cast.elina)

    def test_whoever_wants_quiet_is_sent_none(self, cast: Cast, meeting: Meeting) -> None:
        want_quiet(pair=cast.pair, by=cast.andris, now=NOW)
        with pytest.raises(WantsQuiet):
            put(meeting, cast.elina)

    def test_a_wrong_file_is_refused_whole(self, cast: Cast, meeting: Meeting) -> None:
        with pytest.raises(refusals.WrongKind):
            put(meeting, cast.elina, upload(pdf()), upload(b"<svg onload=alert(1)>"))
        assert not File.objects.exists()

    def test_of_files_that_are_refused_no_byte_stays(
        self, cast: Cast, meeting: Meeting, settings: Any, tmp_path: Path
    ) -> None:
        settings.MEDIA_ROOT = tmp_path / "files"
        with pytest.raises(refusals.WrongKind):
            put(meeting, cast.elina, upload(pdf()), upload(b"<svg onload=alert(1)>"))
        assert not (tmp_path / "files").exists()

    def test_a_minor_goes_into_no_picture_without_a_permission(self, cast: Cast, meeting: Meeting) -> None:
        Person.objects.filter(pk=cast.elina.pk).update(born=date(2010, 5, 4))
        record_permission(membership=cast.mentee, kind="taking_part", guardian="Anna", by=cast.inga, now=NOW)
        fresh = Meeting.objects.get(pk=meeting.pk)
        with pytest.raises(ShowsMinor):
            put(fresh, cast.andris, upload(picture()))
        put(fresh, cast.andris, upload(picture()), faceless=True)
        asked = page(cast.andris, meeting)
        assert "Audzēkni attēlos nevar atpazīt" in asked


class TestThePage:
    def form(self, visitor: Visitor, meeting: Meeting) -> Any:
        shown = forms(visitor.get(f"/meetings/{meeting.ref}/"))
        return next(each for each in shown if each.action.endswith("/messages/files/"))

    @pytest.mark.parametrize("days", [0, 30])
    def test_either_puts_files_there_and_both_see_them(self, cast: Cast, meeting: Meeting, days: int) -> None:
        elina = Visitor(cast.elina, days=days)
        form = self.form(elina, meeting)
        sent = {name: value[0] for name, value in form.fields.items()}
        done = elina.post(form.action, {**sent, "attached": [upload(pdf(), "tāme.pdf")]})
        assert done["Location"] == f"/meetings/{meeting.ref}/#files"
        for who in (cast.elina, cast.andris):
            shown = page(who, meeting, days=days)
            assert "tāme.pdf</a>" in shown
        (each,) = filed(cast.pair, "meeting", meeting.ref)
        assert Visitor(cast.andris).get(each.url).status_code == 200
        assert Visitor(cast.inga).get(each.url).status_code == 404

    def test_why_not_is_told_where_one_looks(self, cast: Cast, meeting: Meeting) -> None:
        elina = Visitor(cast.elina)
        form = self.form(elina, meeting)
        sent = {name: value[0] for name, value in form.fields.items()}
        assert "Vispirms jāizvēlas faili." in words(elina.post(form.action, sent, follow=True))
        told = words(elina.post(form.action, {**sent, "ref": "!"}, follow=True))
        assert "pārāk sen" in told

    @pytest.mark.parametrize("about", ["", "meeting:", "meeting:../x", "letter:abcdefghjkmn"])
    def test_what_is_no_thing_takes_no_files(self, cast: Cast, about: str) -> None:
        sent = {"about": about, "ref": new_ref(), "attached": upload(pdf())}
        answer = Visitor(cast.elina).post(f"/pairs/{cast.pair.ref}/messages/files/", sent)
        assert answer.status_code == 400

    @pytest.mark.parametrize("who", ["inga", "dace", "rimantas", "zane", "jonas"])
    def test_nobody_else_puts_any(self, cast: Cast, meeting: Meeting, who: str) -> None:
        sent = {"about": f"meeting:{meeting.ref}", "ref": new_ref(), "attached": upload(pdf())}
        answer = Visitor(getattr(cast, who)).post(f"/pairs/{cast.pair.ref}/messages/files/", sent)
        assert answer.status_code in (403, 404)

    def test_after_the_end_they_are_read_and_none_is_added(self, cast: Cast, meeting: Meeting) -> None:
        put(meeting, cast.elina)
        dissolve_pair(pair=cast.pair, reason="Aizgāja.", by=cast.inga, now=NOW)
        shown = page(cast.andris, meeting, days=9)
        assert "tāme.pdf</a>" in shown
        assert "/messages/files/" not in shown

    @pytest.mark.parametrize("days", [0, 30])
    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("lv", "Tikšanās veidlapa uz papīra (PDF)"),
            ("lt", "Susitikimo forma popieriuje (PDF)"),
            ("en", "The form of the meeting on paper (PDF)"),
        ],
    )
    def test_the_form_to_print_is_there_before_and_after(
        self, cast: Cast, meeting: Meeting, days: int, language: str, said: str
    ) -> None:
        for who in (cast.andris, cast.elina):
            visitor = Visitor(who, days=days, language=language)
            shown = words(visitor.get(f"/meetings/{meeting.ref}/"))
            assert said in shown
            paper = f"/pairs/{cast.pair.ref}/papers/meeting.pdf"
            assert f'href="{paper}"' in shown
            assert visitor.get(paper)["Content-Type"] == "application/pdf"

    def test_the_questions_do_not_grow_with_the_files(self, cast: Cast, meeting: Meeting) -> None:
        put(meeting, cast.elina)
        with clock.moved_to(NOW):
            few = queries(cast.andris, f"/meetings/{meeting.ref}/")
            for _each in range(5):
                put(meeting, cast.elina, *(upload(pdf()) for _file in range(5)))
            assert queries(cast.andris, f"/meetings/{meeting.ref}/") == few
