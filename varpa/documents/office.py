"""Slides turned to PDF by LibreOffice, where that program is on the machine.

It is handed a file that others made: so it runs with a profile of its own that is thrown away, without
macros, without a way to the network, for a limited time, and is ended with all that it has begun.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

NAMES: Final = ("soffice", "libreoffice")
SECONDS = 90
LARGEST = 64 * 1024 * 1024
"""Bytes that a PDF made of slides may have."""
_NOWHERE: Final = "http://127.0.0.1:9"
_PROXIES: Final = ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy")
_SECURITY: Final = "/org.openoffice.Office.Common/Security/Scripting"
_SETTINGS: Final = {
    "DisableMacrosExecution": "true",
    "MacroSecurityLevel": "3",
    "BlockUntrustedRefererLinks": "true",
}


class TurningError(Exception):
    """The program gave no PDF: it did not understand the file, failed, or took too long."""


def program() -> str | None:
    """Where the program is; None where it is not on this machine."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def pdf_of(slides: bytes) -> bytes:
    """The slides (PPTX) as PDF. Raises TurningError, also where the program is not there."""
    found = program()
    if found is None:
        raise TurningError("the program is not on this machine")
    with tempfile.TemporaryDirectory(prefix="varpa-slides-") as name:
        folder = Path(name)
        (folder / "slides.pptx").write_bytes(slides)
        _run([found, *_options(folder), str(folder / "slides.pptx")], folder)
        made = folder / "slides.pdf"
        if not made.is_file() or made.is_symlink() or not 0 < made.stat().st_size <= LARGEST:
            raise TurningError("no PDF came")
        return made.read_bytes()


def _options(folder: Path) -> list[str]:
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_registry())
    alone = ("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard")
    turn = ("--convert-to", "pdf", "--outdir", str(folder))
    return [*alone, f"-env:UserInstallation={profile.as_uri()}", *turn]


def _registry() -> str:
    items = "".join(
        f'<item oor:path="{_SECURITY}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for name, value in _SETTINGS.items()
    )
    return f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'


def _run(command: list[str], folder: Path) -> None:
    # Nothing of our own surroundings comes along: no keys, no addresses.
    kept = {"PATH": os.defpath, "HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8"}
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**kept, **dict.fromkeys(_PROXIES, _NOWHERE)},
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        if process.wait(SECONDS):
            raise TurningError(f"the program ended with code {process.returncode}")
    except subprocess.TimeoutExpired as error:
        raise TurningError(f"the program took longer than {SECONDS} seconds") from error
    finally:
        _sweep(process)


def _sweep(process: "subprocess.Popen[bytes]") -> None:
    """End the program and whatever it has begun."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
