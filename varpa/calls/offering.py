"""What a programme asks of two people, as its methodology has it: for its front door, and to call mentors."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from varpa.methodology.model import Methodology
from varpa.ui import words


def what_mentors_do(methodology: Methodology) -> str:
    """In a few sentences: what is shared, how the two meet and for how long, whether there is a training."""
    return " ".join(_sentences(methodology))


def time_together(methodology: Methodology) -> str:
    """For how long the two are together, and whether in person, remotely or both."""
    if not methodology.meets_remotely():
        told = _("The two spend about {hours} together over the programme, in person, when it suits both.")
    elif methodology.meets_in_person():
        told = _(
            "The two spend about {hours} together over the programme, in person or remotely, when it suits "
            "both."
        )
    else:
        told = _("The two spend about {hours} together over the programme, remotely, when it suits both.")
    return told.format(hours=words.minutes(methodology.hours_minutes))


def _sentences(methodology: Methodology) -> Iterator[str]:
    if methodology.is_of_business():
        yield _("A mentor shares experience of business with one young person.")
    else:
        yield _("A mentor shares own knowledge and experience with one mentee.")
    yield time_together(methodology)
    if methodology.training:
        yield _("There is a training beforehand.")
