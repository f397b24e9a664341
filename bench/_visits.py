"""Who opens what: every address that shows a page, for everybody who may see it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from http.cookies import SimpleCookie
from operator import itemgetter
from typing import Any

from django.apps import apps
from django.db.models import Model, Q
from django.test import Client
from django.test.utils import setup_test_environment, teardown_test_environment
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter

from bench._site import session
from varpa.kernel.access import allowed
from varpa.kernel.paging import Page
from varpa.matching.models import Entrant, Run, RunState
from varpa.pairs.models import Outcome, Pair, PairState
from varpa.people.models import Person
from varpa.people.queries import CAST
from varpa.post.models import Letter
from varpa.programmes.models import Programme

KEYS = {
    "among": "diary",
    "country": "LV",
    "kind": "meeting",
    "language": "lv",
    "number": "1",
    "place": "diary.questions.on_time",
    "rate": "vat",
    "role": "mentee",
    "step": "who",
    "to": "manager",
    "year": "2026",
}
"""What stands in an address beside the reference, wherever it is called so."""
OWN_KEYS = {
    "businessplans:part": "idea",
    "businessplans:pictures": "idea",
    "presentations:slide": "idea",
    "profiles:part": "activity",
    "profiles:photographs": "activity",
    "calls:change": "reach",
    "closing:excuse": "visit",
    "evaluation:activity": "organises_visit",
    "evaluation:measure": "mentors",
    "guidelines:section": "start",
    "home:form": "plan",
    "home:paper": "plan",
    "pairs:question": "rhythm",
    "programmes:document": "mentor",
    "programmes:handbook": "mentor",
    "programmes:lesson": "boundaries",
    "programmes:question": "boundaries",
    "reports:result": "competences",
    "reports:section": "introduction",
    "surveys:kind": "course",
    "surveys:question": "course",
    "surveys:words": "course_comment",
}
OWN_KINDS = {
    "meetings:table": "csv",
    "reports:edition_paper": "pdf",
    "reports:public_paper": "pdf",
    "surveys:export": "xlsx",
}
"""Of which kind the file is that an address gives."""


@dataclass(frozen=True)
class Inner:
    """What lies inside the thing of an address: its name there, and whose it is. `gives`: what names it."""

    part: str
    model: str
    whose: str
    gives: str = "ref"
    where: Mapping[str, object] = field(default_factory=dict)
    newest: bool = True

    def within(self, ref: str) -> str | None:
        """How the newest (or oldest) inside the thing is named; None where there is none."""
        model = apps.get_model(self.model)
        lies = model._default_manager.filter(**{self.whose: ref, **self.where}).order_by("pk")
        names = lies.exclude(**{self.gives: ""}).values_list(self.gives, flat=True)
        return names.last() if self.newest else names.first()


INNER: dict[str, tuple[Inner, ...]] = {
    "businessplans:picture": (
        Inner("picture", "businessplans.Picture", "plan__ref", where={"withdrawn_at": None}),
    ),
    "events:item": (Inner("item", "events.AgendaItem", "event__ref"),),
    "events:material": (Inner("material", "events.Material", "item__event__ref"),),
    "events:sheet": (Inner("sheet", "events.Sheet", "event__ref"),),
    "meetings:picture": (Inner("picture", "meetings.Picture", "meeting__ref", where={"withdrawn_at": None}),),
    "merges:compare": (
        Inner("one", "people.Person", "memberships__programme__ref", newest=False),
        Inner("other", "people.Person", "memberships__programme__ref"),
    ),
    "messaging:file": (Inner("file", "messaging.Attachment", "message__ref", gives="file__ref"),),
    "support:opened_meeting": (
        Inner("thing", "meetings.Meeting", "pair__openings__ref", where={"notes__text__gt": ""}),
    ),
    "support:opened_thread": (Inner("thing", "messaging.Thread", "pair__openings__ref"),),
    "surveys:paper": (Inner("whom", "surveys.Invitation", "survey__ref", where={"state": "asked"}),),
    "surveys:words": (Inner("key", "surveys.Question", "survey__ref", gives="key", where={"kind": "text"}),),
}
"""What lies inside the thing of an address, with a name of its own."""
SUCH: dict[str, Mapping[str, object]] = {
    "surveys:export": {"state": "closed"},
    "surveys:paper": {"invitations__state": "asked"},
    "surveys:words": {"questions__kind": "text"},
    "visits:pack": {"kind": "visit"},
}
"""What is so of a thing that an address shows, where it need not be so of the oldest and the newest."""
OWNERS = {
    "checkins:checkin": "pair__mentor__person",
    "events:saying_back": "by",
    "notices:remove": "person",
    "pairreports:back": "pair__mentor__person",
    "pairreports:handover": "pair__mentor__person",
    "pairreports:showing": "pair__mentor__person",
    "pairreports:words": "pair__mentor__person",
}
"""Whose the newest thing of an address is, where it need not belong to one of the cast."""
FOUND = {
    "defence:badge": ("number", "defence.Slot", "number"),
    "defence:verify": ("number", "defence.Slot", "number"),
    "meetings:feed": ("key", "people.Person", "calendar_key"),
    "post:stop": ("signed", "post.Letter", "stop_link"),
}
"""Addresses that name something by a key of its own: its name there, of what it is, and where it stands."""
NAMED = {
    "defence:issuer": "people.Organisation",
    "guidelines:opened": "guidelines.Version",
    "guidelines:opened_paper": "guidelines.Version",
    "news:opened": "news.News",
    "calls:organisation": "people.Organisation",
    "reports:public": "reports.Report",
    "reports:public_paper": "reports.Report",
}
"""Public pages that name something else than a programme."""
LINKS = {
    "school": "guardians.school_link",
    "observed": "dossier.link",
    "fetched": "dossier.link",
    "surveys": "surveys.asked",
    "guardian": "applications.guardian_link",
}
"""The letters whose private links are opened, by whose they are."""


@dataclass(frozen=True)
class Visitor:
    """Somebody with an open session; `person` is None for whoever has no account."""

    role: str
    person: Person | None

    @cached_property
    def cookie(self) -> str:
        return session(self.person) if self.person else ""

    def client(self) -> Client:
        """A browser of the test kit, signed in as this visitor."""
        client = Client()
        client.cookies = SimpleCookie(self.cookie)
        return client

    def may_open(self, action: Any, model: type[Model], name: str = "") -> list[str]:
        """The references of the oldest and the newest thing that this door shows them at an address."""
        such = model._default_manager.filter(**SUCH.get(name, {}))
        things = allowed(action, self.person, such).order_by("pk")
        refs = things.values_list("ref", flat=True)
        return list(dict.fromkeys(filter(None, [refs.first(), refs.last()])))


@dataclass(frozen=True)
class Visit:
    """One page as one person sees it."""

    name: str
    path: str
    visitor: Visitor
    is_list: bool


@dataclass
class Round:
    """All visits; `unseen`: addresses that nobody of the visitors could open, with what they answered."""

    visits: list[Visit] = field(default_factory=list)
    unseen: dict[str, str] = field(default_factory=dict)


def visitors() -> list[Visitor]:
    """The cast of a lived programme, the two of a pair that went the whole way, and nobody."""
    cast = {
        person.roster_key.removeprefix(CAST): person
        for person in Person.objects.filter(roster_key__startswith=CAST)
    }
    ended = Pair.objects.filter(state=PairState.ENDED, outcome=Outcome.COMPLETED).earliest("pk")
    people = {
        "mentee": cast["mentee-lv"],
        "mentor": cast["mentor-lv"],
        "manager": cast["manager"],
        "lead partner": cast["lead"],
        "mentee at the end": ended.mentee.person,
        "mentor at the end": ended.mentor.person,
        "nobody": None,
    }
    return [Visitor(role, person) for role, person in people.items()]


def find(visitors: list[Visitor], wanted: list[str]) -> Round:
    """Ask for every address as everybody; keep what answers with a page (405: it only takes forms)."""
    found, tokens = Round(), _tokens()
    # What a page was drawn from is kept for tests only.
    setup_test_environment()
    for name, pattern in sorted(patterns(), key=itemgetter(0)):
        if wanted and name not in wanted:
            continue
        answers = set()
        seen = False
        for visitor in [*visitors, *_owner(name, pattern)]:
            for path in _paths(name, pattern, visitor, tokens):
                answer = visitor.client().get(path)
                answers.add(answer.status_code)
                if answer.status_code == 200:
                    seen = True
                    if answer.headers["Content-Type"].startswith("text/html"):
                        found.visits.append(Visit(name, path, visitor, _is_list(answer)))
        # Forms that are sent, and addresses that lead to another page, show none of their own.
        if not seen and not answers & {302, 405}:
            found.unseen[name] = ", ".join(map(str, sorted(answers))) or "nothing to put into the address"
    teardown_test_environment()
    return found


def _owner(name: str, pattern: URLPattern) -> list[Visitor]:
    """Whose the newest thing of an address is, where it is nobody of the cast's."""
    _action, model = getattr(pattern.callback, "door", ("", None))
    if name not in OWNERS or not isinstance(model, type):
        return []
    thing = model._default_manager.order_by("pk").values_list(OWNERS[name], flat=True).last()
    return [Visitor("whose it is", Person.objects.get(pk=thing))] if thing else []


