"""The notice for a guardian, in plain words: on the page of the link and on the form to print."""

from typing import NamedTuple

from django.utils import translation
from django.utils.translation import gettext as _

from varpa.guardians.models import NoticeText
from varpa.programmes.models import Programme, Role
from varpa.programmes.queries import hours_target, methodology_of
from varpa.ui import words


class Part(NamedTuple):
    """One heading of the notice with its paragraphs."""

    head: str
    paragraphs: list[str]


def notice_in(programme: Programme, own: NoticeText | None) -> list[Part]:
    """What a guardian reads before answering: the programme's own words where it has some, else the usual."""
    if own is None:
        return notice_of(programme)
    return [
        Part(
            str(programme.name),
            [part for part in own.text.replace("\r\n", "\n").split("\n\n") if part.strip()],
        )
    ]


def text_of(programme: Programme, own: NoticeText | None, language: str) -> str:
    """The notice in a language as one text: what a version of it keeps."""
    with translation.override(language):
        return "\n\n".join(
            text for head, paragraphs in notice_in(programme, own) for text in (head, *paragraphs)
        )


def notice_of(programme: Programme) -> list[Part]:
    """The usual notice in the active language, by the programme's methodology."""
    return [_what(programme), _doing(programme), _kept(), _rights(programme)]


def _what(programme: Programme) -> Part:
    definitions = methodology_of(programme).definitions
    helps = _(
        "In the programme “{programme}” a mentor helps a pupil. The mentor asks and advises; the pupil "
        "decides. Nobody gives marks."
    )
    paragraphs = [
        helps.format(programme=programme.name),
        *[str(each.text) for each in definitions if not each.quoted][:1],
        _("Runs: {span}").format(span=words.span(programme.starts, programme.ends)),
        _("Organised by: {organisation}").format(organisation=programme.organisation.name),
    ]
    return Part(_("What this is"), paragraphs)


def _doing(programme: Programme) -> Part:
    """What the calendar of the methodology asks of a mentee, each activity once."""
    activities = methodology_of(programme).activities()
    names = dict.fromkeys(str(each.name) for each in activities if each.role == Role.MENTEE)
    listed = "; ".join(name[0].lower() + name[1:] for name in names)
    paragraphs = [_how(programme).format(hours=words.minutes(hours_target(programme)))]
    if listed:
        calendar = _("By the calendar of the programme the pupil: {activities}.")
        paragraphs.append(calendar.format(activities=listed))
    paragraphs.append(_("Each meeting is planned beforehand and written down with its day and length."))
    return Part(_("What the pupil will do"), paragraphs)


def _how(programme: Programme) -> str:
    """How the two come together, by the means that the methodology has."""
    methodology = methodology_of(programme)
    if not methodology.meets_remotely():
        return _("Meet the mentor in person, altogether about {hours}.")
    if methodology.meets_in_person():
        return _("Meet the mentor, in person or remotely, altogether about {hours}.")
    return _("Work with the mentor remotely, altogether about {hours}; the two do not meet in person.")


def _kept() -> Part:
    paragraphs = [
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
    ]
    return Part(_("What is kept, and who sees it"), paragraphs)


def _rights(programme: Programme) -> Part:
    rights = _(
        "You may ask what is kept about the pupil and about you, have it put right or "
        "erased, and take back each permission at any time, without a reason. "
        "{organisation} answers for this."
    )
    paragraphs = [
        _(
            "As long as the programme runs and its reports must be kept; then names and texts "
            "are erased and only counts remain."
        ),
        rights.format(organisation=programme.organisation.name),
    ]
    return Part(_("For how long, and your rights"), paragraphs)
