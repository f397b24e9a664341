"""The pages of post: stopping letters, and the demonstration's mailbox."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from varpa.kernel import clock
from varpa.kernel.doors import public
from varpa.kernel.paging import page
from varpa.post import actions, envelope, kinds, queries
from varpa.post.models import Letter

LETTER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'; "
    "sandbox allow-top-navigation-by-user-activation"
)


@public("a letter says how to stop its kind, to whoever holds it, without signing in (RFC 8058)")
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, signed: str) -> HttpResponse:
    """Ask (GET); stop one kind of letters (POST, also by a mail program's one click), or send it again."""
    asked = envelope.read_stop(signed)
    if asked is None:
        return render(request, "post/stop_broken.html", status=404)
    state = "asks"
    if request.method == "POST" and "again" in request.POST:
        actions.resubscribe(person_id=asked.person_id, kind=asked.kind, now=clock.now())
        state = "again"
    elif request.method == "POST":
        actions.unsubscribe(person_id=asked.person_id, kind=asked.kind, now=clock.now())
        state = "stopped"
    kind = kinds.known(asked.kind)
    with translation.override(asked.language):
        return render(request, "post/stop.html", {"state": state, "label": kind.stop if kind else None})


@public("the demonstration shows the letters it would send; elsewhere the page does not exist")
@require_GET
def letters(request: HttpRequest) -> HttpResponse:
    """The mailbox of the demonstration, newest first."""
    _only_in_demonstration()
    return render(request, "post/letters.html", {"page": page(request, queries.newest())})


@public("the demonstration shows the letters it would send; elsewhere the page does not exist")
@require_GET
def letter(request: HttpRequest, ref: str) -> HttpResponse:
    """One letter: as it looks, as plain text, and its calendar part."""
    return render(request, "post/letter_page.html", {"letter": _shown(ref)})


@public("the demonstration shows the letters it would send; elsewhere the page does not exist")
@require_GET
@xframe_options_sameorigin
def body(_request: HttpRequest, ref: str) -> HttpResponse:
    """The HTML of a letter alone, under a policy of its own: it may style itself and do nothing else."""
    html = _shown(ref).html.replace("<head>", '<head>\n<base target="_top">', 1)
    return HttpResponse(html, headers={"Content-Security-Policy": LETTER_POLICY})


@public("the demonstration shows the letters it would send; elsewhere the page does not exist")
@require_GET
def calendar(_request: HttpRequest, ref: str) -> HttpResponse:
    """The calendar part of a letter, to open it in a calendar."""
    shown = _shown(ref)
    if not shown.calendar:
        raise Http404
    kind = f"text/calendar; charset=utf-8; method={shown.calendar_method}"
    disposition = 'attachment; filename="invite.ics"'
    return HttpResponse(shown.calendar, content_type=kind, headers={"Content-Disposition": disposition})


def _only_in_demonstration() -> None:
    if not settings.DEMONSTRATION:
        raise Http404


def _shown(ref: str) -> Letter:
    _only_in_demonstration()
    return get_object_or_404(Letter, ref=ref)
