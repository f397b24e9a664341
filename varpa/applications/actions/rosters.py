"""Taking in a roster: shown first, then taken in whole or not at all, and never twice (S4)."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from varpa.applications.models import Mapping, Roster, RosterState
from varpa.applications.queries.rosters import (
    Fate,
    fates,
    first_language,
    kept_key,
    mapped_as,
    own_questions,
    rules_of,
)
from varpa.applications.rosters.encodings import in_utf8
from varpa.applications.rosters.headings import ABILITY, MAPPABLE, QUESTION
from varpa.applications.rosters.lines import Line
from varpa.applications.rosters.reading import Head, NotMapped, Reading, Recall, read_roster
from varpa.applications.rosters.told import Told
from varpa.guardians.actions.guardians import put_down
from varpa.guardians.queries.guardians import asked_kinds
from varpa.history.actions import record
from varpa.history.models import Channel
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved, move
from varpa.people.actions import AddressTaken, add_people, correct_person
from varpa.people.models import Person
from varpa.programmes.actions.countries import NotOurCountry
from varpa.programmes.actions.memberships import add_members, change_member
from varpa.programmes.actions.participation import say_first, say_participation
from varpa.programmes.models import OVER, Membership, Programme
from varpa.programmes.queries import methodology_of

MEGABYTE = 1024 * 1024
LARGEST = 16 * MEGABYTE
KEPT = timedelta(days=1)
SAMPLE = 10
MOST_CHANGES = 100
SEALED = ("gender", "abilities")
"""What a list brings and no page shows but to whose it is."""


class RosterTooLarge(Refusal):
    sentence = _("The file is larger than {megabytes} MB. Divide it into several.")


class RosterChanged(Refusal):
    sentence = _(
        "Since this was shown, people were added or changed elsewhere. Nothing was taken in: look at what it "
        "would do now, and confirm once more."
    )


class StillWrong(Refusal):
    sentence = _("Some lines are still wrong. Nothing was taken in: put the file right and choose it again.")


class NoNewPeople(Refusal):
    sentence = _("The programme is closed: nobody is added any more.")


def hold_roster(
    *,
    programme: Programme,
    name: str,
    content: bytes,
    role: str,
    country: str = "",
    by: Person | None,
    now: datetime,
    ref: str = "",
    channel: str = Channel.IMPORT,
    may_ask: bool = False,
    saved_in: str = "",
) -> Roster:
    """Keep a file and what it would do, for its preview; nobody is added yet.

    `role` is for lines without, `country` for those without who have none yet. `saved_in`: the encoding of a
    text, where somebody says it. What was said of these headings before holds again. With `may_ask`, a list
    whose columns say too little is kept too, until somebody says what they hold (`map_roster`); its preview
    has only a "head". Asked twice with one `ref`, it is one roster. Raises NotOurCountry, and a Refusal of
    `rosters.reading` where it is no list.
    """
    shown = Roster.objects.filter(ref=ref, programme=programme)
    if ref and (known := shown.first()):
        return known
    if len(content) > LARGEST:
        raise RosterTooLarge(megabytes=LARGEST // MEGABYTE)
    if programme.state in OVER:
        raise NoNewPeople()
    if country and country not in programme.countries:
        raise NotOurCountry()
    content = in_utf8(content, saved_in) if saved_in else content
    given: dict[str, Any] = {"role": role, "country": country, "by": by, "at": now, "ref": ref or new_ref()}
    roster = Roster(programme=programme, name=name[:160], content=content, **given)
    try:
        reading = _read(roster, partial(mapped_as, programme), now)
    except NotMapped as error:
        if not may_ask or error.head is None or not error.head.unknown:
            raise
        roster.mapped, roster.preview = error.head.mapped, {"head": _head(error.head)}
    else:
        roster.mapped = reading.head.mapped
        roster.preview, roster.mark = _looked_at(programme, reading)
    try:
        with transaction.atomic():
            roster.save(force_insert=True)
            record("roster.show", roster, now=now, by=by, channel=channel, programme_ref=programme.ref)
    except IntegrityError:
        return shown.get()
    return roster


def take_roster(
    *, roster: Roster, by: Person | None, now: datetime, channel: str = Channel.IMPORT
) -> Counter[str]:
    """Take in exactly what was shown, all of it or nothing; answers how many were new, changed, the same.

    Raises AlreadyMoved for a second click, StillWrong, and RosterChanged where a line would now do something
    else than was shown; then the preview is made anew.
    """
    roster.refresh_from_db()
    if roster.state != RosterState.SHOWN:
        raise AlreadyMoved()
    programme = roster.programme
    if programme.state in OVER:
        raise NoNewPeople()
    if roster.preview.get("problems", 1):
        raise StillWrong()
    # Read before the transaction: a workbook takes seconds, in which nobody else should have to wait.
    reading = _read(roster, lambda _mark: roster.mapped, now)
    try:
        return _take(roster, reading, by=by, now=now, channel=channel)
    except (RosterChanged, IntegrityError, AddressTaken) as error:
        preview, mark = _looked_at(programme, reading)
        Roster.objects.filter(pk=roster.pk, state=RosterState.SHOWN).update(preview=preview, mark=mark)
        roster.refresh_from_db()
        raise RosterChanged() from error


def map_roster(*, roster: Roster, fields: dict[str, str], by: Person, now: datetime) -> None:
    """Say what the columns of a list hold, {compared heading: field, "" to leave out}.

    Of the others holds what was said before, else what the heading says. A heading that is to hold what it is
    read as already is not said: it gives way to a column of which that is said. The list is looked at anew,
    and of any of these headings the programme proposes the same for the next list.
    Raises AlreadyMoved, and a Refusal of `rosters.reading` where names or roles are still missing: then
    nothing is kept.
    """
    roster.refresh_from_db()
    if roster.state != RosterState.SHOWN:
        raise AlreadyMoved()
    head = roster.preview["head"]
    read_as = {heading: name for heading, _shown, _values, name in head.get("known", [])}
    asked = {heading for heading, _shown, _values in head["unknown"]} | set(read_as)
    own = [f"{QUESTION}{each.key}" for each in own_questions(roster.programme)]
    own += [f"{ABILITY}{each.key}" for each in methodology_of(roster.programme).abilities]
    kept = {key: name for key, name in roster.mapped.items() if key in asked}
    chosen = {key: name if name in (*MAPPABLE, *own) else "" for key, name in fields.items() if key in asked}
    chosen = {key: name for key, name in chosen.items() if not name or read_as.get(key) != name}
    said = kept | chosen
    reading = _read(roster, lambda _mark: said, now)
    preview, mark = _looked_at(roster.programme, reading)
    with transaction.atomic():
        waiting = Roster.objects.filter(pk=roster.pk, state=RosterState.SHOWN)
        if not waiting.update(preview=preview, mark=mark, mapped=said):
            raise AlreadyMoved()
        Mapping.objects.update_or_create(
            programme=roster.programme,
            headings=reading.head.mark,
            defaults={"fields": said, "by": by, "at": now},
        )
        record("roster.map", roster, now=now, by=by, programme_ref=roster.programme.ref)
    roster.refresh_from_db()


@transaction.atomic
def drop_roster(*, roster: Roster, by: Person | None, now: datetime, channel: str = "") -> None:
    """Give a roster up: the file is emptied. Raises AlreadyMoved."""
    move(roster, "drop", content=b"", preview={})
    record("roster.drop", roster, now=now, by=by, channel=channel, programme_ref=roster.programme.ref)


def forget_old_rosters(now: datetime) -> int:
    """For the schedule: give up what nobody has confirmed within a day; answers how many."""
    old = Roster.objects.filter(state=RosterState.SHOWN, at__lt=now - KEPT).defer("content", "preview")
    found = list(old.select_related("programme")[:100])
    for roster in found:
        # Whoever confirms at this very moment is first.
        with suppress(AlreadyMoved):
            drop_roster(roster=roster, by=None, now=now)
    return len(found)


@transaction.atomic
def _take(
    roster: Roster, reading: Reading, *, by: Person | None, now: datetime, channel: str
) -> Counter[str]:
    programme = roster.programme
    # One roster of a programme at a time: two would both find the same person new.
    Programme.objects.select_for_update().get(pk=programme.pk)
    shown = roster.mark
    move(roster, "take", taken_at=now, content=b"", preview={})
    counts, mark = Counter[str](), hashlib.sha256()
    for some in _marked(programme, reading, reading.told.fork(), counts, mark):
        _write(programme, some, by=by, now=now, channel=channel)
    if mark.hexdigest() != shown:
        raise RosterChanged()
    ref, details = programme.ref, dict(counts)
    record("roster.take", roster, now=now, by=by, channel=channel, programme_ref=ref, details=details)
    return counts


def _write(programme: Programme, some: list[Fate], *, by: Person | None, now: datetime, channel: str) -> None:
    unknown = [fate for fate in some if fate.person is None]
    for fate in unknown:
        fate.person = _person(programme, fate)
    add_people(people=[fate.person for fate in unknown if fate.person], now=now, by=by, channel=channel)
    for fate in some:
        if fate.person and fate.of_person:
            correct_person(person=fate.person, changes=fate.of_person, now=now, by=by, channel=channel)
        if fate.membership and fate.of_membership:
            fate.membership.person, fate.membership.programme = _certain(fate), programme
            changes = fate.of_membership
            change_member(membership=fate.membership, changes=changes, now=now, by=by, channel=channel)
        if fate.membership and fate.of_part:
            fate.membership.person, fate.membership.programme = _certain(fate), programme
            say_participation(membership=fate.membership, said=fate.of_part, by=by, now=now, channel=channel)
    new = [(_membership(fate), fate.line.participation()) for fate in some if fate.membership is None]
    memberships = [membership for membership, _said in new]
    add_members(programme=programme, memberships=memberships, now=now, by=by, channel=channel)
    say_first(said=[each for each in new if each[1]], by=by, now=now, channel=channel)
    added = iter(memberships)
    for fate in some:
        membership = fate.membership or next(added)
        if fate.guardian:
            membership.person, membership.programme = _certain(fate), programme
            _put_guardian_down(fate, membership, by=by, now=now)


def _put_guardian_down(fate: Fate, membership: Membership, *, by: Person | None, now: datetime) -> None:
    """Nobody is written to by a list: the link goes from the person's page. Twice is once."""
    language, address = first_language(fate, membership.programme), fate.line.guardian_email
    if asked_kinds(membership, now) and address != (membership.person.email or "").lower():
        put_down(
            membership,
            fate.line.guardian_name,
            address=address,
            language=language,
            by=by or membership.person,
            now=now,
        )


