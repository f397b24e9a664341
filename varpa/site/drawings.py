"""The documents that are drawn from the code, so that they cannot say something else than it does."""

import ast
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import override

from varpa.dossier.papers import PAPERS
from varpa.kernel.access import grants
from varpa.post.kinds import kinds
from varpa.site.boot import ROOT
from varpa.site.settings_words import WORDS

DOCS = ROOT / "docs"
FROM_CODE = "<!-- Drawn from the code by `varpa docs`; a change by hand is undone. -->\n"


def drawn() -> dict[str, str]:
    """Each document by its name, as it should stand now."""
    with override("en"):
        parts = {
            "access.md": access(),
            "letters.md": letters(),
            "states.md": states(),
            "settings.md": settings(),
            "dossier.md": dossier(),
        }
    return {name: FROM_CODE + "\n".join(lines).rstrip() + "\n" for name, lines in parts.items()}


def is_current(name: str, text: str) -> bool:
    """Whether the document stands as it should."""
    path = DOCS / name
    return path.exists() and path.read_text() == text


def write(name: str, text: str) -> None:
    """Put a document in its place."""
    DOCS.mkdir(exist_ok=True)
    (DOCS / name).write_text(text)


def access() -> Iterator[str]:
    """Every address with its door, and who may pass each door for which reason."""
    yield "# Who may do what\n"
    yield "Each address has a door. The door names an action; the grants below say who may do it, and why."
    yield "A stranger gets 404; somebody who may read but not do it gets 403.\n"
    yield "## Addresses\n\n| address | door |\n|---|---|"
    for pattern, view in sorted(addresses(), key=lambda pair: pair[0]):
        yield f"| `/{pattern}` | {_door(view)} |"
    yield "\n## Grants\n"
    for action, given in sorted(grants().items(), key=lambda pair: pair[0].value):
        yield f"### {action.value}\n"
        yield from (f"- {each.reason}" for each in given)
        yield ""


def dossier() -> Iterator[str]:
    """Each kind of document in a dossier, with its rule of redaction."""
    yield "# What is in a dossier, and what is left out\n"
    yield "Each kind of document says of itself what appears, what is left out, and why; the page and the"
    yield "index of the archive show the same words. See [the decision](decisions/0019-dossier.md).\n"
    yield "| folder | document | what appears | what is left out | why |\n|---|---|---|---|---|"
    for number, paper in enumerate(PAPERS, 1):
        told = (paper.name, paper.shows, paper.leaves_out, paper.why)
        yield f"| `{number:02}-{paper.key}` | {' | '.join(str(each) for each in told)} |"


def letters() -> Iterator[str]:
    """Every kind of letter."""
    yield "# Letters\n"
    yield "An essential letter always goes; any other can be stopped by its reader with one click, and"
    yield "told with others once a day or a week. A prompt one does not wait for quiet hours; any may be"
    yield "urgent by itself (safety, an urgent message, a meeting within a day). What tells of a meeting, an"
    yield "event or a defence is not held until its hour: a quiet day yields first, the night last.\n"
    yield "| kind | subject | why it comes | can be stopped | prompt | what a device shows |"
    yield "|---|---|---|---|---|---|"
    for key, kind in sorted(kinds().items()):
        told = f"{_yes(not kind.essential)} | {_yes(kind.prompt)} | {kind.brief.en if kind.brief else ''}"
        yield f"| `{key}` | {kind.subject.en} | {kind.reason.en} | {told} |"


def _yes(so: bool) -> str:
    return "yes" if so else "no"


def states() -> Iterator[str]:
    """Every model with states, as a diagram."""
    yield "# States\n"
    yield "What can become of each thing. A step is written only if the thing still stands where it starts."
    for model in models():
        if hasattr(model, "STEPS"):
            yield f"\n## {model._meta.app_label}: {model.__name__}\n\n```mermaid\nstateDiagram-v2"
            for name, step in model.STEPS.items():
                yield from (f"    {source} --> {step.target}: {name}" for source in step.sources)
            yield "```"


def settings() -> Iterator[str]:
    """Every variable of the environment that is read."""
    yield "# Settings\n"
    yield (
        'All are optional. They stand in `settings.toml` of the data folder (`NAME = "…"`, a line each), '
        "or in the environment, which wins; `VARPA_DATA` stands in the environment only.\n\n"
        "| setting | what it says |\n|---|---|"
    )
    yield from (f"| `{name}` | {WORDS.get(name, '')} |" for name in sorted(variables()))


def addresses() -> Iterator[tuple[str, Any]]:
    """Every address of the site with its view."""
    return _addresses(get_resolver().url_patterns, "")


def models() -> list[type[Model]]:
    """The models of the rooms, floor by floor."""
    return [model for model in apps.get_models() if model.__module__.startswith("varpa.")]


def variables() -> set[str]:
    """The variables of the environment that some file of Varpa reads."""
    return {name for path in (ROOT / "varpa").rglob("*.py") for name in _variables(path)}


def _variables(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"os.environ.get", "os.getenv"}:
            name = node.args[0]
            if isinstance(name, ast.Constant):
                yield str(name.value)


def _addresses(patterns: list[Any], before: str) -> Iterator[tuple[str, Any]]:
    for each in patterns:
        if isinstance(each, URLResolver):
            # A room adds nothing to its addresses, it only says how they begin.
            yield from _addresses(each.url_patterns, before)
        elif isinstance(each, URLPattern):
            yield before + str(each.pattern), each.callback


def _door(view: Any) -> str:
    first, second = view.door
    return f"{first.value} on {second.__name__}" if isinstance(first, StrEnum) else f"{first}: {second}"
