"""What a school's contact reads behind the link of the letter: the published profiles of its own pupils."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from varpa.documents.serving import hand_out
from varpa.guardians.models import SchoolLink
from varpa.guardians.queries.schools import is_open, school_link_of
from varpa.guardians.views.alone import LONGEST_TOKEN, render_for_nobody
from varpa.kernel import clock
from varpa.kernel.doors import public
from varpa.kernel.paging import page
from varpa.kernel.tokens import digest_of
from varpa.people.alone import asked_language, read_in
from varpa.profiles import papers
from varpa.profiles.queries import of_school, rows_of
from varpa.programmes.queries import today_of


@public("a school's contact has no account: whoever holds the link of the letter reads what is published")
@require_safe
def profiles(request: HttpRequest, token: str) -> HttpResponse:
    """The published profiles of the school's own pupils."""
    link = _link(token)
    with read_in(request, link.contact.language, link.contact.programme.zone):
        context = {
            "contact": link.contact,
            "page": page(request, of_school(link.contact)),
            "token": token,
            "asked": asked_language(request),
            "back": reverse("guardians:school", args=[token]) + asked_language(request),
        }
        return render_for_nobody(request, "profiles/school.html", context)


@public("a school's contact has no account: whoever holds the link of the letter reads what is published")
@require_safe
def document(request: HttpRequest, token: str, ref: str) -> HttpResponse:
    """One of them on paper, without photographs: their consents say nothing of a school."""
    link, now = _link(token), clock.now()
    with read_in(request, link.contact.language, link.contact.programme.zone):
        found = get_object_or_404(of_school(link.contact), ref=ref)
        content = papers.document(
            found,
            rows_of(found),
            language=get_language() or "en",
            today=today_of(found.pair.programme, now),
            published=True,
        )
        return hand_out(content, "company-profile", inline=True)


def _link(token: str) -> SchoolLink:
    """The open link; raises Http404 where it is none."""
    link = school_link_of(digest_of(token)) if len(token) <= LONGEST_TOKEN else None
    if link is None or not is_open(link, clock.now()):
        raise Http404
    return link
