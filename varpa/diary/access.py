"""Who may read and write a diary: the mentor; after the handover the mentee reads. Nobody else, ever (R6).

That there is one is no secret: whoever may read the pair's room is told at its door that it is shut.
"""

from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.diary.models import Diary, DiaryState, Entry, Photograph
from varpa.diary.queries import not_left_out
from varpa.kernel.access import allowed, grant
from varpa.pairs.access import PairAction
from varpa.pairs.models import Pair
from varpa.people.models import Person


class DiaryAction(StrEnum):
    KNOW = "diary.know"
    READ = "diary.read"
    WRITE = "diary.write"
    ANSWER = "diary.answer"
    REVOKE = "diary.revoke"


class EntryAction(StrEnum):
    KNOW = "entry.know"
    READ = "entry.read"
    WRITE = "entry.write"


class PhotographAction(StrEnum):
    READ = "diary_photograph.read"
    WRITE = "diary_photograph.write"


@grant(DiaryAction.KNOW, _("may see that the pair has a diary, not what it says"))
def _knows(person: Person) -> Q:
    pairs = allowed(PairAction.READ, person, Pair.objects.order_by())
    return Q(pair__in=pairs.values("pk"))


@grant(EntryAction.KNOW, _("may see that the pair has a diary, not what it says"))
def _knows_of(person: Person) -> Q:
    return Q(diary__in=Diary.objects.filter(_knows(person)).values("pk"))


@grant(DiaryAction.REVOKE, _("manages the programme: the link of a mentor who has left, not the diary"))
def _manages(person: Person) -> Q:
    pairs = allowed(PairAction.MANAGE, person, Pair.objects.order_by())
    return Q(pair__in=pairs.values("pk"))


@grant(DiaryAction.READ, _("is the mentor who writes it"))
@grant(DiaryAction.REVOKE, _("is the mentor who writes it"))
@grant(DiaryAction.WRITE, _("is the mentor who writes it"))
def _mentor(person: Person) -> Q:
    own = Diary.objects.filter(pair__mentor__person=person).exclude(state=DiaryState.SEALED)
    return Q(pk__in=own.order_by().values("pk"))


@grant(DiaryAction.READ, _("is the mentee to whom it was handed over"))
@grant(DiaryAction.ANSWER, _("is the mentee to whom it was handed over"))
def _mentee(person: Person) -> Q:
    own = Diary.objects.filter(pair__mentee__person=person, state=DiaryState.HANDED_OVER)
    return Q(pk__in=own.order_by().values("pk"))


@grant(EntryAction.READ, _("is the mentor who writes it"))
@grant(EntryAction.WRITE, _("is the mentor who writes it"))
def _writer(person: Person) -> Q:
    own = Diary.objects.filter(pair__mentor__person=person).exclude(state=DiaryState.SEALED)
    return Q(diary__in=own.order_by().values("pk"))


@grant(PhotographAction.READ, _("is the mentor who writes it"))
@grant(PhotographAction.WRITE, _("is the mentor who writes it"))
def _photographer(person: Person) -> Q:
    """While it is written; after the handover the mentor reads what the mentee does."""
    own = Entry.objects.filter(diary__pair__mentor__person=person, diary__state=DiaryState.OPEN)
    return Q(entry__in=own.order_by().values("pk"))


@grant(PhotographAction.READ, _("is one of the two, and it was handed over"))
def _handed_over(person: Person) -> Q:
    of_both = Q(entry__diary__pair__mentor__person=person) | Q(entry__diary__pair__mentee__person=person)
    own = not_left_out(Photograph.objects.filter(of_both, entry__diary__state=DiaryState.HANDED_OVER))
    return Q(pk__in=own.order_by().values("pk"))
