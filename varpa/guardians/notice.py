"""The notice for a guardian, in plain words: on the page of the link and on the form to print."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from varpa.programmes.models import Programme
from varpa.programmes.queries import hours_target
from varpa.ui import words


class Part(NamedTuple):
    """One heading of the notice with its paragraphs."""

    head: str
    paragraphs: list[str]


def notice_of(programme: Programme) -> list[Part]:
    """What a guardian reads before answering, in the language that is active."""
    told = {
        "programme": str(programme.name),
        "organisation": programme.organisation.name,
        "span": words.span(programme.starts, programme.ends),
        "hours": words.minutes(hours_target(programme)),
    }
    return [Part(head, [each.format(**told) for each in paragraphs]) for head, paragraphs in _parts()]


def _parts() -> list[tuple[str, list[str]]]:
    return [
        (
            _("What this is"),
            [
                _(
                    "In the programme “{programme}” an entrepreneur, the mentor, helps a pupil with "
                    "the pupil’s own business idea. The mentor asks and advises; the pupil decides. "
                    "Nobody gives marks."
                ),
                _("Runs: {span}"),
                _("Organised by: {organisation}"),
            ],
        ),
        (
            _("What the pupil will do"),
            [
                _(
                    "Meet the mentor, in person or online, altogether about {hours}; see the mentor’s "
                    "company; come to the joint meetings; write a business plan and present it at the "
                    "end."
                ),
                _("Each meeting is planned beforehand and written down with its day and length."),
            ],
        ),
        *_data(),
    ]


def _data() -> list[tuple[str, list[str]]]:
    return [
        (
            _("What is kept, and who sees it"),
            [
                _(
                    "Name, e-mail address, phone, date of birth and school of the pupil; what the two "
                    "write: topic, plan, goals, meetings, hours. Of you: name, e-mail address and "
                    "your answers."
                ),
                _(
                    "What the two write belongs to them. Those who run the programme see that they "
                    "meet, when, how long and how, not what was said. Nothing goes to anybody else; "
                    "there is no advertising."
                ),
            ],
        ),
        (
            _("For how long, and your rights"),
            [
                _(
                    "As long as the programme runs and its reports must be kept; then names and texts "
                    "are erased and only counts remain."
                ),
                _(
                    "You may ask what is kept about the pupil and about you, have it put right or "
                    "erased, and take back each permission at any time, without a reason. "
                    "{organisation} answers for this."
                ),
            ],
        ),
    ]
