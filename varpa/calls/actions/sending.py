"""An application is handed in: by the applicant, or from paper by whoever runs the programme."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.calls import letters
from varpa.calls.actions.applying import NotTaking, WasWithdrawn, follow, new_application, saved
from varpa.calls.actions.sooner import decides_sooner
from varpa.calls.actions.whose import person_of
from varpa.calls.models import Application, ApplicationState
from varpa.calls.queries import stand_of
from varpa.guardians.actions.guardians import add_guardian
from varpa.guardians.queries.guardians import asked_kinds
from varpa.history.actions import record
from varpa.history.models import Channel
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved, move
from varpa.people.models import Person
from varpa.programmes.actions.memberships import AlreadyMember, add_member, apply_again
from varpa.programmes.actions.participation import say_participation
from varpa.programmes.models import Membership, MembershipState, Participation, Programme, Role
from varpa.programmes.queries import today_of

OLDEST = timedelta(days=366)
"""Paper older than this bears a wrong year: whether it came in time hangs on its day."""


class SomethingLacks(Refusal):
    """`step` is where it is missing."""

    sentence = _("One thing is still missing: {what}.")


class NoConsent(Refusal):
    sentence = _("Tick that the notice was read: without that we may not keep the application.")


class PaperTooOld(Refusal):
    sentence = _("The day on the paper lies more than a year back. Look at the year once more.")


class AppliedAlready(Refusal):
    sentence = _(
        "There is an application from this address in this role already. One is enough; if something has "
        "changed, write to those who run the programme."
    )


@transaction.atomic
def send(*, application: Application, consent: bool, now: datetime) -> bool:
    """Hand an application in; answers whether it is in. While the address is not confirmed it only waits.

    Sent twice is once. Raises NotTaking, NoConsent, SomethingLacks, AppliedAlready, WasWithdrawn,
    SomebodyElse, OtherRole.
    """
    held = Application.objects.select_for_update().select_related("programme").get(pk=application.pk)
    if held.state == ApplicationState.SENT:
        follow(application, held)
        return True
    _require_whole(held, consent or bool(held.wanted_at), now)
    if held.confirmed_at is None:
        Application.objects.filter(pk=held.pk).update(wanted_at=now)
        application.wanted_at = now
        return False
    person = person_of(held, by=None, now=now, channel=Channel.WEB)
    _hand_in(held, person, by=person, now=now)
    follow(application, held)
    return True


@transaction.atomic
def enter_from_paper(
    *,
    programme: Programme,
    role: str,
    form: str,
    said: Mapping[str, Any],
    day: date,
    by: Person,
    now: datetime,
) -> Application:
    """A printed application, entered on the person's behalf with the day that it bears (R11).

    An address may be missing: people on paper only exist. One `form` enters once. Raises NotTaking,
    SomethingLacks, AppliedAlready, FormTaken, PaperTooOld, OnPaper, OtherRole.
    """
    if day < today_of(programme, now) - OLDEST:
        raise PaperTooOld()
    if stand_of(programme, role, now).key == "over":
        raise NotTaking()
    application = new_application(programme, role, form, said, now)
    application.channel, application.by, application.day = Channel.PAPER.value, by, day
    known = saved(application)
    if known:
        return known
    person = person_of(application, by=by, now=now, channel=Channel.PAPER)
    _hand_in(application, person, by=by, now=now)
    return application


def _require_whole(held: Application, consent: bool, now: datetime) -> None:
    if held.state == ApplicationState.WITHDRAWN:
        raise WasWithdrawn()
    if not stand_of(held.programme, held.role, now).takes:
        raise NotTaking()
    require_said(held)
    if not consent:
        raise NoConsent()


def require_said(held: Application) -> None:
    """Raise SomethingLacks where something is not said without which no application can be sent."""
    if not held.name:
        raise SomethingLacks(what=_("the name"), step="who")
    if held.role == Role.MENTEE and not held.answers.get("born"):
        raise SomethingLacks(what=_("the date of birth"), step="who")
    if len(held.programme.countries) > 1 and not held.answers.get("country"):
        # Ages, permissions and notices are those of a country; a step may be passed over unread.
        raise SomethingLacks(what=_("the country"), step="place")


def _hand_in(held: Application, person: Person, *, by: Person, now: datetime) -> None:
    """The membership with all that was said, and the receipt."""
    require_said(held)
    # Whoever sent it in time may confirm the address after midnight; paper lies a while until it is entered.
    sent = today_of(held.programme, held.wanted_at) if held.wanted_at else None
    held.late = stand_of(held.programme, held.role, now, held.day or sent).key == "late"
    membership = _member(held, person, by=by, now=now)
    # Of an earlier application nothing is left that this one does not say.
    said = {name: getattr(Participation(), name) for name in Participation.SAID}
    said |= {
        name: held.answers[name] for name in Participation.SAID if held.answers.get(name) not in (None, "")
    }
    said["abilities"] = _gathered(held, "ability-")
    said["answers"] = _gathered(held, "question-")
    say_participation(membership=membership, said=said, by=by, now=now, channel=held.channel)
    move(held, "send", sent_at=now, late=held.late, membership=membership, link=held.link + 1)
    record("application.send", held, now=now, by=by, channel=held.channel, programme_ref=held.programme.ref)
    letters.end_links(held, now=now)
    letters.tell_received(held, ask_guardian(held, membership, by=by, now=now), now=now)


def ask_guardian(held: Application, membership: Membership, *, by: Person, now: datetime) -> bool:
    """Write to a minor's guardian who was named; whoever is late is let in first. Whether a letter goes."""
    name, address = held.answers.get("guardian_name"), held.answers.get("guardian_address")
    waits = held.late and membership.state != MembershipState.ACCEPTED
    if waits or not name or not address or not asked_kinds(membership, now):
        return False
    language = held.answers.get("guardian_language") or held.language
    try:
        with transaction.atomic():
            given = {"name": name, "address": address, "language": language}
            add_guardian(membership=membership, by=by, now=now, **given)
    except Refusal:
        # The application is in all the same; whoever runs the programme sees whom to write to.
        return False
    return True


