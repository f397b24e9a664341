"""What the answers of an application are called."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = str | Promise
Choices = tuple[tuple[str, Words], ...]

# What people of the two countries speak at home or learn at school; codes of ISO 639-1.
SPOKEN: Final[Choices] = (
    ("lv", _("Latvian")),
    ("lt", _("Lithuanian")),
    ("en", _("English")),
    ("ru", _("Russian")),
    ("pl", _("Polish")),
    ("uk", _("Ukrainian")),
    ("de", _("German")),
    ("et", _("Estonian")),
)
TRAVEL: Final[Choices] = (
    ("0", _("not beyond one’s own town")),
    ("30", _("up to 30 km")),
    ("60", _("up to 60 km")),
    ("120", _("up to 120 km")),
    ("400", _("further, to the other country too")),
)
COMPUTER: Final[Choices] = (
    ("own", pgettext_lazy("computer", "a computer with internet at home")),
    ("none", pgettext_lazy("computer", "no computer at home")),
    ("phone", pgettext_lazy("computer", "phone only")),
)
LEVELS: Final[Choices] = (
    ("1", pgettext_lazy("ability", "still learning")),
    ("2", pgettext_lazy("ability", "mostly")),
    ("3", pgettext_lazy("ability", "surely")),
    ("", pgettext_lazy("ability", "no answer")),
)
