"""Recognising the people of a roster: by key, by e-mail, by name and birth date, by name and place (S4)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Prefetch, Q
from django.db.models.functions import Lower

from varpa.applications.models import Mapping
from varpa.applications.queries.corrections import foreign
from varpa.applications.rosters.headings import FIELDS, plain
from varpa.applications.rosters.lines import OWN_LANGUAGE, Line, Rules, same_human
from varpa.applications.rosters.means import means_by_word
from varpa.applications.rosters.times import times_by_word
from varpa.applications.rosters.told import Told
from varpa.duplicates.likeness import name_key
from varpa.guardians.models import Guardian
from varpa.guardians.queries.guardians import MOST
from varpa.kernel.text import folded
from varpa.methodology import overrides
from varpa.methodology.overrides import AddedQuestion
from varpa.people.models import Language, Person
from varpa.people.queries import has_come_in
from varpa.programmes.ages import ages_in
from varpa.programmes.models import Membership, Programme
from varpa.programmes.queries import GONE, STAFF, methodology_of, staff_of, today_of

CHUNK = 500
"""So many people are looked up at once: thousands of parameters are more than a database takes."""


@dataclass(slots=True)
class Fate:
    """What taking a line in would do: a new person, a new membership, changes {field: value} of known.

    `country`: that of the line, of the membership, or the one for all of whom the list says none.
    `guardian`: the one whom the line names is put down, and written to by whoever accepts the mentee.
    """

    line: Line
    person: Person | None = None
    membership: Membership | None = None
    of_person: dict[str, Any] = field(default_factory=dict)
    of_membership: dict[str, Any] = field(default_factory=dict)
    of_part: dict[str, Any] = field(default_factory=dict)
    guardian: bool = False
    country: str = ""

    @property
    def kind(self) -> str:
        """ "new" in the programme, "changed", or "same"."""
        if self.membership is None:
            return "new"
        new = self.of_person or self.of_membership or self.of_part or self.guardian
        return "changed" if new else "same"


def rules_of(programme: Programme, role: str, country: str, now: datetime) -> Rules:
    """What a programme asks of a roster; `role` and `country` are those of a line that says none.

    Where the programme has one country only, it is that one.
    """
    only = str(programme.countries[0]) if len(programme.countries) == 1 else ""
    means = means_by_word(methodology_of(programme).means)
    keys = tuple(each.key for each in own_questions(programme))
    abilities = tuple(each.key for each in methodology_of(programme).abilities)
    today = today_of(programme, now)
    ages = {code: ages_in(code, programme.ages) for code in ["", *programme.countries]}
    return Rules(
        role,
        tuple(programme.countries),
        means,
        today,
        times_by_word(),
        keys,
        abilities,
        ages,
        roles=_roles(programme),
        country=only or country,
        staff=frozenset(
            folded(name[:60]) for name in staff_of(programme).values_list("person__name", flat=True)
        ),
    )


def _roles(programme: Programme) -> dict[str, str]:
    """The roles as the programme's methodology calls them, in its three languages."""
    named = methodology_of(programme).roles
    return {plain(name): role.key for role in named for name in role.name.as_dict().values() if name}


def own_questions(programme: Programme) -> tuple[AddedQuestion, ...]:
    """What the programme asks of applicants beside the usual."""
    return overrides.parse(programme.overrides).questions.get(overrides.APPLICATION, ())


def mapped_as(programme: Programme, mark: str) -> dict[str, str]:
    """What was said earlier of columns, by heading: of this set of headings, else what was said last.

    That a heading means something else than it says holds for its own set only.
    """
    found = Mapping.objects.filter(programme=programme).order_by("at", "pk").values_list("headings", "fields")
    sayings = list(found)
    sayings.sort(key=lambda saying: saying[0] == mark)
    return {
        heading: name
        for of, fields in sayings
        for heading, name in fields.items()
        if of == mark or heading not in FIELDS
    }


def kept_key(programme: Programme, key: str) -> str:
    """A roster's key as it is kept with a person: two organisations may both count from 1."""
    return f"{programme.organisation.ref}:{key}" if key else ""


def first_language(fate: Fate, programme: Programme) -> str:
    """The language in which somebody new is written to until they choose one."""
    languages = [*programme.languages, Language.ENGLISH.value]
    own = OWN_LANGUAGE.get(fate.country, "")
    return fate.line.language or (own if own in languages else str(languages[0]))


def fates(
    programme: Programme, lines: Iterable[Line], told: Told, *, country: str = ""
) -> Iterator[list[Fate]]:
    """The fates of all lines, some hundreds at a time; a line that cannot be told apart is in `told` only.

    `country`: of whoever has none yet, where the line says none.
    """
    known, rest = _Known(programme, country), iter(lines)
    while some := list(islice(rest, CHUNK)):
        yield known.fates(some, told)


