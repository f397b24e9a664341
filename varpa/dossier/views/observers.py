"""The observer's page: the figures of one dossier and its archive, by a link that ends."""

from contextlib import AbstractContextManager
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from varpa.dossier.actions.observers import note_opening
from varpa.dossier.building import checking
from varpa.dossier.models import ObserverLink, What
from varpa.dossier.papers import papers_of
from varpa.dossier.queries import is_open, link_by
from varpa.dossier.serving import hand_out
from varpa.kernel import clock
from varpa.kernel.doors import public
from varpa.kernel.tokens import digest_of
from varpa.people.alone import asked_language, read_in, render_alone

LONGEST_TOKEN = 100
NOBODY: dict[str, Any] = {"person": None, "navigation": []}


@public("a funder or an auditor has no account: whoever holds the link of the letter reads one dossier")
@require_safe
def observed(request: HttpRequest, token: str) -> HttpResponse:
    """The figures, what is in the archive, what is left out and why."""
    link = _link(token)
    with _read_in(request, link):
        if link is None or not is_open(link, clock.now()):
            return _closed(request, link)
        note_opening(link=link, what=What.PAGE, now=clock.now())
        context = {"link": link, "dossier": link.dossier, "programme": link.dossier.programme, "token": token}
        context |= {
            "papers": papers_of(link.dossier.programme),
            "checking": checking(),
            "kept": asked_language(request),
            **NOBODY,
        }
        return render_alone(request, "dossier/observed.html", context)


@public("the archive of the same link")
@require_safe
def fetched(request: HttpRequest, token: str) -> HttpResponseBase:
    """The archive; that it was fetched is written down."""
    link = _link(token)
    with _read_in(request, link):
        if link is None or not is_open(link, clock.now()):
            return _closed(request, link)
        response = hand_out(request, link.dossier)
        if request.method == "GET":
            note_opening(link=link, what=What.FILE, now=clock.now())
        return response


def _link(token: str) -> ObserverLink | None:
    return link_by(digest_of(token)) if len(token) <= LONGEST_TOKEN else None


def _closed(request: HttpRequest, link: ObserverLink | None) -> HttpResponse:
    """One calm page for every link that does not open: 404 where nobody knows it, else 410."""
    return render_alone(request, "dossier/no_link.html", {**NOBODY}, status=410 if link else 404)


def _read_in(request: HttpRequest, link: ObserverLink | None) -> AbstractContextManager[str]:
    return read_in(request, link.language, link.dossier.programme.zone) if link else read_in(request)
