"""Bytes over the wire, compressed: a first visit, a later page, fonts, and a page's own scripts."""

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin

from bench._report import Row, report
from bench._site import Site, folder, served, session

FIRST, FONTS, LATER, OWN_SCRIPT = 60.0, 120.0, 15.0, 10.0
KILOBYTE = 1000
LINKED = re.compile(
    r"""<(?:link|script|img|iframe)\b[^>]*?(?:src|href)=["']([^"'#]+\.(?:css|js|svg|png|woff2)[^"']*)"""
)
IN_STYLE = re.compile(r"""url\(["']?([^)"']+)["']?\)|@import\s+["']([^"']+)["']""")
IN_SCRIPT = re.compile(r"""(?:from|import)\s*\(?\s*["'](\.[^"']+)["']""")


@dataclass
class Visit:
    """What a browser with an empty cache loads for one page, in bytes, by address."""

    page: int = 0
    files: dict[str, int] = field(default_factory=dict)

    def sum(self, *endings: str) -> float:
        return sum(size for path, size in self.files.items() if path.endswith(endings)) / KILOBYTE

    @property
    def first(self) -> float:
        return self.page / KILOBYTE + sum(self.files.values()) / KILOBYTE - self.sum(".woff2")


def visit(site: Site, path: str, cookie: str) -> Visit:
    """Load a page and everything that it asks for."""
    status, body, headers = site.get(path, cookie)
    if status != 200:
        raise SystemExit(f"{path} answers {status}")
    seen = Visit(page=len(body))
    waiting = [urljoin(path, found) for found in LINKED.findall(_text(body, headers))]
    while waiting:
        address = waiting.pop()
        if address in seen.files:
            continue
        _status, part, told = site.get(address)
        seen.files[address] = len(part)
        if address.endswith((".css", ".js")):
            shape = IN_STYLE if address.endswith(".css") else IN_SCRIPT
            found = [each for match in shape.finditer(_text(part, told)) for each in match.groups() if each]
            waiting += [urljoin(address, each) for each in found if not each.startswith("data:")]
    return seen


def _text(body: bytes, headers: dict[str, str]) -> str:
    import gzip

    import brotli

    kind = headers.get("content-encoding", "")
    plain = brotli.decompress(body) if kind == "br" else gzip.decompress(body) if kind == "gzip" else body
    return plain.decode()


def main() -> None:
    with folder():
        from tests import cast

        people = cast.assemble()
        pages = {
            "sign-in": ("/sign-in/", ""),
            "mentee's home": ("/", session(people.elina)),
            "mentor's home": ("/", session(people.andris)),
            "manager's home": ("/", session(people.inga)),
            "pair's room": (f"/pairs/{people.pair.ref}/", session(people.andris)),
            "programme board": (f"/programmes/{people.programme.ref}/", session(people.inga)),
        }
        rows = []
        with served() as site:
            seen = {name: visit(site, *asked) for name, asked in pages.items()}
        common = set.intersection(*(set(each.files) for each in seen.values()))
        for name, each in seen.items():
            own = {
                path: size for path, size in each.files.items() if path not in common and path.endswith(".js")
            }
            rows += [
                Row(f"{name}: first visit", each.first, "kB", FIRST, f"{len(each.files)} files"),
                Row(f"{name}: fonts, all of them", each.sum(".woff2"), "kB", FONTS),
                Row(f"{name}: later", each.page / KILOBYTE, "kB", LATER),
                Row(f"{name}: its own scripts", sum(own.values()) / KILOBYTE, "kB", OWN_SCRIPT),
            ]
        report("weight", rows)


if __name__ == "__main__":
    main()
