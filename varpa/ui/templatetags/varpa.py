"""Tags and filters of every page and letter. Settings load them as builtins: no `{% load %}` is needed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any, Final, Protocol

from django import template
from django.db.models import Field, Model
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from varpa.ui import drawings, prose, words
from varpa.ui.fields import draw, draw_words, shape

register = template.Library()

FOLD = (
    '<details class="fold"{}><summary><span><span class="fold-head">{}</span>{}</span>{}</summary>\n'
    '<div class="fold-body">{}</div></details>\n'
)
NAMED_FROM: Final = (22, 32, 44, 70)
"""How wide a path is, in rem, from which on all of its phases are named; path.css knows the same."""

SOME, MOST_LINES, LETTER, GAP = 6, 3, 0.5, 0.25
"""From so many phases on there are too many for a phone; lines of a name; how wide a letter is, and what is
between two names, in rem."""

STATE_ICONS = {"done": "full_grain", "going": "half_grain", "late": "clock", "ahead": "dashed_grain"}


class Named(Protocol):
    """A phase, as far as the path needs it."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> object: ...


@dataclass(frozen=True)
class PathStep:
    """One plant of the path: `stand` is past, here or ahead."""

    name: str
    stand: str
    drawing: SafeString


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "lock" %}`: one of drawings.ICONS."""
    return drawings.icon(name)


@register.simple_tag
def plant(number: int) -> SafeString:
    """`{% plant 1 %}`: one of the seven plants, for the front door and an empty page."""
    return drawings.plant(number)


@register.simple_tag
def spoken(text: Any, languages: Iterable[str]) -> SafeString:
    """`{% spoken _("Thank you") programme.languages %}`: what a whole hall reads, once in each language.

    Without languages once, in the reader's.
    """
    if not languages:
        return conditional_escape(str(text))
    lines = []
    for code in languages:
        with override(code):
            lines.append((code, str(text)))
    return format_html_join("", '<span class="spoken" lang="{}">{}</span>', lines)


@register.simple_tag
def mark() -> SafeString:
    """The mark beside the word."""
    return drawings.mark()


@register.simple_tag
def state(kind: str, word: object, evidence: object = "") -> SafeString:
    """`{% state "done" word evidence %}`: shape, word, evidence. Kinds: done, going, late, ahead."""
    shown = format_html(
        '<span class="state {}">{}{}</span>', kind, drawings.icon(STATE_ICONS[kind]), str(word)
    )
    return format_html('{}<span class="ev">, {}</span>', shown, str(evidence)) if evidence else shown


@register.simple_tag
def ear(confirmed: int, waiting: int, target: int, upright: bool = False) -> SafeString:
    """`{% ear confirmed waiting target %}`, all in minutes. The figure must stand beside it."""
    label = _("Confirmed: %(confirmed)s. Target: %(target)s.") % {
        "confirmed": words.spoken_minutes(confirmed),
        "target": words.spoken_minutes(target),
    }
    if waiting:
        label += " " + _("Waiting for a yes: %(waiting)s.") % {"waiting": words.spoken_minutes(waiting)}
    return drawings.ear(drawings.count_grains(confirmed, waiting, target), label, upright=upright)


@register.inclusion_tag("ui/path.html")
def phase_path(phases: Iterable[Named], current_key: str, ended: bool = False) -> dict[str, Any]:
    """`{% phase_path phases key %}`: as many plants as the methodology has phases (2 to 7).

    With `ended` all are past. A key that no phase has leaves all ahead.
    """
    found = list(phases)
    keys = [phase.key for phase in found]
    here = len(keys) if ended else keys.index(current_key) if current_key in keys else -1
    steps = [
        PathStep(
            str(phase.name),
            "past" if place < here else "here" if place == here else "ahead",
            drawings.plant(drawings.PLANTS_OF[len(found)][place]),
        )
        for place, phase in enumerate(found)
    ]
    return {"steps": steps, "named": _named([step.name for step in steps])}


def _named(names: list[str]) -> str:
    """The class that says from which width on all of these names fit beside each other; "": from none."""
    needed = sum(LETTER * _letters(name) + GAP for name in names)
    widths = NAMED_FROM[1:] if len(names) >= SOME else NAMED_FROM
    return next((f"named-{width}" for width in widths if needed <= width), "")


def _letters(name: str) -> float:
    """How many letters wide a name is: its longest word, and it takes no more than a few lines."""
    lines = [*name.split(), name[: -(-len(name) // MOST_LINES)]]
    return max(len(line) + 0.5 * sum(each in "mwMW" or each.isupper() for each in line[1:]) for line in lines)


@register.simple_tag
def field(bound: BoundField, sees: object = "", only: object = "") -> SafeString:
    """`{% field form.length sees=words %}`: label, hint, why it is wrong, input, who sees it."""
    return draw(shape(bound, sees=str(sees), only=str(only)))


@register.simple_tag
def field_words(bound: BoundField) -> SafeString:
    """`{% field_words form.length %}`: its hint, and why it is wrong, where a page draws the input itself."""
    return draw_words(bound)


@register.inclusion_tag("ui/fields.html")
def fields(form: BaseForm) -> dict[str, BaseForm]:
    """`{% fields form %}`: what is wrong with the whole form, then every field."""
    return {"form": form}


@register.inclusion_tag("ui/form_errors.html")
def form_errors(form: BaseForm) -> dict[str, Any]:
    """`{% form_errors form %}`: why the form as a whole was refused, as a notice."""
    hidden = [error for bound in form.hidden_fields() for error in bound.errors]
    return {"form": form, "hidden_errors": hidden}


@register.inclusion_tag("ui/sees.html")
def sees(text: object, only: bool = False) -> dict[str, Any]:
    """`{% sees words only=True %}`: who sees what is written here; the lock where it is one person."""
    return {"text": text, "only": only}


@register.simple_block_tag
def fold(content: str, head: object, hint: object = "", open: bool = False) -> SafeString:
    """`{% fold "Results" "Two fields, none needed" %}…{% endfold %}`: what may be written but need not be."""
    return format_html(
        FOLD,
        mark_safe(" open") if open else "",
        head,
        format_html('<span class="hint">{}</span>', hint) if hint else "",
        drawings.icon("chevron"),
        content,
    )


@register.simple_tag
def marked(text: object, other: object) -> SafeString:
    """`{% marked mine theirs %}`: a text, with the words marked in which it differs from the other."""
    return prose.marked(text, other)


@register.simple_tag
def span(first: date | None, last: date | None) -> str:
    """`{% span programme.starts programme.ends %}`: a stretch of days in words."""
    return words.span(first, last)


@register.simple_tag
def period(first: date, last: date) -> str:
    """`{% period window.starts window.ends %}`: a row of the calendar, short."""
    return words.period(first, last)


@register.filter
def full_stop(text: object) -> str:
    """`{{ day|by_day|full_stop }}`: the end of a sentence.

    Lithuanian days and hours bring their own stop, and so may what somebody wrote.
    """
    said = str(text)
    return said if said.endswith((".", "!", "?", "…")) else f"{said}."


@register.filter
def name_of(thing: Model, field: str) -> str:
    """`{{ line|name_of:"state" }}`: what a choice is called.

    The same as `get_state_display`, which costs ten times as much: lists show hundreds.
    """
    return str(_names(type(thing), field).get(getattr(thing, field), ""))


@cache
def _names(model: type[Model], field: str) -> dict[str, Any]:
    found = model._meta.get_field(field)
    assert isinstance(found, Field)
    return dict(found.flatchoices)


@register.filter
def day(when: date | None) -> str:
    return words.day(when)


@register.filter
def by_day(when: date | None) -> str:
    return words.by_day(when)


@register.filter
def from_day(when: date | None) -> str:
    return words.from_day(when)


@register.filter
def day_of(when: date | None) -> str:
    return words.day_of(when)


@register.filter
def dated(when: date | None) -> str:
    """`{{ person.born|dated }}`: a day in a list, short and with its year."""
    return words.dated(when)


@register.filter
def weekday_day(when: date | None) -> str:
    return words.weekday_day(when)


@register.filter
def clock_time(when: datetime | time | None) -> str:
    return words.clock_time(when)


@register.simple_tag
def clock_span(begins: time, ends: time) -> str:
    return words.clock_span(begins, ends)


@register.filter
def weekday(number: int) -> str:
    return words.weekday(number)


@register.filter
def day_time(when: datetime | None, agreed: str = "") -> str:
    """`{{ meeting.starts_at|day_time:meeting.zone }}` names the reader's zone where it is another one."""
    return words.day_time(when, agreed)


@register.filter
def weekday_time(when: datetime | None, agreed: str = "") -> str:
    return words.weekday_time(when, agreed)


@register.filter
def zone(name: str | None) -> str:
    return words.zone(name or "")


@register.filter
def minutes(length: int | None) -> str:
    return words.minutes(length)


@register.filter
def hours_of(target: int | None) -> str:
    return words.hours_of(target)


@register.filter(is_safe=True)
def markdown(text: object) -> SafeString:
    return prose.markdown(text)


@register.filter(is_safe=True)
def paragraphs(text: object) -> SafeString:
    return prose.paragraphs(text)
