"""Another methodology: only what it lets happen is offered to be counted."""

import pytest
from django.forms import ChoiceField

from tests import other
from tests.cast import Cast
from tests.make import NOW
from varpa.evaluation import actions
from varpa.evaluation.forms import IndicatorForm
from varpa.evaluation.measures import MEASURES, measures_of
from varpa.evaluation.models import Indicator
from varpa.kernel.text import TranslatedText
from varpa.programmes.models import Programme

pytestmark = pytest.mark.django_db
NEVER = {
    *("companies", "visits", "role_swaps", "plans_submitted", "profiles"),
    *("training_begun", "training_completed", "other_participations"),
}
TOLD = {"name": TranslatedText.same("Visits"), "unit": TranslatedText.same("visits")}


def offered(programme: Programme, **stands: str) -> set[str]:
    """What the form lets somebody choose."""
    measure = IndicatorForm(programme=programme, initial=stands).fields["measure"]
    assert isinstance(measure, ChoiceField)
    return {str(key) for key, _name in measure.choices if key}


def test_the_seed_offers_everything(cast: Cast) -> None:
    assert measures_of(cast.programme) == list(MEASURES)


def test_what_never_happens_is_not_offered(cast: Cast) -> None:
    programme = other.by(other.workshop(), cast.programme)
    assert {each.key for each in MEASURES} - offered(programme) == NEVER
    with pytest.raises(actions.NoSuchMeasure):
        actions.add_indicator(programme=programme, told={**TOLD, "measure": "visits"}, by=cast.inga, now=NOW)


def test_what_is_counted_already_may_stay(cast: Cast) -> None:
    told = {**TOLD, "measure": "visits"}
    made = actions.add_indicator(programme=cast.programme, told=told, by=cast.inga, now=NOW)
    programme = other.by(other.workshop(), cast.programme)
    assert "visits" in offered(programme, measure="visits")
    made = Indicator.objects.select_related("programme").get(pk=made.pk)
    actions.change_indicator(
        indicator=made, told={**told, "target": 3}, revision=made.revision, by=cast.inga, now=NOW
    )
    assert Indicator.objects.get(pk=made.pk).target == 3


def test_the_example_set_is_written_down_by_hand_where_nothing_could_be_counted(cast: Cast) -> None:
    programme = other.by(other.workshop(), cast.programme)
    actions.add_examples(programme=programme, by=cast.inga, now=NOW)
    assert not NEVER & set(Indicator.objects.values_list("measure", flat=True))
