"""Walking through the house: its files, by kind and room."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CODE = ROOT / "varpa"


def name(path: Path) -> str:
    """The path as one says it, from the top of the repository."""
    return str(path.relative_to(ROOT))


def rooms() -> list[Path]:
    return sorted(path.parent for path in CODE.glob("*/__init__.py"))


def python() -> list[Path]:
    """Every Python file of ours, the tests too; migrations are made by a program."""
    files = [
        ROOT / "start.py",
        *(path for top in (CODE, ROOT / "tests", ROOT / "bench") for path in top.rglob("*.py")),
    ]
    return [path for path in files if "migrations" not in path.parts]


def of_room(room: Path) -> list[Path]:
    return [path for path in room.rglob("*.py") if "migrations" not in path.parts]


def templates() -> list[Path]:
    return sorted(path for path in CODE.glob("*/templates/**/*") if path.is_file())


def scripts() -> list[Path]:
    return sorted(path for path in CODE.glob("*/static/**/*.js") if ".min." not in path.name)


def styles() -> list[Path]:
    return sorted(CODE.glob("*/static/**/*.css"))


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())
