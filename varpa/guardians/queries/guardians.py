"""What is known of a minor's guardians: who they are, which link opens, what was answered and told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import CharField, Exists, OuterRef, Prefetch, Q, QuerySet

from varpa.files.models import File
from varpa.guardians.models import Guardian, GuardianAnswer, GuardianLink, Tells, Worry
from varpa.kernel.clock import zone_of
from varpa.kernel.compiled import compiled
from varpa.kernel.refs import new_ref
from varpa.people.models import Appointment, Person
from varpa.programmes.models import (
    OVER,
    Membership,
    MembershipState,
    Permission,
    PermissionKind,
    Role,
)
from varpa.programmes.queries import kinds_to_permit, managers, needs_permission, staff_of, today_of

MOST = 2
GONE = (MembershipState.DECLINED, MembershipState.WITHDRAWN, MembershipState.COMPLETED)


@dataclass(frozen=True)
class Known:
    """A guardian as the manager sees one; `answers` are (kind, newest or None), never the link itself.

    `next_ref` is what a button that sends the next link carries, so that two clicks send one.
    """

    guardian: Guardian
    link: GuardianLink | None
    answers: list[tuple[str, GuardianAnswer | None]]
    opens: bool
    next_ref: str

    @property
    def label_of(self) -> list[tuple[str, GuardianAnswer | None]]:
        labels = dict(PermissionKind.choices)
        return [(str(labels[kind]), answer) for kind, answer in self.answers]


def asked_kinds(membership: Membership, now: datetime) -> list[str]:
    """What a guardian is asked to permit now: nothing for who is of age, has left, or when all is over."""
    gone = membership.state in GONE or membership.programme.state in OVER
    if gone or not needs_permission(membership, today_of(membership.programme, now)):
        return []
    return kinds_to_permit(membership.programme)


def link_of(digest: str) -> GuardianLink | None:
    """The link with this digest, open or not, with all that its page needs: one query."""
    return _link_of.first(digest=digest)


@compiled(digest=CharField())
def _link_of(digest: str) -> QuerySet[GuardianLink]:
    return GuardianLink.objects.filter(digest=digest).select_related(
        "guardian__membership__person",
        "guardian__membership__programme__organisation",
        "guardian__membership__programme__methodology_version",
    )


def newest_link(guardian: Guardian) -> GuardianLink | None:
    """The link that was mailed last."""
    return GuardianLink.objects.filter(guardian=guardian).order_by("-pk").first()


def is_open(link: GuardianLink, now: datetime) -> bool:
    """Whether a link opens the page: no later one took its place, it is neither taken back nor too old.

    Asks anew.
    """
    found = _standing.first(pk=link.pk)
    return found is not None and found.expires_at > now


@compiled()
def _standing(pk: int) -> QuerySet[GuardianLink]:
    """A link that was not taken back, of a guardian who was not taken off, with none in its place."""
    later = GuardianLink.objects.filter(guardian=OuterRef("guardian"), pk__gt=OuterRef("pk"), beside=False)
    return GuardianLink.objects.filter(~Exists(later), pk=pk, revoked_at=None, guardian__withdrawn_at=None)


def may_ask_again(guardian: Guardian) -> bool:
    """Whether a guardian may have a new link sent alone: not where somebody has taken the last one back."""
    newest = newest_link(guardian)
    return guardian.withdrawn_at is None and newest is not None and newest.revoked_at is None


def answers_of(guardian: Guardian) -> dict[str, bool]:
    """A guardian's newest answer to each kind that was answered."""
    return dict(guardian.answers.order_by("pk").values_list("kind", "given"))


def answered_since(guardian: Guardian, day: date | None) -> dict[str, bool]:
    """A guardian's newest answers by the link of days after `day` (None: of all), in the programme's zone."""
    told = guardian.answers.filter(by=None).order_by("pk")
    if day:
        zone = zone_of(guardian.membership.programme.zone)
        told = told.filter(at__gte=datetime.combine(day + timedelta(days=1), time(), zone))
    return dict(told.values_list("kind", "given"))


