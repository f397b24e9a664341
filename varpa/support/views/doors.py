"""The three doors (R8): the other person, the project manager, the lead partner."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from varpa.kernel import clock
from varpa.kernel.doors import door, signed_in
from varpa.kernel.paging import page, paged
from varpa.messaging.access import MessageAction
from varpa.messaging.models import Message
from varpa.messaging.queries import with_thread
from varpa.pairs.access import PairAction
from varpa.pairs.models import Pair, PairState
from varpa.pairs.queries import agreed_plan, other_side, side_of, with_people
from varpa.people.models import Person
from varpa.people.signed import person_of
from varpa.programmes.access import MembershipAction
from varpa.programmes.models import Membership, Role
from varpa.programmes.queries import memberships_read
from varpa.support.actions import cases as actions
from varpa.support.forms import TellForm
from varpa.support.models import Case, Concerns, Door
from varpa.support.queries.cases import cases_of_pair, own_cases
from varpa.support.queries.doors import (
    agreed_on,
    asked_of,
    beginnings,
    begun_pair_of,
    memberships_in,
    pairs_of,
    readers_of,
)
from varpa.support.queries.openings import logged, openings_of
from varpa.support.queries.staff import managers_of
from varpa.support.views.asked import ASK
from varpa.ui.doing import accepted


@signed_in("the doors for when something is wrong, for oneself")
@require_safe
def help(request: HttpRequest) -> HttpResponse:
    """From any page in one tap; whoever is in one pair, or comes from a page of one, is led on to its doors.

    Of several that go the doors of each stand there.
    """
    person = person_of(request)
    pairs = list(pairs_of(person)[:20])
    going = [each for each in pairs if each.state != PairState.ENDED]
    here = [each for each in pairs if each.ref == request.GET.get("pair")]
    if here:
        return redirect("support:doors", here[0].ref)
    if len(going) == 1 or len(pairs) == 1:
        return redirect("support:doors", (going or pairs)[0].ref)
    members = list(memberships_in(person))
    if not pairs and len(members) == 1:
        return redirect("support:alone", members[0].ref)
    others = [(each, each.member(other_side(side_of(each, person))).person) for each in pairs]
    return render(request, "support/help.html", {"pairs": others, "members": members})


@door(PairAction.ANSWER, Pair, reader=PairAction.ANSWER, read=with_people)
@require_safe
def doors(request: HttpRequest, pair: Pair) -> HttpResponse:
    """The doors of a pair, what was told through them and what is being done."""
    person = person_of(request)
    cases = paged(request, cases_of_pair, pair=pair, person=person)
    context = {**_around(pair, person), "page": cases}
    context["openings"] = logged(page(request, openings_of(pair)))
    return render(request, "support/doors.html", context)


@door(PairAction.TAKE_PART, Pair, reader=PairAction.TAKE_PART, read=with_people)
@require_safe
def words(request: HttpRequest, pair: Pair) -> HttpResponse:
    """The first door: the other person, with what the two agreed and words to begin with."""
    around, question = _around(pair, person_of(request)), asked_of(pair)
    context = {
        **around,
        "question": question,
        "agreed": agreed_on(pair, question),
        "plan": agreed_plan(pair),
        "beginnings": beginnings(around["side"]),
        "writes": pair.state == PairState.ACTIVE,
    }
    return render(request, "support/words.html", context)


@door(PairAction.ANSWER, Pair, reader=PairAction.ANSWER, read=with_people)
@require_http_methods(ASK)
def tell(request: HttpRequest, pair: Pair, to: str) -> HttpResponse:
    """The second and the third door of one of the two."""
    person = person_of(request)
    around = _around(pair, person)
    return _tell(request, pair.member(around["side"]), pair, to, around)


@door(MessageAction.REPORT, Message, read=with_thread)
@require_http_methods(ASK)
def report(request: HttpRequest, message: Message, to: str = Door.MANAGER) -> HttpResponse:
    """A message of the other is opened to the manager or the lead partner, and to nobody else."""
    pair = message.thread.pair
    around = _around(pair, person_of(request))
    return _tell(request, pair.member(around["side"]), pair, to, {**around, "reports": message})


@door(MembershipAction.OWN, Membership, read=memberships_read)
@require_safe
def alone(request: HttpRequest, membership: Membership) -> HttpResponse:
    """The doors of somebody without a pair; whoever is in one is led on to its doors."""
    if pair := begun_pair_of(membership):
        return redirect("support:doors", pair.ref)
    cases = paged(request, own_cases, membership=membership)
    context = {"membership": membership, "mentee": membership.role == Role.MENTEE, "page": cases}
    return render(request, "support/alone.html", context)


@door(MembershipAction.OWN, Membership, read=memberships_read)
@require_http_methods(ASK)
def tell_alone(request: HttpRequest, membership: Membership, to: str) -> HttpResponse:
    """The second and the third door of somebody without a pair; of a pair, whoever is in one."""
    pair = begun_pair_of(membership)
    around = _around(pair, person_of(request)) if pair else {"mentee": membership.role == Role.MENTEE}
    return _tell(request, membership, pair, to, around)


def _tell(
    request: HttpRequest, membership: Membership, pair: Pair | None, to: str, around: dict[str, Any]
) -> HttpResponse:
    if to not in Door.values:
        raise Http404
    reports: Message | None = around.get("reports")
    given = request.POST if request.method == "POST" else None
    managers = [each for each in managers_of(membership.programme, None) if each != person_of(request)]
    asks = {"paired": pair is not None, "reporting": reports is not None}
    form = TellForm(given, door=to, managers=managers, **asks)
    told: list[Case] = []
    if request.method == "POST" and form.is_valid():
        asked = {**form.cleaned_data, "membership": membership, "pair": pair, "door": to, "reports": reports}
        asked["by"] = person_of(request)
        if accepted(form, lambda: told.append(actions.tell(now=clock.now(), **asked))):
            messages.success(request, _("It has arrived. Here you see what is being done."))
            return redirect("support:case", told[0].ref)
    read = partial(readers_of, membership.programme, pair, to, managers=managers)
    context = {**around, "form": form, "door": Door(to), "pair": pair, "membership": membership}
    context |= {"readers": read(), "apart": read(Concerns.MANAGER) if form.fields.get("concerns") else ""}
    return render(request, "support/tell.html", context)


def _around(pair: Pair, person: Person) -> dict[str, Any]:
    side = side_of(pair, person)
    other = pair.member(other_side(side)).person
    return {"pair": pair, "side": side, "mentee": side == Role.MENTEE, "other": other, "me": person}
