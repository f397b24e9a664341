"""PPTX files as slide programs, and others, make them."""

import io
from zipfile import ZIP_DEFLATED, ZipFile

TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
WHOLE = b'<?xml version="1.0"?><p:presentation xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"/>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def pptx(**more: bytes) -> bytes:
    """The bones of a PPTX; `more` are parts by name."""
    parts = {"[Content_Types].xml": TYPES, "ppt/presentation.xml": WHOLE, **more}
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def refers_to(target: str, kind: str, mode: str = "External") -> dict[str, bytes]:
    """The table of a slide that refers to something."""
    each = f'<Relationship Id="r1" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    table = f'<?xml version="1.0"?><Relationships xmlns="x">{each}</Relationships>'
    return {"ppt/slides/_rels/slide1.xml.rels": table.encode()}
