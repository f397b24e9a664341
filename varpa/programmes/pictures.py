"""What is asked of every picture that a mentee puts into own work (product S11, S12)."""

from typing import Final

from django.utils.translation import pgettext_lazy

from varpa.kernel.refusals import Refusal

OTHERS: Final = "others"
"""Somebody beside the two can be recognised."""


class NoWords(Refusal):
    sentence = pgettext_lazy("mentee", "Say in a few words what the picture shows.")


class ShowsOthers(Refusal):
    sentence = pgettext_lazy(
        "mentee",
        "Somebody else can be recognised in the picture, and nobody here knows whether that person agrees. "
        "Choose a picture without them, or cut them out first.",
    )


class NoPhotographsPermission(Refusal):
    """A minor's guardian has not permitted photographs, or has taken it back."""

    sentence = pgettext_lazy(
        "mentee",
        "No parent or guardian has permitted photographs of you, so a picture in which you can be recognised "
        "is not kept. Choose one without your face, or ask the project manager for the permission.",
    )


AT: Final[dict[type[Refusal], str]] = {
    NoWords: "about",
    ShowsOthers: "shows",
    NoPhotographsPermission: "shows",
}
"""At which field of a form each is said."""


def require_shown(about: str, *, others: bool, forbidden: bool) -> None:
    """Raise one of the refusals above. `forbidden`: it shows the mentee, whom nobody may picture."""
    if not about.strip():
        raise NoWords()
    if others:
        raise ShowsOthers()
    if forbidden:
        raise NoPhotographsPermission()
