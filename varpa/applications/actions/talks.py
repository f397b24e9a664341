"""Before a decision: asking applicants for a talk, and what managers note for themselves."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from varpa.applications import letters
from varpa.applications.actions.decisions import Outcome, act_on_each, require_applicant
from varpa.applications.models import Interview, Note
from varpa.applications.queries.sending import UNDECIDED
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person
from varpa.programmes.actions.memberships import record_member
from varpa.programmes.models import Membership


class DecidedAlready(Refusal):
    sentence = _("This is decided already: a talk before the decision is no longer needed.")


@transaction.atomic
def ask_for_talk(
    *, membership: Membership, words: str, times: str, asked: str, by: Person, now: datetime
) -> None:
    """Write to an applicant that one wants to talk first; the application stays undecided.

    `words` and `times` are the manager's own; `asked` is the reference of the form, so that a second click
    sends nothing. Raises StaffIsAppointed, DecidedAlready.
    """
    require_applicant(membership)
    # Whoever decides at this moment is first or waits: nobody is invited after being declined.
    state = Membership.objects.select_for_update().values_list("state", flat=True).get(pk=membership.pk)
    if state not in UNDECIDED:
        raise DecidedAlready()
    interview = Interview(membership=membership, asked=asked, words=words, times=times, by=by, at=now)
    try:
        with transaction.atomic():
            interview.save(force_insert=True)
    except IntegrityError:
        return
    record_member("membership.talk", membership, now=now, by=by)
    letters.ask_talk(interview, by=by, now=now)


@transaction.atomic
def ask_all_for_talk(
    *, memberships: Iterable[Membership], words: str, times: str, asked: str, by: Person, now: datetime
) -> Outcome:
    """Ask many for a talk, each in the own language; who cannot be asked is told."""

    def ask(each: Membership) -> None:
        ask_for_talk(membership=each, words=words, times=times, asked=asked, by=by, now=now)

    return act_on_each(memberships, ask)


@transaction.atomic
def add_note(*, membership: Membership, text: str, ref: str, by: Person, now: datetime) -> Note:
    """Write down something on a member, for the staff only. Asked twice with one `ref`, it is one note."""
    if known := Note.objects.filter(membership=membership, ref=ref).first():
        return known
    note = Note(ref=ref, membership=membership, text=text.strip(), by=by, at=now)
    try:
        with transaction.atomic():
            note.save(force_insert=True)
    except IntegrityError:
        return Note.objects.get(membership=membership, ref=ref)
    record_member("membership.note", membership, now=now, by=by)
    return note


@transaction.atomic
def withdraw_note(*, note: Note, by: Person, now: datetime) -> None:
    """A note no longer stands on the page; a second click changes nothing."""
    if Note.objects.filter(pk=note.pk, withdrawn_at=None).update(withdrawn_at=now):
        record_member("membership.note_withdrawn", note.membership, now=now, by=by)
