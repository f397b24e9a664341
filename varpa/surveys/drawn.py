"""The body of a page of results: drawn once for each language, until the worker has reckoned again."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from varpa.surveys import words
from varpa.surveys.models import Survey, SurveyState
from varpa.surveys.queries.figures import Said, answered_of, changes_of, result_of, reworded_of, with_results
from varpa.surveys.shown import reworded, shown, shown_changes, then_and_now

KEPT: Final = 32
"""Bodies that a process remembers: sixty questions by six groups are 2,500 cells to draw."""


@dataclass(frozen=True)
class Body:
    """What a body depends on: the results it shows, the themes, the language. It is drawn of `surveys`."""

    stand: tuple[tuple[str, str], ...]
    themes: tuple[str, ...]
    language: str
    surveys: list[Survey] = field(compare=False)
    said: list[Said] = field(compare=False)


def body_of(survey: Survey, earlier: list[Survey], themes: list[Said]) -> SafeString:
    """Every question with its figures, what has changed, and the same asked in `earlier` surveys."""
    surveys = [survey, *earlier]
    stand = tuple((each.ref, _stand(each)) for each in surveys)
    told = tuple(f"{each.question} {each.theme}" for each in themes)
    return _drawn(Body(stand, told, get_language() or "", surveys, themes))


def _stand(survey: Survey) -> str:
    """When the results of a survey were reckoned, and in which revision its words stand."""
    result = getattr(survey, "result", None)
    return f"{survey.revision} {result.at.isoformat() if result else ''}"


@lru_cache(maxsize=KEPT)
def _drawn(body: Body) -> SafeString:
    # Questions and figures are long: they are read only where something is drawn.
    programme = body.surveys[0].programme
    read = {each.pk: each for each in with_results(programme)}
    survey, *earlier = [read[each.pk] for each in body.surveys]
    survey.programme = programme
    compared = [(each, then_and_now(each, survey), reworded(each, survey)) for each in earlier]
    told = shown(survey, body.said)
    context = {
        "survey": survey,
        "reckoned": bool(result_of(survey)),
        "closed": result_of(survey).get("closed", survey.state == SurveyState.CLOSED),
        "shown": told,
        "offered": any(not each.whole.hidden for each in told),
        "compared": [
            (each, words.rate(*answered_of(each)), rows, others)
            for each, rows, others in compared
            if rows or others
        ],
        "rate": words.rate(*answered_of(survey)),
        "changes": shown_changes(survey.programme, changes_of(survey)),
        "reworded": [each.name for each in reworded_of(survey)],
    }
    return render_to_string("surveys/questions.html", context)
