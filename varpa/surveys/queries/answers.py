"""Open answers, in the order of their random keys, and the themes that people have written of them."""

from django.db.models import F, QuerySet

from varpa.surveys.models import Question, Sheet, Survey, Theme
from varpa.surveys.queries.figures import Said


def texts_of(question: Question) -> QuerySet[Sheet]:
    """The open answers to a question as `said`; of no person, in no order that means anything."""
    found = Sheet.objects.filter(survey=question.survey_id, values__has_key=question.key)
    return found.annotate(said=F(f"values__{question.key}")).only("pk").order_by("pk")


def counted_texts(question: Question) -> int:
    """How many have answered an open question."""
    return Sheet.objects.filter(survey=question.survey_id, values__has_key=question.key).count()


def themes_of(survey: Survey) -> list[Said]:
    """The themes of one survey, in the order in which they were written."""
    rows = Theme.objects.filter(question__survey=survey, withdrawn_at=None).select_related("question")
    return [
        Said(survey.key, survey.name, row.question.key, row.question.text, row.text, None) for row in rows
    ]
