"""Input on people: what is typed, ticked or chosen; the rules stand in the actions."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from varpa.applications.actions.rosters import LARGEST, MEGABYTE
from varpa.applications.queries.corrections import mark_of
from varpa.applications.rosters import encodings
from varpa.applications.rosters.headings import ABILITY, MAPPABLE, QUESTION, plain, proposed
from varpa.applications.rosters.told import COLUMNS
from varpa.applications.words import country_name
from varpa.methodology.model import Item
from varpa.methodology.overrides import AddedQuestion
from varpa.people.models import Person
from varpa.programmes.actions.memberships import CountryStays
from varpa.programmes.models import Membership, Programme, Role
from varpa.programmes.queries import methodology_of
from varpa.programmes.roles import place_label, role_name
from varpa.ui.forms import BirthField, DayField, LineField, RefField, TranslatedField, WordsField


class RosterForm(forms.Form):
    """A file with a list of people, and what they are where the list does not say."""

    ref = RefField()
    file = forms.FileField(
        label=_("The list"),
        help_text=_("CSV or XLSX, as the school or company has it. It is shown before anything is added."),
        error_messages={
            "required": _("Choose a file."),
            "missing": _("Choose a file."),
            "empty": _("The file is empty. Look whether it is whole on your computer, then choose it again."),
            "invalid": _("The file did not arrive. Choose it again."),
        },
    )
    role = forms.ChoiceField(
        label=_("Who stands in it?"),
        required=False,
        widget=forms.RadioSelect,
    )

    country = forms.ChoiceField(
        label=_("In which country do they take part?"),
        help_text=_("For those of whom neither the list nor the programme knows it."),
        required=False,
        widget=forms.RadioSelect,
    )

    saved_in = forms.ChoiceField(
        label=_("How was the text saved?"),
        help_text=_("For CSV only. Say it where the names came out with wrong letters."),
        required=False,
        choices=[("", _("Its letters tell it")), *encodings.choices()],
    )

    def __init__(self, programme: Programme, *args: Any) -> None:
        super().__init__(*args)
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)
        role.choices = [
            ("", _("The column “role” says it")),
            (Role.MENTEE.value, role_name(programme, Role.MENTEE, gettext("Mentees"))),
            (Role.MENTOR.value, role_name(programme, Role.MENTOR, gettext("Mentors"))),
        ]
        if len(programme.countries) > 1:
            country = self.fields["country"]
            assert isinstance(country, forms.ChoiceField)
            said = [(code, country_name(code)) for code in programme.countries]
            country.choices = [("", _("The column “country” says it")), *said]
        else:
            del self.fields["country"]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            words = _("The file is larger than {megabytes} MB. Divide it into several.")
            raise ValidationError(words.format(megabytes=LARGEST // MEGABYTE))
        return file


class ColumnsForm(forms.Form):
    """What the columns of a list hold: one question for each that we do not know, with its first values.

    `said` is what is remembered of them, {compared heading: field}. Below them stand the `known`, as they are
    read: a form may mean something else by them.
    """

    def __init__(
        self,
        *args: Any,
        unknown: list[Any],
        known: list[Any],
        said: dict[str, str],
        own: Sequence[AddedQuestion],
        abilities: Sequence[Item] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        asked = [(f"{QUESTION}{each.key}", each.text) for each in own]
        asked += [(f"{ABILITY}{each.key}", each.text) for each in abilities]
        choices = [("", _("leave out")), *((name, COLUMNS[name]) for name in MAPPABLE), *asked]
        alike = {plain(words): name for name, text in asked for words in text.as_dict().values()}
        new = [heading for heading, _shown, _values in unknown]
        self.headings = [*new, *(each[0] for each in known)]
        # Only the new are asked; where nothing is new, all of them may be said anew.
        remembered = said if any(heading not in said for heading in new) else {}
        for place, (heading, shown, values) in enumerate(unknown):
            if heading in remembered:
                continue
            initial = said.get(heading, alike.get(heading) or proposed(shown))
            self._ask(place, shown, values, choices, initial)
        for place, (_heading, shown, values, read_as) in enumerate(known, len(unknown)):
            self._ask(place, shown, values, choices, read_as)

    def _ask(self, place: int, shown: str, values: list[str], choices: list[Any], initial: str) -> None:
        self.fields[f"column-{place}"] = forms.ChoiceField(
            label=" ".join(shown.split())[:200],
            help_text="; ".join(values) or _("nothing stands in the first lines"),
            choices=choices,
            required=False,
            initial=initial,
        )

    def fields_said(self) -> dict[str, str]:
        """What was chosen, {compared heading: field}; of two headings alike the first that says one."""
        found: dict[str, str] = {}
        for place, heading in enumerate(self.headings):
            # What was not on the page is not said: of it holds what was remembered.
            if (name := f"column-{place}") in self.data:
                found[heading] = found.get(heading) or self.cleaned_data.get(name, "")
        return found


class TrainingForm(forms.Form):
    """The person was at the training."""

    notice_on_paper = forms.BooleanField(label=_("The notice was signed on paper too"), required=False)
    note = LineField(label=_("Note"), max_length=200, required=False)


class TalkForm(forms.Form):
    """An invitation to a talk before it is decided."""

    asked = RefField()
    words = WordsField(
        label=_("What you want to talk about"),
        help_text=_("It stands in the letter as you write it. The greeting and your address are added."),
        max_length=3000,
    )
    times = WordsField(
        label=_("Times that you propose"),
        help_text=_("One on each line, with place or link"),
        rows=3,
        max_length=1000,
        required=False,
    )


class LetterForm(forms.Form):
    """A letter in own words, in as many languages as one likes."""

    asked = RefField()
    subject = TranslatedField(label=pgettext_lazy("letter", "What it is about"), max_length=120)
    words = TranslatedField(
        label=pgettext_lazy("letter", "The letter"),
        help_text=_(
            "Each reads it in the own language; where that is empty, in the first one that is written. The "
            "greeting and your address are added."
        ),
        rows=6,
        max_length=3000,
    )


class NoteForm(forms.Form):
    """A note on a member."""

    ref = RefField()
    text = WordsField(label=_("Note"), rows=3)


class ScreeningForm(forms.Form):
    """What came of screening a mentor."""

    passed = forms.TypedChoiceField(
        label=pgettext_lazy("screening", "What came of it?"),
        choices=[("yes", _("The mentor may take part")), ("no", _("The mentor may not take part"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what came of it.")},
    )
    day = DayField(label=_("Day of the result"))


class DetailsForm(forms.Form):
    """What is known of a member in the programme."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    place = LineField(label="", max_length=160, required=False)
    country = forms.ChoiceField(label=_("Country"), required=False, widget=forms.RadioSelect)
    topic = WordsField(label=_("Topic"), rows=4, required=False)
    means = forms.MultipleChoiceField(
        label=_("Means of communication at hand"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, membership: Membership, **options: Any) -> None:
        super().__init__(*args, **options)
        programme = membership.programme
        codes = dict.fromkeys([*programme.countries, membership.country])
        countries = [(code, country_name(code)) for code in codes if code]
        means = [(each.key, str(each.name)) for each in methodology_of(programme).means]
        if membership.country:
            # Ages, permissions and partners are those of a country: it is changed, not blanked.
            self.fields["country"].required = True
            self.fields["country"].error_messages["required"] = CountryStays.sentence
        else:
            countries.insert(0, ("", gettext("not known")))
        for name, choices in (("country", countries), ("means", means)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        self.fields["place"].label = place_label(programme, membership.role)
        if membership.role != Role.MENTEE:
            self.fields["topic"].label = _("Knows most about")


class KnownForm(forms.Form):
    """What is known of a person, beside the address; `mark` is what the page showed."""

    mark = forms.CharField(widget=forms.HiddenInput)
    name = LineField(label=_("First name and surname"), max_length=120)
    phone = LineField(label=_("Phone"), max_length=40, required=False)

    def __init__(self, given: QueryDict | None, *, person: Person, own: bool, today: date) -> None:
        known = {"name": person.name, "phone": person.phone, "born": person.born, "mark": mark_of(person)}
        super().__init__(given, initial=known)
        self.fields["born"] = BirthField(
            today=today,
            label=_("Date of birth"),
            help_text=_("It says whether a parent or guardian must permit taking part."),
            required=False,
        )
        if own:
            # What the page would send is not read.
            self.fields["name"].disabled = self.fields["phone"].disabled = True


class ViewForm(forms.Form):
    """What a view of the list is called, and who finds it."""

    name = LineField(label=_("Name of the view"), max_length=60)
    shared = forms.BooleanField(
        label=_("The other managers of the programme see this view too"), required=False
    )


class NewViewForm(ViewForm):
    """A view that is kept for the first time."""

    ref = RefField()


def initial_of(membership: Membership) -> dict[str, Any]:
    """What stands in a membership, as the form shows it."""
    return {name: getattr(membership, name) for name in ("revision", "place", "country", "topic", "means")}
