"""Behind a server that speaks TLS: browsers are told to come by it only, and our own forms are known."""

import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.wsgi import get_wsgi_application

from varpa.site import boot
from varpa.site.tls import behind_tls

pytestmark = pytest.mark.django_db
WRITTEN = "What I take with me from our first meeting"
ASKED = "SESSION_COOKIE_NAME CSRF_COOKIE_NAME SESSION_COOKIE_SECURE SECURE_HSTS_SECONDS"


def asked(path: str, body: str = "", **more: str) -> tuple[dict[str, str], str]:
    """The headers and the page of an answer to what a server before us hands on, by plain HTTP."""
    environ: dict[str, Any] = {"PATH_INFO": path, "REQUEST_METHOD": "POST" if body else "GET", **more}
    environ |= {
        "HTTP_HOST": "testserver",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": BytesIO(body.encode()),
    }
    environ["CONTENT_TYPE"] = "application/x-www-form-urlencoded"
    setup_testing_defaults(environ)
    headers: dict[str, str] = {}

    def start(_status: str, found: list[tuple[str, str]], _error: object = None) -> Any:
        headers.update(found)

    page = b"".join(behind_tls(get_wsgi_application())(environ, start)).decode()
    return headers, page


def test_a_browser_is_told_to_come_by_tls_only(settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS = 31536000
    headers, _page = asked("/robots.txt")
    assert headers["Strict-Transport-Security"] == "max-age=31536000"


def test_a_form_of_our_own_is_known_as_such() -> None:
    origin = {"HTTP_ORIGIN": "https://testserver"}
    _headers, page = asked("/language/", f"text={WRITTEN}", **origin)
    assert f">{WRITTEN}</textarea>" in page
    # It may be sent once more with one click.
    assert 'name="text"' in page


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://varpa.example", ["__Host-sessionid", "__Host-csrftoken", True, 31536000]),
        ("http://127.0.0.1:8000", ["sessionid", "csrftoken", False, 0]),
    ],
)
def test_over_tls_cookies_belong_to_this_host_alone(tmp_path: Path, url: str, told: list[object]) -> None:
    given = boot.environment(VARPA_DATA=str(tmp_path), VARPA_URL=url, VARPA_SECRET="only-for-tests-" * 3)
    ask = (
        "import json; from varpa.site import settings\n"
        f"print(json.dumps([getattr(settings, each) for each in '{ASKED}'.split()]))"
    )
    found = subprocess.run([sys.executable, "-c", ask], env=given, check=True, capture_output=True, text=True)
    assert json.loads(found.stdout) == told