@dataclass(slots=True)
class _Namesake:
    """A member of the programme, as far as a name can be told apart."""

    pk: int
    born: date | None
    email: str
    key: str
    role: str
    place: str


class _Known:
    """Who is known: the programme's people by name, everybody by key and e-mail."""

    def __init__(self, programme: Programme, country: str) -> None:
        self.programme, self.country = programme, country
        self.namesakes: dict[str, list[_Namesake]] = defaultdict(list)
        self.alike: dict[str, list[date | None]] = defaultdict(list)
        self.seen: dict[int, int] = {}
        found = Membership.objects.filter(programme=programme).exclude(role__in=STAFF)
        columns = ("person__name", "person_id", "person__born", "person__email", "person__roster_key")
        rows = found.order_by().values_list(*columns, "role", "place")
        for name, pk, born, email, *rest in rows.iterator():
            self.namesakes[folded(name)].append(_Namesake(pk, born, (email or "").lower(), *rest))
            self.alike[name_key(name)].append(born)

    def fates(self, lines: list[Line], told: Told) -> list[Fate]:
        people = self._people(lines)
        by_key = {each.roster_key: each for each in people.values() if each.roster_key}
        by_email = {each.email.lower(): each for each in people.values() if each.email}
        named = {line.number: self._by_name(line) for line in lines}
        missing = {pk for pk in named.values() if pk and pk not in people}
        people |= {each.pk: each for each in self._load(Q(pk__in=missing))} if missing else {}
        members = self._members(people, any(line.guardian_email for line in lines))
        found = []
        for line in lines:
            key = kept_key(self.programme, line.key)
            keyed, addressed = by_key.get(key), by_email.get(line.email)
            pk = named[line.number]
            person = keyed or addressed or (people[pk] if pk else None)
            wrong = _contradicts(line, keyed, addressed) or ("two_known" if not person and pk == 0 else "")
            if wrong:
                told.problem(line.number, line.name, wrong)
                continue
            if person and self.seen.setdefault(person.pk, line.number) != line.number:
                told.problem(line.number, line.name, "twice", other=self.seen[person.pk])
                continue
            membership = members.get((person.pk, line.role)) if person else None
            if person is None and self._looks_like(line):
                told.note(line.number, line.name, "looks_like")
            found.append(self._fate(line, person, membership, told))
        return found

    def _people(self, lines: list[Line]) -> dict[int, Person]:
        """Everybody whom a key or an e-mail of these lines names, by their keys in the database."""
        keys = [kept_key(self.programme, line.key) for line in lines if line.key]
        emails = [line.email for line in lines if line.email]
        found: dict[int, Person] = {}
        if keys:
            found |= {each.pk: each for each in self._load(Q(roster_key__in=keys))}
        if emails:
            # The index is one on lower(email), of those who have any.
            found |= {each.pk: each for each in self._load(Q(small__in=emails, email__isnull=False))}
        return found

    def _load(self, which: Q) -> list[Person]:
        """People, each told whether others than this organisation know them: then nothing is changed."""
        people = Person.objects.annotate(small=Lower("email")).filter(which)
        others = foreign(self.programme.organisation)
        own = {"foreign": others, "came_in": has_come_in()}
        told = {name: ExpressionWrapper(each, BooleanField()) for name, each in own.items()}
        return list(people.annotate(**told).order_by())

    def _members(self, people: dict[int, Person], guarded: bool) -> dict[tuple[int, str], Membership]:
        """`guarded`: the lines name guardians."""
        if not people:
            return {}
        found = Membership.objects.filter(programme=self.programme, person__in=list(people)).order_by()
        found = found.select_related("participation")
        if guarded:
            standing = Guardian.objects.filter(withdrawn_at=None)
            found = found.prefetch_related(Prefetch("guardians", standing, to_attr="standing"))
        return {(each.person_id, each.role): each for each in found}

    def _by_name(self, line: Line) -> int | None:
        """A member of this name who can be the one: None where there is none, 0 where several may be."""
        key = kept_key(self.programme, line.key)
        fit = [each for each in self.namesakes.get(folded(line.name), ()) if _fits(each, line, key)]
        exact = {each.pk for each in fit if (each.born, each.email, each.key) == (line.born, line.email, key)}
        # Of two roles of one person both may fit: that is one.
        same = {each.pk for each in fit}
        if len(exact) == 1 or len(same) == 1:
            return next(iter(exact or same))
        return 0 if same else None

    def _looks_like(self, line: Line) -> bool:
        """Whether a new person has the name of a member whose birth date does not speak against it."""
        known = self.alike.get(name_key(line.name), ())
        return any(not (born and line.born) or born == line.born for born in known)

    def _fate(self, line: Line, person: Person | None, membership: Membership | None, told: Told) -> Fate:
        fate = Fate(line, person, membership)
        stays = membership and (membership.country or membership.state in GONE)
        fate.country = line.country or (membership.country if membership and stays else self.country)
        if not (fate.country or stays) and len(self.programme.countries) > 1:
            told.problem(line.number, line.name, "no_country")
        if person and not getattr(person, "foreign", True):
            fate.of_person = _of_person(person, line, kept_key(self.programme, line.key), told)
        if membership:
            fate.of_membership = _of_membership(membership, fate, told)
            fate.of_part = _of_part(membership, line, told)
        fate.guardian = bool(line.guardian_email) and _names_guardian(line, membership)
        return fate


