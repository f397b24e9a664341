"""The next methodology is made once of what it comes of; of anything else it is made anew."""

from pathlib import Path

import pytest

from tests.cast import Cast
from tests.make import NOW
from varpa.guidelines import exporting
from varpa.guidelines.actions.guidelines import publish
from varpa.guidelines.exporting import exported, next_of
from varpa.guidelines.models import Guidelines, Version
from varpa.kernel.text import TranslatedText
from varpa.methodology import Methodology
from varpa.methodology.writing import Files

pytestmark = pytest.mark.django_db


def test_a_page_says_what_the_folder_says(cast: Cast, guidelines: Guidelines, tmp_path: Path) -> None:
    version = publish(guidelines=guidelines, by=cast.inga, now=NOW)
    shown, out = next_of(version), exported(version, tmp_path)
    assert (shown.before, shown.after, shown.differences) == (out.before, out.after, out.differences)


def test_it_is_made_once_and_anew_when_anything_differs(
    cast: Cast, guidelines: Guidelines, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Files] = []
    checked = exporting.load_files

    def counted(files: Files) -> Methodology:
        made.append(files)
        return checked(files)

    published = publish(guidelines=guidelines, by=cast.inga, now=NOW)
    monkeypatch.setattr(exporting, "load_files", counted)
    first = next_of(Version.objects.get(pk=published.pk))
    assert next_of(Version.objects.get(pk=published.pk)) is first
    assert len(made) == 1
    cast.programme.name = TranslatedText.same("Cits nosaukums")
    cast.programme.save()
    renamed = next_of(Version.objects.get(pk=published.pk))
    assert "## Cits nosaukums" in renamed.after.document("learnt").body.lv
    again = Version.objects.get(pk=published.pk)
    again.becomes = "7.0"
    assert next_of(again).after.version == "7.0"
    assert len(made) == 3
