"""Before a decision: asking applicants for a talk, and what managers note for themselves."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from varpa.applications import letters
from varpa.applications.actions.decisions import Outcome, act_on_each, require_applicant, require_as_seen
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
    *,
    membership: Membership,
    words: str,
    times: str,
    asked: str,
    by: Person,
    now: datetime,
    seen: str | None = None,
) -> None:
    """Write to an applicant that one wants to talk first; the application stays undecided.

    `words` and `times` are the manager's own; `asked` is the reference of the form, so that a second click
    sends nothing. `seen` is how the application stood on the page (`stands_as`): two managers never ask for
    two talks that neither knows of. Raises StaffIsAppointed, DecidedAlready, ChangedSince, DecidedMeanwhile.
    """
    require_applicant(membership)
    # Whoever decides at this moment is first or waits: nobody is invited after being declined.
    state = Membership.objects.select_for_update().values_list("state", flat=True).get(pk=membership.pk)
    if state not in UNDECIDED:
        raise DecidedAlready()
    if Interview.objects.filter(membership=membership, asked=asked).exists():
        return
    if seen is not None:
        require_as_seen(membership, seen)
    interview = Interview(membership=membership, asked=asked, words=words, times=times, by=by, at=now)
    try:
        with transaction.atomic():
            interview.save(force_insert=True)
    except IntegrityError:
        return
    # Pages that were opened before do not show it: what is decided on them is told so.
    Membership.objects.filter(pk=membership.pk).update(revision=F("revision") + 1)
    record_member("membership.talk", membership, now=now, by=by)
    letters.ask_talk(interview, by=by, now=now)


@transaction.atomic
def ask_all_for_talk(
    *,
    memberships: Iterable[Membership],
    words: str,
    times: str,
    asked: str,
    by: Person,
    now: datetime,
    seen: Mapping[str, str] | None = None,
) -> Outcome:
    """Ask many for a talk, each in the own language; who cannot be asked is told.

    `seen` is how each stood on the page, by the reference.
    """

    def ask(each: Membership) -> None:
        stood = (seen or {}).get(each.ref)
        ask_for_talk(membership=each, words=words, times=times, asked=asked, by=by, now=now, seen=stood)

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
