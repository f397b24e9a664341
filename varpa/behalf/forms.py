"""Who has signed a paper, and what a plan on paper acts on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varpa.methodology.marks import QuestionAct
from varpa.pairs.forms.plans import hour_field, stretch_of
from varpa.pairs.models import Pair, Side
from varpa.programmes.queries import methodology_of
from varpa.ui.forms import DayField, MinutesField


class SignedForm(forms.Form):
    """One of the two, or both."""

    signed = forms.MultipleChoiceField(
        label=_("Who has signed the paper?"),
        help_text=_("One signature: the hours wait for the other’s yes. Both: they count at once."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, pair: Pair, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self.fields["signed"], [(side, pair.member(side).person.name) for side in Side.values])


class PlanForm(forms.Form):
    """A plan that both have signed: its day, and what the software does with it where the paper says it."""

    signed = forms.MultipleChoiceField(
        label=_("Who has signed the paper?"),
        help_text=_("Both have to: only then is the plan agreed."),
        widget=forms.CheckboxSelectMultiple,
    )
    day = DayField(label=_("The day on which both had signed"))
    means = forms.MultipleChoiceField(
        label=_("Means that it agrees on"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reply = forms.IntegerField(label=_("Working days until an answer"), required=False, min_value=1)
    every = forms.IntegerField(label=_("Days from one meeting to the next"), required=False, min_value=1)
    minutes = MinutesField(label=_("Length of a meeting, minutes"), required=False)
    begins = hour_field(_("Letters may come from"))
    ends = hour_field(_("until"))
    looks = forms.IntegerField(label=_("Days from one look back to the next"), required=False, min_value=1)
    before = forms.IntegerField(
        label=_("Days before a meeting on which topics and questions come"), required=False, min_value=1
    )
    ACTS = {
        "means": QuestionAct.MEANS,
        "reply": QuestionAct.REPLY_TIME,
        "every": QuestionAct.RHYTHM,
        "ends": QuestionAct.HOURS,
        "looks": QuestionAct.EVALUATION,
        "before": QuestionAct.TOPICS,
    }

    def __init__(self, *args: Any, pair: Pair, **options: Any) -> None:
        super().__init__(*args, **options)
        methodology = methodology_of(pair.programme)
        self.asked = {question.acts: question.key for question in methodology.plan.questions}
        _offer(self.fields["signed"], [(side, pair.member(side).person.name) for side in Side.values])
        _offer(self.fields["means"], [(each.key, str(each.name)) for each in methodology.means])
        for name, act in self.ACTS.items():
            if act not in self.asked:
                del self.fields[name]
        if QuestionAct.HOURS not in self.asked:
            del self.fields["begins"]
        if QuestionAct.RHYTHM not in self.asked and QuestionAct.LENGTH not in self.asked:
            del self.fields["minutes"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if QuestionAct.HOURS in self.asked:
            given["ends"] = stretch_of(self, given)
        return given

    def given(self) -> dict[str, Any]:
        """What the action takes: the signatures, the day, the choice of each question that acts."""
        chosen = {
            self.asked[act]: self.cleaned_data.get(name)
            for name, act in self.ACTS.items()
            if name in self.fields
        }
        minutes = self.cleaned_data.get("minutes")
        if minutes and QuestionAct.LENGTH in self.asked:
            chosen[self.asked[QuestionAct.LENGTH]] = minutes
        elif minutes:
            # Without a question of its own the length is agreed with the rhythm.
            chosen[self.asked[QuestionAct.RHYTHM]] = [self.cleaned_data.get("every") or 0, minutes]
        return {"signed": self.cleaned_data["signed"], "day": self.cleaned_data["day"], "choices": chosen}


def _offer(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    assert isinstance(field, forms.MultipleChoiceField)
    field.choices = choices
