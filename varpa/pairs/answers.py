"""Answering a proposal by mail with yes or no, as its letter asks (R14)."""

from django.utils.translation import gettext_lazy as _

from varpa.history.models import Channel
from varpa.kernel.refusals import Refusal
from varpa.mailroom.meant import NO, YES, is_only_yes, meant
from varpa.pairs.actions.pairs import answer_proposal
from varpa.pairs.models import Pair
from varpa.pairs.queries import with_people
from varpa.people.models import Person
from varpa.post.replies import Answer, Landed, NothingThere, takes


class SayYesOrNo(Refusal):
    sentence = _(
        "To the proposal of a pair one answers “yes” or “no” by mail; nobody has read your words. Everything "
        "else is on its page."
    )


@takes("pairs.proposal")
def proposal(answer: Answer) -> Landed:
    """A bare yes, or a no; what stands beside a no is its reason, for the manager only."""
    pair = with_people(Pair.objects.filter(ref=answer.thing)).first()
    if pair is None:
        raise NothingThere()
    by, said = Person.objects.get(pk=answer.person_id), meant(answer.text)
    if said != NO and not (said == YES and is_only_yes(answer.text, by.name)):
        raise SayYesOrNo()
    answer_proposal(
        pair=pair,
        yes=said == YES,
        reason=answer.text.strip(),
        by=by,
        now=answer.now,
        channel=Channel.MAIL,
    )
    return Landed(f"/pairs/{pair.ref}/answer/")
