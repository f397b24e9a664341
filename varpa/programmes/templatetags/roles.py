"""What a role is called on a page. `{% load roles %}` where it is used."""

from django import template

from varpa.programmes import roles
from varpa.programmes.models import Membership, Programme

register = template.Library()


@register.filter
def role_in(member: Membership, programme: Programme) -> str:
    """`{{ member|role_in:programme }}`: what the member's role is called in the programme of the page."""
    return roles.role_name(programme, member.role)


@register.simple_tag
def role(programme: Programme, key: str, own: str = "") -> str:
    """`{% role programme "mentee" word %}`: what it is called; `own`: the product's word, said otherwise."""
    return roles.role_name(programme, key, own)
