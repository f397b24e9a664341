"""What a programme changes in its methodology: hours, dates of periods, wording, added questions.

The methodology stays as it was taken; the changes are kept whole with the programme (methodology.overrides).
"""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.merging import Conflict, save_text
from varpa.kernel.refusals import Refusal
from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.methodology import dates_of, overrides
from varpa.people.models import Person
from varpa.programmes.actions.programmes import WrongOverrides
from varpa.programmes.models import OVER, Programme, ProgrammeState
from varpa.programmes.queries import own_methodology_of

MOST_HOURS = 1000
OPEN_QUESTIONS = (ProgrammeState.DRAFT, ProgrammeState.RECRUITING)


class ProgrammeIsOver(Refusal):
    sentence = _("The programme is closed: its methodology no longer changes.")


class WrongHours(Refusal):
    sentence = _("Write a number of hours between 1 and 1000.")


class WindowOutOfOrder(Refusal):
    """`field` names the period whose last day it is."""

    sentence = _("The last day comes before the first day.")


class WindowOutside(Refusal):
    """`field` names the period that leaves the programme."""

    sentence = _("A period must lie within the days of the programme.")


class NoSuchText(Refusal):
    sentence = _("There is no such text in the methodology.")


class NotAllLanguages(Refusal):
    sentence = _("Write it in all three languages.")


class QuestionInUse(Refusal):
    """Answers may hang on it already: they would be seen no more."""

    sentence = _(
        "The programme has begun, and somebody may have answered: the question can only be reworded."
    )


@transaction.atomic
def override(
    *, programme: Programme, changes: dict[str, Any], by: Person, now: datetime, revision: int
) -> None:
    """Put the programme's own wording, windows, hours target and added questions over the methodology.

    `changes` are whole, not a difference (docs/methodology-format.md). Raises WrongOverrides, and
    merging.Conflict where somebody was first; what stands there already is not written again.
    """
    if programme.state in OVER:
        raise ProgrammeIsOver()
    problems = overrides.problems(own_methodology_of(programme), changes, programme.starts, programme.ends)
    if problems:
        raise WrongOverrides(problems="; ".join(problems))
    if _stored(programme) == changes:
        return
    save_text(programme, revision=revision, texts={}, overrides=changes)
    record("programme.override", programme, now=now, by=by, programme_ref=programme.ref)


def require_hours(hours: int | None) -> None:
    """Raise WrongHours unless it is a number of hours that a pair can spend together."""
    if hours is not None and not 0 < hours <= MOST_HOURS:
        raise WrongHours()


def set_hours(*, programme: Programme, hours: int | None, by: Person, now: datetime, revision: int) -> None:
    """How many hours a pair is to spend together; None: as the methodology says."""
    require_hours(hours)
    changes = _stored(programme)
    changes.pop("hours_minutes", None)
    if hours is not None and hours * 60 != own_methodology_of(programme).hours_minutes:
        changes["hours_minutes"] = hours * 60
    override(programme=programme, changes=changes, by=by, now=now, revision=revision)


def set_windows(
    *,
    programme: Programme,
    days: Mapping[str, tuple[date, date]],
    by: Person,
    now: datetime,
    revision: int,
) -> None:
    """First and last day of each period, both inclusive; the days of the methodology are not kept as changes.

    Raises WindowOutOfOrder and WindowOutside with the key of the period as `field`.
    """
    usual = dates_of(own_methodology_of(programme), programme.starts, programme.ends)
    changes = _stored(programme)
    windows = changes.pop("windows", {})
    for key, (first, last) in days.items():
        if first > last:
            raise WindowOutOfOrder(field=key)
        if first < programme.starts or last > programme.ends:
            raise WindowOutside(field=key)
        if key not in usual or (first, last) == usual[key][:2]:
            windows.pop(key, None)
        else:
            windows[key] = {"starts": first.isoformat(), "ends": last.isoformat()}
    if windows:
        changes["windows"] = windows
    override(programme=programme, changes=changes, by=by, now=now, revision=revision)


def set_wording(
    *, programme: Programme, path: str, text: TranslatedText, by: Person, now: datetime, revision: int
) -> None:
    """Word one text of the methodology anew; an empty one, or its own words, takes the change back.

    Raises merging.Conflict with the three languages as `text_lv`, `text_lt`, `text_en`.
    """
    methodology = own_methodology_of(programme)
    if path not in overrides.paths(methodology):
        raise NoSuchText()
    if text and not all(text.as_dict().values()):
        raise NotAllLanguages()
    changes = _stored(programme)
    texts = changes.pop("texts", {})
    before = texts.pop(path, None)
    own = overrides.text_at(methodology, path)
    if text and text != own:
        texts[path] = text.as_dict()
    if texts:
        changes["texts"] = texts
    try:
        override(programme=programme, changes=changes, by=by, now=now, revision=revision)
    except Conflict as conflict:
        stored = before or own.as_dict()
        raise Conflict(
            stored={f"text_{language}": stored[language] for language in LANGUAGES},
            given={f"text_{language}": words for language, words in text.as_dict().items()},
            revision=conflict.revision,
        ) from conflict


def write_question(
    *,
    programme: Programme,
    among: str,
    key: str,
    text: TranslatedText,
    hint: TranslatedText,
    for_each: bool = False,
    role: str = "",
    by: Person,
    now: datetime,
    revision: int,
) -> None:
    """Add a question of the programme's own, or reword the one with this key.

    `among` is plan, first_meeting, diary or application; `for_each`: mentor and mentee each get an answer.
    `role`: of those who apply, only mentors or only mentees are asked; "" asks both.
    """
    if not all(text.as_dict().values()) or (hint and not all(hint.as_dict().values())):
        raise NotAllLanguages()
    question: dict[str, Any] = {"key": key, "text": text.as_dict()}
    if for_each:
        question["about"] = ["mentor", "mentee"]
    if role:
        question["about"] = [role]
    if hint:
        question["hint"] = hint.as_dict()
    changes = _stored(programme)
    added = changes.setdefault("questions", {}).setdefault(among, [])
    at = next((place for place, each in enumerate(added) if each["key"] == key), len(added))
    added[at : at + 1] = [question]
    override(programme=programme, changes=changes, by=by, now=now, revision=revision)


def take_out_question(
    *, programme: Programme, among: str, key: str, by: Person, now: datetime, revision: int
) -> None:
    """Take a question of the programme's own out again, before the programme runs; twice is once."""
    if programme.state not in OPEN_QUESTIONS:
        raise QuestionInUse()
    changes = _stored(programme)
    sets = changes.pop("questions", {})
    sets[among] = [each for each in sets.get(among, []) if each["key"] != key]
    kept = {name: added for name, added in sets.items() if added}
    if kept:
        changes["questions"] = kept
    override(programme=programme, changes=changes, by=by, now=now, revision=revision)


def _stored(programme: Programme) -> dict[str, Any]:
    """The changes as they stand in the database now, to be changed freely."""
    changes: dict[str, Any] = Programme.objects.values_list("overrides", flat=True).get(pk=programme.pk)
    return deepcopy(changes)
