"""A workbook reckoned through again by a spreadsheet program that knows only its formulas: LibreOffice."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl

# Reckon everything anew on opening, whatever values the file brought with it.
ANEW = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""
_KNOWN = re.compile(rb"(</f>)<v>[^<]*</v>")
Cells = dict[tuple[str, str], object]


def bare(workbook: bytes, path: Path) -> None:
    """Write a workbook without the values beside its formulas, so that none can be taken over."""
    path.with_suffix(".in").write_bytes(workbook)
    with zipfile.ZipFile(path.with_suffix(".in")) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, _KNOWN.sub(rb"\1", content) if "worksheets/" in name else content)


def recomputed(workbooks: Mapping[str, bytes], folder: Path) -> dict[str, Cells]:
    """The cells of each workbook, by sheet and address, as LibreOffice reckons them."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    assert program, "The tests need LibreOffice: apt-get install libreoffice-calc-nogui"
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ANEW)
    for name, workbook in workbooks.items():
        bare(workbook, folder / f"{name}.xlsx")
    out = folder / "out"
    command = [program, "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}"]
    command += ["--convert-to", "xlsx", "--outdir", str(out)]
    given = [str(folder / f"{name}.xlsx") for name in workbooks]
    told = subprocess.run([*command, *given], capture_output=True, text=True, timeout=600, check=False)
    assert told.returncode == 0, told.stderr
    return {name: cells_of(out / f"{name}.xlsx") for name in workbooks}


def cells_of(path: Path) -> Cells:
    book = openpyxl.load_workbook(path, data_only=True)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
