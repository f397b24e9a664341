"""What is next for me: one thing, largest, then at most four others; each a sentence with a verb."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse

from varpa.defence.models import Defence, DefenceState
from varpa.diary.models import DiaryState
from varpa.home.queries.sentences import SENTENCES, agree_named, confirm_named, plan_named
from varpa.home.queries.together import Together
from varpa.kernel.clock import zone_of
from varpa.meetings.actions.hours import silence_ends
from varpa.meetings.models import Meeting, PromiseState
from varpa.methodology import Fact
from varpa.methodology.marks import KindAct
from varpa.pairs.models import Pair, PlanState
from varpa.programmes.kinds import other_name, other_plan
from varpa.programmes.models import Membership, Role
from varpa.programmes.queries import grace_until, today_of
from varpa.surveys.links import token_from
from varpa.ui.words import day_time

MOST = 5
ASIDE = ("event", "survey", "report", "defence", "defence_now", "left_diary", "left_hours", "left_words")
"""Things for which the home has no stage of its own: they come after, or beside a pair that goes."""
RECENT = timedelta(days=14)
CLOSING_AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class Thing:
    """One thing to do: a sentence with a verb, where it is done, and by when. `meeting`: what it is about.

    `plans`: it is done by planning a meeting. `whose`: with whom and in which programme, for who has several.
    """

    key: str
    sentence: str
    url: str
    due: date | None = None
    meeting: Meeting | None = None
    detail: str = ""
    plans: bool = False
    whose: str = ""

    @property
    def on(self) -> date:
        """Its day, where it has one: of two things alike the nearer comes first."""
        return self.due or (self.meeting.starts_at.date() if self.meeting else date.max)


def things_of(at: Together) -> list[Thing]:
    """What waits for one side of an active pair, most urgent first, at most five; never empty."""
    room = reverse("home:room", args=[at.pair.ref])
    return [thing for _rank, thing in ranked(at)][:MOST] or [_thing(at, "nothing", room, meeting=at.coming)]


def ranked(at: Together) -> list[tuple[float, Thing]]:
    """Everything that waits for one side of an active pair, with how urgent it is beside other pairs."""
    found = [(float(rank), thing) for rank, ask in enumerate(_QUESTIONS) for thing in ask(at)]
    if any(thing.key == "closing" for _rank, thing in found):
        # The closing meeting is the next one.
        found = [(rank, thing) for rank, thing in found if thing.key != "meeting"]
    return found


def to_answer(pair: Pair, side: str) -> tuple[float, Thing]:
    """Somebody waits for a yes or no: only a meeting that is on now is more urgent."""
    sentence = SENTENCES["answer"][0 if side == "mentor" else 1]
    due = pair.answer_by.date() if pair.answer_by else None
    return _after(_now), Thing("answer", str(sentence), reverse("pairs:answer", args=[pair.ref]), due=due)


def to_prepare(membership: Membership) -> tuple[float, Thing]:
    """Before it the mentoring does not begin; what is promised to a meeting that is planned comes first."""
    sentence = SENTENCES["prepare"][0 if membership.role == Role.MENTOR else 1]
    url = reverse("programmes:preparation", args=[membership.ref])
    return _after(_questions), Thing("prepare", str(sentence), url)


def to_confirm(membership: Membership, now: datetime) -> tuple[float, Thing]:
    """Who has come of age says anew whether to take part; `due`: the last day on which nothing stops (R1)."""
    url = reverse("programmes:preparation", args=[membership.ref])
    until = grace_until(membership, today_of(membership.programme, now))
    return _after(_now) + 0.1, Thing("grown", str(SENTENCES["grown"][1]), url, due=until)


def to_say(membership: Membership) -> tuple[float, Thing]:
    """An event waits for a yes or no; `event_*` were read with the membership (homes._members)."""
    sentence = SENTENCES["event"][0 if membership.role == Role.MENTOR else 1]
    title, starts_at = getattr(membership, "event_title", ""), getattr(membership, "event_at", None)
    url = reverse("events:event", args=[getattr(membership, "event_ref", "")])
    due = starts_at.astimezone(zone_of(membership.programme.zone)).date() if starts_at else None
    return _after(_questions) + 0.25, Thing("event", str(sentence), url, due=due, detail=str(title))


def to_defend(membership: Membership, day: Defence) -> tuple[float, Thing]:
    """A day of the defence is near or on (R9): to judge, or to present. While it is on, it comes first."""
    is_on = day.state == DefenceState.RUNNING
    key = "defence_now" if is_on else "defence"
    sentence = SENTENCES[key][1 if membership.role == Role.MENTEE else 0]
    page = "defence:jury" if is_on and membership.role != Role.MENTEE else "defence:defence"
    rank = -1.0 if is_on else _after(_questions) + 0.2
    return rank, Thing(
        key, str(sentence), reverse(page, args=[day.ref]), detail=day_time(day.starts_at, day.zone)
    )


def to_hear(membership: Membership) -> tuple[float, Thing]:
    """The defence is over: what was said of the plan can be read; `heard` was read with the membership."""
    url = reverse("defence:result", args=[getattr(membership, "heard", "")])
    return _after(_questions) + 0.22, Thing("heard", str(SENTENCES["heard"][1]), url)


def to_take_home(membership: Membership) -> tuple[float, Thing]:
    """The defence is over: all that was made together, in one file; `heard` was read with the membership."""
    url = reverse("home:everything", args=[getattr(membership, "heard", "")])
    return _after(_questions) + 0.23, Thing("take_home", str(SENTENCES["take_home"][1]), url)


def to_comment(membership: Membership) -> tuple[float, Thing]:
    """The draft of the report waits for a word; `report_until` was read with the membership."""
    sentence = SENTENCES["report"][0 if membership.role == Role.MENTOR else 1]
    url = reverse("reports:report", args=[membership.programme.ref])
    return _after(_questions) + 0.35, Thing(
        "report", str(sentence), url, getattr(membership, "report_until", None)
    )


def to_answer_survey(membership: Membership) -> tuple[float, Thing]:
    """A survey waits for an answer; `survey_*` were read with the membership. Its link needs no sign-in."""
    sentence = SENTENCES["survey"][0 if membership.role == Role.MENTOR else 1]
    url = reverse("surveys:answer", args=[token_from(getattr(membership, "survey_seed", ""))])
    name, last = getattr(membership, "survey_name", ""), getattr(membership, "survey_last", None)
    return _after(_questions) + 0.3, Thing("survey", str(sentence), url, due=last, detail=str(name))


def _after(ask: Callable[[Together], Iterator[Thing]]) -> float:
    return _QUESTIONS.index(ask) + 0.5


def _thing(at: Together, key: str, url: str, **more: Any) -> Thing:
    return Thing(key, str(SENTENCES[key][0 if at.is_mentor else 1]), url, **more)


def _planning(at: Together, key: str, act: str = "") -> Thing:
    """A thing that is done by planning a meeting, of a kind where it asks for one."""
    url = _pair_url(at, "meetings:new")
    planned = _thing(at, key, f"{url}?kind={act}" if act else url, plans=True)
    name = other_name(at.methodology, act) if act else ""
    return replace(planned, sentence=plan_named(name)) if name else planned


def _pair_url(at: Together, name: str) -> str:
    return reverse(name, args=[at.pair.ref])


def _now(at: Together) -> Iterator[Thing]:
    meeting = at.coming
    if meeting and meeting.starts_at <= at.now:
        yield _thing(at, "now", reverse("meetings:meeting", args=[meeting.ref]), meeting=meeting)


def _unpermitted(at: Together) -> Iterator[Thing]:
    for meeting in at.unpermitted[:1]:
        yield _thing(at, "unpermitted", reverse("visits:visit", args=[meeting.ref]), meeting=meeting)


def _message(at: Together) -> Iterator[Thing]:
    if at.news:
        yield _thing(at, "message", reverse("messaging:thread", args=[at.news]))


def _waited(at: Together) -> Iterator[Thing]:
    if at.waited:
        yield _thing(at, "waited", _pair_url(at, "messaging:threads"))


def _times(at: Together) -> Iterator[Thing]:
    if at.times:
        yield _thing(at, "times", reverse("times:proposal", args=[at.times]))


def _remarks(at: Together) -> Iterator[Thing]:
    if at.remarked and not at.is_mentor:
        yield _thing(at, "remarks", at.remarked)


def _look(at: Together) -> Iterator[Thing]:
    if at.look:
        yield _thing(at, "look", reverse("checkins:checkin", args=[at.look]))


def _report(at: Together) -> Iterator[Thing]:
    if at.report:
        yield _thing(at, "pair_report", reverse("pairreports:report", args=[at.report]))


def _reviews(at: Together) -> Iterator[Thing]:
    open_ones = [each for each in at.held if not _flag(each, "reviewed") and _recent(at, each)]
    for meeting in (at.passed + open_ones)[-1:]:
        yield _thing(at, "review", reverse("meetings:review", args=[meeting.ref]), meeting=meeting)


def _confirm_plan(at: Together) -> Iterator[Thing]:
    if at.plan and at.plan.state == PlanState.PROPOSED and not getattr(at.plan, "confirmed_by_me", 0):
        thing = _thing(at, "confirm_plan", _pair_url(at, "pairs:plan"))
        name = other_plan(at.methodology)
        yield replace(thing, sentence=confirm_named(name, is_mentor=at.is_mentor)) if name else thing


def _first(at: Together) -> Iterator[Thing]:
    if at.acting(KindAct.FIRST) or not at.has_kind(KindAct.FIRST) or at.is_complete:
        return
    if at.times or at.proposed:
        return
    yield _planning(at, "first") if at.is_mentor else _thing(at, "first", _pair_url(at, "home:room"))


def _questions(at: Together) -> Iterator[Thing]:
    meeting = at.coming
    if meeting is None or meeting.starts_at <= at.now:
        return
    url = reverse("meetings:meeting", args=[meeting.ref])
    asked = _flag(meeting, "has_topics")
    if at.is_mentor or not asked:
        yield _thing(at, "read" if asked else "questions", url, meeting=meeting)


def _settle(at: Together) -> Iterator[Thing]:
    if at.to_settle:
        yield _thing(at, "settle", _pair_url(at, "meetings:hours"))


def _hours(at: Together) -> Iterator[Thing]:
    if at.to_confirm:
        zone = zone_of(at.pair.programme.zone)
        line = at.to_confirm[0]
        # Few pairs ever rest: the others are not asked for their pauses.
        ends = silence_ends(line, at.pair.pauses.all() if getattr(line, "paused", False) else ())
        counts_itself = ends.astimezone(zone).date() if ends else None
        yield _thing(at, "hours", _pair_url(at, "meetings:hours"), due=counts_itself)


def _promises(at: Together) -> Iterator[Thing]:
    soon = at.today + timedelta(days=7)
    own = [
        each
        for each in at.promises
        if each.side == at.side and each.state == PromiseState.OPEN and each.due and each.due <= soon
    ]
    for promise in own[:1]:
        url = _pair_url(at, "meetings:promises")
        yield _thing(at, "promise", url, due=promise.due, detail=promise.text)


def _goals(at: Together) -> Iterator[Thing]:
    if at.is_mentor and at.unheard:
        return
    if Fact.FIRST_MEETING_HELD in at.facts and Fact.GOALS_SET not in at.facts:
        yield _thing(at, "topic", _pair_url(at, "pairs:topic"))


def _plan(at: Together) -> Iterator[Thing]:
    if Fact.FIRST_MEETING_HELD not in at.facts or Fact.PLAN_AGREED in at.facts:
        return
    if at.excused(Fact.PLAN_AGREED):
        return
    waits = at.plan and at.plan.state == PlanState.PROPOSED
    if not waits:
        thing, name = _thing(at, "plan", _pair_url(at, "pairs:plan")), other_plan(at.methodology)
        yield replace(thing, sentence=agree_named(name)) if name else thing


def _diary(at: Together) -> Iterator[Thing]:
    if not at.is_mentor or Fact.DIARY_HANDED_OVER in at.facts or at.excused(Fact.DIARY_HANDED_OVER):
        return
    for meeting in [each for each in at.held if not _flag(each, "in_diary") and _recent(at, each)][-1:]:
        url = f"{_pair_url(at, 'diary:new')}?meeting={meeting.ref}"
        yield _thing(at, "diary", url, meeting=meeting)


def _meeting(at: Together) -> Iterator[Thing]:
    ended = Fact.CLOSING_REVIEW in at.facts or bool(at.acting(KindAct.CLOSING)) or at.is_complete
    asked = at.times or at.proposed
    if at.coming is None and at.acting(KindAct.FIRST) and not ended and not asked:
        yield _planning(at, "meeting")


def _organise(at: Together) -> Iterator[Thing]:
    """Visit, role swap: organised by the mentor, thought about by the mentee; once a plan is agreed."""
    if Fact.FIRST_MEETING_HELD not in at.facts:
        return
    for key, act, fact in (
        ("visit", KindAct.VISIT, Fact.VISIT_HELD),
        ("role_swap", KindAct.ROLE_SWAP, Fact.ROLE_SWAP_HELD),
    ):
        if at.lacks(fact) and at.is_mentor and not at.acting(act):
            yield _planning(at, key, act)


def _business(at: Together) -> Iterator[Thing]:
    """The plan grows between the meetings, once it is clear what it is about."""
    if Fact.GOALS_SET in at.facts and at.writes_business_plan and not at.is_mentor and not at.is_complete:
        yield _thing(at, "business", _pair_url(at, "businessplans:of_pair"))


def _approve(at: Together) -> Iterator[Thing]:
    """The mentee has asked the mentor to approve the facts of the company profile."""
    if at.is_mentor and at.profile_to_approve:
        yield _thing(at, "profile", reverse("profiles:profile", args=[at.profile_to_approve]))


def _works(at: Together) -> Iterator[Thing]:
    """The profile once the company was visited, the presentation once the plan is submitted (§3.3)."""
    if at.is_mentor or at.is_complete:
        return
    if at.writes_profile:
        yield _thing(at, "profile", _pair_url(at, "profiles:of_pair"))
    if at.makes_presentation:
        yield _thing(at, "presentation", _pair_url(at, "presentations:of_pair"))


def _closing(at: Together) -> Iterator[Thing]:
    near = at.pair.programme.ends - CLOSING_AHEAD <= at.today or Fact.HOURS_REACHED in at.facts
    url = _pair_url(at, "closing:closing")
    if any(each.asks == at.side and not each.waits and each.missing for each in at.ahead):
        yield _thing(at, "whether_so", url)
    if at.is_complete or (not near and Fact.CLOSING_PLANNED not in at.facts):
        return
    if at.has_kind(KindAct.CLOSING) and Fact.CLOSING_PLANNED not in at.facts:
        yield _planning(at, "closing", KindAct.CLOSING) if at.is_mentor else _thing(at, "closing", url)
    elif at.lacks(Fact.CLOSING_REVIEW):
        yield _thing(at, "look_back", url)
    if at.is_mentor and at.diary and at.diary.state == DiaryState.OPEN and at.lacks(Fact.DIARY_HANDED_OVER):
        yield _thing(at, "hand_over", reverse("diary:handover", args=[at.diary.ref]))


def _ending(at: Together) -> Iterator[Thing]:
    if not at.is_mentor and Fact.DIARY_HANDED_OVER in at.facts:
        yield _thing(at, "read_diary", _pair_url(at, "diary:diary"))
    if at.is_complete:
        yield _thing(at, "end", _pair_url(at, "closing:closing"))


def _flag(meeting: Meeting, name: str) -> bool:
    return bool(getattr(meeting, name, False))


def _recent(at: Together, meeting: Meeting) -> bool:
    return meeting.starts_at >= at.now - RECENT


_QUESTIONS: tuple[Callable[[Together], Iterator[Thing]], ...] = (
    _now,
    _unpermitted,
    _times,
    _message,
    _waited,
    _reviews,
    _confirm_plan,
    _first,
    _questions,
    _ending,
    _settle,
    _hours,
    _look,
    _report,
    _remarks,
    _approve,
    _promises,
    _goals,
    _plan,
    _diary,
    _closing,
    _meeting,
    _organise,
    _business,
    _works,
)
