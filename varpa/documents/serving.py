"""Handing a document out, behind the door of the room that made it."""

from django.conf import settings
from django.http import HttpResponse

from varpa.documents import word


def file_name(name: str) -> str:
    """What a file is called: in the demonstration it says so, where a table has no line to say it in."""
    return f"demonstration-{name}" if settings.DEMONSTRATION else name


def hand_out(pdf: bytes, name: str, *, inline: bool = False) -> HttpResponse:
    """A PDF to keep under a name (`inline`: to look at), which stays on no shared computer."""
    disposition = "inline" if inline else "attachment"
    headers = {
        "Content-Disposition": f'{disposition}; filename="{file_name(name)}.pdf"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def hand_out_docx(written: bytes, name: str) -> HttpResponse:
    """A DOCX to keep under a name, which stays on no shared computer."""
    headers = {
        "Content-Disposition": f'attachment; filename="{file_name(name)}.docx"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(written, content_type=word.TYPE, headers=headers)
