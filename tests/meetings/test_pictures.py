"""Pictures from a meeting: who is in them is always asked; a minor is shown only where it is permitted."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.meetings.conftest import DAY, page, speak, text
from tests.programmes.conftest import picture, queries
from varpa.files.models import File
from varpa.files.refusals import WrongKind
from varpa.kernel import clock
from varpa.kernel.refs import new_ref
from varpa.meetings.actions import pictures as actions
from varpa.meetings.actions.meetings import cancel_meeting
from varpa.meetings.models import Meeting, Picture
from varpa.pairs.actions.pairs import NotOneOfTheTwo, PairHasEnded, dissolve_pair, pause_pair
from varpa.people.models import Person
from varpa.programmes.actions.permissions import record_permission, withdraw_permission

pytestmark = pytest.mark.django_db

LATER = NOW + 4 * DAY


@pytest.fixture
def visit(cast: Cast) -> Meeting:
    """A visit that was held; Elīna is of age unless a test says otherwise."""
    held = make.held(cast.pair, kind="visit")
    firm_says(held, "yes")
    return held


def firm_says(meeting: Meeting, word: str) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(photos=word)
    meeting.photos = word


def minor(cast: Cast, *, photographs: bool = False) -> None:
    Person.objects.filter(pk=cast.elina.pk).update(born=date(2010, 5, 4))
    for kind in ("taking_part", "visit", *(["photographs"] if photographs else [])):
        record_permission(membership=cast.mentee, kind=kind, guardian="Anna", by=cast.inga, now=NOW)


def add(meeting: Meeting, by: Person, *shows: str, **changes: Any) -> Picture:
    fresh = Meeting.objects.get(pk=meeting.pk)
    given: dict[str, Any] = {"upload": picture(), "about": "Krāsns", "shows": shows, **changes}
    return actions.add_picture(meeting=fresh, by=by, now=LATER, **given)


def address(meeting: Meeting, rest: str = "") -> str:
    return f"/meetings/{meeting.ref}/pictures/{rest}"


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def upload(client: Client, meeting: Meeting, shows: str, ref: str = "") -> str:
    given = {"ref": ref or new_ref(), "shows": shows, "about": "Krāsns", "picture": picture()}
    with clock.moved_to(LATER):
        return text(client.post(address(meeting), given, follow=True))


def test_a_grown_mentee_is_shown(cast: Cast, visit: Meeting) -> None:
    kept = add(visit, cast.andris, "mentor", "mentee")
    assert (kept.shows_mentor, kept.shows_mentee, kept.side) == (True, True, "mentor")
    assert kept.file.about_kind == "picture"


def test_a_minor_is_shown_with_the_permission_only(cast: Cast, visit: Meeting) -> None:
    minor(cast)
    with pytest.raises(actions.NoPhotographsPermission):
        add(visit, cast.elina, "mentee")
    assert not File.objects.filter(about_kind="picture").exists()
    assert add(visit, cast.elina)
    assert add(visit, cast.elina, "mentor")
    record_permission(membership=cast.mentee, kind="photographs", guardian="Anna", by=cast.inga, now=NOW)
    assert add(visit, cast.elina, "mentee")


def test_a_permission_taken_back_hides_the_picture_at_once(cast: Cast, visit: Meeting) -> None:
    minor(cast, photographs=True)
    shown, hands = add(visit, cast.elina, "mentee"), add(visit, cast.elina)
    client = signed_in(cast.andris)
    with clock.moved_to(LATER):
        assert client.get(address(visit, f"{shown.ref}/")).status_code == 200
        withdraw_permission(membership=cast.mentee, kind="photographs", by=cast.inga, now=LATER)
        assert client.get(address(visit, f"{shown.ref}/")).status_code == 404
        assert client.get(address(visit, f"{hands.ref}/")).status_code == 200
        assert shown.ref not in text(client.get(address(visit)))


def test_coming_of_age_brings_back_no_picture_that_nobody_permits(cast: Cast, visit: Meeting) -> None:
    minor(cast, photographs=True)
    shown = add(visit, cast.elina, "mentee")
    withdraw_permission(membership=cast.mentee, kind="photographs", by=cast.inga, now=LATER)
    with clock.moved_to(datetime.fromisoformat("2028-05-04T09:00:00+00:00")):
        assert signed_in(cast.elina).get(address(visit, f"{shown.ref}/")).status_code == 404


def test_somebody_else_is_never_shown(cast: Cast, visit: Meeting) -> None:
    with pytest.raises(actions.ShowsOthers):
        add(visit, cast.andris, "others")


def test_a_meeting_that_did_not_take_place_has_no_pictures(cast: Cast) -> None:
    planned = make.meeting(cast.pair, days=9)
    cancel_meeting(meeting=planned, reason="", by=cast.andris, now=NOW)
    with pytest.raises(actions.NotForPictures):
        add(planned, cast.andris)


def test_two_clicks_keep_one_picture(cast: Cast, visit: Meeting) -> None:
    ref = new_ref()
    assert add(visit, cast.andris, ref=ref) == add(visit, cast.andris, ref=ref)
    assert visit.pictures.count() == File.objects.filter(about_kind="picture").count() == 1


def test_another_picture_from_the_same_form_is_kept_too(cast: Cast, visit: Meeting) -> None:
    """After "Back": another file, or the same one with other words; each of them once."""
    ref = new_ref()
    for _click in range(2):
        add(visit, cast.andris, ref=ref)
        add(visit, cast.andris, ref=ref, upload=picture(50))
        add(visit, cast.andris, ref=ref, about="Cita krāsns")
    assert [each.about for each in visit.pictures.order_by("pk")] == ["Krāsns", "Krāsns", "Cita krāsns"]


def test_there_is_an_end_to_pictures(cast: Cast, visit: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST", 1)
    first = add(visit, cast.andris)
    with pytest.raises(actions.TooManyPictures):
        add(visit, cast.andris)
    actions.take_picture_away(picture=first, by=cast.andris, now=LATER)
    assert add(visit, cast.andris)


def test_either_takes_it_away_once(cast: Cast, visit: Meeting) -> None:
    kept = add(visit, cast.andris, "mentee")
    for _click in range(2):
        actions.take_picture_away(picture=kept, by=cast.elina, now=LATER)
    kept.refresh_from_db()
    assert kept.withdrawn_at == kept.file.withdrawn_at == LATER
    with pytest.raises(NotOneOfTheTwo):
        actions.take_picture_away(picture=kept, by=cast.inga, now=LATER)


def test_what_is_no_picture_is_refused(cast: Cast, visit: Meeting) -> None:
    paper = SimpleUploadedFile("x.jpg", b"%PDF-1.4 something")
    with pytest.raises(WrongKind):
        actions.add_picture(meeting=visit, upload=paper, about="Krāsns", shows=(), by=cast.andris, now=LATER)


def test_the_page_asks_who_is_in_it(cast: Cast, visit: Meeting) -> None:
    speak("en", cast.andris)
    client = signed_in(cast.andris)
    assert "Say who can be recognised in the picture." in upload(client, visit, "")
    assert "The picture is kept. Only the two of you see it." in upload(client, visit, "nobody")
    assert "Somebody else can be recognised" in upload(client, visit, "others")
    with clock.moved_to(LATER):
        assert "Choose a picture or take one." in text(
            client.post(address(visit), {"ref": new_ref(), "shows": "nobody"})
        )


def test_the_page_says_why_a_minor_is_not_shown(cast: Cast, visit: Meeting) -> None:
    minor(cast)
    speak("en", cast.andris)
    told = upload(signed_in(cast.andris), visit, "mentor mentee")
    assert "No parent or guardian has permitted photographs of the mentee" in told
    assert not visit.pictures.exists()


def test_who_sees_pictures(cast: Cast, visit: Meeting) -> None:
    kept = add(visit, cast.andris)
    for rest in ("", f"{kept.ref}/"):
        for person in (cast.andris, cast.elina):
            assert page(person, address(visit, rest), now=LATER).status_code == 200
        for person in (cast.inga, cast.dace, cast.rimantas, cast.gabija, cast.tomas):
            assert page(person, address(visit, rest), now=LATER).status_code == 404
    answer = signed_in(cast.inga).post(address(visit, f"{kept.ref}/removal/"))
    assert answer.status_code == 404
    elsewhere = make.held(cast.neighbours)
    assert page(cast.rimantas, address(elsewhere, f"{kept.ref}/"), now=LATER).status_code == 404


def test_taking_away_on_the_page(cast: Cast, visit: Meeting) -> None:
    kept = add(visit, cast.andris)
    client = signed_in(cast.elina)
    answer = client.post(address(visit, f"{kept.ref}/removal/"))
    assert answer.headers["Location"] == address(visit)
    assert page(cast.elina, address(visit, f"{kept.ref}/"), now=LATER).status_code == 404


def test_a_resting_pair_adds_none(cast: Cast, visit: Meeting) -> None:
    pause_pair(pair=cast.pair, by=cast.inga, now=LATER)
    assert "multipart/form-data" not in text(page(cast.andris, address(visit), now=LATER))


def test_the_page_stays_within_its_queries(cast: Cast, visit: Meeting) -> None:
    minor(cast, photographs=True)
    client = signed_in(cast.elina)
    few = queries(client, address(visit))
    for _time in range(10):
        add(visit, cast.andris)
    assert queries(client, address(visit)) == few <= 12


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_pictures_speak_three_languages(cast: Cast, visit: Meeting, language: str) -> None:
    minor(cast)
    for person in (cast.andris, cast.elina):
        speak(language, person)
        answer = page(person, address(visit), now=LATER)
        assert f'<html lang="{language}"' in text(answer)


class TestFirm:
    """At a visit no picture is kept without the firm's word (methodology §3.1, 8)."""

    @pytest.mark.parametrize("by", ["andris", "elina"])
    def test_where_it_says_yes_either_of_the_two_adds(self, cast: Cast, visit: Meeting, by: str) -> None:
        kept = add(visit, getattr(cast, by), about="Cehs no iekšpuses")
        assert kept.about == "Cehs no iekšpuses"
        for who in (cast.andris, cast.elina):
            assert 'alt="Cehs no iekšpuses"' in text(page(who, address(visit), now=LATER))

    @pytest.mark.parametrize(
        ("word", "refusal"),
        [("no", actions.FirmForbids), ("", actions.FirmUnheard), ("ask", actions.FirmNotAsked)],
    )
    def test_otherwise_none_is_kept(
        self, cast: Cast, visit: Meeting, word: str, refusal: type[Exception]
    ) -> None:
        firm_says(visit, word)
        with pytest.raises(refusal):
            add(visit, cast.andris)
        assert not File.objects.filter(about_kind="picture").exists()

    def test_where_it_wants_to_be_asked_that_is_ticked_each_time(self, cast: Cast, visit: Meeting) -> None:
        firm_says(visit, "ask")
        assert add(visit, cast.andris, agreed=True)
        client = signed_in(cast.andris)
        speak("en", cast.andris)
        assert "Tick that it has agreed to this one" in upload(client, visit, "nobody")
        given = {"ref": new_ref(), "shows": "nobody", "about": "Krāsns", "agreed": "on", "picture": picture()}
        with clock.moved_to(LATER):
            assert client.post(address(visit), given).status_code == 302
        assert visit.pictures.count() == 2

    def test_a_word_taken_back_hides_all_at_once(self, cast: Cast, visit: Meeting) -> None:
        kept = add(visit, cast.andris)
        firm_says(visit, "no")
        assert page(cast.elina, address(visit, f"{kept.ref}/"), now=LATER).status_code == 404
        shown = text(page(cast.elina, address(visit), now=LATER))
        assert kept.ref not in shown
        assert "multipart/form-data" not in shown

    def test_while_nobody_knows_the_mentor_is_led_to_the_page_of_the_visit(
        self, cast: Cast, visit: Meeting
    ) -> None:
        firm_says(visit, "")
        link = f'href="/meetings/{visit.ref}/visit/"'
        assert link in text(page(cast.andris, address(visit), now=LATER))
        shown = text(page(cast.elina, address(visit), now=LATER))
        assert link not in shown
        assert "multipart/form-data" not in shown

    def test_other_meetings_ask_no_firm(self, cast: Cast) -> None:
        assert add(make.held(cast.pair, kind="regular"), cast.elina)

    def test_each_says_in_words_what_it_shows(self, cast: Cast, visit: Meeting) -> None:
        with pytest.raises(actions.NoWords):
            add(visit, cast.andris, about="  ")

    def test_place_and_device_are_taken_out(self, cast: Cast, visit: Meeting) -> None:
        exif = Image.Exif()
        exif[271], exif[272] = "SecretMaker", "SecretModel"
        out = BytesIO()
        Image.new("RGB", (40, 30)).save(out, "JPEG", exif=exif)
        upload = SimpleUploadedFile("a.jpg", out.getvalue(), "image/jpeg")
        kept = add(visit, cast.andris, upload=upload)
        answer = page(cast.elina, address(visit, f"{kept.ref}/"), now=LATER)
        assert b"Secret" not in b"".join(answer)


