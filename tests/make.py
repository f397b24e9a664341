"""Factories: things made through the same actions as the pages."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from varpa.diary.actions import begin_entry, keep_entry, write_entry
from varpa.diary.models import Entry
from varpa.files.models import File
from varpa.kernel.text import TranslatedText
from varpa.meetings.actions.meetings import plan_meeting
from varpa.meetings.actions.reviews import review_meeting
from varpa.meetings.models import Meeting
from varpa.pairs.actions.pairs import answer_proposal, propose_pair
from varpa.pairs.actions.plans import begin_plan, confirm_plan, write_answers
from varpa.pairs.models import Pair, Plan
from varpa.people.actions import add_person, create_organisation
from varpa.people.models import Organisation, Person
from varpa.programmes.actions.appointing import appoint_manager
from varpa.programmes.actions.memberships import (
    accept_notice,
    add_member,
    finish_lesson,
    mark_trained,
)
from varpa.programmes.actions.programmes import make_programme, take_methodology, take_step
from varpa.programmes.models import Membership, MembershipState, Programme
from varpa.programmes.preparing import studies_of
from varpa.programmes.queries import methodology_of

FOLDER = Path(__file__).parents[1] / "methodologies" / "educate-for-business"
NOW = datetime(2025, 10, 14, 9, 0, tzinfo=UTC)
STARTS, ENDS = date(2025, 3, 1), date(2026, 4, 30)


def organisation(name: str = "Jelgavas uzņēmēju atbalsta centrs") -> Organisation:
    """An organisation with its lead partner's person, Dace."""
    address = f"dace@{abs(hash(name))}.example"
    return create_organisation(name=name, person_name="Dace Kalniņa", email=address, language="lv", now=NOW)


def programme(of: Organisation | None = None, *, running: bool = True, **changes: Any) -> Programme:
    """A programme of the seed methodology, running on 14 October 2025."""
    owner = of or organisation()
    asked: dict[str, Any] = {
        "name": TranslatedText.same("Educate for Business"),
        "starts": STARTS,
        "ends": ENDS,
        "folder": FOLDER,
        **changes,
    }
    made = make_programme(organisation=owner, by=None, now=NOW, **asked)
    if running:
        take_step(programme=made, step="run", by=None, now=NOW)
    return made


def person(name: str, email: str = "", **changes: Any) -> Person:
    """A person; the address is made of the name."""
    local = name.split()[0].lower().encode("ascii", "ignore").decode() or "anna"
    changes.setdefault("language", "lv")
    return add_person(name=name, email=email or f"{local}@varpa.example", now=NOW, by=None, **changes)


def manager(of: Programme, who: Person) -> Membership:
    """The project manager of a programme."""
    return appoint_manager(programme=of, person=who, by=None, now=NOW)


def member(of: Programme, who: Person, role: str, *, ready: bool = True, **changes: Any) -> Membership:
    """An accepted member, prepared unless told otherwise."""
    made = add_member(
        programme=of,
        person=who,
        role=role,
        state=MembershipState.ACCEPTED,
        by=None,
        now=NOW,
        **{"means": ("video", "email", "in_person"), **changes},
    )
    if ready:
        prepare(made)
    return made


def prepare(membership: Membership) -> None:
    """Training attended, notice accepted."""
    mark_trained(membership=membership, by=membership.person, now=NOW)
    accept_notice(membership=membership, by=membership.person, now=NOW)


def study(membership: Membership) -> None:
    """Every lesson of the first training for the member's role is gone through."""
    for each in [each for each in studies_of(membership) if each.counts]:
        finish_lesson(membership=membership, lesson=each.lesson.key, by=membership.person, now=NOW)


def without_lessons(of: Programme) -> Programme:
    """The programme by a methodology that has no lessons for any training."""
    methodology = replace(methodology_of(of), lessons=())
    Programme.objects.filter(pk=of.pk).update(
        methodology_version=take_methodology(methodology=methodology, now=NOW)
    )
    return Programme.objects.get(pk=of.pk)


def pair(mentor: Membership, mentee: Membership, *, active: bool = True) -> Pair:
    """A pair; active after both have said yes (and are prepared)."""
    made = propose_pair(mentor=mentor, mentee=mentee, by=None, now=NOW)
    if active:
        for side in (mentor, mentee):
            answer_proposal(pair=made, yes=True, by=side.person, now=NOW)
    return made


def meeting(of: Pair, *, days: int = 3, kind: str = "first", now: datetime = NOW, **changes: Any) -> Meeting:
    """A meeting planned by the mentor, some days ahead, at 10:00 in Riga."""
    day = (now + timedelta(days=days)).date()
    asked: dict[str, Any] = {
        "kind": kind,
        "means": "in_person" if kind == "visit" else "video",
        "starts_local": datetime(day.year, day.month, day.day, 10, 0),
        "zone": "Europe/Riga",
        "minutes": 60,
        "by": of.mentor.person,
        **changes,
    }
    return plan_meeting(pair=of, now=now, **asked)


def held(of: Pair, *, days: int = 3, kind: str = "first", minutes: int = 60, now: datetime = NOW) -> Meeting:
    """A meeting that was held and reviewed by the mentor with its length."""
    made = meeting(of, days=days, kind=kind, now=now)
    after = max(now + timedelta(days=days, hours=3), made.starts_at + timedelta(minutes=minutes))
    review_meeting(meeting=made, by=of.mentor.person, now=after, minutes=minutes, text="Labi.")
    return made


def agreed_plan(of: Pair, now: datetime = NOW) -> Plan:
    """A cooperation plan with one answer, confirmed by both."""
    plan = begin_plan(pair=of, by=of.mentor.person, now=now)
    texts, choices = {"rhythm": "Reizi divās nedēļās."}, {"rhythm": 14}
    write_answers(plan=plan, texts=texts, choices=choices, revisions={}, by=of.mentee.person, now=now)
    for side in (of.mentee, of.mentor):
        confirm_plan(plan=plan, by=side.person, now=now)
    return plan


def entry(of: Pair, *, text: str = "Runājām par cenu.", kept: bool = True, now: datetime = NOW) -> Entry:
    """A diary entry of the mentor's."""
    made = begin_entry(pair=of, day=now.date(), by=of.mentor.person, now=now)
    write_entry(
        entry=made,
        texts={"notes": text},
        answers={},
        day=now.date(),
        minutes=45,
        revision=made.revision,
        by=of.mentor.person,
        now=now,
    )
    if kept:
        keep_entry(entry=made, by=of.mentor.person, now=now)
    return made


def paper(of: Plan, name: str = "plans.jpg") -> File:
    """A kept photograph of a plan on paper: the row alone, without its content."""
    about = {"about_kind": "plan", "about_ref": of.ref}
    return File.objects.create(sha256="0" * 64, size=1, kind="image/jpeg", name=name, at=NOW, **about)
