"""How two rows become one, change by change; each goes through the journal."""

from collections.abc import Mapping
from datetime import datetime

from varpa.files.models import File
from varpa.guardians.models import Guardian, GuardianAnswer, GuardianLink, Worry
from varpa.history.models import Line
from varpa.matching.models import Choice, ChoiceKind
from varpa.merges.fields import filled, of_member, part_of
from varpa.merges.journal import Journal
from varpa.merges.queries import Two
from varpa.merges.references import KEYS, MEMBERSHIP, PERSON
from varpa.notices.actions import count_anew
from varpa.notices.models import Device
from varpa.pairs.models import OPEN, Pair
from varpa.pairs.places import lowest_free
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.programmes.ages import own_adult
from varpa.programmes.models import Membership, Role, Screening, searched_as
from varpa.surveys.models import InvitationState


def one_of_two(journal: Journal, stays: Membership, other: Membership, choices: Mapping[str, str]) -> None:
    """All that hangs on the other membership hangs on the one that stays; the other is in the journal."""
    _one_participation(journal, stays, other, choices)
    _one_screening(journal, stays, other)
    _guardians_of_both(journal, stays, other)
    _places_of_both(journal, stays, other)
    _surveys_of_both(journal, stays, other)
    _decided_of_both(journal, stays, other)
    for reference in MEMBERSHIP:
        journal.carry(reference, other.pk, stays.pk)
    for line in Line.objects.filter(thing_kind="membership", thing_ref=other.ref).order_by("pk"):
        journal.move(line, thing_ref=stays.ref)
    for file in File.objects.filter(about_kind="membership", about_ref=other.ref):
        journal.move(file, about_ref=stays.ref)
    for letter in Letter.objects.filter(about__endswith=f":{other.ref}"):
        journal.move(letter, about=letter.about.replace(other.ref, stays.ref))
    journal.take(other)


def one_person(journal: Journal, two: Two, choices: Mapping[str, str]) -> None:
    """All that names who goes names who stays. Who goes keeps a name, for the history, and nothing else."""
    kept, gone = two.kept, two.gone
    chosen = {each.name: each.chosen(choices) for each in two.fields}
    calendar = kept.calendar_key or gone.calendar_key
    for reference in (*PERSON, *KEYS):
        journal.carry(reference, gone.pk, kept.pk)
    # An address and a key belong to one row: taken from the one before the other has them.
    journal.change(
        gone, email=None, phone="", phone_shown="", roster_key="", calendar_key="", is_active=False
    )
    journal.change(kept, **chosen, calendar_key=calendar)
    journal.change(kept, search_text=kept.searched_as)
    journal.change(gone, search_text=gone.searched_as)


def hanging(membership: int) -> dict[str, list[int]]:
    """What people wrote or did that hangs on a membership: {reference: keys}."""
    found = {}
    for each in MEMBERSHIP:
        if each.telling:
            rows = each.of._base_manager.filter(**{each.column: membership}).order_by("pk")
            found[each.name] = list(rows.values_list("pk", flat=True))
    return found


def follow(person: Person, now: datetime) -> None:
    """Lists find the memberships by name and address as they are now: a copy, no change of anybody's.

    So is the number of devices that tell the person.
    """
    if Device.objects.filter(person=person).exists():
        count_anew(person, now)
    for each in Membership.objects.filter(person=person).select_related("person"):
        Membership.objects.filter(pk=each.pk).update(search_text=searched_as(each.person, each.place))


def _one_participation(
    journal: Journal, stays: Membership, other: Membership, choices: Mapping[str, str]
) -> None:
    values = {each.name: each.chosen(choices) for each in of_member(stays, other)}
    of_membership = {
        name: values.pop(name) for name in ("country", "place", "topic", "means") if name in values
    }
    if "country" in of_membership:
        of_membership["adult"] = own_adult(stays.programme.ages, of_membership["country"])
    of_membership["partner_id"] = stays.partner_id or other.partner_id
    journal.change(stays, **of_membership, revision=stays.revision + 1)
    parts = part_of(stays), part_of(other)
    if all(each.pk for each in parts):
        journal.change(parts[0], **values, **filled(*parts))
        journal.take(parts[1])
    elif parts[1].pk:
        journal.move(parts[1], membership_id=stays.pk)


def _one_screening(journal: Journal, stays: Membership, other: Membership) -> None:
    """Of two results the newer one stands."""
    standing = Screening.objects.filter(membership__in=[stays, other], replaced_at=None)
    for older in list(standing.order_by("day", "at", "pk"))[:-1]:
        journal.move(older, replaced_at=journal.now)


def _guardians_of_both(journal: Journal, stays: Membership, other: Membership) -> None:
    """A guardian who was written down for both is one: the links still open, the answers still count."""
    standing = Guardian.objects.filter(withdrawn_at=None).exclude(address="")
    known = {each.address.lower(): each for each in standing.filter(membership=stays)}
    for each in standing.filter(membership=other):
        same = known.get(each.address.lower())
        for model in (GuardianLink, GuardianAnswer, Worry) if same else ():
            for row in model._base_manager.filter(guardian=each).order_by("pk"):
                journal.move(row, guardian_id=same.pk if same else None)


def _places_of_both(journal: Journal, stays: Membership, other: Membership) -> None:
    """Mentees of the other mentor get places that are free, and mentors of the other mentee seats."""
    seats = set(Pair.objects.filter(mentee=stays, state__in=OPEN).values_list("seat", flat=True))
    for pair in Pair.objects.filter(mentee=other, state__in=OPEN).order_by("seat"):
        seat = lowest_free(seats)
        seats.add(seat)
        journal.move(pair, mentee_id=stays.pk, seat=seat)
    taken = set(Pair.objects.filter(mentor=stays, state__in=OPEN).values_list("place", flat=True))
    for pair in Pair.objects.filter(mentor=other, state__in=OPEN).order_by("place"):
        place = lowest_free(taken)
        taken.add(place)
        journal.move(pair, mentor_id=stays.pk, place=place)


def _surveys_of_both(journal: Journal, stays: Membership, other: Membership) -> None:
    """Whoever has answered under one name is not asked again under the other."""
    answered = other.survey_invitations.filter(state=InvitationState.ANSWERED).values("survey")
    waiting = stays.survey_invitations.filter(state=InvitationState.ASKED, survey__in=answered)
    for invitation in waiting.order_by("pk"):
        journal.take(invitation)


def _decided_of_both(journal: Journal, stays: Membership, other: Membership) -> None:
    """Whom one of the two is kept apart from, the other is not decided for: such a lock ends."""
    ours, theirs = ("mentee", "mentor") if stays.role == Role.MENTEE else ("mentor", "mentee")
    standing = Choice.objects.filter(undone_at=None, **{f"{ours}__in": [stays, other]})
    apart = standing.exclude(kind=ChoiceKind.LOCK).values(theirs)
    for lock in standing.filter(kind=ChoiceKind.LOCK, **{f"{theirs}__in": apart}).order_by("pk"):
        journal.move(lock, undone_at=journal.now)
