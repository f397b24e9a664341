"""A workbook reckoned through again by a spreadsheet program that knows only its formulas: LibreOffice."""

import csv
import io
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
# Every sheet into a file of its own; numbers whole, not as they are shown.
TABLES = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
# With some hundreds at once the program leaves the last ones out and says nothing.
AT_ONCE = 100
_KNOWN = re.compile(rb"(</f>)<v>[^<]*</v>")
Value = float | str
Cells = dict[tuple[str, int, int], Value]


def bare(workbook: bytes) -> bytes:
    """A workbook without the values beside its formulas, so that none can be taken over."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, _KNOWN.sub(rb"\1", content) if "worksheets/" in name else content)
    return out.getvalue()


def recomputed(workbooks: Mapping[str, bytes], folder: Path) -> dict[str, Cells]:
    """The cells of each workbook, by sheet, row and column from 1, as LibreOffice reckons them."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    assert program, "The tests need LibreOffice: apt-get install libreoffice-calc-nogui"
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ANEW)
    for name, workbook in workbooks.items():
        (folder / f"{name}.xlsx").write_bytes(bare(workbook))
    out = folder / "out"
    command = [program, "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}"]
    command += ["--convert-to", TABLES, "--outdir", str(out)]
    given = [str(folder / f"{name}.xlsx") for name in workbooks]
    for first in range(0, len(given), AT_ONCE):
        batch = given[first : first + AT_ONCE]
        told = subprocess.run([*command, *batch], capture_output=True, text=True, timeout=600, check=False)
        assert told.returncode == 0, told.stderr
    found: dict[str, Cells] = {name: {} for name in workbooks}
    for path in out.glob("*.csv"):
        name, _dash, sheet = path.stem.partition("-")
        rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
        for at, row in enumerate(rows, start=1):
            found[name] |= {
                (sheet, at, column): _value(text) for column, text in enumerate(row, start=1) if text
            }
    return found


def written(workbook: bytes) -> Cells:
    """The cells as they were written, formulas by the values beside them."""
    book = openpyxl.load_workbook(io.BytesIO(workbook), data_only=True)
    return {
        (sheet.title, cell.row, cell.column): _value(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def _value(found: object) -> Value:
    """A number to a hundredth of a cent, where it is one: a file of text does not tell "007" from 7."""
    text = str(found)
    try:
        number = float(text.removesuffix("%")) / 100 if text.endswith("%") else float(text)
    except ValueError:
        return text
    return round(number, 4) + 0.0
