"""A PPTX becomes a PDF where the program for it is on the machine; elsewhere it is kept, and it says how."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from tests.cast import Cast
from tests.files.samples import pdf as hostile
from tests.make import NOW
from tests.presentations.pptx import pptx, refers_to
from tests.presentations.test_actions import lines, paper
from tests.presentations.test_pages import MOST_QUERIES, at, signed_in
from tests.programmes.conftest import queries, text
from varpa.documents import office
from varpa.files import actions as files
from varpa.files.models import File
from varpa.files.queries import content
from varpa.files.refusals import Broken, NotStill, WrongKind
from varpa.people.models import Person
from varpa.presentations.actions import turning
from varpa.presentations.actions.presentations import OnlyTheMentee, bring_file, take_file_away
from varpa.presentations.models import Presentation

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A PATH of its own: what the machine has besides does not count."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def program(folder: Path, script: str) -> None:
    """A program called soffice, which is handed what the true one is."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def makes(folder: Path, written: bytes) -> None:
    """A program that makes this PDF, and writes down how it was called."""
    (folder / "made.pdf").write_bytes(written)
    steps = (
        f'echo "$@" > "{folder}/called"',
        f'/usr/bin/env > "{folder}/surroundings"',
        f'/bin/cp "$HOME/profile/user/registrymodifications.xcu" "{folder}/settings"',
        f'/bin/cp "{folder}/made.pdf" "$HOME/slides.pdf"',
    )
    program(folder, "\n".join(steps))


def bring(presentation: Presentation, by: Person, written: bytes | None = None, **more: Any) -> None:
    upload = ContentFile(written if written is not None else pptx(), name="Mani slaidi.pptx")
    given = {"presentation": Presentation.objects.get(pk=presentation.pk), "upload": upload, "by": by}
    bring_file(**{**given, "now": NOW, **more})


def stored() -> Presentation:
    return Presentation.objects.select_related("file", "source").get()


def turn() -> int:
    return turning.turn_waiting(lambda: LATER)


def test_where_the_program_is_a_pdf_is_made(cast: Cast, shared: Presentation, nowhere: Path) -> None:
    written = paper(cast).read()
    makes(nowhere, written)
    bring(shared, cast.elina)
    assert turning.anything_waits()
    Person.objects.filter(pk=cast.elina.pk).update(language="en")
    assert "They are being turned into PDF." in text(signed_in(cast.elina).get(at("presentation", shared)))
    assert turn() == 1
    assert not turning.anything_waits()
    found = stored()
    assert found.file
    assert found.source
    assert (found.file.name, found.source.name) == ("Mani slaidi.pdf", "Mani slaidi.pptx")
    assert content(found.file) == written
    assert lines("turn_file") == 1
    for person in (cast.elina, cast.andris):
        assert signed_in(person).get(at("file", shared)).status_code == 200


