"""Letters that found no place, for whoever manages the programme, or runs the organisation."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from varpa.kernel import clock
from varpa.kernel.access import allowed
from varpa.kernel.doors import door
from varpa.kernel.paging import page
from varpa.mailroom import actions
from varpa.mailroom.access import MailAction
from varpa.mailroom.queries import shown, waiting_elsewhere, waiting_in
from varpa.people.access import OrganisationAction
from varpa.people.models import Organisation, Person
from varpa.people.queries import organisations_of
from varpa.post.models import Inbound
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import Programme


@door(ProgrammeAction.MANAGE, Programme)
@require_safe
def programme_mail(request: HttpRequest, programme: Programme) -> HttpResponse:
    """What the people of a programme wrote and no program could place."""
    waiting = allowed(MailAction.READ, request.user, waiting_in(programme))
    return _page(request, waiting, programme=programme)


@door(OrganisationAction.RUN, Organisation)
@require_safe
def organisation_mail(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """What came from people whom no programme knows."""
    return _page(request, waiting_elsewhere(), organisation=organisation)


@door(MailAction.SETTLE, Inbound)
@require_POST
def settled(request: HttpRequest, inbound: Inbound) -> HttpResponse:
    """One has seen to it."""
    assert isinstance(request.user, Person)
    actions.settle_mail(inbound=inbound, by=request.user, now=clock.now())
    messages.success(request, _("Taken from the list."))
    if inbound.programme_ref:
        programme = get_object_or_404(Programme, ref=inbound.programme_ref)
        return redirect("mailroom:programme", programme.ref)
    return redirect("mailroom:organisation", organisations_of(request.user)[0].ref)


def _page(request: HttpRequest, waiting: QuerySet[Inbound], **about: Any) -> HttpResponse:
    listed = page(request, waiting)
    return render(request, "mailroom/mail.html", {"page": listed, "mails": shown(listed.rows), **about})
