"""The company profile on paper: the two's own copy, and the published one."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from varpa.documents import works
from varpa.documents.blocks import blocks
from varpa.documents.render import pdf
from varpa.profiles.models import Profile
from varpa.profiles.queries import Row
from varpa.programmes.letterheads import letterhead
from varpa.ui import words


def document(profile: Profile, rows: Sequence[Row], *, language: str, today: date, published: bool) -> bytes:
    """The profile as PDF/UA; headings in the language of the frame, texts as they were written.

    `published`: only what the mentor has approved as it stands, and what neither keeps back.
    """
    shown = [row for row in rows if (row.is_public if published else row.text)]
    pair = profile.pair
    shape: works.CompanyProfile = {
        "letterhead": letterhead(pair.programme),
        "mentor": pair.mentor.person.name,
        "mentee": pair.mentee.person.name,
        "stands": _("As it stands on %(day)s") % {"day": words.day(today)},
        "spoken": pair.mentee.person.language,
        "parts": [
            {
                "name": str(row.part.name),
                "blocks": blocks(row.text),
                "pictures": [],
                "notes": _notes(row, published=published),
            }
            for row in shown
        ],
    }
    return pdf("profile", shape, language=language, title=profile.company)


def _notes(row: Row, *, published: bool) -> list[str]:
    """Where it is from, and in the own copy whether it is approved and who may read it."""
    notes = []
    if row.written and row.written.sources:
        notes.append(_("Source: %(sources)s") % {"sources": ", ".join(row.written.sources_in_words)})
    if not published:
        if not row.is_approved:
            notes.append(_("Not approved by the mentor yet"))
        if row.is_kept_back:
            notes.append(_("Not for publication"))
    return notes