def _read(roster: Roster, recall: Recall, now: datetime) -> Reading:
    rules = rules_of(roster.programme, roster.role, roster.country, now)
    return read_roster(bytes(roster.content), rules, recall)


def _head(head: Head) -> dict[str, Any]:
    said = all(heading in head.mapped for heading, _shown, _values in head.unknown)
    return {"unknown": head.unknown, "known": head.known, "said": said}


def _person(programme: Programme, fate: Fate) -> Person:
    line = fate.line
    return Person(
        name=line.name,
        email=line.email or None,
        phone=line.phone,
        language=first_language(fate, programme),
        zone=programme.zone,
        born=line.born,
        roster_key=kept_key(programme, line.key),
    )


def _membership(fate: Fate) -> Membership:
    line = fate.line
    return Membership(
        person=_certain(fate),
        role=line.role,
        country=fate.country,
        place=line.place,
        topic=line.topic,
        means=list(line.means),
    )


def _certain(fate: Fate) -> Person:
    assert fate.person is not None
    return fate.person


def _looked_at(programme: Programme, reading: Reading) -> tuple[dict[str, Any], str]:
    """What the page shows of a roster, and the mark of all that it would do."""
    counts, mark, told = Counter[str](), hashlib.sha256(), reading.told.fork()
    changes: list[dict[str, Any]] = []
    for some in _marked(programme, reading, told, counts, mark):
        room = MOST_CHANGES - len(changes)
        # Somebody known may be new in the role only: what it changes of the person is shown as well.
        changes += [_change(fate) for fate in some if fate.kind == "changed" or fate.of_person][:room]
    preview = {
        "read_as": reading.read_as,
        "kind": reading.kind,
        "columns": reading.columns,
        "unread": reading.unread,
        "private": reading.private,
        "people": reading.people,
        "country": reading.country,
        "head": _head(reading.head),
        "counts": dict(counts),
        "first": [_shown(line) for line in reading.lines[:SAMPLE]],
        "changes": changes,
        "problems": told.counts["problems"],
        "notes": told.counts["notes"],
        "problem_list": told.problems,
        "note_list": told.notes,
    }
    return preview, mark.hexdigest()


