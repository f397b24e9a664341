"""What the gallery shows: made-up content for every component."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.utils.translation import pgettext_lazy

from varpa.kernel.merging import Conflict
from varpa.kernel.text import TranslatedText
from varpa.ui import merging
from varpa.ui.forms import DayField, LineField, LocalTimeField, MinutesField, TranslatedField, WordsField

MEETING = datetime(2013, 10, 17, 13, 0, tzinfo=UTC)
PAPER = "## Pirmā tikšanās · First meeting\n\n- **16** h\n- <https://example.org>\n"


@dataclass(frozen=True)
class Step:
    """A phase, made up."""

    key: str
    name: object


@dataclass(frozen=True)
class Paging:
    """The second page of many."""

    number: int = 2
    has_next: bool = True
    previous: int = 1
    following: int = 3


PHASES = [
    Step("start", TranslatedText("Sākums", "Pradžia", "Start")),
    Step("goals", TranslatedText("Mērķi", "Tikslai", "Goals")),
    Step("learning", TranslatedText("Attīstība", "Mokymasis", "Learning")),
    Step("review", TranslatedText("Noslēgums", "Aptarimas", "Review")),
    Step("ending", TranslatedText("Izskaņa", "Pabaiga", "Ending")),
]
SEVEN = [Step(str(number), str(number)) for number in range(1, 8)]


class SampleForm(forms.Form):
    """Every kind of field, one of them wrong."""

    topic = LineField(
        label=pgettext_lazy("gallery", "Topic of the business plan"),
        help_text=pgettext_lazy("gallery", "One sentence is enough. You may change it later."),
    )
    length = MinutesField(label=pgettext_lazy("gallery", "How long was the meeting?"))
    how = forms.ChoiceField(
        label=pgettext_lazy("gallery", "The meeting was"),
        choices=[
            ("held", pgettext_lazy("gallery", "Held")),
            ("moved", pgettext_lazy("gallery", "Moved")),
            ("missed", pgettext_lazy("gallery", "Missed")),
            ("off", pgettext_lazy("gallery", "Cancelled")),
        ],
        widget=forms.RadioSelect,
    )
    means = forms.MultipleChoiceField(
        label=pgettext_lazy("gallery", "Means of communication"),
        choices=[
            ("in_person", pgettext_lazy("gallery", "In person")),
            ("video", pgettext_lazy("gallery", "Video call")),
            ("phone", pgettext_lazy("gallery", "Phone")),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    role = forms.ChoiceField(
        label=pgettext_lazy("gallery", "Role"),
        choices=[
            ("mentor", pgettext_lazy("gallery", "Mentor")),
            ("mentee", pgettext_lazy("gallery", "Mentee")),
        ],
    )
    day = DayField(label=pgettext_lazy("gallery", "Day"))
    starts = LocalTimeField(label=pgettext_lazy("gallery", "When does it start?"))
    notes = WordsField(label=pgettext_lazy("gallery", "Notes"), required=False)
    photo = forms.FileField(label=pgettext_lazy("gallery", "A photograph of the paper"), required=False)
    agreed = forms.BooleanField(label=pgettext_lazy("gallery", "I have read the guide"), required=False)
    name = TranslatedField(label=pgettext_lazy("gallery", "Name of the programme"))


def sample_form() -> SampleForm:
    """A form that somebody has sent with one wrong length."""
    given: dict[str, Any] = {
        "topic": "Keramikas darbnīca „Māls un uguns”",
        "length": "three quarters",
        "how": "held",
        "means": ["video"],
        "role": "mentor",
        "day": "2013-10-17",
        "starts": "2013-10-17T16:00",
        "notes": "Cik krūžu mēnesī jāpārdod, lai atmaksātos krāsns?",
        "name_lv": "Izglītība uzņēmējdarbībai",
        "name_lt": "Švietimas verslui",
        "name_en": "Educate for Business",
    }
    return SampleForm(given)


def context() -> dict[str, object]:
    """All that the page draws."""
    conflict = Conflict(
        stored={"notes": "Divi veikali ir ar mieru.\nTrešais atbildēs piektdien."},
        given={"notes": "Divi veikali ir ar mieru.\nTrešajam jāpiezvana."},
        revision=4,
    )
    return {
        "phases": PHASES,
        "seven": SEVEN,
        "two": [PHASES[0], PHASES[-1]],
        "form": sample_form(),
        "meeting": MEETING,
        "first_day": date(2013, 3, 1),
        "last_day": date(2014, 4, 30),
        "paper": PAPER,
        "paging": Paging(),
        "merge": merging.merge(conflict, {"notes": pgettext_lazy("gallery", "Notes")}),
    }
