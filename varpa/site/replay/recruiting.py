"""Beside the programme of today one that recruits: its front door is open, and the first have applied.

Whoever runs it has asked two schools about their pupils, written notes and kept a view of the list.
"""

from datetime import timedelta

from varpa.applications.actions.talks import add_note
from varpa.applications.actions.views import keep_view
from varpa.calls.actions.applying import begin, confirm_address, write_step
from varpa.calls.actions.sending import send
from varpa.guardians.actions.schools import add_contact, say_word
from varpa.kernel import clock
from varpa.kernel.refs import new_ref
from varpa.methodology import Offset
from varpa.programmes.actions.beginning import begin_programme
from varpa.programmes.actions.programmes import take_step
from varpa.programmes.models import Membership, Programme, Role
from varpa.site.replay.crowd import Crowd
from varpa.site.replay.house import House, name_partners, programme_name
from varpa.site.replay.words import names

BEGINS = timedelta(days=75)
APPLY = (
    ("bakery", "lv", Role.MENTEE),
    ("honey", "lv", Role.MENTEE),
    ("carpentry", "lt", Role.MENTEE),
    ("bakery", "lt", Role.MENTEE),
    ("ceramics", "lv", Role.MENTOR),
    ("carpentry", "lv", Role.MENTOR),
)


def recruit(house: House, crowd: Crowd) -> Programme:
    """Make the programme, whose staff is the lead partner's, and let a few people apply."""
    starts = house.today + BEGINS
    ends = Offset(house.methodology.months).on(starts)
    programme: Programme = house.stage.do(
        begin_programme,
        organisation=house.programme.organisation,
        methodology=house.methodology,
        ref=new_ref(),
        name=programme_name(house.methodology, starts, ends),
        starts=starts,
        ends=ends,
        by=house.lead,
    )
    name_partners(house.stage, programme, by=house.lead)
    house.stage.do(take_step, programme=programme, step="recruit", by=house.lead)
    applied = [_apply(house, crowd, programme, idea, home, role) for idea, home, role in APPLY]
    mentees = [each for each in applied if each.role == Role.MENTEE]
    for number, country in enumerate(("LV", "LT")):
        _ask_school(house, crowd, [each for each in mentees if each.country == country], confirms=not number)
    _look_after(house, programme, applied)
    return programme


def _ask_school(house: House, crowd: Crowd, pupils: list[Membership], *, confirms: bool) -> None:
    """Write to the school of the first of these pupils; where it `confirms`, it has answered already."""
    if not pupils:
        return
    pupil, home = pupils[0], pupils[0].country.lower()
    name, address = crowd.staff(home)
    given = {"school": pupil.place, "name": name, "address": address, "language": home, "by": house.lead}
    contact = house.stage.do(add_contact, programme=pupil.programme, ref=new_ref(), **given)
    if confirms:
        house.stage.do(say_word, link=contact.links.get(), membership=pupil, confirmed=True)


def _look_after(house: House, programme: Programme, applied: list[Membership]) -> None:
    """Notes that only the managers see, and views of the list, in the language of the staff."""
    told = names()["recruiting"]
    for membership, text in zip(applied, told["notes"], strict=False):
        house.stage.do(add_note, membership=membership, text=text, ref=new_ref(), by=house.lead)
    for name, role in zip(told["views"], (Role.MENTOR, Role.MENTEE), strict=True):
        asked = [("role", str(role)), ("state", "applied")]
        given = {"name": name, "asked": asked, "shared": role == Role.MENTEE, "ref": new_ref()}
        house.stage.do(keep_view, programme=programme, by=house.lead, **given)


def _apply(house: House, crowd: Crowd, programme: Programme, idea: str, home: str, role: str) -> Membership:
    who = crowd.mentee(idea, home) if role == Role.MENTEE else crowd.mentor(idea, home)
    said = {"name": who.name, "address": who.email, "language": who.language}
    if who.born:
        said["born"] = (clock.now().date() - timedelta(days=19 * 366)).isoformat()
    given = {"programme": programme, "role": role, "form": new_ref()}
    application = house.stage.do(begin, said=said, by=None, **given)
    told: dict[str, object] = {"place": who.place, "country": who.country, "topic": who.topic}
    told |= {"interests": who.said["interests"][:1], "languages": [home], "means": list(who.means)}
    given = {"application": application, "step": "place", "words": (), "revision": 0}
    house.stage.do(write_step, said=told, **given)
    house.stage.do(confirm_address, application=application)
    house.stage.do(send, application=application, consent=True)
    membership = application.membership
    assert membership is not None
    return membership
