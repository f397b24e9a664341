"""What a methodology calls its kinds of meetings and its plan: not every visit is one to a company."""

from typing import Any, Final

from django.utils.translation import pgettext_lazy

from varpa.methodology.marks import KindAct
from varpa.methodology.model import Methodology

# As running sentences of the product call them (terms.md), in the nominative.
_OWN: Final[dict[str, Any]] = {
    KindAct.FIRST: pgettext_lazy("kind of meeting", "first meeting"),
    KindAct.VISIT: pgettext_lazy("kind of meeting", "company visit"),
    KindAct.ROLE_SWAP: pgettext_lazy("kind of meeting", "role swap"),
    KindAct.CLOSING: pgettext_lazy("kind of meeting", "closing meeting"),
}
_PLAN: Final = pgettext_lazy("document", "cooperation plan")


def other_plan(methodology: Methodology) -> str:
    """What a methodology calls the cooperation plan; "" where the product calls it the same."""
    name = str(methodology.plan.title)
    return "" if name.casefold() == str(_PLAN).casefold() else name


def other_name(methodology: Methodology, act: str) -> str:
    """What a methodology calls the meeting that acts so; "" where the product calls it the same."""
    if not methodology.has_kind(act):
        return ""
    name = str(methodology.kind_of(act).name)
    return "" if name.casefold() == str(_OWN[KindAct(act)]).casefold() else name
