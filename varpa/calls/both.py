"""What stands since and what an older page sends, on one page: words beside words, ticks together (R13)."""

from dataclasses import replace

from django.http import QueryDict

from varpa.calls.actions.seen import together
from varpa.calls.forms.applying import ApplyForm, shown
from varpa.calls.shown import in_words
from varpa.kernel.merging import Conflict
from varpa.ui.merging import Chosen, Merge, merge


def both(conflict: Conflict, form: ApplyForm) -> Merge:
    """What the page of a conflict shows; the form holds the ticks of both from now on."""
    stored, given = shown(conflict.chosen), shown(form.said)
    chosen = []
    data = QueryDict(mutable=True)
    data.update(form.data)
    for name in conflict.chosen:
        field = form.fields[name]
        words = (in_words(name, stored.get(name), field), in_words(name, given.get(name), field))
        chosen.append(Chosen(str(field.label or name), *words))
        merged = together(conflict.chosen[name], form.said[name])
        data.setlist(name, merged if isinstance(merged, list) else [str(merged)])
    form.data = data
    found = merge(conflict, {name: field.label or name for name, field in form.fields.items()})
    return replace(found, chosen=chosen)
