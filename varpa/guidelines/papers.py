"""Published guidelines on paper."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from varpa.documents.blocks import blocks
from varpa.documents.chapters import Guidelines
from varpa.documents.render import pdf
from varpa.guidelines.models import Version
from varpa.guidelines.reading import sections_read
from varpa.programmes.letterheads import letterhead
from varpa.ui import words


def document(version: Version, *, language: str) -> bytes:
    """The guidelines as PDF/UA in one language; a text that is missing in it stands there in another."""
    with override(language):
        shape: Guidelines = {
            "letterhead": letterhead(version.programme),
            "version": _("Version %(number)d, %(day)s")
            % {"number": version.number, "day": words.day(version.at)},
            "parts": [
                {"name": str(each.step.name), "spoken": each.spoken, "blocks": blocks(each.text)}
                for each in sections_read(version, language)
            ],
        }
        return pdf("guidelines", shape, language=language, title=_("Mentoring guidelines"))
