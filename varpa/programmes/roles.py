"""What a programme calls its roles and where they are at home: not every methodology knows of mentors."""

import re
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from varpa.programmes.models import Programme, Role
from varpa.programmes.queries import methodology_of

_FIRST: Final = re.compile(r"[^,/(]*")


def role_name(programme: Programme, role: str, own: str | Promise = "") -> str:
    """What the methodology of a programme calls a role, in the reader's language: a label, never declined.

    Where that is the product's own word, it stands as the product writes it: for a woman as for a man, or as
    `own` has it, in the plural or within a sentence. A name of a methodology is only known as it is written.
    The programme is read with its methodology's version (`with_methodology`), or that costs a query.
    """
    word, name = str(Role(role).label), str(methodology_of(programme).role(role).name)
    return str(own or word) if _first(name) == _first(word) else name


def role_choices(programme: Programme) -> list[tuple[str, str]]:
    """All four to choose from."""
    return [(role.value, role_name(programme, role)) for role in Role]


def place_label(programme: Programme, role: str) -> str:
    """School or company where the methodology is of business, else where anybody may be at home."""
    mentee = role == Role.MENTEE
    if methodology_of(programme).is_of_business():
        return _("School") if mentee else _("Company")
    return _("School or workplace") if mentee else _("Workplace")


def _first(name: str) -> str:
    """“Mentors” of “Mentors / mentore”, “Project manager” of “Project manager, chief mentor”."""
    found = _FIRST.match(name)
    return found[0].strip().casefold() if found else ""
