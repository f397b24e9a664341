"""Texts are found in templates and Python without the gettext programs, and catalogues keep their order."""

from pathlib import Path

import polib
import pytest

from varpa.site import catalogues
from varpa.site.catalogues import Text


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A room of its own, with one template and one file."""
    monkeypatch.setattr(catalogues, "CODE", tmp_path)
    folder = tmp_path / "barn"
    (folder / "templates" / "barn").mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    return folder


def _template(room: Path, words: str) -> None:
    (room / "templates" / "barn" / "page.html").write_text(words)


def test_texts_of_a_template(room: Path) -> None:
    _template(
        room,
        """{% translate "Seed" %} {% translate 'Yours' context "mentee" %} {{ _("Ear") }}
        {% blocktranslate trimmed count n=n %}
          one of {{ n }}
        {% plural %}
          many of {{ n }}
        {% endblocktranslate %} {# _("not this") #}
        {% comment %}{% translate "nor this" %}{% endcomment %}""",
    )
    assert catalogues.collect("barn") == [
        Text("Seed"),
        Text("Yours", "mentee"),
        Text("Ear"),
        Text("one of %(n)s", "", "many of %(n)s"),
    ]


def test_texts_of_a_python_file(room: Path) -> None:
    (room / "letters.py").write_text(
        "A = _('first')\nB = pgettext('mentee', 'second')\nC = ngettext('a %(n)s', 'b %(n)s', 2)\n"
        "D = npgettext('c', 'one', 'many', 2)\nE = _(variable)\nF = _('two ' 'parts')\n"
    )
    assert catalogues.collect("barn") == [
        Text("first"),
        Text("second", "mentee"),
        Text("a %(n)s", "", "b %(n)s"),
        Text("one", "c", "many"),
        Text("two parts"),
    ]


def test_an_update_keeps_translations_and_their_order(room: Path) -> None:
    _template(room, '{% translate "Seed" %}{% translate "Shoot" %}')
    catalogues.update()
    book = catalogues.catalogue("barn", "lv")
    book[0].msgstr, book[1].msgstr = "Sēkla", "Asns"
    book.save(str(catalogues.path_of("barn", "lv")))
    _template(room, '{% translate "Ear" %}{% translate "Shoot" %}')
    catalogues.update()
    entries = [(entry.msgid, entry.msgstr) for entry in catalogues.catalogue("barn", "lv")]
    assert entries == [("Shoot", "Asns"), ("Ear", "")]
    assert catalogues.missing()["barn", "lv"] == ["Ear"]


def test_an_update_of_what_is_current_writes_nothing(room: Path) -> None:
    _template(room, '{% translate "Seed" %}')
    catalogues.update()
    path = catalogues.path_of("barn", "lt")
    before = path.stat().st_mtime_ns
    catalogues.update()
    assert path.stat().st_mtime_ns == before


def test_a_catalogue_is_compiled_when_it_has_changed(room: Path) -> None:
    _template(room, '{% translate "Seed" %}')
    catalogues.update()
    book = catalogues.catalogue("barn", "lt")
    book[0].msgstr = "Sėkla"
    book.save(str(catalogues.path_of("barn", "lt")))
    catalogues.compile_all()
    compiled = catalogues.path_of("barn", "lt").with_suffix(".mo")
    assert [entry.msgstr for entry in polib.mofile(str(compiled))] == ["Sėkla"]
    assert list(compiled.parent.glob("*.part")) == []
