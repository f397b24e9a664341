"""Input of those who take part, and of who marks that they were there."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.events.actions.coming import LONGEST_NEED
from varpa.events.actions.feedback import LONGEST
from varpa.events.models import Helped, How, Invitation, Question
from varpa.programmes.models import Membership
from varpa.ui.forms import LineField, RefField, WordsField


class AnswerForm(forms.Form):
    """I come, or I cannot; with needs in a word."""

    comes = forms.ChoiceField(choices=[("yes", ""), ("no", "")])
    travel = LineField(label=_("Help with the way there"), max_length=LONGEST_NEED, required=False)
    diet = LineField(label=_("Food: what you do not eat"), max_length=LONGEST_NEED, required=False)

    def __init__(self, given: QueryDict | None = None, *, invitation: Invitation) -> None:
        said = {"travel": invitation.travel, "diet": invitation.diet}
        super().__init__(given, initial=said)

    @property
    def given(self) -> dict[str, Any]:
        """What the action is told."""
        return {**self.cleaned_data, "comes": self.cleaned_data["comes"] == "yes"}


class QuestionForm(forms.Form):
    """What is unclear."""

    ref = RefField()
    text = WordsField(label=_("What is not clear yet?"), rows=3, max_length=2_000)
    in_confidence = forms.BooleanField(
        label=_("In confidence: only whoever runs the programme reads it"), required=False
    )


class ReplyForm(forms.Form):
    """An answer to a question."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    answer = WordsField(label=pgettext_lazy("noun", "Answer"), rows=4)

    def __init__(self, given: QueryDict | None = None, *, question: Question) -> None:
        said = {"answer": question.answer, "revision": question.revision}
        super().__init__(given, initial=said)


class FeedbackForm(forms.Form):
    """One choice, and a sentence."""

    helped = forms.ChoiceField(label=_("How was it?"), choices=Helped.choices, widget=forms.RadioSelect)
    text = WordsField(
        label=_("One sentence, if you like: what was missing?"), rows=2, required=False, max_length=LONGEST
    )


class SheetForm(forms.Form):
    """A scan or photograph of the signed list."""

    ref = RefField()
    file = forms.FileField(
        label=_("Scan or photograph of the signed list"),
        help_text=_("PDF, PNG, JPEG or WebP, up to 10 MB."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/png,image/jpeg,image/webp"}),
    )


class PresentForm(forms.Form):
    """Who of those shown was there."""

    how = forms.ChoiceField(choices=[(How.LIST, ""), (How.PAPER, "")])
    whom = forms.ModelMultipleChoiceField(
        queryset=Membership.objects.none(),
        to_field_name="ref",
        error_messages={"required": _("Tick at least one.")},
    )

    def __init__(self, *args: Any, members: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        whom = self.fields["whom"]
        assert isinstance(whom, forms.ModelMultipleChoiceField)
        whom.queryset = members
