"""What a guardian permits, and what happens without it, in the words of a page."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from varpa.people.models import Language
from varpa.programmes.models import PermissionKind

Words = str | Promise

# Languages that a programme may add to its notice, each by its own name.
ADDED: Final[dict[str, str]] = {
    "ru": "Русский",
    "uk": "Українська",
    "be": "Беларуская",
    "pl": "Polski",
    "de": "Deutsch",
    "et": "Eesti",
    "fi": "Suomi",
    "sv": "Svenska",
    "no": "Norsk",
    "da": "Dansk",
    "ar": "العربية",
    "ka": "ქართული",
}
LANGUAGES: Final[dict[str, str]] = {**{str(code): str(name) for code, name in Language.choices}, **ADDED}
PERMITS: Final[dict[str, Words]] = {
    PermissionKind.TAKING_PART: _("Taking part in the programme"),
    PermissionKind.VISIT: _("Visiting the mentor’s company"),
    PermissionKind.VISIT_ABROAD: _("A visit to a company in another country"),
    PermissionKind.PHOTOGRAPHS: _("Photographs"),
}
BLOCKS: Final[dict[str, Words]] = {
    PermissionKind.TAKING_PART: _(
        "Without it there are no meetings and no messages with the mentor. If you take it back, they "
        "stop at once."
    ),
    PermissionKind.VISIT: _("Without it no visit to the company can be planned; they meet in another way."),
    PermissionKind.VISIT_ABROAD: _(
        "Only where the mentor works in the other country. Without it no visit there can be planned."
    ),
    PermissionKind.PHOTOGRAPHS: _(
        "At joint meetings and visits, for the pages and reports of the programme. Without it no "
        "picture may show the pupil recognisably."
    ),
}
