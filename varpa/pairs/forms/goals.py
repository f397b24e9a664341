"""Input for the mentee's topic and the goals."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varpa.kernel.refs import LENGTH, is_ref
from varpa.methodology.model import QuestionSet
from varpa.pairs.actions.goals import STEP_LENGTH
from varpa.pairs.models import Goal, TopicAnswer
from varpa.ui import stamps
from varpa.ui.forms import DayField, LineField, RefField, WordsField, clean_words

GOAL_LENGTH = 500


class TopicForm(forms.Form):
    """The questions of the first half of the first meeting, answered together."""

    revision = forms.CharField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, asked: QuestionSet, **options: Any) -> None:
        super().__init__(*args, **options)
        for question in asked.questions:
            self.fields[question.key] = WordsField(
                label=question.text, help_text=question.hint, required=False, rows=3
            )
        self.keys = [question.key for question in asked.questions]

    @property
    def stamp(self) -> stamps.Stamp:
        return stamps.read(self.cleaned_data["revision"])

    @property
    def changed_texts(self) -> dict[str, str]:
        """What the writer has changed, by question."""
        given, stamp = self.cleaned_data, self.stamp
        return {key: given[key] for key in self.keys if stamp.changed(key, given[key])}


def topic_initial(answers: dict[str, TopicAnswer]) -> dict[str, str]:
    """What the form shows at first."""
    stamp = stamps.Stamp().upon({key: (each.revision, each.text) for key, each in answers.items()})
    return {"revision": str(stamp), **{key: each.text for key, each in answers.items()}}


def chosen_lines(values: list[str]) -> dict[str, str]:
    """{reference: line} of the ticked lines of the topic, however old the page is: "reference line" each."""
    parts = [(value[:LENGTH], clean_words(value[LENGTH + 1 :])[:GOAL_LENGTH]) for value in values]
    return {ref: line for ref, line in parts if is_ref(ref) and line}


class GoalForm(forms.Form):
    """A new goal."""

    ref = RefField()
    text = WordsField(
        label=_("New goal"),
        help_text=_("One goal, in one sentence."),
        rows=2,
        max_length=GOAL_LENGTH,
    )
    due = DayField(label=_("By when?"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].error_messages["required"] = _("Write the goal in a few words.")


class GoalChangeForm(forms.Form):
    """Progress, evidence, wording and date of a goal."""

    revision = forms.IntegerField(
        widget=forms.HiddenInput(), required=False, min_value=0, max_value=stamps.HIGHEST
    )
    progress = WordsField(
        label=_("How is it going?"), help_text=_("One sentence is enough."), required=False, rows=3
    )
    evidence = WordsField(
        label=_("What shows it?"),
        help_text=_("A figure, a link, what somebody said. Files go into a message about this goal."),
        required=False,
        rows=2,
    )
    text = WordsField(label=_("The goal in words"), rows=2, max_length=GOAL_LENGTH)
    due = DayField(label=_("By when?"), required=False)

    def __init__(self, *args: Any, goal: Goal, **options: Any) -> None:
        initial = {
            "revision": goal.revision,
            "progress": goal.progress,
            "evidence": goal.evidence,
            "text": goal.text,
            "due": goal.due,
        }
        super().__init__(*args, **{"initial": initial, **options})
        self.fields["text"].error_messages["required"] = _("Write the goal in a few words.")


class StepForm(forms.Form):
    """A new step towards a goal."""

    ref = RefField()
    step = LineField(label=_("Next step"), max_length=STEP_LENGTH)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["step"].error_messages["required"] = _("Write the step in a few words.")


class MarkForm(forms.Form):
    """What happens to a step; the buttons carry it."""

    mark = forms.ChoiceField(choices=[("done", ""), ("open", ""), ("withdraw", "")])


class GoalStateForm(forms.Form):
    """Reach, reopen or withdraw; the buttons carry it."""

    step = forms.ChoiceField(choices=[(step, "") for step in Goal.STEPS])
