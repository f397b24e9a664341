"""How a form field stands on a page: what it is, which ids describe it. The templates draw it."""

from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

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