def ask_guardians_of_late(now: datetime) -> int:
    """For the schedule: who applied late and was let in has named a guardian, who is asked now; how many are.

    Whoever was written down since, or was taken off, is not asked by this.
    """
    late = Application.objects.filter(
        late=True,
        state=ApplicationState.SENT,
        membership__state=MembershipState.ACCEPTED,
        membership__guardians=None,
    ).exclude(answers__guardian_address=None)
    read = late.select_related("membership__person", "membership__programme__methodology_version")
    return sum(_ask_late(each, now) for each in read.order_by("pk")[:200])


@transaction.atomic
def _ask_late(held: Application, now: datetime) -> bool:
    membership = held.membership
    return membership is not None and ask_guardian(held, membership, by=membership.person, now=now)


def _member(held: Application, person: Person, *, by: Person, now: datetime) -> Membership:
    """The membership: a new one, or that of somebody who was declined or has left and applies again."""
    answers = held.answers
    said: dict[str, Any] = {name: answers.get(name) or "" for name in ("country", "place", "topic")}
    if len(held.programme.countries) == 1:
        said["country"] = held.programme.countries[0]
    means = tuple(answers.get("means") or ())
    told: dict[str, Any] = {"by": by, "now": now, "channel": held.channel}
    known = Membership.objects.select_related("person", "programme").filter(person=person, role=held.role)
    earlier = known.filter(programme=held.programme).first()
    try:
        if earlier:
            # On paper the staff see whose it is; by a link nobody comes of age.
            if by == person and decides_sooner(earlier, {"country": said["country"]}, now):
                said["country"] = earlier.country
            apply_again(membership=earlier, late=held.late, said={**said, "means": means}, **told)
            return earlier
        state = MembershipState.WAITING if held.late else MembershipState.APPLIED
        return add_member(
            programme=held.programme, person=person, role=held.role, state=state, means=means, **said, **told
        )
    except (AlreadyMember, AlreadyMoved) as error:
        raise AppliedAlready() from error


def _gathered(held: Application, begins: str) -> dict[str, Any]:
    """The answers whose names begin so, by what follows."""
    return {
        name.removeprefix(begins): value
        for name, value in held.answers.items()
        if name.startswith(begins) and value
    }
