"""Who stands behind a document of a programme: names, the funder's text, the emblem."""

from varpa.documents.shapes import Letterhead
from varpa.files.kinds import IMAGES
from varpa.files.queries import bytes_of
from varpa.programmes.models import Programme, Role
from varpa.programmes.roles import role_name


def letterhead(programme: Programme) -> Letterhead:
    """The letterhead in the language that is active. A document comes without an emblem that is gone."""
    return {
        "programme": str(programme.name),
        "organisation": programme.organisation.name,
        "funder_text": str(programme.funder_text),
        "emblem": _emblem(programme),
        # The documents' own words: a programme has none for its emblem.
        "emblem_text": "",
        "mentor": role_name(programme, Role.MENTOR),
        "mentee": role_name(programme, Role.MENTEE),
    }


def _emblem(programme: Programme) -> bytes | None:
    file = programme.emblem
    return bytes_of(file) if file and file.kind in IMAGES else None
