"""Beginning a programme from a methodology that was learnt: from guidelines here, or from an archive."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from varpa.guidelines.actions.archives import take_archive
from varpa.guidelines.forms import UploadForm
from varpa.kernel import clock
from varpa.kernel.access import allowed
from varpa.kernel.doors import signed_in
from varpa.kernel.refusals import Refusal
from varpa.methodology import Methodology
from varpa.people.access import OrganisationAction
from varpa.people.models import Organisation
from varpa.people.signed import person_of
from varpa.programmes.actions.beginning import begin_programme
from varpa.programmes.forms.programme import BeginningForm, ProgrammeForm, all_right
from varpa.programmes.models import MethodologyVersion, Programme
from varpa.programmes.queries import Offer, methodology_by
from varpa.ui.doing import accepted, refused

STAFF = "staff of an organisation begin programmes; for others the page does not exist"


def begin(request: HttpRequest, methodology: Methodology, more: dict[str, Any]) -> HttpResponse:
    """The page on which a programme begins, with this one methodology to choose."""
    organisations = allowed(OrganisationAction.RUN, person_of(request), Organisation.objects.all())
    if not organisations.exists():
        raise Http404
    given = request.POST if request.method == "POST" else None
    offered = [Offer(methodology.key, methodology, [])]
    beginning = BeginningForm(given, organisations=organisations, offered=offered)
    form = ProgrammeForm(given, request.FILES if given else None)
    programme = _begun(request, methodology, beginning, form) if given else None
    if programme:
        messages.success(request, _("The programme is made. It is a draft until its first step."))
        return redirect("programmes:settings", programme.ref)
    return render(request, "programmes/new.html", {"form": form, "beginning": beginning, **more})


def _begun(
    request: HttpRequest, methodology: Methodology, beginning: BeginningForm, form: ProgrammeForm
) -> Programme | None:
    right, person, now = all_right(beginning, form), person_of(request), clock.now()
    form.keep_emblem(person, now)
    if not right or form.errors:
        return None
    asked: dict[str, Any] = {
        **beginning.cleaned_data,
        **form.cleaned_data,
        "emblem": form.kept,
        "methodology": methodology,
    }
    try:
        return begin_programme(by=person, now=now, **asked)
    except Refusal as refusal:
        refused(form, refusal)
    return None


@signed_in(STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take the archive of a methodology that another programme has exported."""
    person = person_of(request)
    if not allowed(OrganisationAction.RUN, person, Organisation.objects.all()).exists():
        raise Http404
    form = UploadForm(request.POST or None, request.FILES or None)
    taken: list[MethodologyVersion] = []
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"upload": form.cleaned_data["folder"], "by": person, "now": clock.now()}
        if accepted(form, lambda: taken.append(take_archive(**given))):
            return redirect("guidelines:begin", taken[0].digest)
    return render(request, "guidelines/upload.html", {"form": form})


@signed_in(STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def taken(request: HttpRequest, digest: str) -> HttpResponse:
    """Begin a programme from a methodology that was taken from an archive."""
    if not MethodologyVersion.objects.filter(digest=digest).exists():
        raise Http404
    return begin(request, methodology_by(digest), {})
