"""The handbook: three languages, read in the library, and true to the words of the pages."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests import other
from tests.cast import Cast
from tests.make import FOLDER as METHODOLOGY
from tests.programmes.conftest import SignIn
from varpa.kernel.text import LANGUAGES
from varpa.methodology import load
from varpa.methodology.marks import KindAct
from varpa.programmes.handbook import FOLDER, HAS, MARK, PARTS, text_of
from varpa.site import catalogues

pytestmark = pytest.mark.django_db
SEED = load(METHODOLOGY)
PAGES = [(language, key) for language in LANGUAGES for key in PARTS]
LONGEST = 1_000
"""Words: three printed pages."""


def labels(language: str) -> set[str]:
    """Everything that the pages call something."""
    if language == "en":
        return {text.words for room in catalogues.rooms() for text in catalogues.collect(room)}
    return {each.msgstr for room in catalogues.rooms() for each in catalogues.catalogue(room, language)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_it_names_is_called_so_on_the_pages(language: str) -> None:
    known = labels(language)
    for key in PARTS:
        named = re.findall(r"\*([^*\n]+)\*", text_of(key, language, SEED))
        assert named
        assert [each for each in named if each not in known] == [], key


@pytest.mark.parametrize(("language", "key"), PAGES)
def test_each_part_is_short_and_tells_the_same(language: str, key: str) -> None:
    assert len(text_of(key, language, SEED).split()) < LONGEST
    heads = [len(re.findall(r"^## ", (FOLDER / code / f"{key}.md").read_text(), re.M)) for code in LANGUAGES]
    assert len(set(heads)) == 1


@pytest.mark.parametrize("key", PARTS)
def test_what_hangs_on_the_methodology_hangs_so_in_each_language(key: str) -> None:
    lines = [(FOLDER / language / f"{key}.md").read_text().splitlines() for language in LANGUAGES]
    marked = [[mark[1] for line in each if (mark := MARK.search(line))] for each in lines]
    assert marked[0] == marked[1] == marked[2]
    assert set(" ".join(marked[0]).split()) <= set(HAS)
    assert "<!--" not in "".join(text_of(key, language, SEED) for language in LANGUAGES)


@pytest.mark.parametrize(("language", "visit"), [("lv", "Vizīt"), ("lt", "Vizit"), ("en", "isit")])
def test_a_role_swap_without_a_visit_has_its_own_heading(language: str, visit: str) -> None:
    kinds = tuple(kind for kind in SEED.kinds if kind.acts != KindAct.VISIT)
    heads = re.findall(r"^## .*", text_of("mentor", language, replace(SEED, kinds=kinds)), re.MULTILINE)
    assert not any(visit in head for head in heads)
    assert len(heads) + 1 == len(re.findall(r"^## .*", text_of("mentor", language, SEED), re.MULTILINE))


@pytest.mark.parametrize(("language", "key"), PAGES)
def test_another_methodology_is_told_only_of_what_it_has(language: str, key: str) -> None:
    told, whole = text_of(key, language, other.workshop()), text_of(key, language, SEED)
    speaks_of = (
        *other.SEEDS_OWN,
        "lomu maiņ",
        "apsikeit",
        "training",
        "apmācību programm",
        "mokymų programa",
    )
    assert other.named(told, speaks_of) == []
    assert other.named(whole, speaks_of)
    assert 500 < len(told) < len(whole)


def test_the_page_is_of_the_programmes_own_methodology(cast: Cast, sign_in: SignIn) -> None:
    address = f"/programmes/{cast.programme.ref}/handbook/mentor/"
    other.by(other.workshop(), cast.programme)
    cast.inga.language = "en"
    cast.inga.save()
    page = sign_in(cast.inga).get(address).content.decode()
    assert "The diary" in page
    assert other.named(page[page.index("<article") : page.index("</article>")]) == []


def test_members_read_it_in_the_library_in_their_language(cast: Cast, sign_in: SignIn) -> None:
    for language, word in (("lv", "Kā pieslēgties"), ("lt", "Kaip prisijungti"), ("en", "Signing in")):
        cast.elina.language = language
        cast.elina.save()
        client = sign_in(cast.elina)
        library = client.get(f"/programmes/{cast.programme.ref}/library/").content.decode()
        for key in PARTS:
            assert f"/programmes/{cast.programme.ref}/handbook/{key}/" in library
        page = client.get(f"/programmes/{cast.programme.ref}/handbook/mentee/").content.decode()
        assert word in page


def test_nobody_else_and_nothing_else(cast: Cast, sign_in: SignIn) -> None:
    address = f"/programmes/{cast.programme.ref}/handbook/"
    assert sign_in(cast.tomas).get(f"{address}mentee/").status_code == 404
    assert sign_in(cast.elina).get(f"{address}settings/").status_code == 404


def test_every_file_is_a_part() -> None:
    found = {path.relative_to(FOLDER) for path in FOLDER.rglob("*.md")}
    assert found == {Path(language) / f"{key}.md" for language, key in PAGES}
