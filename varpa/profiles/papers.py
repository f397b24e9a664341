"""The company profile on paper: the two's own copy, and the published one."""

from collections.abc import Iterable, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext as _

from varpa.documents import works
from varpa.documents.blocks import blocks
from varpa.documents.render import pdf
from varpa.documents.shapes import PlacedPicture
from varpa.profiles.models import Photograph, Profile
from varpa.profiles.photographs import Photographs
from varpa.profiles.queries import Row
from varpa.programmes.letterheads import letterhead
from varpa.programmes.placed import placed
from varpa.ui import words

NONE: Final[Photographs] = MappingProxyType({})


def document(
    profile: Profile,
    rows: Sequence[Row],
    *,
    language: str,
    today: date,
    published: bool,
    photographs: Photographs = NONE,
) -> bytes:
    """The profile as PDF/UA; headings in the language of the frame, texts as they were written.

    `published`: only what the mentor has approved as it stands, and what neither keeps back. `photographs`
    are those that whoever gets the paper may see.
    """
    shown = [row for row in rows if _stands(row, photographs, published=published)]
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
                "pictures": _pictures(photographs.get(row.part.key, ())),
                "notes": _notes(row, published=published),
            }
            for row in shown
        ],
    }
    name = profile.public_name if published else profile.company
    return pdf("profile", shape, language=language, title=name)


def _stands(row: Row, photographs: Photographs, *, published: bool) -> bool:
    return row.is_public if published else bool(row.text or photographs.get(row.part.key))


def _pictures(photographs: Iterable[Photograph]) -> list[PlacedPicture]:
    found = (placed(each.file, each.about) for each in photographs)
    return [each for each in found if each]


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
