"""The link of a call: of the pair's own choice, checked, in the invitation, one tap a quarter before."""

from datetime import timedelta

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.meetings.conftest import page, plan, text
from varpa.meetings.actions.meetings import move_meeting
from varpa.meetings.queries import suggest
from varpa.meetings.video import UnsafeLink, video_link
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db
LINK = "https://meet.example/abc-def"


@pytest.mark.parametrize(
    ("place", "link"),
    [
        (LINK, LINK),
        (f"Zvans: {LINK}, kā parasti", LINK),
        (f"<{LINK}>", LINK),
        (f"({LINK}), kā parasti", LINK),
        (f"Zoom:{LINK}", LINK),
        ("meet.google.com/abc-defg-hij", "https://meet.google.com/abc-defg-hij"),
        ("Zvans us02web.zoom.us/j/123.", "https://us02web.zoom.us/j/123"),
        ("Kafejnīca Bauskā", ""),
        ("A.Čaka iela 5/2", ""),
        ("zoom.us.example/j", ""),
        ("manszoom.us/j/1", ""),
        ("https://", ""),
        ("https://lietotajs@meet.example/", ""),
        ("https://[", ""),
    ],
)
def test_the_link_within_a_place(place: str, link: str) -> None:
    assert video_link(place) == link


@pytest.mark.parametrize(
    "place",
    [
        "http://meet.example/abc",
        "javascript:alert(1)",
        "data:text/html;base64,PHA+",
        "data:,Sveiki",
        "https://a@b.example/",
        "ftp://x.y/",
    ],
)
def test_a_link_that_is_not_safe_is_refused(cast: Cast, place: str) -> None:
    with pytest.raises(UnsafeLink):
        plan(cast, place=place)
    meeting = plan(cast, place="Bauska, Rīgas iela 1: 2. stāvs")
    with pytest.raises(UnsafeLink):
        move_meeting(
            meeting=meeting,
            starts_local=meeting.starts_local,
            zone=meeting.zone,
            minutes=45,
            place=place,
            by=cast.elina,
            now=NOW,
        )


@pytest.mark.parametrize(
    "place",
    ["Data: 17 d., kavinė", "data:17 d.", "JavaScript: pamati, 5. kabinets", f"<{LINK}>", f"Zoom:{LINK}"],
)
def test_words_before_a_colon_are_no_link(cast: Cast, place: str) -> None:
    assert plan(cast, place=place).place == place


def test_it_stands_in_the_invitation_and_is_offered_for_the_next(cast: Cast) -> None:
    plan(cast, place=LINK)
    letter = Letter.objects.filter(kind="meetings.invited")[0]
    calendar = letter.calendar.replace("\r\n ", "")
    assert f"URL:{LINK}" in calendar
    assert f"LOCATION:{LINK}" in calendar
    assert suggest(cast.pair, "Europe/Riga", NOW).link == LINK
    make.meeting(cast.pair, days=9, kind="regular", place="Kafejnīca")
    assert suggest(cast.pair, "Europe/Riga", NOW).link == ""


def test_one_tap_from_a_quarter_before(cast: Cast) -> None:
    meeting = plan(cast, place=LINK)
    address = f"/meetings/{meeting.ref}/"
    button = f'class="button" href="{LINK}"'
    before = page(cast.elina, address, now=meeting.starts_at - timedelta(minutes=16))
    assert button not in text(before)
    joined = page(cast.elina, address, now=meeting.starts_at - timedelta(minutes=14))
    assert button in text(joined)
