"""What a manager decides on many people at once: each by the rule for one, each refusal told by name."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.applications.queries.members import decided_by, stands_as
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved
from varpa.people.models import Person
from varpa.programmes.actions import memberships as programmes
from varpa.programmes.actions.partners import choose_partner
from varpa.programmes.actions.screening import record_screening
from varpa.programmes.models import Membership, Partner
from varpa.programmes.partners import partner_of, partners_of
from varpa.programmes.queries import STAFF, screening_of

STEPS = ("accept", "wait", "decline")


class StaffIsAppointed(Refusal):
    sentence = _("Managers and lead partner’s people are appointed; nothing is decided on them here.")


class NoSuchDecision(Refusal):
    sentence = _("Choose what to do with the people from the list.")


class DecidedMeanwhile(AlreadyMoved):
    sentence = _("This is decided already: {state}. {who}")


class ChangedSince(Refusal):
    sentence = _(
        "Since you opened the page this was changed, or somebody else has asked for a talk. Read it once "
        "more, then decide."
    )


class HasResult(Refusal):
    sentence = _("There is a result already. It is changed on the person’s own page.")


@dataclass
class Outcome:
    """Whom it was done for, and who was left as before, with the sentence that says why."""

    done: list[Membership] = field(default_factory=list)
    refused: list[tuple[Membership, str]] = field(default_factory=list)


@transaction.atomic
def decide(
    *,
    membership: Membership,
    step: str,
    by: Person,
    now: datetime,
    partner: Partner | None = None,
    seen: str | None = None,
) -> None:
    """Accept, wait or decline one application; two managers never decide twice.

    Whoever is accepted belongs to the `partner` that is named with it. `seen` is how the application stood
    on the page (`stands_as`). Raises StaffIsAppointed, NoSuchDecision, ChangedSince, DecidedMeanwhile,
    NotOurPartner.
    """
    require_applicant(membership)
    if step not in STEPS:
        raise NoSuchDecision()
    if seen is not None:
        require_as_seen(membership, seen)
    try:
        programmes.decide(membership=membership, step=step, by=by, now=now)
    except AlreadyMoved as error:
        raise _decided(membership) from error
    if partner and step == "accept":
        choose_partner(membership=membership, partner=partner, by=by, now=now)


def require_as_seen(membership: Membership, seen: str) -> None:
    """What was decided, corrected or asked since is read first; who does so now waits for this (R13).

    Raises ChangedSince, DecidedMeanwhile.
    """
    stands = Membership.objects.select_for_update().only("revision", "state").get(pk=membership.pk)
    if stands_as(stands) == seen:
        return
    raise ChangedSince() if seen.endswith(f".{stands.state}") else _decided(membership)


def _decided(membership: Membership) -> DecidedMeanwhile:
    membership.refresh_from_db(fields=["state"])
    return DecidedMeanwhile(state=membership.get_state_display(), who=decided_by(membership))


@transaction.atomic
def mark_trained(
    *, membership: Membership, notice_on_paper: bool, note: str, by: Person, now: datetime
) -> None:
    """The person was at the training; with `notice_on_paper` the notice was signed there too (R1)."""
    require_applicant(membership)
    programmes.mark_trained(membership=membership, by=by, now=now, note=note, notice_on_paper=notice_on_paper)


@transaction.atomic
def decide_all(
    *,
    memberships: Iterable[Membership],
    step: str,
    by: Person,
    now: datetime,
    partner: Partner | None = None,
    seen: Mapping[str, str] | None = None,
) -> Outcome:
    """Decide many applications: who can be decided is, who cannot is told; one write of all.

    Of those accepted, whoever belongs to no partner yet belongs to `partner`. `seen` is how each stood on the
    page, by the reference: whoever was changed or decided on since is not decided on.
    """
    known = partners_of(partner.programme) if partner else []

    def decided(each: Membership) -> None:
        of = None if partner_of(each, known) else partner
        decide(membership=each, step=step, by=by, now=now, partner=of, seen=(seen or {}).get(each.ref))

    return act_on_each(memberships, decided)


@transaction.atomic
def choose_for_all(
    *, memberships: Iterable[Membership], partner: Partner | None, by: Person, now: datetime
) -> Outcome:
    """Let these people belong to a partner; None: to the only one of their country."""

    def chosen(each: Membership) -> None:
        choose_partner(membership=each, partner=partner, by=by, now=now)

    return act_on_each(memberships, chosen)


@transaction.atomic
def mark_all_trained(
    *, memberships: Iterable[Membership], notice_on_paper: bool, note: str, by: Person, now: datetime
) -> Outcome:
    """These people were at the training; with `notice_on_paper` they signed the notice there too (R1)."""

    def trained(each: Membership) -> None:
        mark_trained(membership=each, notice_on_paper=notice_on_paper, note=note, by=by, now=now)

    return act_on_each(memberships, trained)


@transaction.atomic
def screen_all(
    *, memberships: Iterable[Membership], passed: bool, day: date, by: Person, now: datetime
) -> Outcome:
    """One result of screening, of one day, for those who have none yet; one that stands is kept (R1)."""

    def screened(each: Membership) -> None:
        # The other manager's result waits for this one, or is seen here.
        Membership.objects.select_for_update().get(pk=each.pk)
        if screening_of(each):
            raise HasResult()
        record_screening(membership=each, passed=passed, day=day, by=by, now=now)

    return act_on_each(memberships, screened)


def require_applicant(membership: Membership) -> None:
    """Raises StaffIsAppointed for a manager or a person of the lead partner."""
    if membership.role in STAFF:
        raise StaffIsAppointed()


def act_on_each(memberships: Iterable[Membership], act: Callable[[Membership], None]) -> Outcome:
    """Do something for each of these people; who cannot be dealt with is told, with the reason."""
    outcome = Outcome()
    for each in memberships:
        try:
            with transaction.atomic():
                act(each)
        except Refusal as refusal:
            outcome.refused.append((each, str(refusal)))
        else:
            outcome.done.append(each)
    return outcome
