"""An application that was sent is corrected by its sender, as long as nothing is decided on it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from varpa.calls.actions.applying import Decided, Replaced, WasWithdrawn, follow, put
from varpa.calls.actions.seen import require_seen
from varpa.calls.actions.sending import ask_guardian
from varpa.calls.actions.sooner import decides_sooner
from varpa.calls.actions.taking_part import same, say_differing
from varpa.calls.models import Amendment, Application, ApplicationState
from varpa.calls.queries import is_replaced, may_name_guardian, told_by, told_of
from varpa.calls.steps import day_of
from varpa.kernel.pace import DAY, require_pace
from varpa.kernel.refusals import Refusal
from varpa.people.actions import correct_person
from varpa.programmes.actions.memberships import change_member, record_member
from varpa.programmes.models import Membership, MembershipState, Participation
from varpa.programmes.queries import GONE, said_by

OF_PERSON: Final = ("name", "born", "phone", "language")
OF_MEMBER: Final = ("country", "place")
AT_HOME: Final = ("guardian_name", "guardian_address", "guardian_language")
STAYS: Final = ("address", *AT_HOME)
"""Where the letters go, and who was named to be asked at home, nobody changes by a mailed link."""
A_DAY: Final = 30
"""Corrections of one application within a day: each is kept, and read by whoever decides."""


class NotSent(Refusal):
    sentence = _("This application is not sent yet: what is written is changed in its steps.")


@transaction.atomic
def amend(
    *,
    application: Application,
    step: str,
    said: Mapping[str, Any],
    words: Collection[str],
    revision: int,
    now: datetime,
) -> bool:
    """Keep the answers of one step anew; answers whether anything was changed.

    What the programme has from this application follows it, answer by answer; what was changed elsewhere
    since stays, so does what others know of the person, and whatever would spare asking a guardian. A minor's
    guardian whom nobody had named is written to. `words` names the answers in which people write (R13).
    Raises NotSent, WasWithdrawn, Replaced, Decided, TooMuchAtOnce and merging.Conflict.
    """
    held, membership = _held(application)
    told = told_of(held)
    home = any(name in said for name in AT_HOME) and may_name_guardian(held, now)
    said = {name: value for name, value in said.items() if name not in STAYS or (home and name in AT_HOME)}
    differing = {name: value for name, value in said.items() if (value or None) != (told.get(name) or None)}
    if not differing:
        return False
    require_seen(told, said, words, at=held.revisions.get(step, 0), revision=revision)
    require_pace(held.amendments.all(), most=A_DAY, within=DAY, now=now)
    before = {name: told.get(name) for name in differing}
    put(held, step, differing)
    held.changed_at = now
    held.save()
    Amendment.objects.create(application=held, step=step, before=before, at=now)
    _pass_on(membership, differing, before, now=now)
    Membership.objects.filter(pk=membership.pk).update(revision=F("revision") + 1)
    record_member("membership.amend", membership, now=now, by=membership.person)
    if home:
        ask_guardian(held, membership, by=membership.person, now=now)
    follow(application, held)
    return True


def _held(application: Application) -> tuple[Application, Membership]:
    """The application and its membership, held: a decision waits for the correction, or is seen by it."""
    held = Application.objects.select_for_update(of=("self",)).select_related("programme")
    found = held.get(pk=application.pk)
    if found.state == ApplicationState.WITHDRAWN:
        raise WasWithdrawn()
    if found.membership_id is None:
        raise NotSent()
    if is_replaced(found):
        raise Replaced()
    members = Membership.objects.select_for_update(of=("self",)).select_related("person", "programme")
    membership = members.get(pk=found.membership_id)
    if membership.state not in (MembershipState.APPLIED, MembershipState.WAITING):
        raise Decided()
    return found, membership


def _pass_on(
    membership: Membership, said: Mapping[str, Any], before: Mapping[str, Any], *, now: datetime
) -> None:
    """What is said anew, for each field in which still stands what was said before.

    Anything else was put right on another page since, and stays: whoever decides reads both.
    """
    person, known = membership.person, said_by(membership)
    _correct_person(membership, said, before, now=now)
    stands = {**told_by(membership), **{name: getattr(membership, name) for name in OF_MEMBER}}
    blank = {name: getattr(Participation(), name) for name in Participation.SAID}
    anew = {
        name: value
        for name, value in said.items()
        if same(name, before[name] or blank.get(name), stands.get(name))
    }
    placed = {name: anew[name] or "" for name in OF_MEMBER if name in anew}
    if "country" in placed and decides_sooner(membership, {"country": placed["country"]}, now):
        del placed["country"]
    if placed:
        change_member(membership=membership, changes=placed, by=person, now=now)
    say_differing(membership, known, anew, by=person, now=now)


def _correct_person(
    membership: Membership, said: Mapping[str, Any], before: Mapping[str, Any], *, now: datetime
) -> None:
    person = membership.person
    changes = {name: said[name] for name in OF_PERSON if name in said}
    changes |= {"born": day_of(changes["born"])} if "born" in changes else {}
    known = {name: day_of(before[name]) if name == "born" else before[name] or "" for name in changes}
    left = {name for name in changes if getattr(person, name) != known[name]}
    if _takes_part_elsewhere(membership):
        left |= {"name", "born"}
    if "born" in changes and decides_sooner(membership, {"born": changes["born"]}, now):
        left.add("born")
    changes = {name: value for name, value in changes.items() if name not in left}
    if changes:
        correct_person(person=person, changes=changes, by=person, now=now)


def _takes_part_elsewhere(membership: Membership) -> bool:
    """Whether others know the person too: then one application does not rename it or make it older."""
    others = Membership.objects.filter(person=membership.person_id).exclude(pk=membership.pk)
    return others.exclude(state__in=GONE).exists()
