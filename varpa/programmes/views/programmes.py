"""The programmes of an organisation and of a person; a new one; its emblem."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from varpa.files.serving import respond
from varpa.kernel import clock
from varpa.kernel.access import allowed
from varpa.kernel.doors import door, signed_in
from varpa.kernel.paging import page
from varpa.kernel.refusals import Refusal
from varpa.people.access import OrganisationAction
from varpa.people.models import Organisation, Person
from varpa.programmes.access import LIVE, ProgrammeAction
from varpa.programmes.actions.beginning import begin_programme
from varpa.programmes.forms.programme import BeginningForm, ProgrammeForm, all_right
from varpa.programmes.models import Programme
from varpa.programmes.queries import Offer, memberships_of, offers, own_offers, seen_by, with_methodology
from varpa.ui.doing import refused


@signed_in("the programmes that one may see, and one's own roles in them")
@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    """The programmes that a person runs or takes part in, and those that are over for the person."""
    assert isinstance(request.user, Person)
    person = request.user
    listed = page(request, allowed(ProgrammeAction.READ, person, with_methodology(Programme.objects.all())))
    ours = Programme.objects.filter(pk__in=[each.pk for each in listed.rows])
    managed = set(allowed(ProgrammeAction.MANAGE, person, ours).order_by().values_list("pk", flat=True))
    context = {
        "page": listed,
        "seen": seen_by(person, listed.rows, managed),
        "others": memberships_of(person).exclude(state__in=LIVE)[:50],
        "organisations": allowed(OrganisationAction.RUN, person, Organisation.objects.all()),
    }
    return render(request, "programmes/list.html", context)


@signed_in("staff of an organisation begin programmes; for others the page does not exist")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a programme from a folder or an own version; a broken folder is told with all its problems."""
    assert isinstance(request.user, Person)
    organisations = allowed(OrganisationAction.RUN, request.user, Organisation.objects.all())
    if not organisations.exists():
        raise Http404
    offered = [*own_offers(organisations), *offers(settings.METHODOLOGIES)]
    given = request.POST if request.method == "POST" else None
    beginning = BeginningForm(given, organisations=organisations, offered=offered)
    form = ProgrammeForm(given, request.FILES if given else None)
    if given:
        programme = _begun(beginning, form, request.user, offered)
        if programme:
            messages.success(request, _("The programme is made. It is a draft until its first step."))
            return redirect("programmes:settings", programme.ref)
    context = {"form": form, "beginning": beginning, "broken": [each for each in offered if each.problems]}
    return render(request, "programmes/new.html", context)


def _begun(
    beginning: BeginningForm, form: ProgrammeForm, by: Person, offered: list[Offer]
) -> Programme | None:
    right = all_right(beginning, form)
    form.keep_emblem(by, clock.now())
    if not right or form.errors:
        return None
    asked = {**beginning.cleaned_data, **form.cleaned_data, "emblem": form.kept}
    asked["methodology"] = {each.key: each.methodology for each in offered}[asked["methodology"]]
    try:
        return begin_programme(by=by, now=clock.now(), **asked)
    except Refusal as refusal:
        refused(form, refusal)
    return None


@door(ProgrammeAction.READ, Programme, read=lambda programmes: programmes.select_related("emblem"))
@require_safe
def emblem(_request: HttpRequest, programme: Programme) -> HttpResponseBase:
    """The emblem of the funder or the programme."""
    if programme.emblem is None:
        raise Http404
    return respond(programme.emblem)
