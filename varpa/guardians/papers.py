"""The guardian's form on paper: the notice, a box for each permission, lines to sign."""

from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from varpa.documents.render import pdf
from varpa.documents.shapes import NoticePart, Permissions
from varpa.guardians.notice import notice_in
from varpa.guardians.queries.notices import added_languages, notice_words
from varpa.guardians.words import BLOCKS, LANGUAGES, PERMITS
from varpa.people.models import Language
from varpa.programmes.letterheads import letterhead
from varpa.programmes.models import Membership, PermissionKind, Programme
from varpa.programmes.queries import kinds_to_permit, staff_of
from varpa.ui import words

LINE = "_" * 32


class Paper(NamedTuple):
    """A form to print: in `language`, with the notice in `also_in` besides, where that is not empty."""

    language: str
    also_in: str
    name: str


def papers_of(programme: Programme, *, added: bool = True) -> list[Paper]:
    """One in each language of the house; with each added notice, one in the reader's own.

    `added`: False where it is known that there is none.
    """
    own = get_language() or Language.ENGLISH.value
    usual = [Paper(code, "", name) for code, name in Language.choices]
    others = added_languages(programme) if added else []
    return [*usual, *(Paper(own, code, f"{LANGUAGES[own]}, {name}") for code, name in others)]


def permission_paper(membership: Membership, language: str, also_in: str = "") -> bytes:
    """The form to print for one mentee, as PDF/UA; the notice also in a language that the programme adds."""
    with words.on_paper(language):
        whose = (membership.person.name, membership.place)
        shape = _shape(membership.programme, whose, language, also_in)
        return pdf("permissions", shape, language=language, title=_("A guardian’s permission"))


def blank_permission(programme: Programme, language: str) -> bytes:
    """The same with room for name and school, in the language that is active."""
    shape = _shape(programme, (LINE, LINE), language, "")
    return pdf("permissions", shape, language=language, title=_("A guardian’s permission"))


def _shape(programme: Programme, whose: tuple[str, str], language: str, also_in: str) -> Permissions:
    mentee, place = whose
    kinds = [PermissionKind(kind) for kind in kinds_to_permit(programme)]
    return {
        "letterhead": letterhead(programme),
        "mentee": mentee,
        "place": place,
        "period": words.span(programme.starts, programme.ends),
        "notice": _notice(programme, language),
        "also": _notice(programme, also_in) if also_in else [],
        "also_in": also_in,
        "boxes": [{"what": str(PERMITS[kind]), "without": str(BLOCKS[kind])} for kind in kinds],
        "ask": [_asked(each.person.name, each.person.email) for each in staff_of(programme)[:5]],
    }


def _notice(programme: Programme, language: str) -> list[NoticePart]:
    parts = notice_in(programme, notice_words(programme, language))
    return [{"head": head, "paragraphs": texts} for head, texts in parts]


def _asked(name: str, address: str | None) -> str:
    return f"{name}, {address}" if address else name
