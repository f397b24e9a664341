"""The schools of a programme, for the manager: who answers for each, what each says of its pupils."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from varpa.guardians.access import SchoolAction
from varpa.guardians.actions import schools as actions
from varpa.guardians.forms import ContactForm
from varpa.guardians.models import SchoolContact
from varpa.guardians.queries.schools import schools_of
from varpa.kernel import clock
from varpa.kernel.doors import door
from varpa.kernel.refs import is_ref
from varpa.kernel.refusals import Refusal
from varpa.people.signed import person_of
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_of, with_methodology
from varpa.ui.doing import refused


def contacts_read(contacts: QuerySet[SchoolContact]) -> QuerySet[SchoolContact]:
    """Contacts with their programme."""
    return contacts.select_related("programme")


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_http_methods(["GET", "HEAD", "POST"])
def schools(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The schools that mentees have written; POST writes down who answers for one."""
    found = schools_of(programme, clock.now())
    free = [each.name for each in found if each.contact is None]
    given = request.POST if request.method == "POST" else None
    form = ContactForm(given, schools=free, initial={"language": get_language()})
    if given is not None and form.is_valid():
        try:
            actions.add_contact(
                programme=programme, by=person_of(request), now=clock.now(), **form.cleaned_data
            )
        except Refusal as refusal:
            refused(form, refusal)
        else:
            messages.success(request, _("Written down. A letter with a link has gone to the school."))
            return redirect("guardians:schools", programme.ref)
    profiled = bool(methodology_of(programme).company_profile)
    context = {"programme": programme, "schools": found, "form": form, "free": free, "profiled": profiled}
    return render(request, "guardians/schools.html", context)


@door(SchoolAction.WRITE, SchoolContact, read=contacts_read)
@require_POST
def send(request: HttpRequest, contact: SchoolContact) -> HttpResponse:
    """Send the link again; the earlier one closes."""
    asked = request.POST.get("ref", "")
    ref = asked if is_ref(asked) else ""
    try:
        actions.send_school_link(contact=contact, by=person_of(request), now=clock.now(), ref=ref)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("A new letter has gone. The earlier link no longer opens."))
    return redirect("guardians:schools", contact.programme.ref)


@door(SchoolAction.WRITE, SchoolContact, read=contacts_read)
@require_POST
def revoke(request: HttpRequest, contact: SchoolContact) -> HttpResponse:
    """Take the link back."""
    actions.revoke_school_links(contact=contact, by=person_of(request), now=clock.now())
    messages.success(request, _("The link no longer opens. What was said stands."))
    return redirect("guardians:schools", contact.programme.ref)


@door(SchoolAction.WRITE, SchoolContact, read=contacts_read)
@require_POST
def take_off(request: HttpRequest, contact: SchoolContact) -> HttpResponse:
    """This person answers for the school no more."""
    actions.take_contact_off(contact=contact, by=person_of(request), now=clock.now())
    messages.success(request, _("Taken off. The link no longer opens; what was said stands."))
    return redirect("guardians:schools", contact.programme.ref)
