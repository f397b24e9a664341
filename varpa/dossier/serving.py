"""Handing an archive out, behind one of the two doors."""

from django.http import FileResponse, Http404, HttpResponseBase

from varpa.dossier.building import kept_at
from varpa.dossier.models import Dossier


def hand_out(dossier: Dossier) -> HttpResponseBase:
    """The archive to keep, in pieces; it stays on no shared computer. 404 where it is gone from the disk."""
    try:
        content = kept_at(dossier.ref).open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    name = f"dossier-{dossier.programme.ref}-{dossier.ref}.zip"
    response = FileResponse(content, as_attachment=True, filename=name, content_type="application/zip")
    response.headers["Content-Length"] = str(dossier.size)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
