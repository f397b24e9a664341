"""A manager writes to people of the programme in own words: to each a letter of their own (S4)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.applications import letters
from varpa.applications.actions.decisions import Outcome, act_on_each
from varpa.history.models import Line
from varpa.kernel.pace import DAY, require_pace
from varpa.kernel.refusals import Refusal
from varpa.kernel.text import TranslatedText
from varpa.people.models import Person
from varpa.programmes.actions.memberships import record_member
from varpa.programmes.models import Membership
from varpa.programmes.queries import GONE

A_DAY = 6
"""Letters in own words to one member within a day."""


class TakesPartNoMore(Refusal):
    sentence = _("Takes no part any more: no letter goes there.")


class NoAddress(Refusal):
    sentence = _("There is no e-mail address: tell the person yourself.")


@transaction.atomic
def write_to(
    *,
    membership: Membership,
    subject: TranslatedText,
    words: TranslatedText,
    asked: str,
    by: Person,
    now: datetime,
) -> None:
    """Send one person a letter in the manager's words; in a language that is empty, the first written one.

    `asked` is the reference of the form: a second click, or a second role of one person, sends nothing more.
    Raises TakesPartNoMore, NoAddress, TooMuchAtOnce.
    """
    # The second of two clicks waits here, and sees the letter of the first.
    state = Membership.objects.select_for_update().values_list("state", flat=True).get(pk=membership.pk)
    if state in GONE:
        raise TakesPartNoMore()
    if not membership.person.email:
        raise NoAddress()
    if letters.write(membership, subject, words, asked=asked, by=by, now=now):
        before = Line.objects.filter(
            thing_kind="membership", thing_ref=membership.ref, verb="membership.written"
        )
        require_pace(before, most=A_DAY, within=DAY, now=now)
        record_member("membership.written", membership, now=now, by=by)


@transaction.atomic
def write_to_all(
    *,
    memberships: Iterable[Membership],
    subject: TranslatedText,
    words: TranslatedText,
    asked: str,
    by: Person,
    now: datetime,
) -> Outcome:
    """Write to many, each in the own language; whom no letter reaches is told."""

    def write(each: Membership) -> None:
        write_to(membership=each, subject=subject, words=words, asked=asked, by=by, now=now)

    return act_on_each(memberships, write)