def test_it_runs_alone_without_macros_and_without_our_surroundings(
    cast: Cast, shared: Presentation, nowhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    makes(nowhere, paper(cast).read())
    monkeypatch.setenv("VARPA_SECRET", "not for strangers")
    bring(shared, cast.elina)
    turn()
    called = (nowhere / "called").read_text()
    assert "--headless" in called
    assert "-env:UserInstallation=file:///" in called
    surroundings = (nowhere / "surroundings").read_text()
    assert "not for strangers" not in surroundings
    assert "https_proxy=http://127.0.0.1:9" in surroundings
    assert "DisableMacrosExecution" in (nowhere / "settings").read_text()
    assert not list(Path(os.environ.get("TMPDIR", "/tmp")).glob("varpa-slides-*/slides.pptx"))


def test_where_it_is_not_the_file_is_kept_and_it_says_how(cast: Cast, shared: Presentation) -> None:
    Person.objects.filter(pk=cast.elina.pk).update(language="en")
    client = signed_in(cast.elina)
    answer = client.post(at("bring", shared), {"upload": ContentFile(pptx(), name="s.pptx")}, follow=True)
    assert "The file is kept." in text(answer)
    assert "bring that file" in text(answer)
    assert not turning.anything_waits()
    assert turn() == 0
    assert client.get(at("file", shared)).status_code == 404
    kept = client.get(at("source", shared))
    assert b"".join(kept.streaming_content) == pptx()
    assert kept.headers["Content-Disposition"].startswith("attachment")
    assert signed_in(cast.andris).get(at("source", shared)).status_code == 200
    assert signed_in(cast.inga).get(at("source", shared)).status_code == 404
    # The slides written here are still shown meanwhile.
    assert client.get(at("show", shared, 1)).status_code == 200


def test_once_the_program_comes_what_waits_is_turned(cast: Cast, shared: Presentation, nowhere: Path) -> None:
    bring(shared, cast.elina)
    assert turn() == 0
    makes(nowhere, paper(cast).read())
    assert turn() == 1


@pytest.mark.parametrize("script", ["exit 1", "exit 0", 'echo nonsense > "$HOME/slides.pdf"'])
def test_what_fails_is_told_once_and_not_tried_for_ever(
    cast: Cast, shared: Presentation, nowhere: Path, script: str
) -> None:
    Person.objects.filter(pk=cast.elina.pk).update(language="en")
    program(nowhere, script)
    bring(shared, cast.elina)
    assert turn() == 0
    assert not turning.anything_waits()
    page = text(signed_in(cast.elina).get(at("presentation", shared)))
    assert "They could not be turned into PDF here, so not one page of them can be shown." in page
    bring(shared, cast.elina)
    assert turning.anything_waits()


def test_slides_of_which_no_page_comes_are_kept_and_the_mentee_chooses(
    cast: Cast, shared: Presentation, nowhere: Path
) -> None:
    Person.objects.filter(pk=cast.elina.pk).update(language="en")
    makes(nowhere, hostile())
    bring(shared, cast.elina)
    assert turn() == 0
    assert not turning.anything_waits()
    assert stored().file is None
    assert File.objects.filter(withdrawn_at=None).count() == 1
    client = signed_in(cast.elina)
    page = text(client.get(at("presentation", shared)))
    assert "not one page of them can be shown" in page
    assert "It is yours to choose" in page
    assert client.get(at("source", shared)).status_code == 200
    assert client.get(at("show", shared, 1)).status_code == 200
    client.post(at("take_away", shared))
    assert stored().source is None


def test_a_pdf_that_does_something_is_not_kept(cast: Cast, shared: Presentation, nowhere: Path) -> None:
    makes(nowhere, hostile(b"<< /S /JavaScript >>"))
    bring(shared, cast.elina)
    assert turn() == 0
    assert stored().file is None


def test_it_has_an_end(
    cast: Cast, shared: Presentation, nowhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "SECONDS", 0.2)
    program(nowhere, f'/bin/sleep 60 & echo $! > "{nowhere}/child"; wait')
    bring(shared, cast.elina)
    assert turn() == 0
    assert not turning.anything_waits()
    child = int((nowhere / "child").read_text())
    state = Path(f"/proc/{child}/stat")
    assert not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z"


def test_killed_twice_it_is_tried_no_more(cast: Cast, shared: Presentation, nowhere: Path) -> None:
    makes(nowhere, paper(cast).read())
    bring(shared, cast.elina)
    turning.broken_off(LATER)
    assert turning.anything_waits()
    turning.broken_off(LATER)
    assert not turning.anything_waits()


def test_what_the_house_makes_is_neither_scanned_nor_counted(
    cast: Cast, shared: Presentation, nowhere: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slides are not given up because a scanner rests, or their mentee has brought many files."""
    makes(nowhere, paper(cast).read())
    bring(shared, cast.elina)
    settings.SCANNER_URL = "tcp://127.0.0.1:9"
    monkeypatch.setattr(files, "AN_HOUR", 1)
    assert turn() == 1
    assert File.objects.filter(by=cast.elina.pk).count() == 1


def test_slides_brought_meanwhile_are_not_overwritten(
    cast: Cast, shared: Presentation, nowhere: Path
) -> None:
    bring(shared, cast.elina)
    waiting = stored()
    bring(shared, cast.elina, pptx(**{"ppt/slides/slide1.xml": b"<x/>"}))
    assert not turning.keep_turned(presentation=waiting, made=paper(cast).read(), now=LATER)
    assert stored().file is None
    take_file_away(presentation=stored(), by=cast.elina, now=LATER)
    assert not turning.keep_turned(presentation=waiting, made=paper(cast).read(), now=LATER)
    assert not File.objects.filter(withdrawn_at=None).exists()


def test_taken_away_both_are_gone(cast: Cast, shared: Presentation, nowhere: Path) -> None:
    makes(nowhere, paper(cast).read())
    bring(shared, cast.elina)
    turn()
    take_file_away(presentation=stored(), by=cast.elina, now=LATER)
    assert not File.objects.filter(withdrawn_at=None).exists()
    for name in ("file", "source"):
        assert signed_in(cast.elina).get(at(name, shared)).status_code == 404


def test_a_pdf_takes_the_place_of_a_pptx(cast: Cast, shared: Presentation) -> None:
    bring(shared, cast.elina)
    bring(shared, cast.elina, paper(cast).read())
    found = stored()
    assert found.source is None
    assert found.file
    assert not turning.anything_waits()


def test_nobody_else_brings_one(cast: Cast, shared: Presentation) -> None:
    with pytest.raises(OnlyTheMentee):
        bring(shared, cast.andris)


@pytest.mark.parametrize(
    ("written", "refusal"),
    [
        (pptx(**{"ppt/vbaProject.bin": b"x"}), NotStill),
        (pptx(**{"ppt/embeddings/oleObject1.bin": b"x"}), NotStill),
        (pptx(**refers_to("http://10.0.0.1/secret.png", "image")), NotStill),
        (pptx(**refers_to("file:///etc/passwd", "image")), NotStill),
        (pptx(**refers_to("http://x/film", "video", "&#69;xternal")), NotStill),
        (pptx(**{"ppt/_rels/presentation.xml.rels": b"<not xml"}), Broken),
        (pptx(**{"ppt/media/image1.png": b"\0" * (129 * 1024 * 1024)}), Broken),
        (pptx()[:-30], Broken),
        (b"PK\x03\x04 ppt/presentation.xml", Broken),
        (b"PK\x03\x04", WrongKind),
        (pptx().replace(b"ppt/presentation.xml", b"xl/xpresentation.xml"), WrongKind),
    ],
)
def test_hostile_slides_are_not_kept(
    cast: Cast, shared: Presentation, written: bytes, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        bring(shared, cast.elina, written)
    assert stored().source is None


def test_locked_slides_are_not_kept(cast: Cast, shared: Presentation) -> None:
    written = bytearray(pptx())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at_ = written.find(mark)
        while at_ >= 0:
            written[at_ + offset] |= 1
            at_ = written.find(mark, at_ + 1)
    with pytest.raises(Broken):
        bring(shared, cast.elina, bytes(written))


def test_a_link_or_a_chart_in_a_slide_is_no_harm(cast: Cast, shared: Presentation) -> None:
    chart = {"ppt/embeddings/Microsoft_Excel_Worksheet.xlsx": b"x"}
    bring(shared, cast.elina, pptx(**refers_to("https://example.org", "hyperlink"), **chart))
    assert stored().source


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_the_page_with_slides_made_elsewhere_in_three_languages(
    cast: Cast, shared: Presentation, nowhere: Path, language: str
) -> None:
    Person.objects.update(language=language)
    bring(shared, cast.elina)
    for person in (cast.elina, cast.andris):
        client = signed_in(person)
        assert queries(client, at("presentation", shared)) <= MOST_QUERIES
        assert f'<html lang="{language}"' in text(client.get(at("presentation", shared)))
