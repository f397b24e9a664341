"""The notice for a guardian, in plain words: on the page of the link and on the form to print."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from varpa.kernel.text import TranslatedText
from varpa.programmes.models import Programme, Role
from varpa.programmes.queries import hours_target, methodology_of
from varpa.ui import words


class Part(NamedTuple):
    """One heading of the notice with its paragraphs."""

    head: str
    paragraphs: list[str]


def notice_of(programme: Programme) -> list[Part]:
    """What a guardian reads before answering, in the active language, by the programme's methodology."""
    told = {
        "programme": str(programme.name),
        "organisation": programme.organisation.name,
        "span": words.span(programme.starts, programme.ends),
        "hours": words.minutes(hours_target(programme)),
    }
    parts = [_what(programme), _doing(programme), *_data()]
    return [Part(head, [each.format(**told) for each in paragraphs]) for head, paragraphs in parts]


def _what(programme: Programme) -> tuple[str, list[str]]:
    definitions = methodology_of(programme).definitions
    said = [_literally(each.text) for each in definitions if not each.quoted][:1]
    helps = _(
        "In the programme “{programme}” a mentor helps a pupil. The mentor asks and advises; the pupil "
        "decides. Nobody gives marks."
    )
    return _("What this is"), [helps, *said, _("Runs: {span}"), _("Organised by: {organisation}")]


def _doing(programme: Programme) -> tuple[str, list[str]]:
    """What the calendar of the methodology asks of a mentee, each activity once."""
    activities = methodology_of(programme).activities()
    names = dict.fromkeys(_literally(each.name) for each in activities if each.role == Role.MENTEE)
    listed = "; ".join(name[0].lower() + name[1:] for name in names)
    meet = _("Meet the mentor, in person or online, altogether about {hours}.")
    calendar = str(_("By the calendar of the programme the pupil: {activities}."))
    planned = _("Each meeting is planned beforehand and written down with its day and length.")
    asked = [calendar.replace("{activities}", listed)] if listed else []
    return _("What the pupil will do"), [meet, *asked, planned]


def _literally(text: TranslatedText) -> str:
    # It goes through format(): braces that somebody wrote stay as they are.
    return str(text).replace("{", "{{").replace("}", "}}")


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
