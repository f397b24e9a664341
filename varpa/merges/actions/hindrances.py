"""What stands against putting two people together; each with the sentence that says what to do first."""

from collections.abc import Iterator, Mapping

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varpa.duplicates.models import Different
from varpa.guardians.models import GuardianAnswer
from varpa.kernel.refusals import Refusal
from varpa.matching.models import GOING, Choice, ChoiceKind, Run
from varpa.matching.queries.cohorts import free
from varpa.merges.fields import of_member, part_of
from varpa.merges.queries import Two
from varpa.pairs.access import was_paired
from varpa.pairs.models import OPEN, Pair
from varpa.people.models import Appointment, Person
from varpa.programmes.access import managed_ids
from varpa.programmes.models import Membership, Permission, Role
from varpa.programmes.queries import STAFF


class OnlyOne(Refusal):
    sentence = _("These are one and the same already.")


class IsStaff(Refusal):
    """Otherwise a manager could take over the account of whoever decides on managers."""

    sentence = _("One of the two runs a programme. Whoever runs programmes is not put together with anybody.")


class ElsewhereToo(Refusal):
    """A manager sees and changes only the own programme; the lead partner answers for all."""

    sentence = _(
        "One of the two also takes part in a programme that you do not run. Ask the lead partner: whoever "
        "runs both programmes can put them together."
    )


class BothSignedIn(Refusal):
    """Two accounts are two locks: nobody but their owner says that they are one."""

    sentence = _(
        "Both have been here, each with an own address. Ask the person which address stays in use, and take "
        "the other one out of the programme instead."
    )


class AddressOfAPair(Refusal):
    """By the address one becomes the person, and reads what the other of the pair wrote (principle 7)."""

    sentence = _(
        "One of the two was in a pair, and by its address one reads what the pair wrote: that address stays. "
        "Choose it. Where whoever has another one has been here already, take the second record out of the "
        "programme instead."
    )


class BothRoles(Refusal):
    sentence = _(
        "In the programme {programme} one is a mentor and the other a mentee: nobody is "
        "both. Correct the role first."
    )


class TwoPairs(Refusal):
    sentence = _(
        "Both have a mentor, and a mentee has one. End the pair that does not hold, or withdraw its "
        "proposal; then put them together."
    )


class TooManyMentors(Refusal):
    """More than the programme allows a mentee, where it allows more than one."""

    sentence = _(
        "Together they would have {count} mentors, and the programme allows a mentee {most}. End a pair "
        "first, or withdraw its proposal; then put them together."
    )


class SameMentor(Refusal):
    sentence = _(
        "Both are in a pair with {name}. End the pair that does not hold, or withdraw its proposal; then put "
        "them together."
    )


class TooManyPairs(Refusal):
    sentence = _(
        "Together they would have {count} mentees, more than this mentor takes. Choose the larger number of "
        "places, or end a pair first."
    )


class TwoLocks(Refusal):
    sentence = _(
        "In matching each of the two is put together with another mentor. Undo one of the two there."
    )


class TooManyLocks(Refusal):
    sentence = _(
        "Mentees decided for both in matching: {count}; free places of this mentor: {free}. Choose the "
        "larger number of places, or undo a decision there."
    )


class PermissionsContradict(Refusal):
    """A no of a guardian never turns into a yes by itself."""

    sentence = _(
        "A guardian has permitted for one of the two what was not permitted for the other. Ask the guardian, "
        "and write down what holds; then put them together."
    )


class MatchingGoes(Refusal):
    sentence = _("Matching is at work on these people. Wait until it is done, or cancel it.")


class SaidDifferent(Refusal):
    sentence = _("It was said that these are two people. If that was a mistake, offer them again first.")


