"""How a form field stands on a page: what it is, which ids describe it, and the whole of it drawn."""

from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from varpa.ui import drawings
from varpa.ui.forms import TranslatedField

_CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)


@dataclass(frozen=True)
class FieldShape:
    """`kind` is "choices", "box" (one tick), "languages" (one input a language) or "input"."""

    field: BoundField
    kind: str
    sees: str
    only: str
    describedby: str

    @property
    def control(self) -> SafeString:
        """The input itself, told by whom it is described."""
        widget = self.field.field.widget
        attrs: dict[str, str | bool] = {"aria-describedby": self.describedby} if self.describedby else {}
        if self.kind == "input":
            attrs["class"] = " ".join(filter(None, ("input", str(widget.attrs.get("class", "")))))
        return self.field.as_widget(attrs=attrs)


def shape(field: BoundField, *, sees: str = "", only: str = "") -> FieldShape:
    """The shape of a field. `sees` says who else sees it, `only` that one person does (with the lock)."""
    # The browser's own "fill in this field" is in the browser's language and keeps nothing: the page answers.
    field.form.use_required_attribute = False
    widget = field.field.widget
    if isinstance(widget, _CHOICES):
        kind = "choices"
    elif isinstance(widget, forms.CheckboxInput):
        kind = "box"
    else:
        kind = "languages" if isinstance(field.field, TranslatedField) else "input"
    described = [
        f"{field.auto_id}_{part}"
        for part, there in (("hint", field.help_text), ("why", field.errors), ("sees", sees or only))
        if there
    ]
    return FieldShape(field, kind, sees, only, " ".join(described))


def draw(shape: FieldShape) -> SafeString:
    """The field as it stands on a page: label, hint, why it is wrong, the input, who sees it."""
    bound = shape.field
    if bound.is_hidden:
        return bound.as_widget()
    kind = "field wrong" if bound.errors else "field"
    words, sees = draw_words(bound), _sees(shape)
    if shape.kind in ("choices", "languages"):
        described = format_html(' aria-describedby="{}"', shape.describedby) if shape.describedby else ""
        inside = bound.as_widget() if shape.kind == "languages" else _choices(bound)
        top = format_html('<fieldset class="{}"{}>\n<legend>{}</legend>\n', kind, described, bound.label)
        return format_html("{}{}{}{}</fieldset>\n", top, words, inside, sees)
    if shape.kind == "box":
        box = _choice(bound.id_for_label, shape.control, bound.label)
        return format_html(
            '<div class="{}">\n{}<div class="choices">{}</div>\n{}</div>\n', kind, words, box, sees
        )
    label = format_html('<label for="{}">{}</label>\n', bound.id_for_label, bound.label)
    return format_html('<div class="{}">\n{}{}{}\n{}</div>\n', kind, label, words, shape.control, sees)


def draw_words(bound: BoundField) -> SafeString:
    """The hint of a field, and why what was written could not be taken."""
    hint, why = SafeString(), SafeString()
    if bound.help_text:
        hint = format_html('<p class="hint" id="{}_hint">{}</p>\n', bound.auto_id, bound.help_text)
    if bound.errors:
        said = format_html_join("", "<p>{}</p>", ((error,) for error in bound.errors))
        icon = drawings.icon("warning")
        why = format_html('<div class="why" id="{}_why">{}<div>{}</div></div>\n', bound.auto_id, icon, said)
    return mark_safe(hint + why)


def _choices(bound: BoundField) -> SafeString:
    drawn = (_choice(each.id_for_label, each.tag(), each.choice_label) for each in bound)
    return format_html('<div class="choices">{}</div>\n', mark_safe("".join(drawn)))


def _choice(id_for_label: str, control: SafeString, label: object) -> SafeString:
    return format_html(
        '<label class="choice" for="{}">{}<span>{}</span></label>', id_for_label, control, label
    )


def _sees(shape: FieldShape) -> SafeString:
    if not shape.only and not shape.sees:
        return SafeString()
    lock = drawings.icon("lock") if shape.only else ""
    return format_html(
        '<p class="sees" id="{}_sees">{}<span>{}</span></p>\n',
        shape.field.auto_id,
        lock,
        shape.only or shape.sees,
    )