def _names_guardian(line: Line, membership: Membership | None) -> bool:
    """Whether the line names a guardian who is not written down yet; two are the most."""
    known = getattr(membership, "standing", [])
    alike = (folded(each.name) == folded(line.guardian_name) for each in known)
    addressed = (each.address.lower() == line.guardian_email for each in known)
    gone = membership is not None and membership.state in GONE
    return not (gone or len(known) >= MOST or any(alike) or any(addressed))


def _contradicts(line: Line, keyed: Person | None, addressed: Person | None) -> str:
    """What speaks against whom key and e-mail name: the code of a sentence."""
    if keyed and addressed:
        return "taken_email" if keyed.pk != addressed.pk else ""
    if keyed and not same_human(keyed.name, line.name, keyed=True):
        return "other_key"
    return "other_name" if addressed and not same_human(addressed.name, line.name) else ""


def _fits(namesake: _Namesake, line: Line, key: str) -> bool:
    """Whether a namesake is this person: born on the same day, else of one role and school or company.

    A name alone says too little: a pupil would get the account of a mentor who is called the same.
    """
    if namesake.key and key and namesake.key != key:
        return False
    if namesake.born and line.born:
        return namesake.born == line.born
    if (namesake.role, folded(namesake.place)) != (line.role, folded(line.place)):
        return False
    return not (namesake.email and line.email) or namesake.email == line.email


def _of_person(person: Person, line: Line, key: str, told: Told) -> dict[str, Any]:
    """What a roster changes of a person. What people have written themselves, since signing in, stays."""
    changes: dict[str, Any] = {}
    signed_in = bool(getattr(person, "came_in", True))
    shouted = line.name.isupper() and folded(line.name) == folded(person.name)
    if line.name != person.name and not signed_in and not shouted:
        changes["name"] = line.name
    if line.email and line.email != (person.email or ""):
        if person.email and signed_in:
            told.note(line.number, line.name, "own_address")
        else:
            changes["email"] = line.email
    if line.phone and line.phone != person.phone and not (signed_in and person.phone):
        changes["phone"] = line.phone
    if line.language and line.language != person.language and not signed_in:
        changes["language"] = line.language
    if line.born and line.born != person.born:
        changes["born"] = line.born
        if person.born:
            day, other = line.born.isoformat(), person.born.isoformat()
            told.note(line.number, line.name, "born_changes", day=day, other=other)
    own = not person.roster_key or person.roster_key.partition(":")[0] == key.partition(":")[0]
    if key and key != person.roster_key and own:
        changes["roster_key"] = key
    return changes


def _of_membership(membership: Membership, fate: Fate, told: Told) -> dict[str, Any]:
    """What a roster changes of a membership: where and from where; topic and means it only fills in."""
    line = fate.line
    if membership.state in GONE:
        told.note(line.number, line.name, "left")
        return {}
    asked = {"country": fate.country, "place": line.place}
    changes: dict[str, Any] = {
        name: value for name, value in asked.items() if value and value != getattr(membership, name)
    }
    if line.topic and not membership.topic:
        changes["topic"] = line.topic
    elif line.topic and line.topic != membership.topic:
        told.note(line.number, line.name, "topic_stays")
    if line.means and not membership.means:
        changes["means"] = list(line.means)
    return changes


def _of_part(membership: Membership, line: Line, told: Told) -> dict[str, Any]:
    """What a roster says of how a member takes part: it only fills in what nobody has said."""
    said = line.participation()
    if membership.state in GONE or not said:
        return {}
    known = getattr(membership, "participation", None)
    if known is None:
        return said
    each_told = {name: said.pop(name, {}) for name in ("answers", "abilities")}
    stays = any(getattr(known, name) not in ("", None, [], value) for name, value in said.items())
    fills = {name: value for name, value in said.items() if getattr(known, name) in ("", None, [])}
    for name, given in each_told.items():
        stands = getattr(known, name)
        stays = stays or any(stands.get(key, value) != value for key, value in given.items())
        if any(key not in stands for key in given):
            fills[name] = given | stands
    if stays:
        told.note(line.number, line.name, "part_stays")
    return fills
