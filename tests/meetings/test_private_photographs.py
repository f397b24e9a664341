"""Notes for oneself that were written by hand: photographed by whoever wrote them, seen by nobody else."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import make
from tests.cast import Cast
from tests.diary.test_photographs import HOSTILE
from tests.files.samples import pdf, picture, upload
from tests.house import walk
from tests.make import NOW
from tests.meetings.conftest import DAY, follow, page, send, speak, text
from tests.visits import queries
from varpa.files import refusals
from varpa.files.models import File
from varpa.history.models import Line
from varpa.kernel.refs import new_ref
from varpa.meetings.actions.private_notes import (
    MOST,
    TooManyPages,
    describe_page,
    photograph_notes,
    take_page_away,
)
from varpa.meetings.models import Meeting, PrivatePhotograph
from varpa.pairs.actions.pairs import NotOneOfTheTwo, PairHasEnded, dissolve_pair, pause_pair
from varpa.people.models import Person
from varpa.privacy.actions.erasing import erase_person
from varpa.support.actions.openings import open_pair

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return make.meeting(cast.pair)


def keep(meeting: Meeting, by: Person, *uploads: SimpleUploadedFile, **changes: Any) -> PrivatePhotograph:
    sent = list(uploads) or [upload(picture())]
    return photograph_notes(meeting=meeting, uploads=sent, by=by, now=NOW, **changes)[0]


def where(meeting: Meeting, rest: str = "") -> str:
    return f"/meetings/{meeting.ref}/notes/private/pages/{rest}"


class TestActions:
    def test_each_of_the_two_keeps_own_ones(self, cast: Cast, meeting: Meeting) -> None:
        for who in (cast.andris, cast.elina):
            keep(meeting, who)
        assert set(PrivatePhotograph.objects.values_list("side", flat=True)) == {"mentor", "mentee"}

    def test_several_are_kept_together_or_not_at_all(self, cast: Cast, meeting: Meeting) -> None:
        keep(meeting, cast.elina, upload(picture()), upload(pdf(), "l.pdf"))
        with pytest.raises(refusals.WrongKind):
            keep(meeting, cast.elina, upload(picture("PNG")), upload(b"#!/bin/sh"))
        assert PrivatePhotograph.objects.count() == File.objects.count() == 2

    @pytest.mark.parametrize("called", HOSTILE)
    def test_a_hostile_file_is_refused(self, cast: Cast, meeting: Meeting, called: str) -> None:
        hostile, refusal = HOSTILE[called]
        with pytest.raises(refusal):
            keep(meeting, cast.elina, upload(hostile))
        assert not File.objects.exists()

    def test_sent_twice_they_are_kept_once(self, cast: Cast, meeting: Meeting) -> None:
        ref = new_ref()
        for _twice in range(2):
            photograph_notes(meeting=meeting, uploads=[upload(picture())], by=cast.elina, now=NOW, ref=ref)
        assert PrivatePhotograph.objects.count() == 1
        # After Back another page comes with the same reference.
        keep(meeting, cast.elina, upload(picture("PNG")), ref=ref)
        assert PrivatePhotograph.objects.count() == 2

    def test_the_reference_of_the_others_page_shows_nothing_of_it(self, cast: Cast, meeting: Meeting) -> None:
        other = keep(meeting, cast.andris)
        assert keep(meeting, cast.elina, ref=other.ref).ref != other.ref

    def test_there_is_an_end(self, cast: Cast, meeting: Meeting) -> None:
        keep(meeting, cast.elina, *(upload(picture()) for _each in range(MOST)))
        with pytest.raises(TooManyPages):
            keep(meeting, cast.elina)
        keep(meeting, cast.andris)

    def test_nobody_but_the_two_and_each_only_the_own(self, cast: Cast, meeting: Meeting) -> None:
        made = keep(meeting, cast.elina)
        for who in (cast.inga, cast.dace, cast.gabija, cast.zane):
            with pytest.raises(NotOneOfTheTwo):
                keep(meeting, who)
        for who in (cast.andris, cast.inga):
            with pytest.raises(NotOneOfTheTwo):
                describe_page(page=made, about="X", by=who, now=NOW)
            with pytest.raises(NotOneOfTheTwo):
                take_page_away(page=made, by=who, now=NOW)

    def test_while_the_pair_rests_yes_after_its_end_no(self, cast: Cast, meeting: Meeting) -> None:
        pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        made = keep(meeting, cast.elina)
        dissolve_pair(pair=cast.pair, reason="Aizgāja.", by=cast.inga, now=NOW)
        with pytest.raises(PairHasEnded):
            keep(meeting, cast.elina)
        with pytest.raises(PairHasEnded):
            take_page_away(page=made, by=cast.elina, now=NOW)

    def test_taken_away_once_and_withdrawn_with_its_file(self, cast: Cast, meeting: Meeting) -> None:
        made = keep(meeting, cast.elina)
        for _twice in range(2):
            take_page_away(page=made, by=cast.elina, now=NOW)
        assert File.objects.get().withdrawn_at == NOW
        assert Line.objects.filter(verb="meeting.take_notes_away").count() == 1

    def test_an_erasure_takes_the_own_and_leaves_the_others(self, cast: Cast, meeting: Meeting) -> None:
        own, other = keep(meeting, cast.elina), keep(meeting, cast.andris)
        describe_page(page=own, about="Par mani", by=cast.elina, now=NOW)
        erase_person(person=cast.elina, by=None, now=NOW)
        own.refresh_from_db()
        assert (own.about, own.withdrawn_at, File.objects.get(pk=own.file_id).name) == ("", NOW, "")
        assert File.objects.get(pk=other.file_id).name == "lapa.jpg"


class TestPages:
    def test_a_page_is_kept_described_shown_and_taken_away(self, cast: Cast, meeting: Meeting) -> None:
        saved = send(
            cast.elina,
            f"/meetings/{meeting.ref}/notes/private/",
            {"text": "Pirms tam", "revision": "0", "photograph": "1"},
        )
        assert saved["Location"] == where(meeting)
        given: dict[str, Any] = {"ref": new_ref()}
        given["chosen"] = [upload(picture()), upload(pdf(), "l.pdf")]
        for _twice in range(2):
            for each in given["chosen"]:
                each.seek(0)
            assert send(cast.elina, where(meeting), given)["Location"] == where(meeting)
        made, scan = PrivatePhotograph.objects.all()
        follow(cast.elina, where(meeting, f"{made.ref}/words/"), {"about": "Par cenu"})
        shown = text(page(cast.elina, where(meeting)))
        assert f'src="{where(meeting, made.ref)}/" alt="Par cenu"' in shown
        assert f'href="{where(meeting, scan.ref)}/">l.pdf' in shown
        on_the_meeting = text(page(cast.elina, f"/meetings/{meeting.ref}/"))
        assert "Pirms tam" in on_the_meeting
        assert "2 nofotografētas lapas" in on_the_meeting
        for _twice in range(2):
            follow(cast.elina, where(meeting, f"{made.ref}/removal/"), {})
        assert page(cast.elina, where(meeting, f"{made.ref}/")).status_code == 404

    def test_why_not_is_told_on_the_page(self, cast: Cast, meeting: Meeting) -> None:
        nothing = text(send(cast.elina, where(meeting), {"ref": new_ref()}))
        assert "Jāizvēlas attēls vai jānofotografē." in nothing
        made = keep(meeting, cast.elina)
        send(cast.elina, where(meeting, f"{made.ref}/words/"), {"about": "x" * 201})
        assert PrivatePhotograph.objects.get().about == ""

    @pytest.mark.parametrize("who", ["andris", "zane", "rimantas", "gabija", "tomas", "inga", "dace"])
    def test_nobody_else_reaches_it_by_any_address(self, cast: Cast, meeting: Meeting, who: str) -> None:
        made, other = keep(meeting, cast.elina), getattr(cast, who)
        assert page(other, where(meeting, f"{made.ref}/")).status_code == 404
        assert made.ref not in text(page(other, where(meeting)))
        assert send(other, where(meeting, f"{made.ref}/words/"), {"about": "x"}).status_code == 404
        send(other, where(meeting, f"{made.ref}/removal/"), {})
        made.refresh_from_db()
        assert (made.about, made.withdrawn_at) == ("", None)
        assert "nofotografēta lapa" not in text(page(other, f"/meetings/{meeting.ref}/"))

    def test_an_opening_with_a_reason_never_shows_it(self, cast: Cast, meeting: Meeting) -> None:
        made = keep(meeting, cast.elina)
        opening = open_pair(pair=cast.pair, reason="Audzēkne ziņoja par draudiem.", by=cast.inga, now=NOW)
        opened = f"/openings/{opening.ref}/"
        for road in (opened, f"{opened}meetings/{meeting.ref}/", f"{opened}files/{made.file.ref}/"):
            answer = page(cast.inga, road)
            assert answer.status_code == 404 or made.ref not in text(answer)

    def test_after_the_end_it_is_read_and_not_changed(self, cast: Cast, meeting: Meeting) -> None:
        made = keep(meeting, cast.elina)
        dissolve_pair(pair=cast.pair, reason="Aizgāja.", by=cast.inga, now=NOW)
        shown = text(page(cast.elina, where(meeting), now=NOW + 9 * DAY))
        assert made.ref in shown
        assert "multipart" not in shown
        assert where(meeting) in text(page(cast.elina, f"/meetings/{meeting.ref}/", now=NOW + 9 * DAY))
        assert page(cast.elina, where(meeting, f"{made.ref}/"), now=NOW + 9 * DAY).status_code == 200

    @pytest.mark.parametrize(
        ("language", "said"),
        [("lv", "Ar roku rakstītās lapas"), ("lt", "Ranka rašyti lapai"), ("en", "Pages written by hand")],
    )
    def test_it_speaks_three_languages(self, cast: Cast, meeting: Meeting, language: str, said: str) -> None:
        keep(meeting, cast.elina)
        speak(language, cast.elina)
        assert said in text(page(cast.elina, where(meeting)))

    def test_the_questions_do_not_grow(self, cast: Cast, meeting: Meeting) -> None:
        keep(meeting, cast.elina)
        asked = queries(cast.elina, where(meeting))
        for _each in range(9):
            keep(meeting, cast.elina)
        assert queries(cast.elina, where(meeting)) == asked


def test_no_other_room_names_them() -> None:
    erased = ("privacy", "holdings.py")
    others = [path for path in walk.python() if "meetings" not in path.parts and path.parts[-2:] != erased]
    assert [path for path in others if "PrivatePhotograph" in path.read_text()] == []
