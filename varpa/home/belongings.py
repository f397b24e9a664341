"""Everything that a mentee takes home, after the defence or without one, in one archive (S15, S20)."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from varpa.businessplans import papers as plans
from varpa.businessplans.models import BusinessPlan, Version
from varpa.businessplans.queries import plans_read
from varpa.closing.papers import certificate
from varpa.closing.queries import certificates_read
from varpa.defence import badges
from varpa.defence import papers as defence
from varpa.defence.models import Slot
from varpa.diary.access import DiaryAction, PhotographAction
from varpa.diary.copies import copy_of
from varpa.diary.models import Diary, DiaryState, Photograph
from varpa.diary.queries import diaries_read
from varpa.documents.archives import packed
from varpa.files.kinds import PDF
from varpa.files.queries import bytes_of
from varpa.kernel.access import allowed
from varpa.pairs.models import Side
from varpa.people.models import Person
from varpa.presentations import papers as presentations
from varpa.presentations.access import PresentationAction
from varpa.presentations.models import Presentation
from varpa.presentations.queries import handed_in, presentations_read, version_rows
from varpa.presentations.queries import rows_of as slides_of
from varpa.profiles import papers as profiles
from varpa.profiles.access import ProfileAction
from varpa.profiles.models import Profile
from varpa.profiles.photographs import by_part, photographs_of
from varpa.profiles.queries import profiles_read
from varpa.profiles.queries import rows_of as parts_of
from varpa.programmes.models import Membership
from varpa.programmes.queries import methodology_of, today_of


class Thing(NamedTuple):
    """A part of what is taken home: its name there, what it is, its bytes; None where it is missing."""

    name: str
    called: str
    content: bytes | None


def archive(slot: Slot, owner: Person, language: str, now: datetime) -> bytes:
    """All of it as one ZIP with a list; what is missing stands in the list, and why it may be.

    `slot`: the owner's own, of a closed day. The same things give the same bytes.
    """
    plan = BusinessPlan.objects.filter(defence_slots=slot, membership__person=owner)
    return _packed(
        [
            *_plan(plan, slot.version, language, now),
            *_results(slot.member, owner, language, now),
            Thing("certificate.pdf", _("Certificate"), defence.certificate(slot, language)),
            Thing("badge.jwt", _("Badge (Open Badges 3.0)"), badges.signed(slot).encode()),
        ]
    )


def without_defence(member: Membership, owner: Person, language: str, now: datetime) -> bytes | None:
    """The same of a mentee who has defended nothing, as it stands; None where nothing was made yet."""
    plan = BusinessPlan.objects.filter(membership=member, set_aside_at=None)
    things = [*_plan(plan, None, language, now), *_results(member, owner, language, now)]
    return _packed(things) if any(thing.content for thing in things) else None


def _results(member: Membership, owner: Person, language: str, now: datetime) -> list[Thing]:
    return [
        *_numbered("profile", _("Company profile"), "pdf", _profiles(member, owner, language, now)),
        *_presented(member, owner, language),
        *_numbered(
            "diary", str(methodology_of(member.programme).diary.title), "pdf", _diaries(member, owner)
        ),
        *_beside_diaries(member, owner),
        *_numbered("mentoring", _("Certificate of mentoring"), "pdf", _mentored(member, language)),
    ]


def _packed(things: list[Thing]) -> bytes:
    files = {thing.name: thing.content for thing in things if thing.content is not None}
    return packed({"00-list.txt": _listed(things).encode(), **files})


def _listed(things: list[Thing]) -> str:
    lines = [_("What is in this archive"), ""]
    lines += [f"{thing.name}: {thing.called}" for thing in things if thing.content is not None]
    missing = [thing for thing in things if thing.content is None]
    if missing:
        lines += ["", _("What is not here, because it was not written, not finished or not handed over"), ""]
        lines += [f"- {thing.called}" for thing in missing]
    return "\n".join(lines) + "\n"


def _plan(
    own: QuerySet[BusinessPlan], version: Version | None, language: str, now: datetime
) -> Iterator[Thing]:
    """The plan as it was defended, else as it stands, and its figures as a workbook whose formulas live."""
    plan = plans_read(own).first()
    stands = plans.standing(plan, version, now) if plan else None
    paper = plans.document(plan, stands, language) if plan and stands else None
    yield Thing("plan.pdf", _("Business plan"), paper)
    figures = plans.book(stands, language) if stands else None
    yield Thing("plan.xlsx", _("Figures of the business plan"), figures)


def _profiles(member: Membership, owner: Person, language: str, now: datetime) -> Iterator[bytes]:
    seen = allowed(ProfileAction.READ, owner, Profile.objects.filter(pair__mentee=member))
    for profile in profiles_read(seen).order_by("pk"):
        rows, photographs = parts_of(profile), by_part(photographs_of(profile))
        if photographs or any(row.text for row in rows):
            today = today_of(profile.pair.programme, now)
            yield profiles.document(
                profile, rows, language=language, today=today, published=False, photographs=photographs
            )


def _presented(member: Membership, owner: Person, language: str) -> list[Thing]:
    """What was shown, and a PPTX of which no PDF was made, as it was brought."""
    own = Presentation.objects.filter(membership=member, set_aside_at=None)
    made = list(presentations_read(allowed(PresentationAction.READ, owner, own)).order_by("pk"))
    called = _("Presentation")
    unturned = [found for each in made if each.file is None and (found := bytes_of(each.source))]
    sources = _numbered("presentation", called, "pptx", iter(unturned)) if unturned else []
    shown = list(_presentations(made, language))
    if sources and not shown:
        return sources
    return [*_numbered("presentation", called, "pdf", iter(shown)), *sources]


def _presentations(made: list[Presentation], language: str) -> Iterator[bytes]:
    """The file that was brought, or the slides; that is what was shown."""
    for each in made:
        brought, version = bytes_of(each.file), handed_in(each)
        slides = version_rows(version) if version else slides_of(each)
        if brought:
            yield brought
        elif any(row.is_filled for row in slides):
            yield presentations.document(each, language)


def _diaries(member: Membership, owner: Person) -> Iterator[bytes]:
    """Only what was handed over: until then the diary is the mentor's alone (R6)."""
    handed = Diary.objects.filter(pair__mentee=member, state=DiaryState.HANDED_OVER)
    for diary in diaries_read(allowed(DiaryAction.READ, owner, handed)).order_by("pk"):
        yield copy_of(diary)


def _beside_diaries(member: Membership, owner: Person) -> Iterator[Thing]:
    """Pages written by hand that came as PDF files: they stand in no book."""
    scans = Photograph.objects.filter(entry__diary__pair__mentee=member, file__kind=PDF)
    own = allowed(PhotographAction.READ, owner, scans).select_related("file")
    for number, each in enumerate(own.order_by("entry__day", "entry", "pk"), 1):
        yield Thing(f"diary-page-{number}.pdf", _("A page of the diary"), bytes_of(each.file))


def _mentored(member: Membership, language: str) -> Iterator[bytes]:
    """That the mentee has gone the whole way with a mentor."""
    own = certificates_read().filter(side=Side.MENTEE, pair__mentee=member)
    for given in own.order_by("pk"):
        yield certificate(given, language)


def _numbered(name: str, called: str, ending: str, found: Iterator[bytes]) -> list[Thing]:
    """One thing, or as many as there were pairs; missing where there is none."""
    things = [
        Thing(f"{name}.{ending}" if number == 1 else f"{name}-{number}.{ending}", called, each)
        for number, each in enumerate(found, start=1)
    ]
    return things or [Thing(f"{name}.{ending}", called, None)]
