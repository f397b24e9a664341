"""The guardian's form on paper: the notice, a box for each permission, lines to sign."""

from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from varpa.documents.render import pdf
from varpa.documents.shapes import NoticePart, Permissions
from varpa.guardians.models import NoticeText
from varpa.guardians.notice import notice_in
from varpa.guardians.queries.notices import added_languages, notices_in
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


def papers_of(membership: Membership, *, added: bool = True) -> list[Paper]:
    """One in each language of the house; with each added notice, one in the reader's own.

    `added`: False where it is known that there is none.
    """
    own = get_language() or Language.ENGLISH.value
    usual = [Paper(code, "", name) for code, name in Language.choices]
    others = added_languages(membership) if added else []
    return [*usual, *(Paper(own, code, f"{LANGUAGES[own]}, {name}") for code, name in others)]


def permission_paper(membership: Membership, language: str, also_in: str = "") -> bytes:
    """The form to print for one mentee, as PDF/UA; the notice also in a language that the programme adds."""
    with words.on_paper(language):
        whose = (membership.person.name, membership.place)
        shape = _shape(membership.programme, membership.country, whose, language, also_in)
        return pdf("permissions", shape, language=language, title=_("A guardian’s permission"))


def blank_permission(programme: Programme, country: str, language: str) -> bytes:
    """The same with room for name and school, in the language that is active; "": as in all countries."""
    shape = _shape(programme, country, (LINE, LINE), language, "")
    return pdf("permissions", shape, language=language, title=_("A guardian’s permission"))


def _shape(
    programme: Programme, country: str, whose: tuple[str, str], language: str, also_in: str
) -> Permissions:
    (mentee, place), own = whose, notices_in(programme, country)
    kinds = [PermissionKind(kind) for kind in kinds_to_permit(programme)]
    return {
        "letterhead": letterhead(programme),
        "mentee": mentee,
        "place": place,
        "period": words.span(programme.starts, programme.ends),
        "notice": _notice(programme, own.get(language)),
        "also": _notice(programme, own.get(also_in)) if also_in else [],
        "also_in": also_in,
        "boxes": [{"what": str(PERMITS[kind]), "without": str(BLOCKS[kind])} for kind in kinds],
        "ask": [_asked(each.person.name, each.person.email) for each in staff_of(programme)[:5]],
    }


def _notice(programme: Programme, own: NoticeText | None) -> list[NoticePart]:
    return [{"head": head, "paragraphs": texts} for head, texts in notice_in(programme, own)]


def _asked(name: str, address: str | None) -> str:
    return f"{name}, {address}" if address else name
