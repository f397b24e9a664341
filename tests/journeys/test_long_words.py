"""A link or a name of any length makes no page of a pair scroll sideways (quality §5)."""

import pytest

from tests.journeys.conftest import Time, Visitor
from tests.journeys.furnished import furnish
from varpa.businessplans.models import BusinessPlan, Part
from varpa.meetings.models import HourLine, Meeting, Promise, Topic
from varpa.pairs.models import Goal, GoalStep, PlanAnswer
from varpa.profiles.models import Profile

pytestmark = pytest.mark.django_db(transaction=True)
NARROW = (390, 844)
LINK = "https://docs.example.com/document/d/1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789/edit"
PAGES = (
    "/",
    "/pairs/{pair}/",
    "/pairs/{pair}/goals/",
    "/pairs/{pair}/plan/",
    "/pairs/{pair}/hours/",
    "/pairs/{pair}/promises/",
    "/meetings/{meeting}/",
    "/business-plans/{business}/",
    "/business-plans/{business}/parts/idea/",
    "/business-plans/{business}/figures/",
)


def test_no_page_of_a_pair_scrolls_sideways(visit: Visitor, time: Time) -> None:
    cast = furnish()
    for model in (Goal, GoalStep, PlanAnswer, Topic, Promise, Part):
        model.objects.update(text=LINK)
    Meeting.objects.update(place=LINK, goals=LINK, resources=LINK, agenda=LINK)
    HourLine.objects.update(work=LINK)
    BusinessPlan.objects.update(title=LINK)
    Profile.objects.update(company=LINK)
    meeting = Meeting.objects.filter(pair=cast.pair, state="planned").earliest("starts_at")
    business = BusinessPlan.objects.get(membership=cast.mentee)
    names = {"pair": cast.pair.ref, "meeting": meeting.ref, "business": business.ref}
    page = visit("/", person=cast.andris, size=NARROW)
    wide = {}
    for address in PAGES:
        page.goto(address.format(**names))
        wide[address] = page.evaluate("document.documentElement.scrollWidth")
    assert {address: width for address, width in wide.items() if width > NARROW[0]} == {}
