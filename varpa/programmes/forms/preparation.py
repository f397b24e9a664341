"""Input of a member who prepares."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.methodology.model import LessonQuestion, Means


class MeansForm(forms.Form):
    """Which means of communication one really has; none is an answer too."""

    means = forms.MultipleChoiceField(
        label=_("Means of communication"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, given: QueryDict | None = None, *, known: tuple[Means, ...], own: list[str]) -> None:
        super().__init__(given, initial={"means": own})
        field = self.fields["means"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(each.key, str(each.name)) for each in known]


class LessonForm(forms.Form):
    """One answer to a question of a lesson; it is told why, and kept nowhere."""

    choice = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, given: QueryDict | None = None, *, question: LessonQuestion, mentee: bool) -> None:
        super().__init__(given)
        field = self.fields["choice"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.key, str(each.text)) for each in question.choices]
        field.label = _("What seems best to you?")
        some = _("Choose one of the answers. Nobody counts which.")
        if mentee:
            field.label = pgettext_lazy("mentee", "What seems best to you?")
            some = pgettext_lazy("mentee", "Choose one of the answers. Nobody counts which.")
        field.error_messages.update(required=some, invalid_choice=some)
