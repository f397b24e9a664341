"""Putting two people together, and taking them apart again."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import move
from varpa.merges import letters
from varpa.merges.actions.hindrances import hindrances
from varpa.merges.actions.putting import follow, hanging, one_of_two, one_person
from varpa.merges.journal import Journal, go_back
from varpa.merges.models import Merge, MergeState
from varpa.merges.queries import UNDONE_WITHIN, membership_of, two_of
from varpa.people.models import Person
from varpa.programmes.actions.memberships import record_member
from varpa.programmes.models import Membership, Programme


class ChangedSince(Refusal):
    sentence = _(
        "Since this was shown, something of the two has changed. Nothing was done: look at them once more."
    )


class AddressInUse(Refusal):
    sentence = _("An address or a key of the two belongs to somebody else by now. Nothing was changed.")


class TooLate(Refusal):
    sentence = _("This was put together more than 30 days ago and can no longer be undone.")


class SignedInSince(Refusal):
    sentence = _("The person has signed in since, with an address of the other one: the two are one by now.")


class WrittenSince(Refusal):
    sentence = _(
        "Since then something new was written or agreed for the person, and nobody can tell whose it would "
        "be. It can no longer be undone."
    )


@transaction.atomic
def merge(
    *,
    programme: Programme,
    one: Person,
    other: Person,
    choices: Mapping[str, str],
    mark: str,
    ref: str,
    by: Person,
    now: datetime,
) -> Merge:
    """Two rows become the one human that they are; everything that hung on either hangs on who stays.

    `choices` are {field: "other"} where the value of who goes is to stay (merges.fields); `mark` is what the
    page showed (Two.mark). Asked twice with one `ref`, it is one merge. Raises the refusals of `hindrances`,
    ChangedSince, AddressInUse.
    """
    # Held until the end: whoever puts one of them together with a third waits here, and is told then.
    held = Person.objects.select_for_update().order_by("pk")
    people = {each.pk: each for each in held.filter(pk__in=[one.pk, other.pk])}
    # Nor does anybody pair them, take in a list, or decide on them meanwhile.
    members = Membership.objects.filter(person__in=people)
    list(Programme.objects.select_for_update().filter(pk__in=members.values("programme")).order_by("pk"))
    list(members.select_for_update(of=("self",)).order_by("pk"))
    if known := Merge.objects.filter(ref=ref, programme=programme).first():
        return known
    two = two_of(people[one.pk], people[other.pk])
    for refusal in hindrances(two, by, choices):
        raise refusal
    if two.mark != mark:
        raise ChangedSince()
    before = [each for each in (two.kept.email, two.gone.email) if each]
    journal = Journal(now)
    try:
        with transaction.atomic():
            for stays, second in two.same:
                one_of_two(journal, stays, second, choices)
            for each in Membership.objects.filter(person=two.gone).order_by("pk"):
                journal.move(each, person_id=two.kept.pk)
            one_person(journal, two, choices)
    except IntegrityError as error:
        raise AddressInUse() from error
    follow(two.kept, now)
    said = {"programme": programme, "kept": two.kept, "gone": two.gone, "by": by, "at": now}
    made_of_two = {str(stays.pk): hanging(stays.pk) for stays, _second in two.same}
    merged = Merge(ref=ref, journal=journal.entries, held=made_of_two, **said)
    merged.save(force_insert=True)
    _record("membership.merge", merged, by, now)
    letters.tell_merged(merged, before, now=now)
    return merged


@transaction.atomic
def undo(*, merge: Merge, by: Person, now: datetime) -> None:
    """Everything as it was before, row by row; what people have written since on who stays is left to them.

    Raises AlreadyMoved, TooLate, SignedInSince, WrittenSince, NoLongerSo, AddressInUse.
    """
    people = Person.objects.select_for_update().order_by("pk").in_bulk([merge.kept_id, merge.gone_id])
    stored = Merge.objects.select_related("programme", "kept", "gone").get(pk=merge.pk)
    kept = people[stored.kept_id]
    move(stored, "undo", undone_by=by, undone_at=now)
    # Of somebody who was erased nothing is left with which the two could be told apart.
    if now > stored.at + UNDONE_WITHIN or not stored.journal:
        raise TooLate()
    if kept.last_login and kept.last_login >= stored.at and _gave_an_address(stored):
        raise SignedInSince()
    for pk, rows in stored.held.items():
        if any(set(found) - set(rows.get(name, ())) for name, found in hanging(int(pk)).items()):
            raise WrittenSince()
    _record("membership.unmerge", stored, by, now)
    addresses = [kept.email] if kept.email else []
    try:
        with transaction.atomic():
            go_back(stored.journal)
    except IntegrityError as error:
        raise AddressInUse() from error
    for each in Person.objects.filter(pk__in=people):
        follow(each, now)
    letters.tell_undone(stored, addresses, now=now)
    merge.state = MergeState.UNDONE


def _gave_an_address(merged: Merge) -> bool:
    """Whether who stays has an address of who went."""
    of_kept = {"model": "people.Person", "pk": merged.kept_id}
    changes = [each for each in merged.journal if of_kept.items() <= each.items()]
    return any("email" in each["after"] for each in changes)


def _record(verb: str, merged: Merge, by: Person, now: datetime) -> None:
    """The line of history stands with the membership in which the person is found."""
    membership = membership_of(merged)
    if membership:
        record_member(verb, membership, now=now, by=by, merge=merged.ref)
    else:
        record(verb, merged.kept, now=now, by=by, programme_ref=merged.programme.ref)
