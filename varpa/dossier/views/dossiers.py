"""Asking for dossiers, fetching them, letting observers look."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.dossier.access import DossierAction, LinkAction
from varpa.dossier.actions.asking import ask_dossier, withdraw_dossier
from varpa.dossier.actions.observers import close_link, invite_observer
from varpa.dossier.building import checking
from varpa.dossier.forms import AskForm, ObserverForm
from varpa.dossier.models import GOING, Dossier, ObserverLink
from varpa.dossier.papers import papers_of
from varpa.dossier.queries import dossiers_of, links_read, observers_of, read_whole, without_partner
from varpa.dossier.serving import hand_out
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.paging import page as page_of
from varpa.people.signed import person_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import Programme
from varpa.programmes.partners import partners_of
from varpa.programmes.queries import reporting_periods, with_organisation
from varpa.ui.doing import accepted, tap


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_organisation)
@require_http_methods(["GET", "HEAD", "POST"])
def dossiers(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Ask for a dossier; the earlier ones; what is in it and what is left out."""
    partners, periods = partners_of(programme), reporting_periods(programme)
    own = {"language": get_language()}
    form = AskForm(request.POST or None, partners=partners, periods=periods, initial=own)
    if request.method == "POST" and form.is_valid():
        asked = {"programme": programme, "by": person_of(request), "now": clock.now(), **form.cleaned_data}
        if accepted(form, lambda: ask_dossier(**asked)):
            messages.success(request, _("The dossier is being put together. You can leave this page."))
            return redirect("dossier:dossier", programme.ref)
    listed = page_of(request, dossiers_of(programme))
    context = {"programme": programme, "form": form, "page": listed, "going": GOING}
    context |= {"papers": papers_of(programme), "undecided": without_partner(programme, clock.now())}
    return render(request, "dossier/dossiers.html", context)


@door(DossierAction.READ, Dossier, read=read_whole)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """One dossier: its sums, how to check it, who else may look at it."""
    form = ObserverForm(request.POST or None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        said = {"dossier": dossier, "by": person_of(request), "now": clock.now(), **form.cleaned_data}
        if accepted(form, lambda: invite_observer(**said)):
            messages.success(request, _("The letter with the link is on its way."))
            return redirect("dossier:one", dossier.ref)
    listed = page_of(request, observers_of(dossier))
    context = {"dossier": dossier, "programme": dossier.programme, "form": form, "page": listed}
    context |= {"going": GOING, "checking": checking(), "now": clock.now()}
    return render(request, "dossier/one.html", context)


@door(DossierAction.READ, Dossier, read=read_whole)
@require_safe
def archive(request: HttpRequest, dossier: Dossier) -> HttpResponseBase:
    """The archive itself."""
    if not dossier.is_there:
        raise Http404
    return hand_out(request, dossier)


@door(DossierAction.READ, Dossier, read=read_whole)
@require_POST
def withdraw(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Nobody fetches it any more."""
    done = _("Withdrawn: the archive is gone, its sums stay.")
    tap(
        request,
        lambda: withdraw_dossier(dossier=dossier, by=person_of(request), now=clock.now()),
        done,
    )
    return redirect("dossier:dossier", dossier.programme.ref)


@door(LinkAction.READ, ObserverLink, read=links_read)
@require_POST
def close(request: HttpRequest, link: ObserverLink) -> HttpResponse:
    """A link opens no more."""
    tap(request, lambda: close_link(link=link, by=person_of(request), now=clock.now()))
    return redirect("dossier:one", link.dossier.ref)
