"""Who may read a company profile, write in it and approve it. The mentor never writes in it."""

from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from varpa.kernel.access import allowed, grant
from varpa.pairs.access import own_pairs
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.profiles.models import Profile
from varpa.profiles.queries import published
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import Programme


class ProfileAction(StrEnum):
    """READ: all of it. WRITE: the mentee's. APPROVE: the mentor's. READ_PUBLISHED: what both show."""

    READ = "profile.read"
    WRITE = "profile.write"
    APPROVE = "profile.approve"
    READ_PUBLISHED = "profile.read_published"


class CorrectionAction(StrEnum):
    """READ: what the mentor says of a part. SETTLE: the mentee's. WITHDRAW: the mentor's."""

    READ = "correction.read"
    SETTLE = "correction.settle"
    WITHDRAW = "correction.withdraw"


def _mentored(person: Person) -> Any:
    return Pair.objects.filter(mentor__person=person).order_by().values("pk")


def _learning(person: Person) -> Any:
    return Pair.objects.filter(mentee__person=person).order_by().values("pk")


def _of(pairs: Any) -> Any:
    return Profile.objects.filter(pair__in=pairs).order_by().values("pk")


@grant(ProfileAction.READ, _("is one of the two"))
@grant(ProfileAction.READ_PUBLISHED, _("is one of the two"))
def _one_of_the_two(person: Person) -> Q:
    return Q(pair__in=own_pairs(person))


@grant(ProfileAction.WRITE, _("is the mentee"))
def _writer(person: Person) -> Q:
    return Q(pair__in=_learning(person))


@grant(ProfileAction.APPROVE, _("is the mentor"))
def _mentor(person: Person) -> Q:
    return Q(pair__in=_mentored(person))


@grant(ProfileAction.READ_PUBLISHED, _("is in the programme, and both of the pair show the profile"))
def _reads_published(person: Person) -> Q:
    programmes = allowed(ProgrammeAction.READ, person, Programme.objects.all()).order_by().values("pk")
    itself = Profile.objects.filter(pk=OuterRef("pk"), pair__programme__in=programmes)
    return Q(Exists(published(itself)))


@grant(CorrectionAction.READ, _("is one of the two"))
def _reads_a_correction(person: Person) -> Q:
    return Q(part__profile__in=_of(own_pairs(person)))


@grant(CorrectionAction.SETTLE, _("is the mentee"))
def _settles(person: Person) -> Q:
    return Q(part__profile__in=_of(_learning(person)))


@grant(CorrectionAction.WITHDRAW, _("is the mentor"))
def _withdraws(person: Person) -> Q:
    return Q(part__profile__in=_of(_mentored(person)))
