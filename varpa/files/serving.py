"""Handing a file out. The room that owns the thing has the door; it calls this behind it."""

from django.http import FileResponse, Http404, HttpResponseBase

from varpa.files import store
from varpa.files.kinds import IMAGES, VOICE
from varpa.files.models import File

POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"


def respond(file: File, *, inline: bool = True) -> HttpResponseBase:
    """A picture or a voice to be shown (unless not `inline`), anything else to download; 404 if withdrawn.

    The browser may neither guess another type nor run anything in it, nor keep it on a shared computer.
    """
    if file.withdrawn_at is not None:
        raise Http404
    try:
        content = store.opened(file.sha256)
    except FileNotFoundError as error:
        raise Http404 from error
    shown = inline and file.kind in IMAGES | VOICE
    response = FileResponse(content, as_attachment=not shown, filename=file.name, content_type=file.kind)
    response.headers["Content-Length"] = str(file.size)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"
    return response
