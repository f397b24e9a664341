"""Reading a methodology from an archive: only what the loader reads, and only if it finds nothing wrong."""

import io
import tempfile
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any, Final

from django.core.files.base import File as Upload
from django.utils.translation import gettext_lazy as _

from varpa.kernel.refusals import Refusal
from varpa.kernel.text import LANGUAGES
from varpa.methodology import Broken, Methodology, load

LARGEST: Final = 8 * 1024 * 1024
LARGEST_FILE: Final = 1024 * 1024
MOST_FILES: Final = 300
FIRST_PROBLEMS: Final = 5


class NoArchive(Refusal):
    sentence = _("This is no ZIP archive of a methodology. Choose the file that was exported, as it is.")


class SwollenArchive(Refusal):
    sentence = _("This archive is larger than any methodology. Nothing of it was kept.")


class BrokenMethodology(Refusal):
    sentence = _("The methodology in this archive is not complete: {problems}")


def methodology_in(upload: "Upload[Any]") -> Methodology:
    """The methodology of an archive; raises NoArchive, SwollenArchive, BrokenMethodology."""
    if upload.size is None or upload.size > LARGEST:
        raise SwollenArchive()
    with tempfile.TemporaryDirectory() as place:
        _unpack(upload.read(), Path(place))
        try:
            return load(Path(place))
        except Broken as broken:
            first = [str(problem) for problem in broken.problems[:FIRST_PROBLEMS]]
            raise BrokenMethodology(problems="; ".join(first)) from broken


def _unpack(content: bytes, place: Path) -> None:
    """Write the files of a methodology into a folder; whatever else is packed is not even read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = [part for part in packed.infolist() if not part.is_dir()]
            if len(parts) > MOST_FILES or sum(part.file_size for part in parts) > LARGEST:
                raise SwollenArchive()
            top = _top([part.filename for part in parts])
            for part in parts:
                name = _known(part.filename.removeprefix(top))
                if name:
                    _write(packed, part, place / name)
    except Refusal:
        raise
    except Exception as error:
        # A stranger's archive can fail in any part of the reader, with any kind of error.
        raise NoArchive() from error


def _top(names: list[str]) -> str:
    """The folder in which the methodology lies, with a slash; empty where it lies at the top."""
    found = [name for name in names if PurePosixPath(name).name == "methodology.toml"]
    if len(found) != 1 or found[0].count("/") > 1:
        raise NoArchive()
    return found[0].removesuffix("methodology.toml")


def _known(name: str) -> str:
    """The name inside the folder, where the loader reads such a file; else nothing."""
    folder, _slash, file = name.rpartition("/")
    plain = file.replace("-", "").replace("_", "").replace(".", "").isalnum() and not file.startswith(".")
    guide = folder in LANGUAGES and file.endswith(".md")
    return name if plain and (guide or (not folder and file.endswith(".toml"))) else ""


def _write(packed: zipfile.ZipFile, part: zipfile.ZipInfo, place: Path) -> None:
    with packed.open(part) as unpacked:
        content = unpacked.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise SwollenArchive()
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(content)
