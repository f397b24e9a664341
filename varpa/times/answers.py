"""Answering by mail what is written about times: the words go to the other (R14)."""

from dataclasses import replace

from varpa.post.replies import Answer, Landed, NothingThere, hand_on, takes
from varpa.times.models import Proposal


@takes("times.proposal")
def proposal(answer: Answer) -> Landed:
    """Which time suits, or why none does: a message to the other. A time itself is chosen on the page."""
    found = Proposal.objects.filter(ref=answer.thing).select_related("pair").first()
    if found is None:
        raise NothingThere()
    return hand_on("messaging.pair", replace(answer, about=found.pair.ref))
