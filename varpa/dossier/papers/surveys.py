"""Surveys that have closed: who answered, what may be shown of the answers (R10), what the keys mean."""

from collections import Counter
from collections.abc import Iterable, Iterator

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from varpa.documents.tables import Value
from varpa.dossier.papers.pieces import Leaf, Paper, Piece, Table, heads, yes
from varpa.dossier.reach import Reach
from varpa.kernel.text import TranslatedText
from varpa.methodology.surveys import AskKind
from varpa.programmes.partners import told_by
from varpa.surveys import words
from varpa.surveys.hiding import LEAST, too_small
from varpa.surveys.models import InvitationState, Question, Survey, SurveyState
from varpa.surveys.queries.figures import Change, Figure, changes_of, figures_of
from varpa.surveys.results_paper import results_paper

_STEPPED = (AskKind.SCALE, AskKind.MATRIX)


def _closed(reach: Reach) -> list[Survey]:
    """The surveys that closed in the period and take no more answers, with what the worker has kept."""
    rows = Survey.objects.filter(
        reach.within("closed_at"), programme=reach.programme, state=SurveyState.CLOSED
    )
    read = rows.select_related("result", "programme__organisation", "programme__emblem").prefetch_related(
        "questions"
    )
    return list(read.order_by("closed_at", "pk"))


def _write(reach: Reach) -> Iterator[Piece]:
    closed = _closed(reach)
    columns = heads(
        _("Key"),
        _("Survey"),
        _("Closed on"),
        _("Anonymous or confidential"),
        pgettext("figures", "Asked"),
        _("Have answered"),
        _("Number of questions"),
    )
    yield Table("surveys", _("Surveys"), columns, _surveys(reach, closed))
    columns = heads(
        _("Survey"),
        _("Question"),
        _("Text"),
        _("Group"),
        _("Have answered"),
        _("Answers"),
        _("Mean"),
        pgettext("figures", "Answer"),
        _("Share, %"),
    )
    yield Table("results", _("Results"), columns, _results(reach, closed))
    yield Table("competences", _("Change of competences"), _change_heads(), _changes(reach, closed))
    columns = heads(
        _("Survey"),
        _("Question"),
        _("Kind"),
        _("Text"),
        _("Who is asked"),
        _("Value"),
        pgettext("figures", "Means"),
    )
    yield Table("codebook", _("Codebook"), columns, _codebook(reach, closed))
    # A paper speaks of all together: whoever reads for one partner gets the figures of its country above.
    if not reach.partner:
        yield from _on_paper(reach, closed)


def _on_paper(reach: Reach, closed: list[Survey]) -> Iterator[Piece]:
    """The results of each survey that may be told, one document each; nothing in own words, no themes."""
    for at, survey in enumerate(closed):
        asked, answered = _rate(reach, survey)
        if answered < LEAST or not (figures_of(survey) or changes_of(survey)):
            continue
        content = results_paper(
            survey,
            earlier=closed[:at],
            themes=(),
            asked=(asked, answered),
            as_of=reach.day(survey.result.at),
            language=reach.language,
            outside=True,
        )
        yield Leaf(f"results-{survey.key}.pdf", f"{_('Results')}: {survey.name}", content)


def _rate(reach: Reach, survey: Survey) -> tuple[int, int]:
    """How many were asked and how many have answered, of those whom the dossier reaches."""
    counted = survey.invitations.filter(reach.of_partner("membership__")).aggregate(
        sent=Count("pk"), answered=Count("pk", filter=Q(state=InvitationState.ANSWERED))
    )
    return counted["sent"], counted["answered"]


def _change_heads() -> list[str]:
    return heads(
        _("Survey"),
        _("Question"),
        _("Text"),
        _("Group"),
        _("Start as remembered at the end"),
        _("Answered both times"),
        _("Not both times"),
        _("Start"),
        _("End"),
        pgettext("figure", "Change"),
        _("95 % interval"),
        _("Hedges’ g"),
        pgettext("figures", "Higher"),
        pgettext("figures", "Same"),
        pgettext("figures", "Lower"),
    )


def _surveys(reach: Reach, closed: list[Survey]) -> Iterator[tuple[Value, ...]]:
    """Who has answered is known; a number under five is told as such."""
    for survey in closed:
        asked, answered = _rate(reach, survey)
        day, secrecy = reach.day(survey.closed_at), str(survey.get_secrecy_display())
        apart = _apart(reach, survey)
        numbers = [_few(asked, apart), _few(answered, apart), len(survey.questions.all())]
        yield survey.key, str(survey.name), day, secrecy, *numbers


