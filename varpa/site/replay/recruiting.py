"""Beside the programme of today one that recruits: its front door is open, and the first have applied."""

from datetime import timedelta

from django.conf import settings

from varpa.calls.actions.applying import begin, confirm_address, write_step
from varpa.calls.actions.sending import send
from varpa.kernel import clock
from varpa.kernel.refs import new_ref
from varpa.kernel.text import TranslatedText
from varpa.methodology import Offset
from varpa.programmes.actions.programmes import make_programme, take_step
from varpa.programmes.models import Programme, Role
from varpa.site.replay.crowd import Crowd
from varpa.site.replay.house import House
from varpa.site.replay.words import names

BEGINS = timedelta(days=75)
WISHES = {"bakery": "10.71", "honey": "01.4", "carpentry": "16.2", "ceramics": "23.4"}
"""What whoever writes of an idea is interested in, or works at."""
APPLY = (
    ("bakery", "lv", Role.MENTEE),
    ("honey", "lv", Role.MENTEE),
    ("carpentry", "lt", Role.MENTEE),
    ("bakery", "lt", Role.MENTEE),
    ("ceramics", "lv", Role.MENTOR),
    ("carpentry", "lv", Role.MENTOR),
)


def recruit(house: House, crowd: Crowd) -> None:
    """Make the programme, whose staff is the lead partner's, and let a few people apply."""
    starts = house.today + BEGINS
    ends = Offset(house.methodology.months).on(starts)
    called = names()["programmes"][house.methodology.key]
    programme: Programme = house.stage.do(
        make_programme,
        organisation=house.programme.organisation,
        folder=settings.METHODOLOGIES / house.methodology.key,
        name=TranslatedText.same(f"{called}, {starts.year}–{ends.year}"),
        starts=starts,
        ends=ends,
        by=house.lead,
    )
    house.stage.do(take_step, programme=programme, step="recruit", by=house.lead)
    for idea, home, role in APPLY:
        _apply(house, crowd, programme, idea, home, role)


def _apply(house: House, crowd: Crowd, programme: Programme, idea: str, home: str, role: str) -> None:
    who = crowd.mentee(idea, home) if role == Role.MENTEE else crowd.mentor(idea, home)
    said = {"name": who.name, "address": who.email, "language": who.language}
    if who.born:
        said["born"] = (clock.now().date() - timedelta(days=19 * 366)).isoformat()
    given = {"programme": programme, "role": role, "form": new_ref()}
    application = house.stage.do(begin, said=said, by=None, **given)
    told = {"place": who.place, "country": who.country, "topic": who.topic, "interests": [WISHES[idea]]}
    told |= {"languages": [home], "means": list(who.means)}
    given = {"application": application, "step": "place", "words": (), "revision": 0}
    house.stage.do(write_step, said=told, **given)
    house.stage.do(confirm_address, application=application)
    house.stage.do(send, application=application, consent=True)
