"""What any page of a pair may have to say of it. `{% load pairs %}` where it is used."""

from django import template

from varpa.pairs.actions.pairs import resting
from varpa.pairs.models import Pair, PairState

register = template.Library()


@register.simple_tag
def rests(pair: Pair) -> str:
    """`{% rests pair %}`: that a pair rests, by whose doing, what makes it go on; nothing where it goes."""
    told = resting(pair) if pair.state == PairState.PAUSED else None
    return str(told) if told else ""
