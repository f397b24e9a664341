"""A new survey from one that stands: the same questions, nothing of what was sent, answered or shown."""

from datetime import date, datetime
from typing import Final

from django.db import transaction

from varpa.history.actions import record
from varpa.kernel.once import FormTooOld, require_same
from varpa.kernel.refs import new_ref
from varpa.kernel.text import TranslatedText
from varpa.people.models import Person
from varpa.programmes.models import OVER
from varpa.programmes.queries import today_of
from varpa.surveys.actions.editing import ProgrammeIsOver
from varpa.surveys.actions.questions import lock
from varpa.surveys.actions.sending import LONGEST, BadLastDay
from varpa.surveys.models import Question, Survey
from varpa.surveys.queries.surveys import asked_questions

KEY: Final = 29
"""Letters of the first survey's key that stand in the key of a copy, before its own reference."""
ASKED: Final = (
    *("key", "place", "kind", "text", "hint", "least", "most", "low", "high", "options", "rows", "roles"),
    *("only_question", "only_is", "again"),
)
"""All that a question asks."""


@transaction.atomic
def copy_survey(
    *,
    survey: Survey,
    name: TranslatedText,
    closes_on: date | None,
    by: Person,
    now: datetime,
    ref: str = "",
) -> Survey:
    """Make a draft with the questions that a survey asks now, in all languages; sent twice it is one.

    It compares with nothing: only the forms that know each other do. What was taken out stays out, and one
    about a training asks about the same one. Raises ProgrammeIsOver, and BadLastDay where its last day cannot
    be one.
    """
    programme, today = survey.programme, today_of(survey.programme, now)
    if programme.state in OVER:
        raise ProgrammeIsOver()
    if closes_on and not today <= closes_on <= today + LONGEST:
        raise BadLastDay(most=LONGEST.days)
    # Nobody changes a question while it is read, and a second click waits and finds what the first has made.
    lock(survey)
    known = Survey.objects.filter(ref=ref).first() if ref else None
    if known:
        if known.programme_id != programme.pk:
            raise FormTooOld()
        require_same(known, {"name": name, "closes_on": closes_on})
        return known
    survey.refresh_from_db(fields=["text", "roles", "minutes", "secrecy"])
    own = ref or new_ref()
    made = Survey.objects.create(
        ref=own,
        programme=programme,
        key=f"{survey.key[:KEY]}_{own}",
        name=name,
        text=survey.text,
        roles=survey.roles,
        minutes=survey.minutes,
        secrecy=survey.secrecy,
        event=survey.event,
        closes_on=closes_on,
        made_at=now,
    )
    Question.objects.bulk_create([_copy(made, each) for each in asked_questions(survey)])
    record("survey.copy", made, now=now, by=by, programme_ref=programme.ref, details={"of": survey.ref})
    return made


def _copy(made: Survey, asked: Question) -> Question:
    kept = {name: getattr(asked, name) for name in ASKED}
    return Question(survey=made, **kept)