def _few(count: int, apart: bool) -> Value:
    if count < LEAST:
        return _("fewer than five")
    return _("not told, or fewer than five of another partner would follow") if apart else count


def _apart(reach: Reach, survey: Survey) -> bool:
    """Whether the partner's numbers of those asked and of those who have answered are kept back.

    That is where the whole programme's numbers, less those in the dossiers of partners, would be under five.
    """
    if reach.partner is None:
        return False
    asked, answered = Counter[int | None](), Counter[int | None]()
    names = ("state", "membership__partner", "membership__country")
    for state, chosen, country in survey.invitations.values_list(*names):
        partner = told_by(chosen, country, reach.partners)
        key = partner.pk if partner else None
        asked[key] += 1
        answered[key] += state == InvitationState.ANSWERED
    return reach.partner.pk in too_small(asked) | too_small(answered)


def _results(reach: Reach, closed: list[Survey]) -> Iterator[tuple[Value, ...]]:
    """The figures that the page of results shows, a line for each word that could be chosen."""
    for survey in closed:
        for each in figures_of(survey):
            if not _told(reach, each):
                continue
            group = words.group_name(reach.programme, each.role, each.country)
            start = (survey.key, each.question, str(each.text), group)
            if each.n is None:
                yield *start, "", _("fewer than five"), "", "", None
                continue
            rate, mean = words.group_rate(each.sent, each.answered, each.left), words.number(each.mean)
            for word, percent in each.shares or ((TranslatedText(), None),):
                yield *start, rate, each.n, mean, str(word), percent


def _told(reach: Reach, told: Figure | Change) -> bool:
    """Of the whole that it is hidden, of a hidden group nothing; of a partner its country, if alone there."""
    whole = not told.role and not told.country
    if reach.partner:
        return bool(told.country) and told.country == reach.country and told.n is not None
    return whole or told.n is not None


def _changes(reach: Reach, closed: list[Survey]) -> Iterator[tuple[Value, ...]]:
    for survey in closed:
        for each in changes_of(survey):
            if not _told(reach, each):
                continue
            start = (
                survey.key,
                each.question,
                str(each.text),
                words.group_name(reach.programme, each.role, each.country),
            )
            if each.n is None:
                yield *start, yes(each.looking_back), _("fewer than five"), *[None] * 9
                continue
            told = (each.before, each.after, each.change)
            interval = ""
            if each.low is not None:
                interval = f"{words.number(each.low, 2)} … {words.number(each.high, 2)}"
            yield (
                *start,
                yes(each.looking_back),
                each.n,
                each.missing,
                *(words.number(value, 2) for value in told),
                interval,
                words.number(each.g, 2),
                each.improved,
                each.same,
                each.worse,
            )


def _codebook(reach: Reach, closed: list[Survey]) -> Iterator[tuple[Value, ...]]:
    for survey in closed:
        for question in survey.questions.all():
            kind, text = question.kind, str(question.text)
            who = ", ".join(
                words.role_names(reach.programme, role) for role in question.roles or survey.roles
            )
            for key, means in _meanings(question):
                yield survey.key, question.key, kind, text, who, key, means


def _meanings(question: Question) -> Iterable[tuple[str, str]]:
    """What a question's values and rows are called; of a number and of own words there is nothing to say."""
    named = [
        (each["key"], str(TranslatedText.from_dict(each["text"])))
        for each in (*question.options, *question.rows)
    ]
    if question.kind in _STEPPED:
        named += [(str(question.least), str(question.low)), (str(question.most), str(question.high))]
    return named or [("", "")]


SURVEYS = Paper(
    key="surveys",
    name=gettext_lazy("Surveys with their codebook"),
    shows=gettext_lazy(
        "Each survey that closed in the period: how many were asked and have answered; of each question the "
        "means and shares that the page of results shows, with the response rate; how competences changed; "
        "a codebook. For the whole programme the same as a document, too."
    ),
    leaves_out=gettext_lazy(
        "Single answers, who has answered, everything that was written in own words and the themes of it; "
        "every figure of fewer than five, and every group from which one could be reckoned. For a partner, "
        "the figures of a country that has several: an answer bears a country, and no partner."
    ),
    why=gettext_lazy(
        "An answer never shows a person. Own words were written for whoever manages the programme."
    ),
    write=_write,
)
