"""Open answers, of nobody and in the order of their words, and the themes that people wrote of them."""

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils.crypto import salted_hmac

from varpa.kernel.compiled import compiled
from varpa.programmes.models import Membership
from varpa.surveys.models import Invitation, InvitationState, Question, Sheet, Survey, SurveyState, Theme
from varpa.surveys.queries.figures import Said, result_of


def texts_of(question: Question) -> QuerySet[Sheet]:
    """The open answers to a question as `said`, in the order of their words.

    In one order of the sheets for every question, one answer that gives its writer away would give away all
    of theirs (R10).
    """
    found = Sheet.objects.filter(survey=question.survey_id, values__has_key=question.key)
    return found.annotate(said=F(f"values__{question.key}")).only("pk").order_by("said", "pk")


def name_of(question: Question, sheet: Sheet) -> str:
    """What names an open answer in an address: another for each question, so none can be laid together."""
    named = salted_hmac("varpa.surveys.answer", f"{question.ref}.{sheet.pk}", algorithm="sha256")
    return named.hexdigest()[:24]


def said_by(question: Question, name: str) -> str | None:
    """The open answer of this name; None where there is none."""
    found = (each for each in texts_of(question) if name_of(question, each) == name)
    return next((each.values[question.key] for each in found), None)


def with_survey(memberships: QuerySet[Membership]) -> QuerySet[Membership]:
    """Memberships with the open survey that closes first and waits: `survey_seed`, `_name`, `_last`."""
    asked = Invitation.objects.filter(
        membership=OuterRef("pk"), state=InvitationState.ASKED, survey__state=SurveyState.OPEN
    ).order_by("survey__closes_on", "pk")
    said = {"seed": "seed", "name": "survey__name", "last": "survey__closes_on"}
    return memberships.annotate(
        **{f"survey_{name}": Subquery(asked.values(field)[:1]) for name, field in said.items()}
    )


def counted_texts(question: Question) -> int:
    """How many have answered an open question."""
    return Sheet.objects.filter(survey=question.survey_id, values__has_key=question.key).count()


def settled_texts(question: Question) -> int:
    """How many open answers may be read: those of a closed survey that its results tell of, or none.

    Who reads again after one more has answered would know whose words are new; after somebody was erased,
    whose are gone.
    """
    count = counted_texts(question)
    settled = question.survey.state == SurveyState.CLOSED and count == told_texts(question.survey, question)
    return count if settled else 0


def told_texts(survey: Survey, question: Question) -> int:
    """How many open answers the results have told of: with fewer than five since, none of them is shown."""
    rows = result_of(survey).get("figures", [])
    return next((each["n"] or 0 for each in rows if each["question"] == question.key and not each["by"]), 0)


def themes_of(survey: Survey) -> list[Said]:
    """The themes of one survey, in the order in which they were written."""
    rows = _themes(survey=survey)
    return [
        Said(survey.key, survey.name, row.question.key, row.question.text, row.text, None) for row in rows
    ]


@compiled()
def _themes(survey: Survey) -> QuerySet[Theme]:
    return Theme.objects.filter(question__survey=survey, withdrawn_at=None).select_related("question")