def hindrances(two: Two, by: Person, choices: Mapping[str, str]) -> Iterator[Refusal]:
    """Everything that stands against it, each a refusal that can be raised or shown."""
    both = [two.kept, two.gone]
    if two.kept.pk == two.gone.pk or not two.gone.is_active or not two.kept.is_active:
        yield OnlyOne()
        return
    members = Membership.objects.filter(person__in=both)
    if Appointment.objects.filter(person__in=both).exists() or members.filter(role__in=STAFF).exists():
        yield IsStaff()
    if members.exclude(programme__in=managed_ids(by)).exists():
        yield ElsewhereToo()
        return
    if two.gone.pk in two.came_in:
        yield BothSignedIn()
    said = Different.objects.filter(withdrawn_at=None, first__in=both, second__in=both)
    if said.exists():
        yield SaidDifferent()
    for known, _other in two.clashing:
        yield BothRoles(programme=known.programme)
    programmes = [each.programme_id for pair in two.same for each in pair]
    if programmes and Run.objects.filter(programme__in=programmes, state__in=GOING).exists():
        yield MatchingGoes()
    for stays, other in two.same:
        yield from _of_one(stays, other, choices)
    if _takes_an_address(two, choices):
        yield AddressOfAPair()


def _takes_an_address(two: Two, choices: Mapping[str, str]) -> bool:
    """Whether a person who was ever in a pair would get an address that was not that person's own."""
    chosen = {each.name: each.chosen(choices) for each in two.fields}
    address = chosen.get("email", two.kept.email)
    return was_paired(each for each in (two.kept, two.gone) if each.email != address)


def _of_one(stays: Membership, other: Membership, choices: Mapping[str, str]) -> Iterator[Refusal]:
    keys = [stays.pk, other.pk]
    if stays.role == Role.MENTEE:
        yield from _of_pairs(stays, keys)
        decided = Choice.objects.filter(mentee__in=keys, kind=ChoiceKind.LOCK, undone_at=None)
        if len(set(decided.values_list("mentor", flat=True))) > 1:
            yield TwoLocks()
        if _contradict(stays, other) or _contradict(other, stays):
            yield PermissionsContradict()
        return
    count, most = Pair.objects.filter(mentor__in=keys, state__in=OPEN).count(), places(stays, other, choices)
    if count > 1 and count > most:
        yield TooManyPairs(count=count)
    elif (locks := _locks_that_stay(stays, keys)) > (left := max(0, most - count)):
        yield TooManyLocks(count=locks, free=left)


def _locks_that_stay(stays: Membership, keys: list[int]) -> int:
    """How many mentees who still wait are decided for a mentor who is made of two (`putting`)."""
    standing = Choice.objects.filter(mentor__in=keys, undone_at=None)
    waiting = free(stays.programme, Role.MENTEE).values("pk")
    locks = standing.filter(kind=ChoiceKind.LOCK, mentee__in=waiting)
    return locks.exclude(mentee__in=standing.exclude(kind=ChoiceKind.LOCK).values("mentee")).count()


def _of_pairs(stays: Membership, keys: list[int]) -> Iterator[Refusal]:
    """A mentee who is made of two has as many mentors as the programme allows, and each of them once."""
    pairs = Pair.objects.filter(mentee__in=keys, state__in=OPEN).select_related("mentor__person")
    mentors, most = [pair.mentor for pair in pairs], stays.programme.mentors_at_once
    if len(mentors) > most:
        yield TwoPairs() if most == 1 else TooManyMentors(count=len(mentors), most=most)
    twice = next((each for each in mentors if mentors.count(each) > 1), None)
    if twice and most > 1:
        yield SameMentor(name=twice.person.name)


def places(stays: Membership, other: Membership, choices: Mapping[str, str]) -> int:
    """How many mentees the mentor takes who is made of two."""
    told = [each for each in of_member(stays, other) if each.name == "capacity"]
    parts = [each for each in (part_of(stays), part_of(other)) if each.pk]
    return int(told[0].chosen(choices)) if told else parts[0].capacity if parts else 1


def _contradict(permitted: Membership, asked: Membership) -> bool:
    """Whether for one something stands permitted that was refused or taken back for the other."""
    given = Permission.objects.filter(membership=permitted, withdrawn_at=None).values("kind")
    standing = Permission.objects.filter(membership=asked, withdrawn_at=None).values("kind")
    taken_back = Permission.objects.filter(~Q(withdrawn_at=None), membership=asked, kind__in=given)
    refused = GuardianAnswer.objects.filter(guardian__membership=asked, given=False, kind__in=given)
    return taken_back.exclude(kind__in=standing).exists() or refused.exclude(kind__in=standing).exists()
