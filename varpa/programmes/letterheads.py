"""Who stands behind a document of a programme: names, the funder's text, the emblem."""

from varpa.documents.shapes import Letterhead
from varpa.files.kinds import IMAGES
from varpa.files.queries import content
from varpa.programmes.models import Programme


def letterhead(programme: Programme) -> Letterhead:
    """The letterhead in the language that is active. A document comes without an emblem that is gone."""
    return {
        "programme": str(programme.name),
        "organisation": programme.organisation.name,
        "funder_text": str(programme.funder_text),
        "emblem": _emblem(programme),
        # The documents' own words: a programme has none for its emblem.
        "emblem_text": "",
    }


def _emblem(programme: Programme) -> bytes | None:
    file = programme.emblem
    if file is None or file.withdrawn_at is not None or file.kind not in IMAGES:
        return None
    try:
        return content(file)
    except FileNotFoundError:
        return None
