"""The application on paper: the same questions, with lines to write on and boxes to mark."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from varpa.calls.forms.applying import FIELDS
from varpa.calls.queries import asked_by, contact_of
from varpa.calls.steps import HEADS, ORDER, Asked, head_of
from varpa.documents.render import pdf
from varpa.documents.shapes import Application, AskedGroup, AskedQuestion
from varpa.programmes.letterheads import letterhead
from varpa.programmes.models import Programme, Role
from varpa.programmes.week import DAYS, PARTS
from varpa.ui import words


def application_paper(programme: Programme, role: str, language: str, now: datetime) -> bytes:
    """The form to print for one role, as PDF/UA, in the language that is active."""
    title = _("Application as a mentee") if role == Role.MENTEE else _("Application as a mentor")
    return pdf("application", _shape(programme, role, now), language=language, title=title)


def _shape(programme: Programme, role: str, now: datetime) -> Application:
    asked = asked_by(programme, role, now)
    contact = contact_of(programme)
    return {
        "letterhead": letterhead(programme),
        "period": words.span(programme.starts, programme.ends),
        "groups": [_group(asked, step) for step in ORDER if step in HEADS[role] and _prints(asked, step)],
        "mentee": role == Role.MENTEE,
        "address": settings.SITE_URL + reverse("calls:call", args=[programme.ref]),
        "ask": [", ".join(filter(None, contact))] if any(contact) else [],
    }


def _prints(asked: Asked, step: str) -> bool:
    return step != "questions" or bool(asked.questions)


def _group(asked: Asked, step: str) -> AskedGroup:
    fields = FIELDS[step](asked)
    return {"head": str(head_of(asked, step)), "questions": [_question(*each) for each in fields.items()]}


def _question(name: str, field: forms.Field) -> AskedQuestion:
    ticks, rows = _ticks(name, field), 1
    if name == "interests":
        rows = 3
    elif field.widget.attrs.get("rows"):
        rows = 4
    times = name == "availability"
    return {
        "label": str(field.label or name),
        "ticks": ticks,
        "rows": 0 if ticks or times else rows,
        "days": [str(day) for day in DAYS.values()] if times else [],
        "parts": [str(part) for part in PARTS.values()] if times else [],
    }


def _ticks(name: str, field: forms.Field) -> list[str]:
    if name in ("interests", "availability"):
        return []
    choices: Any = getattr(field, "choices", ())
    return [str(label) for value, label in choices if value]
