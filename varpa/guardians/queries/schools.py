"""A school's pupils as its contact sees them (no content), and a programme's schools as the manager does."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db.models import CharField, Count, Prefetch, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from varpa.guardians.models import SchoolContact, SchoolLink, SchoolWord
from varpa.guardians.schoolnames import school_key, school_name
from varpa.history.remembering import until_changed
from varpa.kernel.compiled import compiled
from varpa.kernel.refs import new_ref
from varpa.programmes.models import Membership, MembershipState, Programme, Role

# While these hold, a school's word is asked for.
ASKED = (MembershipState.APPLIED, MembershipState.WAITING, MembershipState.ACCEPTED)
CONTACT = ("key", "name", "language")
"""As much as is told beside the word of a school."""
MATCHED = ("proposed", "accepted")
ATTENDS = ("active", "paused")
STANDS: dict[str, str | Promise] = {
    MembershipState.APPLIED: pgettext_lazy("pupil", "Applied"),
    MembershipState.WAITING: pgettext_lazy("pupil", "On the waiting list"),
    MembershipState.ACCEPTED: pgettext_lazy("pupil", "Accepted; there is no mentor yet"),
    MembershipState.DECLINED: pgettext_lazy("pupil", "Does not take part"),
    MembershipState.WITHDRAWN: pgettext_lazy("pupil", "Does not take part any more"),
    MembershipState.COMPLETED: pgettext_lazy("pupil", "Went the whole way"),
    "matched": pgettext_lazy("pupil", "A mentor is proposed"),
    "attends": pgettext_lazy("pupil", "Works with a mentor"),
}


@dataclass(frozen=True)
class Pupil:
    """One line of a school's list; `stands` in words, `word` the newest of this school.

    `attended`: at how many events of the programme the pupil was.
    """

    membership: Membership
    stands: str
    word: SchoolWord | None
    attended: int = 0

    @property
    def asked(self) -> bool:
        return self.membership.state in ASKED

    @property
    def open(self) -> bool:
        return self.asked and self.word is None


@dataclass
class School:
    """One school of a programme: its name as most write it, how many pupils, what was said of them."""

    key: str
    name: str
    pupils: int = 0
    confirmed: int = 0
    doubted: int = 0
    contact: SchoolContact | None = None
    link: SchoolLink | None = None
    next_ref: str = field(default_factory=new_ref)
    opens: bool = False


def pupils_of(contact: SchoolContact) -> QuerySet[Membership]:
    """The mentees of a programme who have written this school, by name."""
    # A database cannot compare schools: search_text holds each word, and is looked at afterwards.
    mentees = Membership.objects.filter(programme=contact.programme_id, role=Role.MENTEE)
    near = mentees.filter(search_text__contains=max(contact.key.split(), key=len)).order_by()
    own = [pk for pk, place in near.values_list("pk", "place") if school_key(place) == contact.key]
    return Membership.objects.filter(pk__in=own).select_related("person").order_by("search_text", "pk")


def listed_pupils(pupils: QuerySet[Membership]) -> QuerySet[Membership]:
    """Of `pupils_of` as much as a school sees of them, with `attended`; `events` is a neighbour."""
    there = Count("attendances", filter=Q(attendances__withdrawn_at=None))
    return pupils.only("ref", "state", "place", "person__name").annotate(attended=there)


def is_pupil(contact: SchoolContact, membership: Membership) -> bool:
    """Whether a mentee is of this school, in this programme."""
    same = membership.programme_id == contact.programme_id and membership.role == Role.MENTEE
    return same and school_key(membership.place) == contact.key


def words_on(members: Iterable[Membership]) -> dict[int, SchoolWord]:
    """The newest word of the school on each of these members, whoever answered for it then: one query.

    What another school has said, before a pupil went to this one, does not count.
    """
    keys = {each.pk: school_key(each.place) for each in members}
    told = SchoolWord.objects.filter(membership__in=list(keys)).select_related("contact").order_by("pk")
    told = told.only("membership", "confirmed", "reason", "at", *(f"contact__{of}" for of in CONTACT))
    return {each.membership_id: each for each in told if each.contact.key == keys[each.membership_id]}


def doubted(members: QuerySet[Membership]) -> list[int]:
    """Keys of those of these whom their school does not confirm: two queries, over those ever doubted."""
    ever = SchoolWord.objects.filter(confirmed=False).values("membership")
    rows = members.filter(pk__in=ever).select_related(None).order_by().only("pk", "place")
    return [key for key, word in words_on(rows).items() if not word.confirmed]


def shown_pupils(rows: list[Membership]) -> list[Pupil]:
    """What a school sees of some of its pupils: two queries."""
    keys = [each.pk for each in rows]
    words, paired = words_on(rows), _paired(keys)
    return [
        Pupil(
            each,
            str(STANDS[_stands(each, paired)]),
            words.get(each.pk),
            getattr(each, "attended", 0),
        )
        for each in rows
    ]


def _stands(membership: Membership, paired: dict[int, str]) -> str:
    if membership.state != MembershipState.ACCEPTED:
        return membership.state
    return paired.get(membership.pk, membership.state)


def _paired(keys: list[int]) -> dict[int, str]:
    """Who is matched, who attends; `pairs` is a room above, its relation to a membership has a name."""
    rows = Membership.objects.filter(pk__in=keys, pairs_as_mentee__state__in=(*MATCHED, *ATTENDS)).order_by()
    found: dict[int, str] = {}
    for pk, state in rows.values_list("pk", "pairs_as_mentee__state"):
        if state in ATTENDS or pk not in found:
            found[pk] = "attends" if state in ATTENDS else "matched"
    return found


def waits_for_word(contact: SchoolContact, pupils: QuerySet[Membership]) -> int:
    """How many of a school's `pupils_of` wait for its word."""
    asked = pupils.filter(state__in=ASKED).order_by()
    said = SchoolWord.objects.filter(contact__programme=contact.programme_id, contact__key=contact.key)
    return asked.exclude(pk__in=said.values("membership")).count()


