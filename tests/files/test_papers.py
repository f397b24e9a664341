"""PDF files: those that act are refused, in whatever way they are packed; honest words are no program."""

import zlib
from contextlib import suppress
from pathlib import Path
from time import process_time

import pytest
import typst

from tests.files.conftest import keep, stored
from tests.files.samples import pdf, upload
from varpa.files import papers, queries, refusals
from varpa.files.actions import PAPERS
from varpa.files.models import File
from varpa.kernel.refusals import Refusal

pytestmark = pytest.mark.django_db

PACKED = zlib.compress(b"<< /S /JavaScript /JS (app.alert(1)) >>")
XMP = b"<?xpacket?><rdf:RDF><dc:title>Foto/Movie (a/Sound)</dc:title></rdf:RDF><?xpacket end='r'?>"
ACTIVE = {
    "script": pdf(b"3 0 obj\n<< /S /JavaScript /JS (app.alert(1)) >>\nendobj\n"),
    "script with an escaped name": pdf(b"3 0 obj\n<< /S /J#61vaScr#69p#74 >>\nendobj\n"),
    "script with every letter escaped": pdf(
        b"/" + b"".join(b"#%02X" % each for each in b"JavaScript") + b"\n"
    ),
    "script in packed objects": pdf(streams=((b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", PACKED),)),
    "script behind the end of an early stream": pdf(
        streams=(
            (b"/Filter /FlateDecode", zlib.compress(b"endstream" * 9)),
            (b"/Filter [/FlateDecode]", PACKED),
        )
    ),
    "script in objects packed unusually": pdf(
        streams=(
            (b"/Type /ObjStm /N 1 /First 4 /Filter [/ASCIIHexDecode /FlateDecode]", PACKED.hex().encode()),
        )
    ),
    "script in objects packed by differences": pdf(
        streams=(
            (
                b"/Type /ObjStm /DecodeParms << /Predictor 12 >> /Filter /FlateDecode",
                zlib.compress(b"\2" * 90),
            ),
        )
    ),
    "script in objects packed twice": pdf(
        streams=((b"/Type /ObjStm /N 1 /First 4 /Filter [/FlateDecode /FlateDecode]", zlib.compress(PACKED)),)
    ),
    "script between two notes": pdf(b"3 0 obj\n% (\n<< /S /JavaScript /JS 4 0 R >>\n% )\nendobj\n"),
    "script in one line with half a text": pdf(b"3 0 obj\n[ (<\\() << /S /JavaScript /JS (a) >> ]\nendobj\n"),
    "script behind a text in a text": pdf(b"3 0 obj\n[ (a<b (c) d) << /S /JavaScript /JS (a) >> ]\nendobj\n"),
    "script behind a text that is not closed": pdf(b"3 0 obj\n<< /A (b (c) /S /JavaScript >>\nendobj\n"),
    "script in numbers before half a text": pdf(b"3 0 obj\n<< /A <41(> /S /JavaScript /B ) >>\nendobj\n"),
    "script behind an escaped sign": pdf(b"3 0 obj\n<< /A (<\\( (b) ) /S /JavaScript /C (c) >>\nendobj\n"),
    "script that a text holds": pdf(b"3 0 obj ( 4 0 obj << /S /JavaScript >> endobj ) endobj\n"),
    "script named in the middle of a text": pdf(
        b"3 0 obj\n<< /S % here\n4 0 R /JS (a) >>\nendobj\n5 0 obj (4 0 obj /JavaScript endobj) endobj\n"
    ),
    "script named in a text of packed objects": pdf(
        b"3 0 obj\n<< /S 4 0 R /JS (a) >>\nendobj\n",
        streams=((b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", zlib.compress(b"4 1 (/JavaScript)")),),
    ),
    "script in objects packed unusually, said elsewhere": pdf(
        b"3 0 obj\n[ /ASCIIHexDecode /FlateDecode ]\nendobj\n",
        streams=((b"/Type /ObjStm /N 1 /First 4 /Filter 3 0 R", PACKED.hex().encode()),),
    ),
    "script in what is called a picture": pdf(
        streams=((b"/N 1 /First 4 /Subtype /Image /Filter /FlateDecode", PACKED),)
    ),
    "script in what is called a picture, packed twice": pdf(
        streams=(
            (b"/N 1 /First 4 /Subtype /Image /Filter [/FlateDecode /FlateDecode]", zlib.compress(PACKED)),
        )
    ),
    "script between two pieces of what is called a picture": pdf(
        streams=(
            (
                b"/N 1 /First 4 /Subtype /Image /Filter /FlateDecode",
                zlib.compress(b"\0" * (1024 * 1024 - 4) + b"/JavaScript "),
            ),
        )
    ),
    "a program to start": pdf(b"3 0 obj\n<< /S /Launch /F (cmd.exe) >>\nendobj\n"),
    "a file inside": pdf(b"3 0 obj\n<< /Type /EmbeddedFile >>\nendobj\n"),
    "a form that sends itself": pdf(b"3 0 obj\n<< /S /SubmitForm >>\nendobj\n"),
    "an old form": pdf(b"3 0 obj\n<< /XFA [] >>\nendobj\n"),
}


@pytest.mark.parametrize("content", ACTIVE.values(), ids=ACTIVE)
def test_a_pdf_that_acts_is_refused(content: bytes, media: Path) -> None:
    with pytest.raises(refusals.ActiveContent):
        keep(upload(content), kinds=PAPERS)
    assert not File.objects.exists()
    assert not stored(media)


@pytest.mark.parametrize(
    "content",
    [
        pdf(streams=((b"/Filter /FlateDecode", zlib.compress(b"BT (Foto/Movie \\(studija\\)) Tj ET")),)),
        pdf(b"3 0 obj\n<< /A << /S /URI /URI (https://studija.lv/Sound) >> >>\nendobj\n"),
        pdf(b"3 0 obj\n<< /Title (Foto/Movie (a/Sound)) /Subject (Foto/Encrypt) >>\nendobj\n"),
        pdf(streams=((b"/Type /Metadata /Filter /FlateDecode", zlib.compress(XMP)),)),
        pdf(
            streams=(
                (
                    b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode",
                    zlib.compress(b"3 0 << /S /URI /URI (https://studija.lv/Launch) >>"),
                ),
            )
        ),
    ],
    ids=["text", "link", "title with brackets", "packed words about the file", "link in packed objects"],
)
def test_words_that_people_read_are_no_program(content: bytes) -> None:
    assert queries.content(keep(upload(content), kinds=PAPERS)) == content


def test_many_large_pictures_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Screenshots and scans unpack to far more than anything that a PDF does."""
    monkeypatch.setattr(papers, "UNPACKED_AT_MOST", 1_000_000)
    head = b"/Type /XObject /Subtype /Image /Width 800 /Height 500 /Filter /FlateDecode"
    screen = zlib.compress(b"\xf0<</" * 300_000)
    assert keep(upload(pdf(streams=((head, screen),) * 4)), kinds=PAPERS)


@pytest.mark.parametrize("letters", [b"/RL\n", b"/LZW/", b"/A85(", b"/XFA\xff"])
def test_letters_in_a_picture_are_no_program(letters: bytes) -> None:
    photograph = b"\xff\xd8" + b"\x80" * 2000 + letters + b"\x80" * 2000
    objects = zlib.compress(b"3 0 << /Type /Page /Parent 2 0 R >>")
    content = pdf(
        streams=(
            (b"/Type /XObject /Subtype /Image /Filter /DCTDecode", photograph),
            (b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", objects),
        )
    )
    assert queries.content(keep(upload(content), kinds=PAPERS)) == content


def test_pictures_that_unpack_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "PICTURES_AT_MOST", 3_000_000)
    picture = (b"/Subtype /Image /Filter /FlateDecode", zlib.compress(b"\0" * 2_000_000))
    assert keep(upload(pdf(streams=(picture,))), kinds=PAPERS)
    with pytest.raises(refusals.Broken):
        keep(upload(pdf(streams=(picture, picture))), kinds=PAPERS)


def test_a_title_that_sounds_like_a_program_only_loses_its_stroke() -> None:
    content = pdf(streams=((b"/Type /Metadata /Subtype /XML", XMP),))
    found = queries.content(keep(upload(content), kinds=PAPERS))
    assert found == content.replace(b"Foto/Movie (a/Sound)", b"Foto Movie (a Sound)")
    assert len(found) == len(content)


@pytest.mark.parametrize("name", [b"/JavaScript", b"/J#61vaScript"])
def test_a_script_made_to_look_like_a_title_is_none_any_more(name: bytes) -> None:
    script = b"<rdf:RDF 3 0 obj << /S " + name + b" /JS (app.alert(1)) >> endobj </rdf:RDF>"
    found = queries.content(keep(upload(pdf(script)), kinds=PAPERS))
    assert name not in found
    with pytest.raises(refusals.ActiveContent):
        keep(upload(pdf(script + b"<< /S " + name + b" >>")), kinds=PAPERS)


def test_a_document_with_such_a_title_is_kept() -> None:
    """As a program that writes PDF makes it: the title stands in it twice."""
    title = '#set document(title: "Foto/Movie (a/Sound)", keywords: ("x/Launch",))\n= Foto/Movie'
    assert keep(upload(typst.compile(title.encode(), format="pdf")), kinds=PAPERS)


@pytest.mark.parametrize(
    "name",
    [
        b"/F/ObjStm ",
        b"obj",
        b"/S%",
        b"/S 1 ",
        b"(",
        b"(/Movie",
        b"(a(",
        b"<rdf:RDF",
        b"()",
        b"/S\n%",
        b"%/S\n",
    ],
)
def test_a_pdf_made_to_keep_the_house_busy_is_read_soon(name: bytes) -> None:
    begun = process_time()
    with suppress(Refusal):
        papers.still(pdf(b"(/Movie) " + name * 200_000))
    assert process_time() - begun < 5


def test_a_pdf_packed_without_end_is_refused() -> None:
    packed = b"BT (Sveiki) Tj ET"
    for _layer in range(papers.LAYERS_AT_MOST + 1):
        packed = zlib.compress(packed)
    with pytest.raises(refusals.Broken):
        keep(upload(pdf(streams=((b"/Filter /FlateDecode", packed),))), kinds=PAPERS)


def test_a_locked_pdf_is_refused() -> None:
    with pytest.raises(refusals.Locked):
        keep(upload(pdf(b"trailer\n<< /Encrypt 9 0 R >>\n")), kinds=PAPERS)


def test_half_a_pdf_is_refused() -> None:
    with pytest.raises(refusals.Broken):
        keep(upload(pdf()[:-10]), kinds=PAPERS)


def test_packed_objects_that_cannot_be_unpacked_are_refused() -> None:
    head = b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode"
    with pytest.raises(refusals.Broken):
        keep(upload(pdf(streams=((head, b"x" * 90),))), kinds=PAPERS)


def test_a_pdf_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "UNPACKED_AT_MOST", 100_000)
    bomb = zlib.compress(b"\0" * 60_000)
    head = b"/Filter /FlateDecode"
    assert keep(upload(pdf(streams=((head, bomb),))), kinds=PAPERS)
    with pytest.raises(refusals.Broken):
        keep(upload(pdf(streams=((head, bomb), (head, bomb)))), kinds=PAPERS)


def test_a_pdf_of_very_many_streams_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "STREAMS_AT_MOST", 20)
    with pytest.raises(refusals.Broken):
        keep(upload(pdf(b"stream\n" * 30)), kinds=PAPERS)


def test_our_own_documents_are_kept() -> None:
    from tests.documents.samples import diary
    from varpa.documents.render import pdf as document

    content = document("diary", diary(), language="lv", title="Mentora dienasgrāmata")
    assert keep(upload(content), kinds=PAPERS).size == len(content)
