"""What happens beside the way of a pair: somebody asks for help, news, figures, times to choose from.

Each is made once, by people of the cast, so that whoever looks at the demonstration finds every page.
"""

from datetime import datetime, time, timedelta
from typing import Any

from varpa.applications.actions.rosters import hold_roster
from varpa.businessplans.models import BusinessPlan
from varpa.dossier.actions.asking import ask_dossier
from varpa.dossier.actions.observers import invite_observer
from varpa.dossier.actions.working import build_waiting
from varpa.evaluation.actions import add_indicator, write_value
from varpa.guardians.actions.guardians import add_guardian
from varpa.guardians.actions.worries import tell_worry
from varpa.kernel import clock
from varpa.kernel.text import TranslatedText
from varpa.meetings.queries import kinds_for
from varpa.methodology.marks import KindAct
from varpa.news.actions.news import publish_news, write_news
from varpa.news.actions.pages import begin_page, write_page
from varpa.pairs.models import Pair, PairState, Side
from varpa.pairs.queries import with_people
from varpa.people.queries import CAST
from varpa.presentations.actions.presentations import begin_presentation, share_presentation, write_slide
from varpa.presentations.actions.recommendations import recommend
from varpa.privacy.actions.asking import ask_on_paper
from varpa.profiles.actions.parts import correct_part
from varpa.profiles.actions.profiles import rework_profile
from varpa.profiles.models import Profile, ProfileState
from varpa.programmes.models import MembershipState, Programme
from varpa.programmes.queries import needs_permission
from varpa.site.replay.dates import free_day
from varpa.site.replay.house import House
from varpa.site.replay.words import names
from varpa.support.actions.cases import read_case, tell, write_line
from varpa.support.actions.mentors import ask, say
from varpa.support.actions.openings import open_pair
from varpa.support.models import Door, Kind, Wish
from varpa.times.actions import propose_times

AHEAD = (timedelta(days=9), timedelta(days=11), timedelta(days=16))
OBSERVES = timedelta(days=60)
SLIDES = 3
VISITED, AIM = 7, 12


def happen(house: House, past: House) -> None:
    """All of it today, in the programme of today; the dossier is of the one that has ended."""
    said = names()["aside"]
    active = with_people(Pair.objects.filter(programme=house.programme, state=PairState.ACTIVE)).order_by(
        "pk"
    )
    pairs = {pair.mentee.person.roster_key: pair for pair in active}
    first, second = pairs.get(f"{CAST}mentee-lv"), pairs.get(f"{CAST}mentee-lt")
    asked = (each for each in active if each.mentee.person.language == "lv")
    if pupil := next((each for each in asked if needs_permission(each.mentee, house.today)), None):
        _worried(house, pupil, said)
    if first and second:
        _support(house, first, second, said)
        _pages(house, first, said)
        _times(house, first, said)
        _corrected(house, first, said)
        _recommended(house, first, said)
    _news(house, said)
    _figures(house, said)
    _leaves(house)
    _dossier(past, said)


def hold_list(house: House, programme: Programme) -> None:
    """A school's list lies there, one of its lines not right yet."""
    roster = names()["roster"]
    content = roster["rows"].encode()
    house.stage.do(
        hold_roster, programme=programme, name=roster["name"], content=content, role="", by=house.lead
    )


def _support(house: House, first: Pair, second: Pair, said: dict[str, Any]) -> None:
    """A case that is being worked on, a question among mentors, and a pair opened with a reason (R8)."""
    told = {"door": Door.MANAGER, "kind": Kind.RELATIONSHIP, "wish": Wish.TALK, "text": said["case"]}
    case = house.stage.do(tell, membership=first.mentee, pair=first, **told, by=first.mentee.person)
    house.stage.do(read_case, case=case, by=house.manager)
    house.stage.do(write_line, case=case, text=said["case_line"], told=True, by=house.manager)
    asks = {"mentor": first.mentor, "text": said["asked"], "shares": True}
    house.stage.do(ask, **asks, by=first.mentor.person)
    for pair, text in zip((first, second), said["words"], strict=True):
        house.stage.do(say, programme=house.programme, text=text, by=pair.mentor.person)
    house.stage.do(open_pair, pair=second, reason=said["reason"], by=house.manager)


def _news(house: House, said: dict[str, Any]) -> None:
    """One piece that everybody reads, and one that is not out yet."""
    for name in ("news", "draft"):
        told = {each: TranslatedText(*said[f"{name}_{each}"]) for each in ("title", "text")}
        whom = {"for_mentors": True, "for_mentees": True, "by_letter": False, "for_all": True}
        made = house.stage.do(write_news, programme=house.programme, **told, **whom, by=house.manager)
        if name == "news":
            house.stage.do(publish_news, news=made, by=house.manager)


