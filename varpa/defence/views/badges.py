"""Badges: the signed file, and what it points to: who gave it, for what, and the key that checks it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from varpa.defence import badges, signing
from varpa.defence.models import Defence, DefenceState
from varpa.defence.queries import certified
from varpa.kernel.doors import public
from varpa.people.alone import read_in

LINKED = "application/ld+json"


@public("the certificate as a signed file: it says what the page says that verifies the certificate")
@require_safe
def badge(request: HttpRequest, number: str) -> HttpResponse:
    """An OpenBadgeCredential as JSON Web Token; 404 where there is no such certificate."""
    slot = certified(number)
    if slot is None:
        raise Http404
    with read_in(request):
        content = badges.signed(slot)
    headers = {
        "Content-Disposition": f'attachment; filename="{number}.jwt"',
        "Cache-Control": "private, no-store",
        "X-Robots-Tag": "noindex, nofollow",
    }
    return HttpResponse(content, content_type="application/vc+jwt", headers=headers)


@public("a badge says for what it is given; everybody's is the same")
@require_safe
def achievement(request: HttpRequest) -> HttpResponse:
    """What everybody has done who has such a badge."""
    with read_in(request):
        return _linked({"@context": list(badges.CONTEXT), **badges.achievement()})


@public("a badge says who gave it: an organisation that has closed a day of defence")
@require_safe
def issuer(_request: HttpRequest, ref: str) -> HttpResponse:
    """Who stands behind a badge."""
    closed = Defence.objects.filter(state=DefenceState.CLOSED, rehearsal_of=None)
    given = closed.filter(programme__organisation__ref=ref).select_related("programme__organisation").first()
    if given is None:
        raise Http404
    return _linked({"@context": list(badges.CONTEXT), **badges.issuer(given.programme.organisation)})


@public("whoever checks a badge needs the public key")
@require_safe
def key(_request: HttpRequest, name: str) -> HttpResponse:
    """The public key as JWK, never the private one."""
    known = signing.key()
    if name != known.name:
        raise Http404
    public_key = {**known.public, "kid": known.address, "alg": signing.ALGORITHM, "use": "sig"}
    return _open(JsonResponse(public_key, content_type="application/jwk+json"))


def _linked(said: dict[str, Any]) -> HttpResponse:
    return _open(JsonResponse(said, content_type=LINKED))


def _open(response: HttpResponse) -> HttpResponse:
    """Whatever checks a badge, in whichever browser, may read it: there is nothing personal in it."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
