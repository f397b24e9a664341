"""Behind a server that speaks TLS every request came over it, however it is handed on to us."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def behind_tls(application: "WSGIApplication") -> "WSGIApplication":
    """The application, told that it is spoken to over TLS.

    An address of `https://` says that somebody speaks it before us; no header is believed, which anybody
    could send. Without this no browser is told to come by TLS only, and a form of our own seems to come from
    elsewhere.
    """

    def answered(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        environ["wsgi.url_scheme"] = "https"
        return application(environ, start_response)

    return answered
