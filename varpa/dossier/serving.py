"""Handing an archive out, behind one of the two doors."""

import re
from typing import Final

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase

from varpa.dossier.building import kept_at
from varpa.dossier.models import Dossier

_FROM: Final = re.compile(r"bytes=(\d{1,15})-")


def hand_out(request: HttpRequest, dossier: Dossier) -> HttpResponseBase:
    """The archive to keep, in pieces; it stays on no shared computer. 404 where it is gone from the disk.

    Whoever has a part of it already gets the rest: a download that broke goes on where it stopped.
    """
    try:
        content = kept_at(dossier.ref).open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    begins = content.seek(_begins(request, dossier))
    name = f"dossier-{dossier.programme.ref}-{dossier.ref}.zip"
    response = FileResponse(content, as_attachment=True, filename=name, content_type="application/zip")
    if begins:
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {begins}-{dossier.size - 1}/{dossier.size}"
    response.headers["Content-Length"] = str(dossier.size - begins)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["ETag"] = _tag(dossier)
    # Packed on the way its length would not be known, and no part of it could be asked for.
    response.headers["Content-Encoding"] = "identity"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _begins(request: HttpRequest, dossier: Dossier) -> int:
    """From which byte on it is asked for; 0 of another archive, or where the question is not understood."""
    asked = _FROM.fullmatch(request.headers.get("Range", ""))
    same = request.headers.get("If-Range", _tag(dossier)) == _tag(dossier)
    begins = int(asked[1]) if asked and same else 0
    return begins if begins < dossier.size else 0


def _tag(dossier: Dossier) -> str:
    return f'"{dossier.sha256}"'
