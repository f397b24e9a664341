"""What any page of a pair may have to say of it. `{% load pairs %}` where it is used."""

from django import template

from varpa.pairs.actions.pairs import resting
from varpa.pairs.models import Pair, PairState
from varpa.pairs.unreached import without_contacts
from varpa.programmes.queries import methodology_of

register = template.Library()


@register.filter
def plan_title(pair: Pair) -> str:
    """`{{ pair|plan_title }}`: what the methodology calls the cooperation plan."""
    return str(methodology_of(pair.programme).plan.title)


@register.filter
def diary_title(pair: Pair) -> str:
    """`{{ pair|diary_title }}`: what the methodology calls the mentor's diary."""
    return str(methodology_of(pair.programme).diary.title)


@register.simple_tag
def rests(pair: Pair) -> str:
    """`{% rests pair %}`: that a pair rests, by whose doing, what makes it go on; nothing where it goes."""
    told = resting(pair) if pair.state == PairState.PAUSED else None
    return str(told) if told else ""


@register.filter
def unreached(text: str) -> str:
    """`{{ member.topic|unreached }}`: without addresses and phone numbers, before both are prepared (R1)."""
    return without_contacts(text)


@register.filter
def question_text(pair: Pair, key: str) -> str:
    """What the cooperation plan asks at a question; "" where it asks nothing by that key."""
    questions = methodology_of(pair.programme).plan.questions
    return next((str(each.text) for each in questions if each.key == key), "")
