"""Who may do what when something goes wrong. Nobody who is in a pair handles what concerns it (R8)."""

from enum import StrEnum
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.kernel.access import grant
from varpa.pairs.access import own_pairs
from varpa.pairs.models import Pair
from varpa.pairs.queries import is_own
from varpa.people.models import Person
from varpa.programmes.access import led_programmes, managed_ids, managers_programmes
from varpa.programmes.models import Membership, Role
from varpa.programmes.queries import LIVE
from varpa.support.models import Case, Concerns


class CaseAction(StrEnum):
    """READ: what is being done. HANDLE: read the words, write, close. TAKE_BACK: one's own."""

    READ = "case.read"
    HANDLE = "case.handle"
    TAKE_BACK = "case.take_back"


class OpeningAction(StrEnum):
    """READ: what one has opened with a reason, while it lasts."""

    READ = "opening.read"


class CallAction(StrEnum):
    """READ: that somebody of the staff called a pair, and the word on it."""

    READ = "call.read"


class QuestionAction(StrEnum):
    """READ: a mentor's question with its answer. ANSWER: as the chief mentor. SHARE: one's own."""

    READ = "question.read"
    ANSWER = "question.answer"
    SHARE = "question.share"


class CircleAction(StrEnum):
    """READ: the mentors' circle and the questions of a programme, and write there."""

    READ = "circle.read"


class WordAction(StrEnum):
    """READ: a word of the circle. TAKE_BACK: one's own."""

    READ = "circle_word.read"
    TAKE_BACK = "circle_word.take_back"


@grant(CaseAction.READ, _("has told it"))
@grant(CaseAction.TAKE_BACK, _("has told it"))
def _teller(person: Person) -> Q:
    return Q(teller__in=Membership.objects.filter(person=person).order_by().values("pk"))


@grant(CaseAction.READ, _("is the other of the two, and it is not confidential"))
def _other(person: Person) -> Q:
    return Q(pair__in=own_pairs(person), confidential=False, teller__isnull=False)


@grant(CaseAction.READ, _("manages the programme, and is not in the pair"))
@grant(CaseAction.HANDLE, _("manages the programme, and is not in the pair"))
def _manager(person: Person) -> Q:
    return _handled(person, Q(programme__in=managers_programmes(person), with_managers=True))


@grant(CaseAction.READ, _("staff of the lead partner, and is not in the pair"))
@grant(CaseAction.HANDLE, _("staff of the lead partner, and is not in the pair"))
def _lead(person: Person) -> Q:
    return _handled(person, Q(programme__in=led_programmes(person), with_lead=True))


def _handled(person: Person, cases: Q) -> Q:
    """As queries.staff.handling: by nobody around the pair, nor by the manager whom it concerns."""
    managed = Membership.objects.filter(person=person, role=Role.MANAGER).order_by().values("programme")
    unnamed = Q(about=None) | Q(with_managers=False)
    concerned = Q(concerns=Concerns.MANAGER) & (Q(about=person) | Q(unnamed, programme__in=managed))
    found = Case.objects.filter(cases).exclude(pair__in=pairs_around(person)).exclude(concerned)
    return Q(pk__in=found.exclude(teller__person=person).order_by().values("pk"))


def pairs_around(person: Person) -> Any:
    """A subquery of the pairs to which a person does not see: the own ones, and others of the same mentee."""
    mentees = Pair.objects.filter(is_own(person)).order_by().values("mentee")
    return Pair.objects.filter(mentee__in=mentees).order_by().values("pk")


@grant(CallAction.READ, _("manages the programme, and is not in the pair"))
def _reads_calls(person: Person) -> Q:
    return Q(pair__programme__in=managed_ids(person)) & ~Q(pair__in=pairs_around(person))


@grant(OpeningAction.READ, _("has opened it with a reason"))
def _opener(person: Person) -> Q:
    return Q(by=person, pair__programme__in=managed_ids(person)) & ~Q(pair__in=pairs_around(person))


def _mentored(person: Person) -> Any:
    held = Membership.objects.filter(person=person, role=Role.MENTOR, state__in=LIVE)
    return held.order_by().values("programme")


@grant(CircleAction.READ, _("is a mentor of the programme"))
def _of_the_circle(person: Person) -> Q:
    return Q(pk__in=_mentored(person))


@grant(CircleAction.READ, _("manages the programme"))
def _leads_the_circle(person: Person) -> Q:
    return Q(pk__in=managed_ids(person))


@grant(WordAction.READ, _("is a mentor of the programme"))
def _reads_a_word(person: Person) -> Q:
    return Q(programme__in=_mentored(person))


@grant(WordAction.READ, _("manages the programme"))
def _leads_words(person: Person) -> Q:
    return Q(programme__in=managed_ids(person))


@grant(WordAction.TAKE_BACK, _("wrote it"))
def _wrote(person: Person) -> Q:
    return Q(by=person)


@grant(QuestionAction.READ, _("has asked it"))
@grant(QuestionAction.SHARE, _("has asked it"))
def _asked(person: Person) -> Q:
    return Q(mentor__in=Membership.objects.filter(person=person).order_by().values("pk"))


@grant(QuestionAction.READ, _("manages the programme"))
@grant(QuestionAction.ANSWER, _("manages the programme"))
def _answers(person: Person) -> Q:
    return Q(programme__in=managed_ids(person))


@grant(QuestionAction.READ, _("is a mentor of the programme, and both share it"))
def _shared(person: Person) -> Q:
    return Q(
        programme__in=_mentored(person), mentor_shares=True, chief_shares=True, withdrawn_at__isnull=True
    )
