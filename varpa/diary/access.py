"""Who may read and write a diary: the mentor; after the handover the mentee reads. Nobody else, ever (R6)."""

from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.diary.models import Diary, DiaryState
from varpa.kernel.access import grant
from varpa.people.models import Person


class DiaryAction(StrEnum):
    READ = "diary.read"
    WRITE = "diary.write"
    ANSWER = "diary.answer"


class EntryAction(StrEnum):
    READ = "entry.read"
    WRITE = "entry.write"


@grant(DiaryAction.READ, _("is the mentor who writes it"))
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
