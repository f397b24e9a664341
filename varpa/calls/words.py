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
_LATE = _("The time of applying is over, so it is kept as interest: if a place becomes free, a letter comes.")
# How an application that was sent stands: a heading and a sentence, to mentors and to mentees.
STANDS: Final[dict[str, tuple[Words, Words, Words]]] = {
    "applied": (
        _("The application is in. Thank you"),
        _("A person reads it, and a letter tells what was decided."),
        _("A person reads it, and a letter tells what was decided."),
    ),
    "late": (
        _("The application is in. Thank you"),
        _LATE,
        _LATE,
    ),
    "waiting": (
        _("The application is on the waiting list"),
        _("All places are taken for now. If one becomes free, a letter comes; nothing has to be done."),
        _("All places are taken for now. If one becomes free, a letter comes; nothing has to be done."),
    ),
    "accepted": (
        _("The application is accepted. Welcome"),
        _("Next you get ready: what to read, where to come. Sign in with the address of the application."),
        pgettext_lazy(
            "mentee",
            "Next you get ready: what to read, where to come. Sign in with the address of the application.",
        ),
    ),
    "declined": (
        _("The application was declined"),
        _("The letter says more. Whoever runs the programme answers questions."),
        _("The letter says more. Whoever runs the programme answers questions."),
    ),
    "withdrawn": (
        _("Taking part has ended"),
        _("Nothing more has to be done."),
        _("Nothing more has to be done."),
    ),
    "completed": (
        _("The programme is completed. Thank you"),
        _("What was done together stays where it was: sign in with the address of the application."),
        pgettext_lazy(
            "mentee",
            "What was done together stays where it was: sign in with the address of the application.",
        ),
    ),
    "replaced": (
        _("There is a newer application"),
        _("This one is kept as it was sent. The newer one counts; the link to it is in its letter."),
        _("This one is kept as it was sent. The newer one counts; the link to it is in its letter."),
    ),
}
LEVELS: Final[Choices] = (
    ("1", pgettext_lazy("ability", "still learning")),
    ("2", pgettext_lazy("ability", "mostly")),
    ("3", pgettext_lazy("ability", "surely")),
    ("", pgettext_lazy("ability", "no answer")),
)
