"""What the agreed answers of a plan choose, in words, and what follows from it (R4)."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from varpa.methodology import Methodology
from varpa.methodology.marks import QuestionAct
from varpa.methodology.model import Question, QuestionSet
from varpa.pairs.models import Pair, Plan, PlanAnswer, PlanState
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_of
from varpa.ui import words

CONSEQUENCES: dict[str, Any] = {
    QuestionAct.MEANS: gettext_lazy("So these come first when a meeting is planned."),
    QuestionAct.RHYTHM: gettext_lazy("So both are reminded when no next meeting is planned in time."),
    QuestionAct.REPLY_TIME: gettext_lazy(
        "So whoever owes an answer is gently reminded. After that the project manager learns that something "
        "waits, never what. Without a choice it is three working days."
    ),
    QuestionAct.HOURS: gettext_lazy(
        "So a message is there at once, but its letter waits for these hours, unless it is marked urgent."
    ),
    QuestionAct.TOPICS: gettext_lazy(
        "So the mentee is reminded then, where no question is written yet. Without a choice it is two days."
    ),
    QuestionAct.EVALUATION: gettext_lazy(
        "So both are asked three short questions each time; the answers are shown once both have answered."
    ),
    QuestionAct.CONFIDENTIAL: gettext_lazy("So it stands one tap away, beside what you write to each other."),
    QuestionAct.BOUNDARIES: gettext_lazy("So it stands one tap away, beside what you write to each other."),
    QuestionAct.DISCONTENT: gettext_lazy(
        "So it is shown to whoever of you wants to say that something is not right."
    ),
    QuestionAct.LENGTH: gettext_lazy("So a meeting is planned for this long, unless you choose otherwise."),
}


def acted_on(act: str, choice: object) -> dict[str, object]:
    """What a choice acts on: a rhythm may bring the length of a meeting along (methodology §8.1)."""
    if act == QuestionAct.RHYTHM and isinstance(choice, list):
        both = zip((QuestionAct.RHYTHM, QuestionAct.LENGTH), choice, strict=True)
        return {part: figure for part, figure in both if figure}
    return {act: choice}


def asks_length(asked: QuestionSet, question: Question) -> bool:
    """Whether the question on the rhythm asks for the length too: where no other question does."""
    acts = {each.acts for each in asked.questions}
    return question.acts == QuestionAct.RHYTHM and QuestionAct.LENGTH not in acts


def choice_in_words(methodology: Methodology, question: Question, answer: PlanAnswer | None) -> str:
    """What an acting question keeps, in words: means, hours, working days, days between, minutes."""
    choice = answer.choice if answer else None
    if question.acts == QuestionAct.MEANS and isinstance(choice, list):
        return ", ".join(str(each.name) for each in methodology.means if each.key in choice)
    if question.acts == QuestionAct.HOURS and isinstance(choice, list):
        return _("from %(begins)d:00 until %(ends)d:00") % {"begins": choice[0], "ends": choice[1]}
    acted = acted_on(question.acts, choice)
    return ", ".join(_figure_in_words(act, each) for act, each in acted.items() if isinstance(each, int))


def _figure_in_words(act: str, choice: int) -> str:
    if act == QuestionAct.LENGTH:
        return words.minutes(choice)
    if act == QuestionAct.REPLY_TIME:
        text = ngettext("within %(count)d working day", "within %(count)d working days", choice)
    elif act == QuestionAct.TOPICS:
        text = ngettext("%(count)d day before a meeting", "%(count)d days before a meeting", choice)
    elif choice % 7:
        text = ngettext("every %(count)d day", "every %(count)d days", choice)
    else:
        choice //= 7
        text = ngettext("every %(count)d week", "every %(count)d weeks", choice)
    return text % {"count": choice}


def consequence(asked: QuestionSet, question: Question) -> str:
    """What the software does with the choice of an acting question, said where it is chosen (R4)."""
    acts = [question.acts, QuestionAct.LENGTH] if asks_length(asked, question) else [question.acts]
    return " ".join(str(CONSEQUENCES[act]) for act in acts if act in CONSEQUENCES)


def kept_at_hand(pair: Pair) -> list[tuple[str, str]]:
    """What the two agreed on confidentiality and boundaries: question and answer, one query (R4).

    A page in own words and a paper may hold it just as well: they stand here too.
    """
    near = (QuestionAct.CONFIDENTIAL, QuestionAct.BOUNDARIES)
    asked = [each for each in methodology_of(pair.programme).plan.questions if each.acts in near]
    rows = list(
        Plan.objects.filter(pair=pair, state=PlanState.AGREED).values_list(
            "own_words", "paper", "signed_on", "agreed_answers__question", "agreed_answers__text"
        )
    )
    said = {question: text for *_plan, question, text in rows if text}
    kept = [(str(each.text), said[each.key]) for each in asked if each.key in said]
    own_words, paper, signed_on = rows[0][:3] if rows else ("", None, None)
    if own_words:
        kept.append((_("In own words"), own_words))
    if paper or signed_on:
        kept.append((_("On paper"), _("What is agreed stands on the paper.")))
    return kept


def agreed_days(pairs: Iterable[Pair], act: str) -> dict[int, int]:
    """The days that each of many pairs agreed to for a QuestionAct, by its key, in one query (R4)."""
    acting = {pair.pk: _question_acting(pair.programme, act) for pair in pairs}
    rows = PlanAnswer.objects.filter(
        plan__pair__in=acting, plan__state=PlanState.AGREED, question__in=set(acting.values())
    ).values_list("plan__pair", "question", "choice")
    agreed = {
        pair: acted_on(act, choice).get(act) for pair, question, choice in rows if question == acting[pair]
    }
    return {pair: days for pair, days in agreed.items() if type(days) is int and days > 0}


def _question_acting(programme: Programme, act: str) -> str:
    asked = methodology_of(programme).plan.questions
    return next((question.key for question in asked if question.acts == act), "")
