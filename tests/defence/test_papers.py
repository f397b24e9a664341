"""The protocol and the certificate, in three languages."""

import io

import pytest
from pypdf import PdfReader

from tests.cast import Cast
from tests.defence.conftest import DAY, finish, juror, say, slot_of
from varpa.defence import papers
from varpa.defence.actions import stage
from varpa.defence.models import Defence, Slot
from varpa.ui import words

pytestmark = pytest.mark.django_db
LANGUAGES = ("lv", "lt", "en")


def read(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_protocol_names_everybody_and_carries_its_digest(cast: Cast, elinas: Slot, language: str) -> None:
    say(elinas, juror(elinas.defence, cast.rimantas), 20_000_00)
    stage.close_slot(slot=elinas, by=cast.inga, now=DAY)
    finish(elinas.defence, cast)
    with words.on_paper(language, "Europe/Riga"):
        text = read(papers.protocol(elinas.defence, language))
    for name in ("Elīna Bērziņa", "Gabija Petrauskaitė", "Andris Ozols", "Inga Liepa"):
        assert name in text
    assert papers.digest(elinas.defence) in text.replace(" ", "")
    assert "2026" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_certificate_says_where_it_is_verified(cast: Cast, running: Defence, language: str) -> None:
    finish(running, cast)
    slot = slot_of(running, cast.elina)
    with words.on_paper(language, "Europe/Riga"):
        text = read(papers.certificate(slot, language))
    assert "Elīna Bērziņa" in text
    assert f"/certificates/{slot.number}/" in text
    assert "2026" in text


@pytest.mark.parametrize("digest", ["baceda" * 10 + "bade", "decade" * 10 + "face"])
def test_a_digest_that_looks_like_words_is_not_hyphenated(
    cast: Cast, running: Defence, digest: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "digest", lambda _defence: digest)
    finish(running, cast)
    with words.on_paper("lv", "Europe/Riga"):
        assert digest in read(papers.protocol(running, "lv")).replace(" ", "")
