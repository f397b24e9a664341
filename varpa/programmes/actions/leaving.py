"""What is told to whoever writes though no longer in the programme: what happened, and whom to ask."""

from django.utils.translation import gettext_lazy as _

from varpa.kernel.refusals import Refusal
from varpa.programmes.models import Membership, MembershipState, Programme
from varpa.programmes.queries import managers, takes_part


class NoLongerTakesPart(Refusal):
    """The mentee was withdrawn, perhaps mid-sentence: the programme itself goes on."""

    sentence = _(
        "You no longer take part in the programme, so nothing more is saved here. What was saved can still "
        "be read, and what you have just written stays on the page, to be copied. Ask: {names}."
    )


def require_taking_part(membership: Membership, *, over: type[Refusal]) -> None:
    """Raise NoLongerTakesPart for who has left a programme, and `over` where the programme is over."""
    if takes_part(membership):
        return
    if Membership.objects.filter(pk=membership.pk, state=MembershipState.WITHDRAWN).exists():
        raise NoLongerTakesPart(names=whom_to_ask(membership.programme))
    raise over()


def whom_to_ask(programme: Programme) -> str:
    """The names of a programme's managers, as they are read beside each other."""
    return ", ".join(managers(programme).order_by("pk").values_list("person__name", flat=True))
