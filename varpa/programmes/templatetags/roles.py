"""What a role is called, and the place that a member has written. `{% load roles %}` where it is used."""

from django import template

from varpa.programmes import roles
from varpa.programmes.models import Membership, Programme

register = template.Library()


@register.filter
def role_in(member: Membership, programme: Programme) -> str:
    """`{{ member|role_in:programme }}`: what the member's role is called in the programme of the page."""
    return roles.role_name(programme, member.role)


@register.filter
def place_label(member: Membership, programme: Programme) -> str:
    """`{{ member|place_label:programme }}`: what the place that a member has written is called."""
    return roles.place_label(programme, member.role)


@register.simple_tag
def role(programme: Programme, key: str, own: str = "") -> str:
    """`{% role programme "mentee" word %}`: what it is called; `own`: the product's word, said otherwise."""
    return roles.role_name(programme, key, own)
