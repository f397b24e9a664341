"""Who sees a defence, who runs it, who speaks in it as a juror."""

from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.defence.models import Defence, DefenceState, Juror, SlotState
from varpa.kernel.access import grant
from varpa.people.models import Person
from varpa.programmes.access import managed_ids

GOING_OR_DONE = (DefenceState.READY, DefenceState.RUNNING, DefenceState.CLOSED)
ANNOUNCED = (*GOING_OR_DONE, DefenceState.OFF)


class DefenceAction(StrEnum):
    """READ: when, where and in which order. HOST: everything of the day. JUDGE: words and money."""

    READ = "defence.read"
    HOST = "defence.host"
    JUDGE = "defence.judge"


class SlotAction(StrEnum):
    """READ: that it is there. HOST: run it. RESULT: what was given and said, after the day.

    TAKE: everything home, for whoever presented.
    """

    READ = "slot.read"
    HOST = "slot.host"
    RESULT = "slot.result"
    TAKE = "slot.take"


class JurorAction(StrEnum):
    """READ: who it is. HOST: send a link, take off."""

    READ = "juror.read"
    HOST = "juror.host"


@grant(DefenceAction.READ, _("manages the programme"))
@grant(DefenceAction.HOST, _("manages the programme"))
def _hosts(person: Person) -> Q:
    return Q(programme__in=managed_ids(person))


@grant(DefenceAction.READ, _("is a juror"))
def _reads_as_juror(person: Person) -> Q:
    mine = Juror.objects.filter(person=person, withdrawn_at=None)
    return Q(pk__in=mine.values("defence"), state__in=ANNOUNCED)


@grant(DefenceAction.JUDGE, _("is a juror"))
def _judges(person: Person) -> Q:
    return _reads_as_juror(person) & Q(state__in=GOING_OR_DONE)


@grant(DefenceAction.READ, _("defends a plan"))
def _defends(person: Person) -> Q:
    mine = Defence.objects.filter(slots__plan__membership__person=person).order_by()
    return Q(pk__in=mine.values("pk"), state__in=ANNOUNCED)


@grant(SlotAction.READ, _("manages the programme"))
@grant(SlotAction.HOST, _("manages the programme"))
@grant(SlotAction.RESULT, _("manages the programme"))
def _hosts_slot(person: Person) -> Q:
    return Q(defence__programme__in=managed_ids(person))


@grant(SlotAction.READ, _("defends the plan"))
@grant(SlotAction.RESULT, _("defends the plan"))
@grant(SlotAction.TAKE, _("defends the plan"))
def _own_result(person: Person) -> Q:
    """The day is over: until then nobody's result can be read off."""
    return Q(plan__membership__person=person, defence__state=DefenceState.CLOSED, state=SlotState.CLOSED)


@grant(JurorAction.READ, _("manages the programme"))
@grant(JurorAction.HOST, _("manages the programme"))
def _hosts_juror(person: Person) -> Q:
    return Q(defence__programme__in=managed_ids(person))