def said_no(membership: Membership, *, but: Guardian | None = None) -> dict[str, set[str]]:
    """Whose newest answer is no, by name: the kinds. Of a guardian who was taken off nothing counts.

    `but`: without this one's own.
    """
    newest: dict[tuple[int, str, str], bool] = {}
    told = GuardianAnswer.objects.filter(
        guardian__membership=membership, guardian__withdrawn_at__isnull=True
    ).order_by("pk")
    if but:
        told = told.exclude(guardian=but)
    for key, name, kind, given in told.values_list("guardian", "guardian__name", "kind", "given"):
        newest[key, name, kind] = given
    found: dict[str, set[str]] = {}
    for (_key, name, kind), given in newest.items():
        if not given:
            found.setdefault(name, set()).add(kind)
    return found


def all_answered(membership: Membership) -> bool:
    """Whether each kind has an answer: given, on paper too, or said no to by a guardian who is one still."""
    standing = Permission.objects.filter(membership=membership, withdrawn_at=None)
    answered = GuardianAnswer.objects.filter(guardian__membership=membership, guardian__withdrawn_at=None)
    kinds = {*standing.values_list("kind", flat=True), *answered.values_list("kind", flat=True)}
    return kinds >= set(kinds_to_permit(membership.programme))


def guardians_of(membership: Membership, now: datetime) -> list[Known]:
    """The guardians of a mentee who are written to, with what each has answered: three queries."""
    found = Guardian.objects.filter(membership=membership, withdrawn_at=None).select_related("by")
    known = []
    told = Prefetch("answers", GuardianAnswer.objects.select_related("scan"))
    for guardian in found.prefetch_related("links", told):
        link = next(iter(guardian.links.all()), None)
        answers = {each.kind: each for each in guardian.answers.all()}
        opens = link is not None and link.revoked_at is None and link.expires_at > now
        rows = [(kind, answers.get(kind)) for kind in kinds_to_permit(membership.programme)]
        known.append(Known(guardian, link, rows, opens, new_ref()))
    return known


def has_room(known: Collection[Known]) -> bool:
    """Whether one more can be written to: two at most, and whoever has no address may get one."""
    return len(known) < MOST or any(not each.guardian.address for each in known)


def scan_of(membership: Membership, ref: str) -> File | None:
    """The picture of a paper that a guardian of this mentee has signed."""
    in_answers = GuardianAnswer.objects.filter(guardian__membership=membership).values("scan")
    in_permissions = Permission.objects.filter(membership=membership).values("scan")
    return File.objects.filter(Q(pk__in=in_answers) | Q(pk__in=in_permissions), ref=ref).first()


def worries_of(membership: Membership) -> QuerySet[Worry]:
    """What guardians and the school have told, the newest first; who may read it, the page asks."""
    told = Worry.objects.filter(membership=membership)
    return told.select_related("guardian", "contact", "read_by").order_by("-pk")


def mentors_of(membership: Membership) -> QuerySet[Person]:
    """Who is or was in a pair with this mentee: what is told of the mentee is not theirs to read (R8)."""
    return Person.objects.filter(memberships__pairs_as_mentor__mentee=membership)


def answers_to(membership: Membership, to: str) -> list[Person]:
    """Who reads what is told of a pupil to `to` (one of Tells), and nobody else.

    Told to the manager where none is, or each is the pupil's mentor, it is the lead partner's. Where it is
    about the manager, nobody who manages; never one who is the pupil's mentor.
    """
    programme, mentors = membership.programme, mentors_of(membership).values("pk")
    chosen = [each.person for each in managers(programme).exclude(person__in=mentors).order_by("pk")]
    if to == Tells.MANAGER and chosen:
        return chosen
    leads = staff_of(programme).filter(role=Role.LEAD_PARTNER).values("person")
    appointed = Appointment.objects.filter(organisation=programme.organisation_id, ended_at=None)
    people = Person.objects.filter(Q(pk__in=leads) | Q(pk__in=appointed.values("person")))
    people = people.exclude(pk__in=mentors)
    if to == Tells.ABOUT_MANAGER:
        managed = Membership.objects.filter(programme=programme, role=Role.MANAGER)
        people = people.exclude(pk__in=managed.values("person"))
    return list(people.order_by("pk"))


def by_known_address(address: str) -> list[Guardian]:
    """Everybody's guardians with an address, who may be sent a new link."""
    found = Guardian.objects.filter(address__iexact=address.strip(), withdrawn_at=None)
    related = found.select_related("membership__person", "membership__programme__organisation")
    return [each for each in related if may_ask_again(each)]
