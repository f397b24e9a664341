"""The countries that a programme can be of, by their codes."""

from typing import Final

from django.utils.translation import gettext_lazy as _

# The countries of the source's programme first (methodology §10), then those around the same sea.
COUNTRIES: Final = (
    ("LV", _("Latvia")),
    ("LT", _("Lithuania")),
    ("EE", _("Estonia")),
    ("FI", _("Finland")),
    ("SE", _("Sweden")),
    ("NO", _("Norway")),
    ("DK", _("Denmark")),
    ("DE", _("Germany")),
    ("PL", _("Poland")),
)


def country_name(code: str) -> str:
    """A country in the reader's language; an unknown code as it is."""
    return str(dict(COUNTRIES).get(code, code))
