"""Documents drawn from the code say what the code does; the others point at what exists."""

import re

import pytest

from tests.house import walk
from varpa.site import drawings
from varpa.site.settings_words import WORDS

DRAWN = ("access.md", "dossier.md", "letters.md", "settings.md")


@pytest.mark.parametrize("name", DRAWN)
def test_drawn_documents_are_current(name: str) -> None:
    assert drawings.is_current(name, drawings.drawn()[name]), "run: python3 start.py docs"


def test_every_setting_is_explained() -> None:
    assert {name for name in drawings.variables() if name not in WORDS} == set()


def test_links_between_documents_lead_somewhere() -> None:
    pages = [*walk.ROOT.glob("*.md"), *(walk.ROOT / "docs").rglob("*.md")]
    broken = [
        f"{walk.name(page)}: {target}"
        for page in pages
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text())
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_each_word_of_the_glossary_names_what_exists() -> None:
    page = (walk.ROOT / "docs" / "glossary.md").read_text()
    models = {f"{each._meta.app_label}.{each.__name__}" for each in drawings.models()}
    named = set(re.findall(r"`([a-z]+\.[A-Z]\w+)`", page))
    files = re.findall(r"`((?:\w+/)+\w*(?:\.py)?)`", page)
    assert named - models == set()
    assert [each for each in files if not any((top / each).exists() for top in (walk.ROOT, walk.CODE))] == []


def test_the_newcomer_is_led_to_each_rule() -> None:
    page = (walk.ROOT / "docs" / "newcomer.md").read_text()
    led = re.findall(r"^\| (R\d+) \|.*`([^`]+)` \|$", page, re.MULTILINE)
    sources = {path: path.read_text() for path in (walk.ROOT / "varpa").rglob("*.py")}
    cited = {rule for text in sources.values() for rule in re.findall(r"\bR\d{1,2}\b", text)}
    assert cited - {rule for rule, _place in led} == set()
    astray = [
        (rule, place) for rule, place in led if not re.search(rf"\b{rule}\b", sources[walk.ROOT / place])
    ]
    assert astray == []
