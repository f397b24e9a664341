"""What the report takes from surveys: never a figure of a group that is too small (R10), never a cause."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from varpa.history.remembering import until_changed
from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.programmes.models import Programme
from varpa.reports.figures import COUNT, DECIMAL, PERCENT, Figure, named, said
from varpa.reports.marks import figure, gap
from varpa.surveys.queries import figures as surveys

NO_ANSWERS: Final = gettext_lazy("No survey has been answered yet.")
NO_CHANGES: Final = gettext_lazy(
    "There is nothing to compare yet: mentees rate their competences at the start and at the end."
)


class Response(NamedTuple):
    """One survey that was sent."""

    key: str
    name: TranslatedText
    sent: int
    answered: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.answered / self.sent) if self.sent else None


class Asked(NamedTuple):
    """What surveys have brought: of everybody who was asked, not of their groups.

    `hidden`: of these competences a change is not told, too few have answered both times (R10); of those
    `reworded` neither, for they were asked in other words at the end.
    """

    responses: list[Response]
    figures: list[surveys.Figure]
    changes: list[surveys.Change]
    themes: list[surveys.Said]
    hidden: list[surveys.Change]
    reworded: list[surveys.Renamed]


@until_changed
def asked_of(programme: Programme, _minute: datetime) -> Asked:
    """Everything of the surveys that the report may tell; of what is hidden only that it was asked."""
    figures = [each for each in surveys.figures(programme) if not each.role and not each.country]
    names = {each.key: each.name for each in surveys.with_results(programme)}
    responses = [
        Response(key, names.get(key, TranslatedText.same(key)), sent, answered)
        for key, sent, answered in surveys.response(programme)
    ]
    changes = [
        each
        for each in surveys.changes(programme)
        if not each.role and not each.country and not each.looking_back
    ]
    shown = [each for each in changes if each.n is not None]
    hidden = [each for each in changes if each.n is None]
    # Of what is told in own words there is no figure.
    told = [each for each in figures if each.n is not None and (each.mean is not None or each.shares)]
    return Asked(responses, told, shown, surveys.themes(programme), hidden, surveys.reworded(programme))


def figures_of_surveys(programme: Programme, now: datetime) -> Iterator[Figure]:
    """Of each survey how many were asked and have answered; of each question the mean, or how many chose
    each answer; of each change all.
    """
    found = asked_of(programme, now)
    for survey in found.responses:
        told = (
            ("sent", gettext_lazy("%(name)s: asked"), survey.sent, COUNT),
            ("answered", gettext_lazy("%(name)s: have answered"), survey.answered, COUNT),
            ("rate", gettext_lazy("%(name)s: part that has answered"), survey.percent, PERCENT),
        )
        for part, name, value, kind in told:
            url = reverse("surveys:list", args=[programme.ref])
            yield Figure(f"survey.{survey.key}.{part}", named(name, survey.name), value, kind, url)
    for each in found.figures:
        key, url = f"survey.{each.survey}.{each.question}", reverse("surveys:list", args=[programme.ref])
        mean, answers = gettext_lazy("%(name)s (mean)"), gettext_lazy("%(name)s (answers)")
        if each.mean is not None:
            yield Figure(f"{key}.mean", named(mean, each.text), each.mean, DECIMAL, url)
        for option, word, percent in chosen_of(each):
            both = {code: f"{each.text.within(code)} {word.within(code)}" for code in LANGUAGES}
            yield Figure(f"{key}.{option}.share", TranslatedText(**both), percent, PERCENT, url)
        yield Figure(f"{key}.n", named(answers, each.text), each.n, COUNT, url)
    yield from _changes(programme, found)


def _changes(programme: Programme, found: Asked) -> Iterator[Figure]:
    for each in found.changes:
        url = reverse("surveys:competences", args=[programme.ref])
        key = f"competence.{each.survey}.{each.question}"
        told = (
            ("change", gettext_lazy("%(name)s: change"), each.change, DECIMAL),
            ("low", gettext_lazy("%(name)s: change, from"), each.low, DECIMAL),
            ("high", gettext_lazy("%(name)s: change, to"), each.high, DECIMAL),
            ("n", gettext_lazy("%(name)s: answered both times"), each.n, COUNT),
            ("missing", gettext_lazy("%(name)s: did not answer both times"), each.missing, COUNT),
        )
        for part, name, value, kind in told:
            yield Figure(f"{key}.{part}", named(name, each.text), value, kind, url)


def survey_draft(found: Asked, language: str, themes: Sequence[str]) -> Iterator[str]:
    """What surveys say, each with how many have answered; then the marks of the themes of open answers."""
    if not any(each.answered for each in found.responses):
        yield gap(str(NO_ANSWERS))
    for survey in found.responses:
        if not survey.sent:
            continue
        marks = {part: figure(f"survey.{survey.key}.{part}") for part in ("sent", "answered", "rate")}
        name = survey.name.within(language)
        sentence = _("**%(name)s.** Asked: %(sent)s; have answered: %(answered)s (%(rate)s).")
        yield sentence % {"name": name, **marks}
        lines = [each for each in found.figures if each.survey == survey.key]
        if lines:
            yield "\n".join(_of_question(each, language) for each in lines)
    if themes:
        yield _("Themes of the open answers: %(themes)s.") % {"themes": "; ".join(themes)}


def chosen_of(each: surveys.Figure) -> Iterator[tuple[str, TranslatedText, int | None]]:
    """Of a question with answers to choose from: the key of each, its words, how many percent chose it."""
    if each.mean is None:
        for option, (word, percent) in zip(each.options, each.shares, strict=True):
            yield option, word, percent


def _of_question(each: surveys.Figure, language: str) -> str:
    key = f"survey.{each.survey}.{each.question}"
    told = {"name": each.text.within(language).rstrip("?:. "), "n": figure(f"{key}.n")}
    if each.mean is not None:
        return "- " + _("%(name)s: mean %(mean)s; answers: %(n)s") % {**told, "mean": figure(f"{key}.mean")}
    chosen = "; ".join(
        f"{word.within(language)} {figure(f'{key}.{option}.share')}"
        for option, word, _part in chosen_of(each)
    )
    return "- " + _("%(name)s: %(chosen)s; answers: %(n)s") % {**told, "chosen": chosen}


def competence_draft(found: Asked, language: str) -> Iterator[str]:
    """How mentees rate themselves at the end against the start; no cause is claimed."""
    if not found.changes:
        yield gap(str(NO_CHANGES))
        return
    yield _(
        "Mentees rated themselves at the start and at the end. The interval is the one of 95 %; what caused "
        "a change, the figures do not say."
    )
    yield "\n".join(_of_change(each, language) for each in found.changes)


def _of_change(each: surveys.Change, language: str) -> str:
    key = f"competence.{each.survey}.{each.question}"
    marks = {part: figure(f"{key}.{part}") for part in ("change", "low", "high", "n", "missing")}
    if each.low is None:
        # All have changed alike: there is no interval.
        return "- " + _(
            "%(name)s: change %(change)s, the same for all; answered both times: %(n)s, not both: %(missing)s"
        ) % {"name": each.name.within(language).rstrip("?:. "), **marks}
    return "- " + _(
        "%(name)s: change %(change)s (from %(low)s to %(high)s); answered both times: %(n)s, not both: "
        "%(missing)s"
    ) % {"name": each.name.within(language).rstrip("?:. "), **marks}


def decimal(value: float | None) -> str:
    """A mean or a change in a table."""
    return "–" if value is None else said(value, DECIMAL)
