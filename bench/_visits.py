"""Who opens what: every address that shows a page, for everybody who may see it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from operator import itemgetter
from typing import Any

from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter

from bench._growth import Grown
from bench._site import session
from varpa.diary.models import Diary, Entry
from varpa.evaluation.models import Evidence
from varpa.meetings.models import HourLine, LineState, Meeting, MeetingState, Promise
from varpa.pairs.models import Goal, Pair, Plan
from varpa.programmes.models import Membership, Programme

Things = dict[type[Model], list[Model]]

KEYS: dict[tuple[str, str], str] = {
    ("evaluation:activity", "key"): "organises_visit",
    ("programmes:document", "key"): "mentor",
    ("pairs:question", "key"): "rhythm",
    ("closing:excuse", "key"): "visit",
    ("programmes:questions", "among"): "diary",
}
"""What stands in an address beside the reference."""


@dataclass(frozen=True)
class Visitor:
    """Somebody with an open session, and the things that this visit is about."""

    role: str
    cookie: str
    things: Things

    def client(self) -> Client:
        """A browser of the test kit, signed in as this visitor."""
        client = Client()
        client.cookies = SimpleCookie(self.cookie)
        return client


@dataclass(frozen=True)
class Visit:
    """One page as one person sees it."""

    name: str
    path: str
    visitor: Visitor


@dataclass
class Round:
    """All visits; `unseen`: addresses that nobody of the visitors could open, with what they answered."""

    visits: list[Visit] = field(default_factory=list)
    unseen: dict[str, str] = field(default_factory=dict)


def visitors(grown: Grown) -> list[Visitor]:
    """The two of a pair in its middle, the two of one that has ended, the staff, and nobody."""
    going, ended = _things(grown, grown.going), _things(grown, grown.ended)
    people = {
        "mentee": (grown.going.mentee.person, going),
        "mentor": (grown.going.mentor.person, going),
        "manager": (grown.manager, going),
        "lead partner": (grown.lead, going),
        "mentee at the end": (grown.ended.mentee.person, ended),
        "mentor at the end": (grown.ended.mentor.person, ended),
    }
    known = [Visitor(role, session(person), things) for role, (person, things) in people.items()]
    return [*known, Visitor("nobody", "", going)]


def find(visitors: list[Visitor], wanted: list[str]) -> Round:
    """Ask for every address as everybody; keep what answers with a page (405: it only takes forms)."""
    found = Round()
    for name, pattern in sorted(patterns(), key=itemgetter(0)):
        if wanted and name not in wanted:
            continue
        answers = set()
        seen = False
        for visitor in visitors:
            for path in _paths(name, pattern, visitor.things):
                answer = visitor.client().get(path)
                answers.add(answer.status_code)
                if answer.status_code == 200:
                    seen = True
                    if answer.headers["Content-Type"].startswith("text/html"):
                        found.visits.append(Visit(name, path, visitor))
        if not seen and 405 not in answers:
            found.unseen[name] = ", ".join(map(str, sorted(answers))) or "nothing to put into the address"
    return found


def _things(grown: Grown, pair: Pair) -> Things:
    """One of everything that the two have, as addresses name it."""
    meetings, lines = Meeting.objects.filter(pair=pair), HourLine.objects.filter(pair=pair)
    planned = meetings.filter(state=MeetingState.PLANNED)
    of_members = Membership.objects.filter(pk__in=[pair.mentor_id, pair.mentee_id])
    applied = Membership.objects.filter(state="applied")
    found = {
        Programme: [grown.programme],
        Pair: [pair],
        Membership: [*of_members, *applied[:1]],
        Meeting: [*planned[:1], *meetings.filter(state=MeetingState.HELD).order_by("-pk")[:1]],
        HourLine: [*lines.filter(state=LineState.WAITING)[:1], *lines.filter(state=LineState.CONFIRMED)[:1]],
        Promise: [*Promise.objects.filter(pair=pair)[:3]],
        Goal: [*Goal.objects.filter(pair=pair)[:1]],
        Plan: [*Plan.objects.filter(pair=pair)[:1]],
        Diary: [*Diary.objects.filter(pair=pair)],
        Entry: [*Entry.objects.filter(diary__pair=pair)[:1]],
        Evidence: [*Evidence.objects.all()[:1]],
    }
    return {model: list(things) for model, things in found.items()}


def patterns() -> Iterator[tuple[str, URLPattern]]:
    """Every address of the site by its name, such as `home:room`."""

    def walk(resolver: URLResolver, room: str) -> Iterator[tuple[str, URLPattern]]:
        for each in resolver.url_patterns:
            if isinstance(each, URLResolver):
                yield from walk(each, f"{each.app_name}:" if each.app_name else room)
            elif each.name:
                yield f"{room}{each.name}", each

    # Two lines of the library name one address.
    return iter(dict(walk(get_resolver(), "")).items())


def _paths(name: str, pattern: URLPattern, things: Things) -> Iterator[str]:
    asked = set(pattern.pattern.converters)
    given = {
        part: KEYS.get((name, part), _some(converter))
        for part, converter in pattern.pattern.converters.items()
        if part != "ref"
    }
    if "ref" not in asked:
        yield reverse(name, kwargs=given)
        return
    _action, model = getattr(pattern.callback, "door", ("", None))
    for thing in things.get(model, []) if isinstance(model, type) else []:
        yield reverse(name, kwargs={"ref": thing.ref, **given})  # type: ignore[attr-defined]


def _some(converter: Any) -> Any:
    """Something that the converter of an address takes; a page of it need not exist."""
    return 1 if isinstance(converter, IntConverter) else "some"
