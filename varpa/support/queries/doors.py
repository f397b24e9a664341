"""The three doors of one of the two (R8): what the pair agreed for this case, and words to begin with."""

from functools import partial

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from varpa.methodology.marks import QuestionAct
from varpa.methodology.model import Question
from varpa.pairs.models import Pair, PlanAnswer, PlanState, Side
from varpa.pairs.queries import is_own, with_people
from varpa.people.models import Person
from varpa.programmes.models import Membership, Programme, Role
from varpa.programmes.partners import outside_of
from varpa.programmes.queries import LIVE, memberships_of, methodology_of
from varpa.support.models import Concerns, Door
from varpa.support.queries.staff import handling


def asked_of(pair: Pair) -> Question | None:
    """The question of the cooperation plan that asks what happens if either is not content, by its mark."""
    asked = methodology_of(pair.programme).plan.questions
    return next((each for each in asked if each.acts == QuestionAct.DISCONTENT), None)


def agreed_on(pair: Pair, question: Question | None) -> str:
    """What the two agreed for the case that either is not content; "" before there is a plan."""
    if question is None:
        return ""
    agreed = PlanAnswer.objects.filter(plan__pair=pair, plan__state=PlanState.AGREED, question=question.key)
    return agreed.values_list("text", flat=True).first() or ""


def beginnings(side: str) -> list[str]:
    """A few gentle beginnings of a sentence: each says how it is for oneself and blames nobody."""
    if side == Side.MENTEE:
        return [
            pgettext("mentee", "I would like to tell you how our cooperation is going for me."),
            pgettext("mentee", "It would help me if we could …"),
            pgettext("mentee", "I do not understand yet how to go on with …"),
            pgettext("mentee", "I have less time than I thought. Could we …"),
            pgettext("mentee", "I felt uneasy when …"),
        ]
    return [
        _("I would like to hear how our cooperation is going for you."),
        _("It would help me to know what you expect of the next weeks."),
        _("I have the impression that we have lost touch a little. Is that so for you?"),
        _("I have less time than I thought. Could we …"),
        _("Something between us is on my mind, and I would like to talk it over: …"),
    ]


def readers_of(
    programme: Programme, pair: Pair | None, door: str, concerns: str = Concerns.US, *, managers: list[Person]
) -> str:
    """Who will read what is told through a door, by name; where nobody can, whom to write to outside."""
    read = partial(handling, programme, pair, concerns=concerns)
    if concerns != Concerns.MANAGER:
        through = read(managers=True, lead=False) if door == Door.MANAGER else []
        found = _names(through or read(managers=False, lead=True))
    else:
        found = _names(read(managers=False, lead=True))
        named = {each: _names(read(managers=True, lead=True, about=each.pk)) for each in managers}
        if not found and len(managers) == 1:
            (found,) = named.values()
        elif not found:
            lines = [(each.name, names) for each, names in named.items() if names]
            found = "; ".join(_("about %(name)s: %(names)s") % {"name": a, "names": b} for a, b in lines)
    return found or _("nobody here. Outside of this programme: %(contact)s") % {
        "contact": outside_of(programme)
    }


def _names(people: list[Person]) -> str:
    return ", ".join(each.name for each in people)


def begun_pair_of(membership: Membership) -> Pair | None:
    """The pair of a member that goes, or the last one: who is in one tells through the doors of it."""
    begun = Pair.objects.filter(Q(mentor=membership) | Q(mentee=membership), active_at__isnull=False)
    return with_people(begun).order_by(F("ended_at").desc(nulls_first=True), "-pk").first()


def pairs_of(person: Person) -> QuerySet[Pair]:
    """A person's pairs that have begun, those that go first."""
    begun = Pair.objects.filter(is_own(person), active_at__isnull=False)
    return with_people(begun).order_by("ended_at", "-pk")


def memberships_in(person: Person) -> QuerySet[Membership]:
    """Where a person takes part as a mentor or a mentee."""
    return memberships_of(person).filter(role__in=[Role.MENTOR, Role.MENTEE], state__in=LIVE)