def _is_list(answer: Any) -> bool:
    """Whether what was drawn is a paged list."""
    drawn = answer.context if isinstance(answer.context, list) else filter(None, [answer.context])
    return any(isinstance(value, Page) for context in drawn for value in context.flatten().values())


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


def _paths(name: str, pattern: URLPattern, visitor: Visitor, tokens: dict[str, str]) -> Iterator[str]:
    asked = pattern.pattern.converters
    token = next((token for whose, token in tokens.items() if whose in name), tokens.get("guardian", ""))
    keys = {**KEYS, "token": token, "key": OWN_KEYS.get(name, "")}
    keys["kind"] = OWN_KINDS.get(name, KEYS["kind"])
    given = {
        part: int(keys.get(part) or 1) if isinstance(converter, IntConverter) else keys.get(part) or "some"
        for part, converter in asked.items()
        if part != "ref"
    }
    if name in FOUND:
        part, whose, stands = FOUND[name]
        keys_of = apps.get_model(whose)._default_manager.exclude(**{stands: ""}).order_by("pk")
        own = keys_of.values_list(stands, flat=True).last() or ""
        # Of a whole link the last step is the key.
        given[part] = own.rstrip("/").rpartition("/")[2] or given[part]
    if "ref" not in asked:
        yield reverse(name, kwargs=given)
        return
    action, model = getattr(pattern.callback, "door", ("", None))
    # A public page, or one of a person's own; most of them name a programme.
    refs = visitor.may_open(action, model, name) if isinstance(model, type) else public_refs(name)
    for ref in refs:
        inner = inside(name, ref)
        if inner is not None:
            yield reverse(name, kwargs={"ref": ref, **given, **inner}) + asks(name, ref)