class TestAfterTheEnd:
    """Nothing of the pair can be changed, only read by the two; a consent can still be taken back."""

    @pytest.fixture
    def ended(self, cast: Cast, visit: Meeting) -> Meeting:
        self.shown = add(visit, cast.andris, "mentee")
        self.hands = add(visit, cast.andris, upload=picture(50))
        self.elsewhere = add(make.held(cast.pair, days=2, kind="regular"), cast.elina, upload=picture(60))
        dissolve_pair(pair=cast.pair, reason="Pārcelšanās", by=cast.inga, now=LATER)
        return visit

    def away(self, kept: Picture, by: Person) -> bool:
        fresh = Picture.objects.get(pk=kept.pk)
        actions.take_picture_away(picture=fresh, by=by, now=LATER)
        return Picture.objects.get(pk=kept.pk).withdrawn_at is not None

    def test_a_picture_without_ones_face_stays(self, cast: Cast, ended: Meeting) -> None:
        others = ((self.hands, cast.elina), (self.elsewhere, cast.andris), (self.elsewhere, cast.elina))
        for kept, by in others:
            with pytest.raises(PairHasEnded):
                self.away(kept, by)
            kept.refresh_from_db()
            assert kept.withdrawn_at is None
            kept.file.refresh_from_db()
            assert kept.file.withdrawn_at is None

    def test_whoever_is_seen_takes_the_consent_back(self, cast: Cast, ended: Meeting) -> None:
        assert self.away(self.shown, cast.elina)

    def test_the_mentor_takes_the_word_of_the_firm_back(self, cast: Cast, ended: Meeting) -> None:
        assert self.away(self.hands, cast.andris)
        assert self.away(self.shown, cast.andris)

    def test_the_guardian_still_hides_it(self, cast: Cast, ended: Meeting) -> None:
        minor(cast, photographs=True)
        client = signed_in(cast.andris)
        with clock.moved_to(LATER):
            assert client.get(address(ended, f"{self.shown.ref}/")).status_code == 200
            withdraw_permission(membership=cast.mentee, kind="photographs", by=cast.inga, now=LATER)
            assert client.get(address(ended, f"{self.shown.ref}/")).status_code == 404

    def test_the_page_offers_what_may_be(self, cast: Cast, ended: Meeting) -> None:
        shown = text(page(cast.elina, address(ended), now=LATER))
        assert f"{self.shown.ref}/removal/" in shown
        assert f"{self.hands.ref}/" in shown
        assert f"{self.hands.ref}/removal/" not in shown
        speak("en", cast.elina)
        with clock.moved_to(LATER):
            told = signed_in(cast.elina).post(address(ended, f"{self.hands.ref}/removal/"), follow=True)
        assert "The mentoring has ended." in text(told)
