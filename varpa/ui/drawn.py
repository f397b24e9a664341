"""Inputs of a form, drawn without a template each: a diary page has 25 of them.

The same text as Django's templates give, letter for letter (tests/ui/test_drawn.py); what stands not here,
Django's templates draw (docs/decisions/0020-what-a-page-costs.md).
"""

from collections.abc import Callable
from typing import Any, Final

from django.forms.renderers import TemplatesSetting
from django.utils.html import conditional_escape, format_html, strip_spaces_between_tags
from django.utils.safestring import SafeString, mark_safe

Widget = dict[str, Any]


class Renderer(TemplatesSetting):
    """Django's renderer of forms, with the inputs of DRAWN."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        draw = DRAWN.get(template_name)
        return draw(context["widget"]) if draw else super().render(template_name, context, request)


def _attributes(attributes: dict[str, Any]) -> SafeString:
    """` class="input" disabled`: what is False is left out, what is True has no value."""
    return mark_safe(
        "".join(
            f" {conditional_escape(name)}" + ("" if value is True else f'="{conditional_escape(value)}"')
            for name, value in attributes.items()
            if value is not False
        )
    )


def _input(widget: Widget) -> SafeString:
    value = "" if widget["value"] is None else format_html(' value="{}"', widget["value"])
    return format_html(
        '<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], value, _attributes(widget["attrs"])
    )


def _option(widget: Widget) -> SafeString:
    drawn = _input(widget)
    if not widget["wrap_label"]:
        return drawn
    of = format_html(' for="{}"', widget["attrs"]["id"]) if widget["attrs"].get("id") else ""
    return format_html("<label{}>{} {}</label>", of, drawn, widget["label"])


def _textarea(widget: Widget) -> SafeString:
    return format_html(
        '<textarea name="{}"{}>\n{}</textarea>',
        widget["name"],
        _attributes(widget["attrs"]),
        widget["value"] or "",
    )


def _select(widget: Widget) -> SafeString:
    drawn = [
        _group(group, [_choice(option) for option in options]) for group, options, _at in widget["optgroups"]
    ]
    return format_html(
        '<select name="{}"{}>{}</select>',
        widget["name"],
        _attributes(widget["attrs"]),
        mark_safe("".join(drawn)),
    )


def _group(name: str | None, choices: list[SafeString]) -> SafeString:
    inside = mark_safe("".join(choices))
    return format_html('<optgroup label="{}">{}</optgroup>', name, inside) if name else inside


def _choice(option: Widget) -> SafeString:
    return format_html(
        '<option value="{}"{}>{}</option>\n', option["value"], _attributes(option["attrs"]), option["label"]
    )


def _languages(widget: Widget) -> SafeString:
    """One input a language, each under the name of its language."""
    parts = [
        format_html(
            '<div class="field language"><label for="{}" class="hint" lang="{}">{}</label>{}</div>',
            part["attrs"].get("id", ""),
            part["attrs"]["lang"],
            _NAMES[part["attrs"]["lang"]],
            DRAWN[part["template_name"]](part),
        )
        for part in widget["subwidgets"]
    ]
    return mark_safe(strip_spaces_between_tags("".join(parts)))


_NAMES: Final = {"lv": "Latviešu", "lt": "Lietuvių", "en": "English"}
_FOLDER = "django/forms/widgets"
_INPUTS = ("checkbox", "date", "datetime", "email", "hidden", "input", "number", "text", "time", "url")
DRAWN: Final[dict[str, Callable[[Widget], SafeString]]] = {
    **{f"{_FOLDER}/{kind}.html": _input for kind in _INPUTS},
    **{f"{_FOLDER}/{kind}_option.html": _option for kind in ("checkbox", "radio", "input")},
    f"{_FOLDER}/textarea.html": _textarea,
    f"{_FOLDER}/select.html": _select,
    "ui/languages_input": _languages,
}
