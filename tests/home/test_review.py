"""How a meeting was is written where it is asked for: in the band of the first page."""

from typing import Any

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.visits import Form, Visitor, forms, queries, words
from varpa.meetings.actions.hours import confirm_hours
from varpa.meetings.models import HourLine, LineState, Meeting, MeetingState, Review

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return make.meeting(cast.pair, days=1)


def band(answer: Any) -> Form:
    """The form of the review on a page."""
    return next(form for form in forms(answer) if form.action.endswith("/review/"))


@pytest.mark.parametrize("who", ["andris", "elina"])
def test_one_box_a_length_and_one_button(cast: Cast, meeting: Meeting, who: str) -> None:
    visitor = Visitor(getattr(cast, who), days=2)
    form = band(visitor.get("/"))
    assert form.action == f"/meetings/{meeting.ref}/review/"
    assert [name for name in form.fields if name in ("text", "minutes")] == ["text", "minutes"]
    assert form.fields["minutes"] == ["60"]
    assert len(form.buttons) == 1
    answer = visitor.send(form, text="Par cenu.", minutes="45")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    review = Review.objects.get()
    assert (review.meeting, review.side, review.text) == (
        meeting,
        "mentor" if who == "andris" else "mentee",
        "Par cenu.",
    )
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.HELD
    assert HourLine.objects.get().minutes == 45
    assert not [each for each in forms(visitor.get("/")) if each.action.endswith("/review/")]


def test_what_is_wrong_is_told_at_its_field_and_nothing_is_lost(cast: Cast, meeting: Meeting) -> None:
    visitor = Visitor(cast.elina, days=2, language="en")
    answer = visitor.send(band(visitor.get("/")), text="Par cenu un par klientiem.", minutes="daudz")
    assert answer.status_code == 200
    shown = words(answer)
    assert 'aria-describedby="id_minutes_why' in shown
    assert "Write minutes as a number, for example 45." in shown
    again = band(answer)
    assert again.fields["text"] == ["Par cenu un par klientiem."]
    assert again.fields["minutes"] == ["daudz"]
    assert not Review.objects.exists()
    # Corrected, one comes back to where one began.
    assert visitor.send(again, minutes="45")["Location"] == "/"
    assert Review.objects.get().text == "Par cenu un par klientiem."


def test_two_clicks_make_one_review(cast: Cast, meeting: Meeting) -> None:
    visitor = Visitor(cast.andris, days=2)
    form = band(visitor.get("/"))
    for _click in range(2):
        assert visitor.send(form, text="Par cenu.")["Location"] == "/"
    assert (Review.objects.count(), HourLine.objects.count()) == (1, 1)


def test_a_settled_length_is_not_asked_again(cast: Cast, meeting: Meeting) -> None:
    mentor, mentee = Visitor(cast.andris, days=2), Visitor(cast.elina, days=2)
    mentor.send(band(mentor.get("/")), text="Par cenu.", minutes="50")
    waiting = band(mentee.get("/"))
    assert waiting.fields["minutes"] == ["50"]
    confirm_hours(line=HourLine.objects.get(), by=cast.elina, now=mentee.now)
    settled = band(mentee.get("/"))
    assert "minutes" not in settled.fields
    assert mentee.send(settled, text="Bija labi.")["Location"] == "/"
    assert HourLine.objects.get().state == LineState.CONFIRMED


@pytest.mark.parametrize(
    ("language", "who", "asks"),
    [
        ("lv", "andris", "Cik minūšu ilga tikšanās?"),
        ("lt", "elina", "Kiek minučių truko susitikimas?"),
        ("en", "elina", "How many minutes did the meeting take?"),
    ],
)
def test_the_band_asks_in_every_language(
    cast: Cast, meeting: Meeting, language: str, who: str, asks: str
) -> None:
    assert asks in words(Visitor(getattr(cast, who), days=2, language=language).get("/"))


def test_the_band_costs_no_query_more(cast: Cast, meeting: Meeting) -> None:
    assert queries(cast.andris, "/", days=2) <= MOST_QUERIES


def test_the_others_review_is_not_in_the_band(cast: Cast, meeting: Meeting) -> None:
    mentor = Visitor(cast.andris, days=2)
    mentor.send(band(mentor.get("/")), text="Slepeni vārdi.")
    assert "Slepeni" not in words(Visitor(cast.elina, days=2).get("/"))
