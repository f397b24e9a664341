"""What a page says and where it leads, dozens of times: Django's own tags, which remember what they answered.

Settings load them as builtins after Django's, so that `{% translate %}` and `{% url %}` are these
(docs/decisions/0020-what-a-page-costs.md).
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.base import FilterExpression, Node, Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as read_url
from django.templatetags.i18n import TranslateNode, do_translate
from django.urls import NoReverseMatch, reverse
from django.utils.html import conditional_escape
from django.utils.translation import get_language

register = template.Library()

# Forty pairs have some thousand addresses; each takes a few hundred bytes.
MOST_ADDRESSES = 8192


@dataclass(eq=False)
class Said(Node):
    """A fixed sentence: translated once for each language."""

    node: TranslateNode
    said: dict[str | None, str] = field(default_factory=dict)

    def render(self, context: Context) -> str:
        language = get_language()
        if language not in self.said:
            self.said[language] = self.node.render(context)
        return self.said[language]


@dataclass(eq=False)
class Address(Node):
    """An address with its reference: put together once while it is remembered."""

    node: URLNode

    def render(self, context: Context) -> str:
        node = self.node
        args = tuple(each.resolve(context) for each in node.args)
        named = tuple((name, each.resolve(context)) for name, each in node.kwargs.items())
        try:
            found = address(settings.ROOT_URLCONF, node.view_name.resolve(context), args, named)
        except NoReverseMatch:
            if node.asvar is None:
                raise
            found = ""
        if node.asvar:
            context[node.asvar] = found
            return ""
        return conditional_escape(found) if context.autoescape else found


@lru_cache(maxsize=MOST_ADDRESSES)
def address(_urls: str, name: str, args: tuple[Any, ...], named: tuple[tuple[str, Any], ...]) -> str:
    """`reverse`, remembered; addresses are the same as long as the process runs."""
    return reverse(name, args=args, kwargs=dict(named))


@register.tag("translate")
def translate(parser: Parser, token: Token) -> Node:
    """`{% translate "Save" %}` as Django has it; what is no fixed sentence is left to Django."""
    node = do_translate(parser, token)
    fixed = _is_fixed(node.filter_expression) and _is_fixed(node.message_context)
    return Said(node) if fixed and not node.asvar else node


@register.tag("url")
def url(parser: Parser, token: Token) -> Node:
    """`{% url "pairs:plan" pair.ref %}` as Django has it."""
    return Address(read_url(parser, token))


def _is_fixed(expression: FilterExpression | None) -> bool:
    """Whether a text in a tag is written there, with nothing done to it."""
    if expression is None:
        return True
    return not expression.filters and getattr(expression.var, "literal", expression.var) is not None
