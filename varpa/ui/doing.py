"""What a view does with an action: a refusal is told where the person looks, and nothing is lost."""

from collections.abc import Callable

from django.forms import Form

from varpa.kernel.refusals import Refusal


def accepted(form: Form, act: Callable[[], object]) -> bool:
    """Do what a form asks; why it cannot be stands on the form, which keeps what was written."""
    try:
        act()
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
