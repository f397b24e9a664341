"""Pages of a PDF that somebody brought: how many there are, and each as a picture.

Read by the part that writes our documents (Typst), whose reader of PDF is safe against broken files; it sees
a folder with this one file, and nothing else.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import typst

MOST: Final = 200
"""More pages than these are not looked for."""
WIDE: Final = 480
"""Points that a picture is wide."""
_PAGE: Final = (
    "#set page(width: auto, height: auto, margin: 0pt)\n"
    f'#image("brought.pdf", page: int(sys.inputs.page), width: {WIDE}pt)\n'
)


def count_pages(pdf: bytes) -> int:
    """How many pages a PDF has, at most MOST; 0 where it cannot be read."""
    low, high = 0, MOST
    while low < high:
        middle = (low + high + 1) // 2
        if _with(pdf, middle, lambda main, **how: typst.query(main, "<none>", **how)) is None:
            high = middle - 1
        else:
            low = middle
    return low


def page_picture(pdf: bytes, number: int, sharp: float = 1.5) -> bytes | None:
    """A page, counted from 1, as PNG, `sharp` dots a point; None where it is missing, or cannot be drawn."""
    ppi = 72 * sharp
    drawn = _with(pdf, number, lambda main, **how: typst.compile(main, format="png", ppi=ppi, **how))
    return drawn if isinstance(drawn, bytes) else None


def _with(pdf: bytes, number: int, do: Callable[..., object]) -> object | None:
    with tempfile.TemporaryDirectory(prefix="varpa-pages-") as name:
        folder = Path(name)
        (folder / "main.typ").write_text(_PAGE)
        (folder / "brought.pdf").write_bytes(pdf)
        how = {"root": str(folder), "sys_inputs": {"page": str(number)}, "ignore_system_fonts": True}
        try:
            return do(str(folder / "main.typ"), **how)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # A reader that gives up on a broken file says so outside of Exception.
            return None
