"""The files of a methodology folder that lies nowhere, or not yet."""

from pathlib import Path

Files = dict[str, str]
"""The texts of a folder by their path inside it, such as `plan.toml` and `lv/mentor.md`."""


def put_down(files: Files, folder: Path) -> None:
    """Write the files into a folder."""
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8", newline="\n")