def public_refs(name: str) -> list[str]:
    """The references that a page without a door of its own may name."""
    if name in NAMED:
        return list(
            apps.get_model(NAMED[name])._default_manager.order_by("-pk").values_list("ref", flat=True)
        )
    return list(Programme.objects.filter(~Q(state="draft")).values_list("ref", flat=True))


def inside(name: str, ref: str) -> dict[str, str] | None:
    """What an address names beside the reference: what lies inside it; None where nothing does."""
    found = {inner.part: inner.within(ref) for inner in INNER.get(name, ())}
    return {part: named for part, named in found.items() if named} if all(found.values()) else None


def asks(name: str, ref: str) -> str:
    """What an address has to ask for behind its "?"; "" for most."""
    if name == "matching:compare":
        other = Run.objects.filter(programme__runs__ref=ref, state=RunState.DONE).exclude(ref=ref).last()
        return f"?with={other.ref}" if other else ""
    if name == "matching:cost":
        found = {
            role: Entrant.objects.filter(run__ref=ref, role=role)
            .values_list("membership__ref", flat=True)
            .first()
            for role in ("mentee", "mentor")
        }
        return f"?mentee={found['mentee']}&mentor={found['mentor']}"
    return ""


def _tokens() -> dict[str, str]:
    found = {whose: Letter.objects.filter(kind=kind).exclude(link="").last() for whose, kind in LINKS.items()}
    return {whose: letter.link.rstrip("/").rpartition("/")[2] for whose, letter in found.items() if letter}
