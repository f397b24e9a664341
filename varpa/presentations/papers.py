"""The presentation as one file: a page a slide, without the notes."""

from varpa.documents import works
from varpa.documents.blocks import blocks
from varpa.documents.render import pdf
from varpa.presentations.models import Presentation
from varpa.presentations.queries import rows_of
from varpa.programmes.letterheads import letterhead


def document(presentation: Presentation, language: str) -> bytes:
    """The slides as PDF/UA, 16 to 9; headings in the language of the frame, texts as they were written."""
    maker = presentation.membership.person
    shape: works.Slides = {
        "letterhead": letterhead(presentation.membership.programme),
        "maker": maker.name,
        "spoken": maker.language,
        "slides": [
            {"name": str(row.part.name), "blocks": blocks(row.text), "pictures": []}
            for row in rows_of(presentation)
            if row.text
        ],
    }
    return pdf("slides", shape, language=language, title=presentation.title)
