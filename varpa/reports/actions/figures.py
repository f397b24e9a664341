"""When data change, a person decides what the text says: the new figure, or the old one with a reason."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.history.actions import record
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved
from varpa.people.models import Person
from varpa.reports.actions.drafts import hold_for_writing
from varpa.reports.figures import Figure, Value, kept
from varpa.reports.models import Cited, Report
from varpa.reports.sources import figures_of


class NoSuchFigure(Refusal):
    sentence = _("This figure does not stand in the report.")


class SourceIsGone(Refusal):
    sentence = _(
        "What this figure was counted from is not there any more. Keep it with a reason, or take it out."
    )


class ReasonNeeded(Refusal):
    sentence = _("Write in a few words why the old figure stays.")


@transaction.atomic
def accept_figure(*, report: Report, key: str, by: Person, now: datetime, seen: Value = None) -> None:
    """The text says the new figure from now on. `seen`: the figure that was shown, where a page showed one.

    Raises AlreadyMoved where it has changed again meanwhile: nobody accepts what nobody has seen.
    """
    cited, figure = _both(report, key, now)
    if figure is None:
        raise SourceIsGone()
    if seen is not None and figure.value != seen:
        raise AlreadyMoved()
    changes = {**kept(figure.value), "name": figure.name, "kind": figure.kind, "at": now, "by": by}
    Cited.objects.filter(pk=cited.pk).update(**changes, kept={}, reason="")
    _record("report.accept_figure", report, key, by=by, now=now)


@transaction.atomic
def keep_figure(*, report: Report, key: str, reason: str, by: Person, now: datetime) -> None:
    """The text goes on saying the old figure, with a reason; asked again when the source says another."""
    if not reason.strip():
        raise ReasonNeeded()
    cited, figure = _both(report, key, now)
    over: dict[str, object] = {"gone": True} if figure is None else {"value": figure.value}
    Cited.objects.filter(pk=cited.pk).update(kept=over, reason=reason.strip(), by=by)
    _record("report.keep_figure", report, key, by=by, now=now)


@transaction.atomic
def accept_all(*, report: Report, by: Person, now: datetime, seen: Mapping[str, Value] | None = None) -> int:
    """Every figure whose source says another now takes it; answers how many. Those that are gone stay.

    `seen`: the new figures as a page showed them. What was not on it, or has changed again since, stays.
    """
    hold_for_writing(report)
    figures, changed = figures_of(report.programme, now), 0
    for cited in report.cited.all():
        figure = figures.get(cited.key)
        if figure is None or (seen is not None and (cited.key, figure.value) not in seen.items()):
            continue
        if figure.value != cited.stands:
            taken = kept(figure.value)
            Cited.objects.filter(pk=cited.pk).update(**taken, at=now, by=by, kept={}, reason="")
            _record("report.accept_figure", report, cited.key, by=by, now=now)
            changed += 1
    return changed


def _both(report: Report, key: str, now: datetime) -> tuple[Cited, Figure | None]:
    hold_for_writing(report)
    cited = report.cited.filter(key=key).first()
    if cited is None:
        raise NoSuchFigure()
    return cited, figures_of(report.programme, now).get(key)


def _record(verb: str, report: Report, key: str, *, by: Person, now: datetime) -> None:
    ref = report.programme.ref
    record(verb, report, now=now, by=by, programme_ref=ref, details={"figure": key})
