"""The lines on which the jury signs the protocol: two beside each other, with room for a hand."""

import io
from typing import Any

from pypdf import PdfReader

from tests.documents import works
from varpa.documents.render import pdf

TEN_MM = 28.35
"""In points, in which a PDF measures."""


def test_each_of_the_jury_has_room_to_sign() -> None:
    said = {**works.protocol(1), "lines": [], "jurors": ["Aaaa", "Bbbb", "Cccc"]}
    reader = PdfReader(io.BytesIO(pdf("protocol", said, language="lv", title="Protokols")))
    places: dict[str, tuple[float, float]] = {}

    def note(text: str, at: Any, *_more: Any) -> None:
        if text.strip() in said["jurors"]:
            places[text.strip()] = (at[4], at[5])

    for page in reader.pages:
        page.extract_text(visitor_text=note)
    first, beside, below = (places[name] for name in ("Aaaa", "Bbbb", "Cccc"))
    assert first[1] == beside[1]
    assert beside[0] > first[0]
    assert abs(first[1] - below[1]) > 2 * TEN_MM
