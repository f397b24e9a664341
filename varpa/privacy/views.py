"""My data: shown, taken along, erased; and for whoever manages, which requests wait."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varpa.kernel import clock
from varpa.kernel.doors import door, signed_in
from varpa.kernel.paging import page
from varpa.kernel.refs import is_ref, new_ref
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person
from varpa.people.signed import person_of
from varpa.privacy import handing, queries
from varpa.privacy.access import ErasureAction
from varpa.privacy.actions import asking, retaining
from varpa.privacy.forms import CodeForm, YearsForm
from varpa.privacy.models import Erasure, ErasureState
from varpa.programmes.access import MembershipAction, ProgrammeAction, managed_ids
from varpa.programmes.models import Membership, Programme
from varpa.programmes.queries import memberships_read, with_methodology
from varpa.ui import words


@signed_in("one's own data")
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """What is kept of one, since when, why, who sees it; take it along; have it erased."""
    return _page(request)


@signed_in("one's own data")
@require_safe
def everything(request: HttpRequest) -> HttpResponseBase:
    """All of it as one file."""
    person, language = person_of(request), get_language() or "en"
    with words.on_paper(language, person.zone):
        packed = handing.everything(person, language, clock.now())
    response = FileResponse(
        packed, as_attachment=True, filename="my-data.zip", content_type="application/zip"
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


@signed_in("one's own data")
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Have a code mailed."""
    try:
        asking.ask(person=person_of(request), now=clock.now())
    except Refusal as refusal:
        return _page(request, refusal=str(refusal))
    messages.success(request, _("A code is on its way to your address. Write it here."))
    return redirect("privacy:data")


@signed_in("one's own data")
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Write the code."""
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form)
    try:
        asking.confirm(person=person_of(request), now=clock.now(), **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form=form)
    messages.success(request, _("It is written down. Until the day comes you can take it back here."))
    return redirect("privacy:data")


def _page(request: HttpRequest, refusal: str = "", form: CodeForm | None = None) -> HttpResponse:
    person = person_of(request)
    wish = queries.wish_of(person)
    old = wish and wish.state == ErasureState.ASKED and wish.asked_at <= clock.now() - asking.LASTS
    context = {
        "kept": queries.kept(person),
        "wish": None if old else wish,
        "against": [str(each) for each in asking.hindrances(person, person)],
        "refusal": refusal,
        "form": form or CodeForm(),
        "grace": asking.GRACE.days,
        "terms": queries.terms_of(person),
    }
    return render(request, "privacy/mine.html", context)


@door(ErasureAction.TAKE_BACK, Erasure, read=queries.with_people)
@require_POST
def take_back(request: HttpRequest, wish: Erasure) -> HttpResponse:
    """Nothing is erased."""
    person = person_of(request)
    try:
        asking.take_back(wish=wish, by=person, now=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back: nothing is erased."))
    if wish.person_id == person.pk:
        return redirect("privacy:data")
    mine = (
        Membership.objects.filter(person=wish.person_id, programme__in=managed_ids(person))
        .select_related("programme")
        .first()
    )
    return redirect("privacy:waiting", mine.programme.ref) if mine else redirect("home:home")


@door(MembershipAction.DECIDE, Membership, read=memberships_read)
@require_http_methods(["GET", "HEAD", "POST"])
def on_paper(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Write down that somebody asked for it on paper."""
    sent, refusal = request.POST.get("ref", ""), ""
    ref = sent if is_ref(sent) else new_ref()
    if request.method == "POST":
        try:
            asking.ask_on_paper(membership=membership, by=person_of(request), now=clock.now(), ref=ref)
        except Refusal as error:
            refusal, ref = str(error), new_ref()
        else:
            messages.success(request, _("Written down. Until the day comes it can be taken back here."))
            return redirect("privacy:waiting", membership.programme.ref)
    against = [str(each) for each in asking.hindrances(membership.person, person_of(request))]
    context = {"membership": membership, "programme": membership.programme, "ref": ref, "refusal": refusal}
    return render(request, "privacy/paper.html", {**context, "against": against, "grace": asking.GRACE.days})


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_safe
def waiting(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Requests that wait, with their day, and what stands against one whose day has passed."""
    found, now = page(request, queries.waiting_in(programme)), clock.now()
    reader = person_of(request)
    rows = [
        (each, _against(each, reader) if each.due_at and each.due_at <= now else []) for each in found.rows
    ]
    return render(request, "privacy/waiting.html", {"programme": programme, "page": found, "rows": rows})


def _against(wish: Erasure, reader: Person) -> list[str]:
    return [str(each) for each in asking.hindrances(wish.person, reader)]


@door(ProgrammeAction.MANAGE, Programme, reader=ProgrammeAction.READ, read=with_methodology)
@require_http_methods(["GET", "HEAD", "POST"])
def retention(request: HttpRequest, programme: Programme) -> HttpResponse:
    """For how many years people are kept; once these are over, confirm."""
    kept, now, person = queries.retention_of(programme), clock.now(), person_of(request)
    form = YearsForm(
        request.POST if "years" in request.POST else None, initial={"years": kept and kept.years}
    )
    try:
        if request.method == "POST" and "confirm" in request.POST and kept:
            retaining.confirm_term(retention=kept, by=person, now=now)
            messages.success(request, _("Confirmed: they are erased one after the other."))
            return redirect("privacy:retention", programme.ref)
        if request.method == "POST" and form.is_valid():
            retaining.keep_for(programme=programme, by=person, now=now, **form.cleaned_data)
            messages.success(request, _("It is written down."))
            return redirect("privacy:retention", programme.ref)
    except Refusal as refusal:
        form.add_error(None, str(refusal)) if form.is_bound else messages.error(request, str(refusal))
    context = {
        "programme": programme,
        "form": form,
        "kept": kept,
        "people": queries.to_erase(programme).count(),
    }
    context |= {"due": kept and queries.due_of(kept), "is_due": kept and retaining.is_due(kept, now)}
    return render(request, "privacy/retention.html", context)
