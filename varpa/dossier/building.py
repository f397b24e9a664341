"""Putting a dossier together: read in one moment, written piece by piece, equal for an equal state."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from varpa.documents.indexes import DossierIndex, DossierPaper
from varpa.documents.render import pdf
from varpa.documents.tables import write_both
from varpa.dossier.archive import SUMS, Packed, Packer
from varpa.dossier.counting import Figure, sums
from varpa.dossier.models import Names
from varpa.dossier.papers import PAPERS, papers_of
from varpa.dossier.papers.pieces import Paper, Table, heads
from varpa.dossier.reach import Reach
from varpa.kernel.snapshot import one_moment
from varpa.programmes.letterheads import letterhead
from varpa.ui import words

WORKED_ON: Final = {"archive", "table.csv", "table.xlsx"}
"""What lies in the folder of a build. A folder that holds anything else is somebody's own."""


@dataclass
class Built:
    """What came of it: the state's moment, the sums, and what was packed."""

    as_of: datetime
    figures: list[Figure]
    packed: list[Packed]
    counts: dict[str, int] = field(default_factory=dict)


def build(reach: Reach, path: Path) -> Built:
    """Write the dossier to a path, whole or not at all; whoever breaks it off begins anew."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _part(path) as (part, folder):
        with one_moment(), words.on_paper(reach.language, reach.programme.zone), part.open("wb") as out:
            packer = Packer(out)
            with packer.zip:
                built = _write(reach, packer, folder)
        _settle(part, path)
    return built


@contextmanager
def _part(path: Path) -> Iterator[tuple[Path, Path]]:
    """A file beside the path to write into, and a folder for tables; gone afterwards, however it ends.

    Whoever is killed leaves them, with names of people: the next one takes them away. The folder is held as
    long as somebody writes into it: the kernel lets go of what a dead one held.
    """
    with ExitStack() as stack:
        # One at a time: a folder that is made and not yet held would be taken for a dead one's.
        with _held(path.parent):
            _sweep(path.parent)
            folder = Path(stack.enter_context(TemporaryDirectory(dir=path.parent, prefix=".dossier-")))
            stack.enter_context(_held(folder))
        yield folder / "archive", folder


@contextmanager
def _held(folder: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold a folder alone; without `wait` raises BlockingIOError where somebody has it."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield
    finally:
        os.close(opened)


def sweep(place: Path) -> None:
    """Take away what builds that were killed have left in a folder, never what one that lives writes."""
    if place.is_dir():
        with _held(place):
            _sweep(place)


def _sweep(place: Path) -> None:
    for left in place.glob(".dossier-*"):
        if left.is_symlink() or not left.is_dir() or {each.name for each in left.iterdir()} - WORKED_ON:
            continue
        with suppress(BlockingIOError, FileNotFoundError), _held(left, wait=False):
            shutil.rmtree(left)


def _settle(part: Path, path: Path) -> None:
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(path)


def _write(reach: Reach, packer: Packer, folder: Path) -> Built:
    built = Built(reach.as_of, sums(reach), packer.packed)
    for number, paper in enumerate(PAPERS, 1):
        before = len(packer.packed)
        _pack(reach, packer, folder, paper, f"{number:02}-{paper.key}")
        built.counts[paper.key] = len(packer.packed) - before
    _index(reach, packer, folder, built)
    packer.close()
    return built


def _pack(reach: Reach, packer: Packer, folder: Path, paper: Paper, called: str) -> None:
    for piece in paper.write(reach):
        if isinstance(piece, Table):
            _table(reach, packer, folder, piece, f"{called}/{piece.name}")
        else:
            packer.add(f"{called}/{piece.name}", piece.content, piece.title)


def _table(reach: Reach, packer: Packer, folder: Path, table: Table, name: str) -> None:
    """A table in both forms; one without rows is left out."""
    made = reach.as_of.astimezone(UTC)
    paths = {"csv_path": folder / "table.csv", "xlsx_path": folder / "table.xlsx"}
    if write_both(table.heads, table.rows, title=table.title, made=made, **paths):
        packer.add_file(f"{name}.csv", paths["csv_path"], table.title)
        packer.add_file(f"{name}.xlsx", paths["xlsx_path"], table.title)


def _index(reach: Reach, packer: Packer, folder: Path, built: Built) -> None:
    """What is in it, for a person (PDF) and for a program (CSV, XLSX); the sums of files come last."""
    rows = [(each.name, each.title, each.size, each.sha256) for each in packer.packed]
    columns = heads(_("File"), _("What it is"), _("Bytes"), _("SHA-256"))
    title = _("Dossier of the programme")
    content = pdf("dossier", _shape(reach, built), language=reach.language, title=title)
    packer.add("index.pdf", content, title)
    _table(reach, packer, folder, Table("index", _("Index"), columns, rows), "index")


def _shape(reach: Reach, built: Built) -> DossierIndex:
    asked = papers_of(reach.programme)
    return {
        "letterhead": letterhead(reach.programme),
        "facts": _facts(reach),
        "totals": {
            "name": _("Sums"),
            "head": heads(pgettext("figures", "What"), _("In this period"), _("Since the beginning")),
            "rows": [{"cells": list(each.cells), "sum": False} for each in built.figures],
        },
        "papers": [
            _paper(number, paper, built)
            for number, paper in enumerate(PAPERS, 1)
            if paper in asked or built.counts.get(paper.key)
        ],
        "checking": checking(),
    }


def _facts(reach: Reach) -> list[tuple[str, str]]:
    version = reach.programme.methodology_version
    return [
        (_("State of"), f"{words.day(reach.as_of)}, {words.clock_time(reach.as_of)}"),
        (_("Period"), words.span(reach.first, reach.last) or _("the whole programme")),
        (_("Partner"), str(reach.partner or _("all"))),
        *_undecided(reach),
        (_("Pupils by name"), str(Names(reach.names).label)),
        (_("Methodology"), f"{version.title}, {version.version}"),
    ]


def _undecided(reach: Reach) -> list[tuple[str, str]]:
    """Who is in no partner's dossier, where there are such people."""
    return [(_("Take part and belong to no partner yet"), str(reach.undecided))] if reach.undecided else []


def _paper(number: int, paper: Paper, built: Built) -> DossierPaper:
    files = built.counts.get(paper.key, 0)
    return {
        "name": str(paper.name),
        "folder": f"{number:02}-{paper.key}" if files else "",
        "files": files,
        "shows": str(paper.shows),
        "leaves_out": str(paper.leaves_out),
        "why": str(paper.why),
    }


def checking() -> list[str]:
    """How a person finds out that nothing was changed, in sentences."""
    return [
        _("Unpack the archive and run in its folder: %(command)s") % {"command": f"sha256sum -c {SUMS}"},
        _(
            "Or, with the program that made it: %(command)s. It also sees what was added, or changed "
            "around the files."
        )
        % {"command": "varpa dossier verify FILE"},
        _(
            "The SHA-256 of the whole archive stands on the programme’s page of dossiers: compare it, then "
            "nobody can have put other sums inside."
        ),
    ]


def kept_at(ref: str) -> Path:
    """Where the archive of a dossier lies: in the data folder, outside every web root."""
    return Path(settings.DATA) / "dossiers" / f"{ref}.zip"
