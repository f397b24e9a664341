"""The guardian's form on paper: the notice, a box for each permission, lines to sign."""

from django.utils.translation import gettext as _

from varpa.documents.render import pdf
from varpa.documents.shapes import Permissions
from varpa.guardians.notice import notice_in
from varpa.guardians.queries.notices import notice_words
from varpa.guardians.words import BLOCKS, PERMITS
from varpa.programmes.letterheads import letterhead
from varpa.programmes.models import Membership, PermissionKind
from varpa.programmes.queries import kinds_to_permit, staff_of
from varpa.ui import words


def permission_paper(membership: Membership, language: str) -> bytes:
    """The form to print for one mentee, as PDF/UA."""
    with words.on_paper(language):
        return pdf(
            "permissions", _shape(membership, language), language=language, title=_("A guardian’s permission")
        )


def _shape(membership: Membership, language: str) -> Permissions:
    programme = membership.programme
    kinds = [PermissionKind(kind) for kind in kinds_to_permit(programme)]
    return {
        "letterhead": letterhead(programme),
        "mentee": membership.person.name,
        "place": membership.place,
        "period": words.span(programme.starts, programme.ends),
        "notice": [
            {"head": head, "paragraphs": texts}
            for head, texts in notice_in(programme, notice_words(programme, language))
        ],
        "boxes": [{"what": str(PERMITS[kind]), "without": str(BLOCKS[kind])} for kind in kinds],
        "ask": [_asked(each.person.name, each.person.email) for each in staff_of(programme)[:5]],
    }


def _asked(name: str, address: str | None) -> str:
    return f"{name}, {address}" if address else name