def _marked(
    programme: Programme, reading: Reading, told: Told, counts: Counter[str], mark: Any
) -> Iterator[list[Fate]]:
    """The fates of a roster, counted and marked on their way."""
    for some in fates(programme, reading.lines, told, country=reading.country):
        for fate in some:
            counts[fate.kind] += 1
            known = (fate.person and fate.person.pk, fate.membership and fate.membership.pk)
            changes = sorted(fate.of_person.items()), sorted(fate.of_membership.items())
            part = sorted((fate.of_part if fate.membership else fate.line.participation()).items())
            mark.update(repr((fate.line.number, known, changes, part, fate.guardian, fate.country)).encode())
        yield some


def _change(fate: Fate) -> dict[str, Any]:
    """What would change of somebody known: [column, before, after]."""
    part = getattr(fate.membership, "participation", None)
    changed = [(fate.person, fate.of_person), (fate.membership, fate.of_membership), (part, fate.of_part)]
    changes = [
        _difference(name, getattr(thing, name, ""), value)
        for thing, values in changed
        for name, value in values.items()
        if name not in SEALED
    ]
    if fate.guardian:
        changes.append(_difference("guardian_email", "", fate.line.guardian_email))
    return {"line": fate.line.number, "who": fate.line.name, "fields": changes}


def _difference(name: str, before: object, after: object) -> list[str]:
    if name == "roster_key":
        return ["key", str(before).rpartition(":")[2], str(after).rpartition(":")[2]]
    return [name, _plain(before), _plain(after)]


def _plain(value: object) -> str:
    value = list(value.values()) if isinstance(value, dict) else value
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")


def _shown(line: Line) -> dict[str, str]:
    """Without what no page shows but to whose it is."""
    return {each.name: _plain(getattr(line, each.name)) for each in fields(Line) if each.name not in SEALED}