def _pages(house: House, pair: Pair, said: dict[str, Any]) -> None:
    """A page that the mentee has begun and the mentor went on with."""
    title, language = said["page_title"], "lv"
    begun = {"programme": house.programme, "title": title, "text": said["page_text"], "language": language}
    page = house.stage.do(begin_page, **begun, by=pair.mentee.person)
    written = {"page": page, "title": title, "text": said["page_more"], "revision": page.revision}
    house.stage.do(write_page, **written, by=pair.mentor.person)


def _times(house: House, pair: Pair, said: dict[str, Any]) -> None:
    """The mentor proposes three times for the meeting after the next one."""
    mentor = pair.mentor.person
    kind = next(each for each in kinds_for(pair, Side.MENTOR) if each.acts == KindAct.REGULAR)
    days = sorted({free_day(house.today + ahead) for ahead in AHEAD})
    offered = [datetime.combine(day, time(15, 30)) for day in days]
    given = {"kind": kind.key, "means": house.lived(pair).means(in_person=False)[0], "minutes": 45}
    given |= {"starts_local": offered, "zone": mentor.zone, "word": said["times_word"]}
    house.stage.do(propose_times, pair=pair, **given, by=mentor)


def _corrected(house: House, pair: Pair, said: dict[str, Any]) -> None:
    """The mentee takes the profile up again, and something in it is not right yet."""
    profile = Profile.objects.filter(pair=pair).select_related("pair__programme").first()
    if not profile:
        return
    if profile.state != ProfileState.DRAFTING:
        house.stage.do(rework_profile, profile=profile, by=pair.mentee.person)
    part = profile.parts.exclude(text="").earliest("pk")
    house.stage.do(
        correct_part, profile=profile, key=part.key, text=said["correction"], by=pair.mentor.person
    )


def _recommended(house: House, pair: Pair, said: dict[str, Any]) -> None:
    """The first slides, shown to the mentor, who recommends something."""
    outline, mentee = house.methodology.presentation, pair.mentee.person
    if not outline:
        return
    title = BusinessPlan.objects.get(membership=pair.mentee).title
    made = house.stage.do(begin_presentation, membership=pair.mentee, title=title, by=mentee)
    words = house.lived(pair).words
    for slide in outline[:SLIDES]:
        text = {"key": slide.key, "text": words.answer("slides", slide.key), "notes": "", "revision": 0}
        house.stage.do(write_slide, presentation=made, **text, by=mentee)
    house.stage.do(share_presentation, presentation=made, shared=True, by=mentee)
    given = {"slide": outline[0].key, "text": said["recommended"]}
    house.stage.do(recommend, presentation=made, **given, by=pair.mentor.person)


def _worried(house: House, pair: Pair, said: dict[str, Any]) -> None:
    """A guardian has a link of one's own, and asks for something."""
    name = house.lived(pair).guardian or said["guardian"]
    whose = {"name": name, "address": "vecaki@majas.example", "language": "lv"}
    guardian = house.stage.do(add_guardian, membership=pair.mentee, **whose, by=house.manager)
    house.stage.do(tell_worry, link=guardian.links.latest("pk"), text=said["worry"])


def _leaves(house: House) -> None:
    """Somebody who was not taken in has asked on paper that nothing of them is kept."""
    declined = house.programme.memberships.filter(state=MembershipState.DECLINED).order_by("pk").first()
    if declined:
        house.stage.do(ask_on_paper, membership=declined, by=house.manager)


def _figures(house: House, said: dict[str, Any]) -> None:
    """An indicator of the programme's own, and what was counted so far (product S17)."""
    told = {
        "code": "U1",
        "name": TranslatedText(*said["indicator"]),
        "unit": TranslatedText(*said["unit"]),
        "text": TranslatedText("", "", ""),
        "source": "",
        "target": AIM,
        "measure": "",
        "country": "",
    }
    made = house.stage.do(add_indicator, programme=house.programme, told=told, by=house.manager)
    counted = {"value": VISITED, "day": house.today, "note": said["value_note"]}
    house.stage.do(write_value, indicator=made, **counted, by=house.manager)


def _dossier(house: House, said: dict[str, Any]) -> None:
    """What a programme that has ended hands in, and whoever examines it."""
    made = house.stage.do(ask_dossier, programme=house.programme, language="lv", by=house.lead)
    build_waiting(clock.now)
    seen = {"name": said["observer"], "address": "revizija@birojs.example", "language": "lv"}
    until = house.today + OBSERVES
    house.stage.do(invite_observer, dossier=made, **seen, expires_on=until, by=house.lead)