def school_link_of(digest: str) -> SchoolLink | None:
    """The link with this digest, open or not, with all that its page needs."""
    return _link_of.first(digest=digest)


@compiled(digest=CharField())
def _link_of(digest: str) -> QuerySet[SchoolLink]:
    return SchoolLink.objects.filter(digest=digest).select_related(
        "contact__programme__organisation", "contact__programme__methodology_version"
    )


def is_open(link: SchoolLink, now: datetime) -> bool:
    """Whether a link opens the page: the newest of a contact, neither taken back nor too old. Asks anew."""
    newest = _links_of.first(contact=link.contact_id)
    same = newest is not None and newest.pk == link.pk
    return bool(newest and same and newest.revoked_at is None and newest.expires_at > now)


@compiled()
def _links_of(contact: int) -> QuerySet[SchoolLink]:
    """The newest link of a contact who still answers for the school."""
    return SchoolLink.objects.filter(contact=contact, contact__withdrawn_at=None).order_by("-pk")[:1]


def may_ask_again(contact: SchoolContact) -> bool:
    """Whether a contact may have a new link sent alone: not where somebody has taken the last one back."""
    newest = SchoolLink.objects.filter(contact=contact).order_by("-pk").first()
    return contact.withdrawn_at is None and newest is not None and newest.revoked_at is None


def schools_of(programme: Programme, now: datetime) -> list[School]:
    """The schools that mentees have written, by name, with who answers for each: mostly three queries."""
    found = {each.key: School(*each) for each in _written(programme, now)}
    contacts = SchoolContact.objects.filter(programme=programme, withdrawn_at=None)
    for contact in contacts.prefetch_related(Prefetch("links", SchoolLink.objects.order_by("-pk"))):
        school = found.setdefault(contact.key, School(contact.key, contact.school))
        school.contact, school.link = contact, next(iter(contact.links.all()), None)
        link = school.link
        school.opens = link is not None and link.revoked_at is None and link.expires_at > now
    return [found[key] for key in sorted(found)]


class Written(NamedTuple):
    """A school as mentees have written it: how many they are, and what it has said of them."""

    key: str
    name: str
    pupils: int
    confirmed: int
    doubted: int


@until_changed
def _written(programme: Programme, _minute: datetime) -> tuple[Written, ...]:
    mentees = Membership.objects.filter(programme=programme, role=Role.MENTEE, state__in=ASKED)
    names: dict[str, str] = {}
    pupils: dict[str, list[int]] = {}
    for pk, place in mentees.order_by("pk").values_list("pk", "place"):
        if key := school_key(place):
            names.setdefault(key, school_name(place))
            pupils.setdefault(key, []).append(pk)
    told = SchoolWord.objects.filter(membership__programme=programme).order_by("pk")
    said = {(key, pk): yes for key, pk, yes in told.values_list("contact__key", "membership", "confirmed")}

    def counted(key: str, own: list[int]) -> Written:
        answers = [said[key, pk] for pk in own if (key, pk) in said]
        return Written(key, names[key], len(own), answers.count(True), answers.count(False))

    return tuple(counted(key, own) for key, own in pupils.items())
