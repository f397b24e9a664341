"""An application on its way: begun, written step by step, its address confirmed, withdrawn."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from varpa.calls import letters
from varpa.calls.actions.seen import require_seen
from varpa.calls.models import Application, ApplicationState
from varpa.calls.queries import is_replaced, stand_of, told_of
from varpa.history.actions import record
from varpa.history.models import Channel
from varpa.kernel.refs import new_ref
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import move
from varpa.people.models import Person
from varpa.programmes.actions.memberships import withdraw_member
from varpa.programmes.models import MembershipState, Programme

KEPT_UNSENT = timedelta(days=60)
WHO = ("name", "address", "language")


class NotTaking(Refusal):
    sentence = _("The programme takes no applications now. Nothing was sent.")


class AlreadySent(Refusal):
    sentence = _("This application has been sent already. What was sent stands.")


class WasWithdrawn(Refusal):
    sentence = _("This application was withdrawn. It cannot be sent any more; you may begin a new one.")


class Decided(Refusal):
    sentence = _("It has been decided on already. To leave the programme, write to those who run it.")


class Replaced(Refusal):
    sentence = _("There is a newer application since. Open the link of its letter to withdraw that one.")


class FormTaken(Refusal):
    sentence = _("The page was opened too long ago. Open it again and send it once more.")


@transaction.atomic
def begin(
    *, programme: Programme, role: str, form: str, said: Mapping[str, Any], now: datetime, by: Person | None
) -> Application:
    """The first step of applying, which says who; the link to go on is mailed. One `form` begins once.

    `by` is whoever is signed in: their own address needs no letter to be confirmed. Raises NotTaking.
    """
    if not stand_of(programme, role, now).takes:
        raise NotTaking()
    application = new_application(programme, role, form, said, now)
    if by and by.email == application.address:
        application.confirmed_at = now
    known = saved(application)
    if known:
        return known
    _record("application.begin", application, now, by)
    letters.send_link(application, now=now)
    return application


@transaction.atomic
def write_step(
    *,
    application: Application,
    step: str,
    said: Mapping[str, Any],
    words: Collection[str],
    revision: int,
    now: datetime,
) -> None:
    """Keep the answers of one step; `words` names those in which people write (R13).

    Another address has to be confirmed anew. No line of history: nothing is said to the programme before it
    is sent. Raises AlreadySent, WasWithdrawn and merging.Conflict.
    """
    held = _held(application)
    if said.items() <= told_of(held).items() and step in held.revisions:
        return
    require_seen(told_of(held), said, words, at=held.revisions.get(step, 0), revision=revision)
    before = held.address
    put(held, step, said)
    held.changed_at, held.wanted_at = now, None
    if held.address != before:
        held.link, held.confirmed_at = held.link + 1, None
    held.save()
    if held.address != before:
        letters.send_link(held, now=now)
    follow(application, held)


@transaction.atomic
def send_link_again(*, application: Application, now: datetime) -> None:
    """Mail a new link; the earlier ones no longer open. How often it may be asked the page counts."""
    held = Application.objects.select_for_update().get(pk=application.pk)
    held.link += 1
    held.save(update_fields=["link"])
    _record("application.link", held, now)
    letters.send_link(held, now=now)
    follow(application, held)


@transaction.atomic
def confirm_address(*, application: Application, now: datetime) -> None:
    """Whoever has the mailed link reads the letters of this address. Twice is once."""
    confirmed = Application.objects.filter(pk=application.pk, confirmed_at=None).update(confirmed_at=now)
    application.refresh_from_db(fields=["confirmed_at"])
    if confirmed:
        _record("application.confirm", application, now)


@transaction.atomic
def withdraw(*, application: Application, now: datetime) -> None:
    """Take an application back, or give up one that was not sent: then nothing of it is kept.

    Twice is once. Raises Decided where it was accepted or declined meanwhile, Replaced where a newer one
    counts.
    """
    held = Application.objects.select_for_update().get(pk=application.pk)
    membership = held.membership
    if held.state == ApplicationState.WITHDRAWN:
        follow(application, held)
        return
    if is_replaced(held):
        raise Replaced()
    if membership and membership.state not in (MembershipState.APPLIED, MembershipState.WAITING):
        raise Decided()
    move(held, "withdraw", changed_at=now)
    _record("application.withdraw", held, now)
    letters.end_links(held, now=now)
    if membership:
        withdraw_member(membership=membership, by=membership.person, now=now)
        letters.tell_withdrawn(held, now=now)
    else:
        _forget(held)
    follow(application, held)


def forget_unsent(now: datetime) -> int:
    """For the schedule: what nobody has sent or touched for sixty days is gone; answers how many."""
    old = Application.objects.filter(changed_at__lt=now - KEPT_UNSENT, membership=None)
    return old.exclude(state=ApplicationState.SENT).delete()[0]


def new_application(
    programme: Programme, role: str, form: str, said: Mapping[str, Any], now: datetime
) -> Application:
    given = {"programme": programme, "role": role, "began_at": now, "changed_at": now}
    application = Application(ref=new_ref(), form=form, link=1, **given)
    put(application, "who", said)
    return application


def saved(application: Application) -> Application | None:
    """Save a new application; where an earlier click of the same form was first, that one."""
    try:
        with transaction.atomic():
            application.save(force_insert=True)
    except IntegrityError as error:
        same = {name: getattr(application, name) for name in ("form", "programme", "role", "by", "address")}
        known = Application.objects.filter(**same).select_related("programme").first()
        if known is None:
            raise FormTaken() from error
        return known
    return None


def _held(application: Application) -> Application:
    """The application as it stands, held; only one that is being written may change."""
    held = Application.objects.select_for_update().select_related("programme").get(pk=application.pk)
    if held.state == ApplicationState.SENT:
        raise AlreadySent()
    if held.state == ApplicationState.WITHDRAWN:
        raise WasWithdrawn()
    return held


def put(application: Application, step: str, said: Mapping[str, Any]) -> None:
    for name in WHO:
        if name in said:
            setattr(application, name, said[name])
    answers = {name: value for name, value in said.items() if name not in WHO}
    application.answers = {**application.answers, **answers}
    application.revisions = {**application.revisions, step: application.revisions.get(step, 0) + 1}


def follow(application: Application, held: Application) -> None:
    """Let the thing that a page holds say what now stands."""
    for field in Application._meta.concrete_fields:
        setattr(application, field.attname, getattr(held, field.attname))


def _forget(held: Application) -> None:
    """Nothing that was written is kept of what was never sent."""
    held.name, held.address, held.answers, held.revisions = "", "", {}, {}
    held.save(update_fields=["name", "address", "answers", "revisions"])


def _record(verb: str, application: Application, now: datetime, by: Person | None = None) -> None:
    # Whoever applies may have no account yet: then it is done on a page by nobody known.
    ref = application.programme.ref
    record(verb, application, now=now, by=by, channel=Channel.WEB, programme_ref=ref)
