"""Input about what a programme changes in its methodology."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from varpa.kernel.text import TranslatedText
from varpa.methodology import Window
from varpa.methodology.model import Period
from varpa.programmes.models import Programme, Role
from varpa.programmes.roles import role_name
from varpa.ui.forms import DayField, RefField, TranslatedField

LONGEST: Final = 60_000
ONE_LINE: Final = 90


class RevisionField(forms.IntegerField):
    """Which state of the programme the form was opened on."""

    def __init__(self) -> None:
        super().__init__(min_value=0, widget=forms.HiddenInput())
        old = _("The page was opened too long ago. Open it again and send it once more.")
        self.error_messages.update(required=old, invalid=old, min_value=old)


class HoursField(forms.IntegerField):
    """How many hours a pair is to spend together; empty: as the methodology says."""

    def __init__(self, help_text: Any = "") -> None:
        plain = {"class": "minutes", "inputmode": "numeric", "autocomplete": "off"}
        super().__init__(
            label=_("Hours of a pair together"),
            help_text=help_text,
            required=False,
            widget=forms.TextInput(attrs=plain),
            error_messages={"invalid": _("Write a number of hours between 1 and 1000.")},
        )


class HoursForm(forms.Form):
    """The hours of a programme that goes."""

    revision = RevisionField()
    hours = HoursField()


class WindowsForm(forms.Form):
    """First and last day of each period of the calendar, under the names KEY-starts and KEY-ends."""

    revision = RevisionField()

    def __init__(
        self,
        given: QueryDict | None = None,
        *,
        periods: tuple[Period, ...],
        windows: Mapping[str, Window],
        revision: int,
    ) -> None:
        days: dict[str, Any] = {"revision": revision}
        for period in periods:
            days[f"{period.key}-starts"], days[f"{period.key}-ends"] = windows[period.key][:2]
        super().__init__(given, initial=days)
        self.periods = periods
        for period in periods:
            self.fields[f"{period.key}-starts"] = DayField(label=_("First day"))
            self.fields[f"{period.key}-ends"] = DayField(label=_("Last day"))

    def rows(self) -> Iterator[tuple[Period, Any, Any]]:
        """Each period with its two fields."""
        for period in self.periods:
            yield period, self[f"{period.key}-starts"], self[f"{period.key}-ends"]

    @property
    def days(self) -> dict[str, tuple[date, date]]:
        """What was asked for, by period."""
        given = self.cleaned_data
        return {each.key: (given[f"{each.key}-starts"], given[f"{each.key}-ends"]) for each in self.periods}


class WordingForm(forms.Form):
    """One text of the methodology in the programme's own words."""

    revision = RevisionField()

    def __init__(self, given: QueryDict | None = None, *, text: TranslatedText, revision: int) -> None:
        super().__init__(given, initial={"revision": revision, "text": text})
        longest = max(len(words) for words in text.as_dict().values())
        rows = 1 if longest <= ONE_LINE else min(24, 3 + longest // 60)
        self.fields["text"] = TranslatedField(
            label=_("Wording"),
            help_text=_("Left empty in all three languages, it says again what the methodology says."),
            required=False,
            every=True,
            rows=rows,
            max_length=LONGEST,
        )


class QuestionForm(forms.Form):
    """A question of the programme's own."""

    ref = RefField()
    revision = RevisionField()
    text = TranslatedField(label=_("Question"), every=True, max_length=500)
    hint = TranslatedField(
        label=_("Hint below it"), help_text=_("May stay empty."), required=False, every=True, max_length=500
    )
    for_each = forms.BooleanField(label=_("Each of the two gets an answer"), required=False)
    role = forms.ChoiceField(
        label=_("Who is asked?"),
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(
        self, given: QueryDict | None, *, programme: Programme, applying: bool, initial: dict[str, Any]
    ) -> None:
        super().__init__(given, initial=initial)
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)
        role.choices = [
            ("", pgettext("asked", "Both")),
            (Role.MENTEE.value, role_name(programme, Role.MENTEE, pgettext("asked", "Only mentees"))),
            (Role.MENTOR.value, role_name(programme, Role.MENTOR, pgettext("asked", "Only mentors"))),
        ]
        # Applicants are asked before there is a pair; in a pair both see every question.
        del self.fields["for_each" if applying else "role"]
