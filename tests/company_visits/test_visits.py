"""The visit to the company: organised by the mentor, known to the mentee, told in short to the guardian."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from tests import make, other
from tests.cast import Cast, assemble
from tests.guardians.people import address_of, guardian
from tests.make import NOW
from tests.visits import ask, words
from varpa.history.models import Line
from varpa.kernel.merging import Conflict
from varpa.kernel.states import AlreadyMoved
from varpa.meetings.actions.meetings import cancel_meeting
from varpa.meetings.actions.preparation import add_topic
from varpa.meetings.models import Meeting
from varpa.people.models import Person
from varpa.profiles.actions.parts import write_part
from varpa.profiles.actions.profiles import begin_profile
from varpa.programmes.actions.permissions import record_permission
from varpa.programmes.queries import methodology_of
from varpa.visits import actions
from varpa.visits.models import Visit
from varpa.visits.queries import visits_told

pytestmark = pytest.mark.django_db
BACK = datetime(2025, 10, 17, 18, 0)


@pytest.fixture
def cast() -> Cast:
    """Everybody on the stage."""
    return assemble()


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """A visit on Friday at ten, for two hours."""
    return make.meeting(cast.pair, kind="visit", minutes=120, place="Bauskas iela 12, Jelgava")


def describe(meeting: Meeting, by: Person, **changes: Any) -> Visit:
    asked: dict[str, Any] = {
        "texts": {"accompanied": "Klases audzinātāja", "bring": "Slēgti apavi"},
        "back_local": BACK,
        "photos": "ask",
        "revision": 0,
        "now": NOW,
        **changes,
    }
    return actions.describe_visit(meeting=meeting, by=by, **asked)


def test_the_mentor_describes_it_and_a_second_click_changes_nothing(cast: Cast, meeting: Meeting) -> None:
    for _click in range(2):
        visit = describe(meeting, cast.andris)
    meeting.refresh_from_db()
    assert (visit.accompanied, meeting.photos, visit.revision) == ("Klases audzinātāja", "ask", 1)
    assert visit.back_at
    assert Line.objects.filter(verb="visit.describe").count() == 1
    with pytest.raises(Conflict):
        describe(meeting, cast.andris, texts={"bring": "Citi apavi"}, revision=0)


def test_the_word_of_the_firm_alone_is_a_change_too(cast: Cast, meeting: Meeting) -> None:
    describe(meeting, cast.andris, photos="no")
    assert describe(meeting, cast.andris, photos="yes", revision=1).revision == 2
    meeting.refresh_from_db()
    assert meeting.photos == "yes"
    # From a page that does not know it: the other word is not put over this one.
    with pytest.raises(Conflict):
        describe(meeting, cast.andris, photos="no", revision=1)
    meeting.refresh_from_db()
    assert meeting.photos == "yes"


def test_what_cannot_be(cast: Cast, meeting: Meeting) -> None:
    with pytest.raises(actions.MentorOrganises):
        describe(meeting, cast.elina)
    with pytest.raises(actions.BackTooEarly):
        describe(meeting, cast.andris, back_local=datetime(2025, 10, 17, 11, 0))
    with pytest.raises(actions.BackTooLate):
        describe(meeting, cast.andris, back_local=datetime(2025, 11, 17, 11, 0))
    cancel_meeting(meeting=meeting, by=cast.andris, now=NOW)
    with pytest.raises(AlreadyMoved):
        describe(meeting, cast.andris)
    assert not Visit.objects.exists()


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_the_page_in_three_languages(cast: Cast, meeting: Meeting, language: str) -> None:
    add_topic(meeting=meeting, text="Kas pie jums iepērkas?", by=cast.elina, now=NOW)
    address = f"/meetings/{meeting.ref}/visit/"
    form = ask(cast.andris, address, language=language).context["form"]
    # The tour begins with what the methodology recommends.
    assert form.initial["tour"].count("min") == 6
    given = {
        "revision": "0",
        "accompanied": "Māte",
        "back": "2025-10-17T18:00",
        "photos": "no",
        "tour": "Cehs",
    }
    assert ask(cast.andris, address, given, language).status_code == 302
    page = words(ask(cast.elina, address, language=language))
    assert "Māte" in page
    assert "Cehs" in page
    assert "Kas pie jums iepērkas?" in page
    assert 'name="tour"' not in page
    for who in (cast.inga, cast.gabija, cast.zane):
        assert ask(who, address).status_code in (403, 404)
    assert address in words(ask(cast.elina, f"/meetings/{meeting.ref}/"))


def test_only_a_visit_has_the_page(cast: Cast) -> None:
    other = make.meeting(cast.pair, days=5)
    assert ask(cast.andris, f"/meetings/{other.ref}/visit/").status_code == 302


def test_the_guardian_is_told_of_what_is_ahead(cast: Cast, meeting: Meeting) -> None:
    describe(meeting, cast.andris)
    assert visits_told(cast.mentee, NOW) == [meeting]
    assert visits_told(cast.mentee, NOW + timedelta(days=9)) == []
    cancel_meeting(meeting=meeting, by=cast.andris, now=NOW)
    assert visits_told(cast.mentee, NOW) == []


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_the_guardians_link_shows_where_with_whom_and_back_when(
    cast: Cast, meeting: Meeting, language: str
) -> None:
    describe(meeting, cast.andris, texts={"accompanied": "Klases audzinātāja", "tour": "Cehs"})
    Person.objects.filter(pk=cast.elina.pk).update(born=date(2009, 3, 1))
    cast.mentee.refresh_from_db()
    record_permission(membership=cast.mentee, kind="visit", guardian="Anna", by=cast.inga, now=NOW)
    door = address_of(guardian(cast.mentee, cast.inga))
    assert f"{door}visits/" in words(ask(None, door))
    page = ask(None, f"{door}visits/?language={language}")
    assert page["Cache-Control"] == "private, no-store"
    for told in ("Bauskas iela 12, Jelgava", "Klases audzinātāja", cast.andris.name, "17"):
        assert told in words(page)
    assert "Cehs" not in words(page)
    assert f'href="{door}?language={language}"' in page.content.decode()
    assert f'href="{door}"' in ask(None, f"{door}visits/").content.decode()
    assert ask(None, "/guardian/nobody/visits/")["location"] == "/guardian/nobody/"


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_the_pack_is_printed_and_taken_along(cast: Cast, meeting: Meeting, language: str) -> None:
    describe(meeting, cast.andris)
    add_topic(meeting=meeting, text="Kāpēc tieši māls?", by=cast.elina, now=NOW)
    for person in (cast.elina, cast.andris):
        answer = ask(person, f"/meetings/{meeting.ref}/visit.pdf", language=language)
        told = " ".join(PdfReader(BytesIO(answer.content)).pages[0].extract_text().split())
        assert "Bauskas iela 12" in told
        assert "Kāpēc tieši māls?" in told


def test_the_pack_leads_to_the_company_where_no_other_place_is_said(cast: Cast) -> None:
    meeting = make.meeting(cast.pair, kind="visit")
    answer = ask(cast.elina, f"/meetings/{meeting.ref}/visit.pdf")
    assert cast.mentor.place in PdfReader(BytesIO(answer.content)).pages[0].extract_text()


def test_the_pack_is_for_the_two_and_for_visits(cast: Cast, meeting: Meeting) -> None:
    path = f"/meetings/{meeting.ref}/visit.pdf"
    assert [ask(each, path).status_code for each in (cast.inga, cast.zane, cast.gabija)] == [404] * 3
    other = make.meeting(cast.pair, days=9, kind="regular")
    assert ask(cast.elina, f"/meetings/{other.ref}/visit.pdf").status_code == 404


def test_page_and_pack_ask_what_the_profile_does_not_say_yet(cast: Cast, meeting: Meeting) -> None:
    """The profile is collected before, at and after the visit (product S12)."""
    profile = begin_profile(pair=cast.pair, company="Kokapstrāde", by=cast.elina, now=NOW)
    write_part(
        profile=profile,
        key="history",
        text="Sākās 1994. gadā.",
        sources=["published"],
        kept=False,
        revision=0,
        by=cast.elina,
        now=NOW,
    )
    page = ask(cast.elina, f"/meetings/{meeting.ref}/visit/").content.decode()
    content = ask(cast.elina, f"/meetings/{meeting.ref}/visit.pdf").content
    paper = " ".join(" ".join(each.extract_text() for each in PdfReader(BytesIO(content)).pages).split())
    for told in (page, paper):
        assert "Kas pērk visvairāk, un kas atgriežas?" in told
        assert "Kurš uzņēmumu sāka, kad un kāpēc?" not in told
    assert f'href="/pairs/{cast.pair.ref}/profile/"' in page


def test_questions_are_for_a_profile_only_where_the_methodology_has_one(cast: Cast, meeting: Meeting) -> None:
    add_topic(meeting=meeting, text="Kā sākāt?", by=cast.elina, now=NOW)

    def told() -> list[str]:
        """What the pages of the visit and its meeting, and the printed pack, ask the mentee for."""
        visit, page = (
            words(ask(cast.elina, f"/meetings/{meeting.ref}/{each}", language="en"))
            for each in ("visit/", "")
        )
        reader = Person.objects.get(pk=cast.elina.pk)
        paper = PdfReader(BytesIO(ask(reader, f"/meetings/{meeting.ref}/visit.pdf", language="en").content))
        asked = ("Questions for the company profile", "find out for the company profile")
        texts = [visit, page, paper.pages[0].extract_text()]
        return [each for text in texts for each in (*asked, "Questions for the visit") if each in text]

    assert told() == [
        "Questions for the company profile",
        "find out for the company profile",
        "Questions for the company profile",
    ]
    other.by(replace(methodology_of(cast.programme), company_profile=()), cast.programme)
    assert told() == ["Questions for the visit"] * 2
