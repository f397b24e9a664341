"""What a page says and where it leads, dozens of times: Django's own tags, which remember what they answered.

Settings load them as builtins after Django's, so that `{% translate %}`, `{% url %}` and `{% static %}` are
these (docs/decisions/0020-what-a-page-costs.md). `{% remembered %}` is ours.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as read_url
from django.templatetags.i18n import TranslateNode, do_translate
from django.templatetags.static import StaticNode
from django.urls import NoReverseMatch
from django.utils.html import conditional_escape
from django.utils.translation import get_language

from varpa.ui.addresses import address_of

register = template.Library()

# A remembered part is written for few values: the three languages, a theme, whether somebody is signed in.
MOST_PARTS = 64


@dataclass(eq=False)
class Said(Node):
    """A fixed sentence: translated once for each language; said at its place, or under a name (`as`)."""

    node: TranslateNode
    said: dict[str | None, str] = field(default_factory=dict)

    def render(self, context: Context) -> str:
        language = get_language()
        name = self.node.asvar
        if language not in self.said:
            drawn = self.node.render(context)
            self.said[language] = context[name] if name else drawn
        if name:
            context[name] = self.said[language]
            return ""
        return self.said[language]


@dataclass(eq=False)
class Address(Node):
    """An address with its reference: put together once while it is remembered."""

    node: URLNode

    def render(self, context: Context) -> str:
        node = self.node
        args = [each.resolve(context) for each in node.args]
        named = {name: each.resolve(context) for name, each in node.kwargs.items()}
        try:
            found = address_of(node.view_name.resolve(context), *args, **named)
        except NoReverseMatch:
            if node.asvar is None:
                raise
            found = ""
        if node.asvar:
            context[node.asvar] = found
            return ""
        return conditional_escape(found) if context.autoescape else found


@dataclass(eq=False)
class File(Node):
    """The address of one of the site's own files, with the mark of its version."""

    path: FilterExpression

    def render(self, _context: Context) -> str:
        return self._address

    @cached_property
    def _address(self) -> str:
        return conditional_escape(StaticNode.handle_simple(self.path.var))


@dataclass(eq=False)
class Remembered(Node):
    """A part of a page that depends on nothing but the language and a few values."""

    nodelist: NodeList
    given: dict[str, FilterExpression]
    drawn: dict[tuple[Any, ...], str] = field(default_factory=dict)

    def render(self, context: Context) -> str:
        values = {name: each.resolve(context) for name, each in self.given.items()}
        key = (get_language(), *values.values())
        found = self.drawn.get(key)
        if found is None:
            if len(self.drawn) >= MOST_PARTS:
                self.drawn.clear()
            found = self.drawn[key] = self.nodelist.render(context.new(values))
        return found


@register.tag("translate")
def translate(parser: Parser, token: Token) -> Node:
    """`{% translate "Save" %}` as Django has it; what is no fixed sentence is left to Django."""
    node = do_translate(parser, token)
    fixed = _is_fixed(node.filter_expression) and _is_fixed(node.message_context)
    return Said(node) if fixed else node


@register.tag("url")
def url(parser: Parser, token: Token) -> Node:
    """`{% url "pairs:plan" pair.ref %}` as Django has it."""
    return Address(read_url(parser, token))


@register.tag("static")
def static(parser: Parser, token: Token) -> Node:
    """`{% static "ui/mark.svg" %}` as Django has it; no `{% load static %}` is needed."""
    _tag, *rest = token.split_contents()
    if len(rest) != 1:
        return StaticNode.handle_token(parser, token)
    path = parser.compile_filter(rest[0])
    return File(path) if _is_fixed(path) else StaticNode(path=path)


@register.tag("remembered")
def remembered(parser: Parser, token: Token) -> Node:
    """`{% remembered colours=colours %}…{% endremembered %}`: drawn once for each language and these values.

    What stands inside sees nothing but the values named here, so that no reader meets another's words.
    """
    tag, *words = token.split_contents()
    given = token_kwargs(words, parser)
    if words:
        raise template.TemplateSyntaxError(f"{tag} takes values with names: {words[0]}")
    inside = parser.parse(("endremembered",))
    parser.delete_first_token()
    return Remembered(inside, given)


def _is_fixed(expression: FilterExpression | None) -> bool:
    """Whether a text in a tag is written there, with nothing done to it."""
    if expression is None:
        return True
    return not expression.filters and getattr(expression.var, "literal", expression.var) is not None
