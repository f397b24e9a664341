"""The school's door: its own pupils, without content, behind a link that only the contact's letter holds."""

from contextlib import AbstractContextManager
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from varpa.guardians.actions import schools
from varpa.guardians.actions.worries import tell_of_pupil
from varpa.guardians.forms import PupilWorryForm, ReasonForm
from varpa.guardians.models import SchoolLink
from varpa.guardians.queries.schools import (
    is_open,
    listed_pupils,
    may_ask_again,
    pupils_of,
    school_link_of,
    shown_pupils,
    waits_for_word,
)
from varpa.guardians.views.alone import LONGEST_TOKEN, render_for_nobody
from varpa.kernel import clock
from varpa.kernel.doors import public
from varpa.kernel.paging import page as page_of
from varpa.kernel.refusals import Refusal
from varpa.kernel.tokens import digest_of
from varpa.people.alone import asked_language, read_in
from varpa.programmes.models import Membership
from varpa.programmes.queries import methodology_of, staff_of
from varpa.ui.doing import refused


@public("a school's contact has no account: whoever holds the link of the letter answers for one school")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponse:
    """The school's own pupils; POST says of one that it is a pupil, or why not."""
    link = _link(token)
    if link is None or not is_open(link, clock.now()):
        return _closed(request, token, link)
    with _read_in(request, link):
        if request.method != "POST":
            return _page(request, token, link)
        return _say(request, token, link)


def _say(request: HttpRequest, token: str, link: SchoolLink) -> HttpResponse:
    form = ReasonForm(request.POST)
    pupil = _pupil(link, request.POST.get("pupil", ""))
    if pupil is None:
        # The page that says so shows what was written, too.
        raise Http404
    confirmed = request.POST.get("word") == "yes"
    if form.is_valid():
        given = {"confirmed": confirmed, "reason": form.cleaned_data["reason"]}
        try:
            schools.say_word(link=link, membership=pupil, now=clock.now(), **given)
        except Refusal as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, _("Saved: {name}").format(name=pupil.person.name))
            return redirect(_here(request, token))
    return _page(request, token, link, failed=form, failed_ref=pupil.ref)


@public("a school tells of a worry by the same link")
@require_POST
def worry(request: HttpRequest, token: str) -> HttpResponse:
    """Tell those who run the programme what worries one about a pupil."""
    link = _link(token)
    if link is None or not is_open(link, clock.now()):
        return _closed(request, token, link)
    with _read_in(request, link):
        form = PupilWorryForm(request.POST, pupils=list(pupils_of(link.contact)))
        pupil = _pupil(link, request.POST.get("pupil", ""))
        if form.is_valid() and pupil:
            given = {name: value for name, value in form.cleaned_data.items() if name != "pupil"}
            try:
                tell_of_pupil(link=link, membership=pupil, now=clock.now(), **given)
            except Refusal as refusal:
                refused(form, refusal)
            else:
                told = _("It has arrived. You get a letter as soon as somebody has read it.")
                messages.success(request, told)
                return redirect(_here(request, token) + "#worry")
        return _page(request, token, link, worry=form)


@public("a link that has run out is sent anew, only to the address to which it was sent before")
@require_POST
def again(request: HttpRequest, token: str) -> HttpResponse:
    """Send a new link to the known address."""
    link = _link(token)
    if link is None or not may_ask_again(link.contact):
        return _closed(request, token, link)
    with _read_in(request, link):
        try:
            schools.send_school_link(contact=link.contact, by=None, now=clock.now())
        except Refusal as refusal:
            return _closed(request, token, link, refusal=str(refusal))
        return render_for_nobody(request, "guardians/school_sent.html", {})


def _page(
    request: HttpRequest,
    token: str,
    link: SchoolLink,
    *,
    worry: PupilWorryForm | None = None,
    failed: ReasonForm | None = None,
    failed_ref: str = "",
) -> HttpResponse:
    contact = link.contact
    own = pupils_of(contact)
    listed = page_of(request, listed_pupils(own))
    pupils = [
        (each, failed if each.membership.ref == failed_ref and failed else _reason(each.membership.ref))
        for each in shown_pupils(listed.rows)
    ]
    context: dict[str, Any] = {
        "contact": contact,
        "link": link,
        "programme": contact.programme,
        "page": listed,
        "pupils": pupils,
        "failed_ref": failed_ref,
        "waits": waits_for_word(contact, own),
        "worry": worry or PupilWorryForm(pupils=[each.membership for each, _form in pupils]),
        "worries": list(contact.worries.select_related("membership__person")[:10]),
        "worry_url": reverse("guardians:school_worry", args=[token]) + asked_language(request),
        "here": _here(request, token),
        "profiled": bool(methodology_of(contact.programme).company_profile),
        "profiles_url": reverse("profiles:school", args=[token]) + asked_language(request),
        "staff": list(staff_of(contact.programme)[:5]),
    }
    return render_for_nobody(request, "guardians/school.html", context)


def _reason(ref: str) -> ReasonForm:
    return ReasonForm(auto_id=f"id_%s_{ref}")


def _closed(request: HttpRequest, token: str, link: SchoolLink | None, refusal: str = "") -> HttpResponse:
    """One calm page for every link that does not open: 404 where nobody knows it, else 410."""
    if link is None:
        with _read_in(request, None):
            return render_for_nobody(request, "guardians/school_closed.html", {}, status=404)
    again = may_ask_again(link.contact)
    with _read_in(request, link):
        address = reverse("guardians:school_again", args=[token]) + asked_language(request)
        context: dict[str, Any] = {"refusal": refusal, "again_url": address if again else ""}
        context["staff"] = list(staff_of(link.contact.programme)[:5])
        return render_for_nobody(request, "guardians/school_closed.html", context, status=410)


def _pupil(link: SchoolLink, ref: str) -> Membership | None:
    return pupils_of(link.contact).select_related("programme").filter(ref=ref).first()


def _link(token: str) -> SchoolLink | None:
    return school_link_of(digest_of(token)) if len(token) <= LONGEST_TOKEN else None


def _here(request: HttpRequest, token: str) -> str:
    return reverse("guardians:school", args=[token]) + asked_language(request)


def _read_in(request: HttpRequest, link: SchoolLink | None) -> AbstractContextManager[str]:
    return read_in(request, link.contact.language, link.contact.programme.zone) if link else read_in(request)
