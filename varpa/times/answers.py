"""Answering by mail what is written about times: a yes takes the one time, words go to the other (R14)."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from varpa.history.models import Channel
from varpa.mailroom.meant import agrees, is_only_yes
from varpa.pairs.actions.pairs import require_side
from varpa.people.models import Person
from varpa.post.replies import Answer, Landed, NothingThere, hand_on, takes
from varpa.times.actions import choose_time
from varpa.times.letters import DUE, PROPOSED
from varpa.times.models import Proposal, ProposalState

STILL_WAIT = _(
    "Your words are with the other. The proposed times still wait for an answer: choose one on the page, or "
    "say there that none suits."
)


@takes("times.proposal")
def proposal(answer: Answer) -> Landed:
    """Where one time was proposed, a yes takes it. Other words are a message, and the times wait."""
    found = Proposal.objects.filter(ref=answer.thing).select_related("pair").first()
    if found is None:
        raise NothingThere()
    by = Person.objects.get(pk=answer.person_id)
    waits = found.state == ProposalState.OPEN and require_side(found.pair, by) != found.side
    options = list(found.options.all()) if waits and answer.kind in (PROPOSED.key, DUE.key) else []
    words = replace(answer, about=found.pair.ref)
    if len(options) == 1 and agrees(answer.text):
        meeting = choose_time(option=options[0], by=by, now=answer.now, channel=Channel.MAIL)
        only_yes = is_only_yes(answer.text, by.name) and not answer.files
        return Landed(f"/meetings/{meeting.ref}/") if only_yes else hand_on("messaging.pair", words)
    landed = hand_on("messaging.pair", words)
    if not waits:
        return landed
    told = " ".join(filter(None, [str(landed.told), str(STILL_WAIT)]))
    return replace(landed, told=told, link=f"/times/{found.ref}/")
