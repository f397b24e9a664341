"""Input of whoever applies: the fields of each step; on paper all of them at once."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.calls.steps import Asked, day_of
from varpa.calls.words import LEVELS, SPOKEN, TRAVEL
from varpa.methodology.marks import KindAct
from varpa.people.forms import AddressField
from varpa.people.models import Language
from varpa.programmes.countries import COUNTRIES
from varpa.programmes.models import Computer, Gender
from varpa.programmes.roles import place_label
from varpa.programmes.week import TIMES, time_name
from varpa.sectors.sectors import sectors
from varpa.ui.forms import BirthField, LineField, WordsField

Fields = dict[str, forms.Field]
MOST_INTERESTS: Final = 7
LONGEST: Final = 3000


def who(asked: Asked) -> Fields:
    """Name and address must be; of a mentee the date of birth, which decides whether a guardian is asked."""
    hint: str | Promise = _("A letter with a link goes there: it lets you go on later.")
    if asked.mentee:
        hint = pgettext_lazy("mentee", "A letter with a link goes there: it lets you go on later.")
    name = LineField(label=_("Name and surname"), max_length=120, widget=_line("name"))
    name.error_messages["required"] = _("Write the name and the surname.")
    found: Fields = {"name": name, "address": AddressField(label=_("E-mail address"), help_text=hint)}
    if asked.mentee:
        found["born"] = BirthField(
            today=asked.today,
            label=_("Date of birth"),
            help_text=_("It says whether a parent or guardian must permit taking part."),
        )
    found["phone"] = LineField(
        label=_("Phone"),
        help_text=_("May stay empty."),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    found["language"] = _one(_("Language of letters and pages"), Language.choices, required=True)
    return found


def place(asked: Asked) -> Fields:
    """School or company, as far as the methodology is of business; town, country."""
    known = dict(COUNTRIES)
    countries = [(code, known.get(code, code)) for code in asked.programme.countries]
    of_company = asked.methodology.is_of_business() and not asked.mentee
    town = _("Town of the company") if of_company else _("Town")
    found: Fields = {
        "place": LineField(label=place_label(asked.programme, asked.role), required=False, max_length=160),
        "region": LineField(
            label=town,
            required=False,
            max_length=80,
            widget=forms.TextInput(attrs={"list": "towns", "autocomplete": "off"}),
        ),
    }
    if len(countries) > 1:
        # Of it hangs whether a minor's visit needs the permission for abroad.
        found["country"] = _one(_("Country"), countries, required=True)
    if asked.mentee:
        label = pgettext_lazy("mentee", "Your gender, only to see whether mentors are found for all alike")
        hint = pgettext_lazy(
            "mentee",
            "May stay empty. It is counted in groups of five and more: no page shows who said what, and "
            "matching does not know it.",
        )
        found["gender"] = _one(label, (*Gender.choices, ("", pgettext_lazy("gender", "no answer"))), hint)
    return found


def interests(asked: Asked) -> Fields:
    """Codes of sectors, in the order in which they were sent: the dearest first."""
    label = pgettext_lazy("mentee", "Interests") if asked.mentee else _("Sectors")
    return {"interests": CodesField(label=label, required=False)}


def topic(asked: Asked) -> Fields:
    """In own words: a mentee's idea; what a mentor knows and has done."""
    business = asked.methodology.is_of_business()
    if asked.mentee:
        own = pgettext_lazy("mentee", "Your idea or topic, in your own words")
        hint = pgettext_lazy("mentee", "Two sentences are enough. No idea yet? Then say what you like to do.")
        hoped = pgettext_lazy("mentee", "What do you expect of the mentor and the programme?")
        wished = pgettext_lazy("mentee", "Which mentor would you like best?")
        if business:
            wished = pgettext_lazy("mentee", "Which mentor, company or kind of company would you like best?")
        return {"topic": _words(own, hint), "expectations": _words(hoped), "wishes": _wishes(wished)}
    experience, wished = _("Your experience in this"), _("Which mentee or field would you like best?")
    if business:
        experience = _("Your experience in business and with young people")
        wished = _("Which mentee, school or field would you like best?")
    return {
        "topic": _words(_("What you know best, in your own words"), _("Two sentences are enough.")),
        "experience": _words(experience),
        "expectations": _words(_("What do you expect of the mentee and the programme?")),
        "wishes": _wishes(wished),
    }


def reach(asked: Asked) -> Fields:
    """Languages, and how far one can go: to see the company, where the methodology knows such a visit."""
    methodology = asked.methodology
    spoken: str | Promise = pgettext_lazy("mentee", "Languages in which you can talk")
    travel: str | Promise = pgettext_lazy("mentee", "How far can you go to meet in person?")
    if asked.mentee and methodology.has_kind(KindAct.VISIT):
        travel = pgettext_lazy("mentee", "How far can you go to see the mentor’s company?")
    elif not asked.mentee:
        spoken, travel = _("Languages in which you can talk"), _("How far can you go to meet in person?")
        if methodology.is_of_business():
            spoken = _("Languages in which you can talk about business")
    languages = {"languages": _several(spoken, SPOKEN)}
    return languages | ({"travel_km": _one(travel, TRAVEL)} if methodology.meets_in_person() else {})


def means(asked: Asked) -> Fields:
    """What one really has; where some of it needs a computer, whether there is one: it goes without too."""
    known = asked.methodology.means
    named = [(each.key, str(each.name)) for each in known]
    if not asked.mentee:
        return {"means": _several(_("Means that you really use"), named)}
    have = pgettext_lazy("mentee", "Means that you really have")
    if not any(each.computer for each in known):
        return {"means": _several(have, named)}
    computer = pgettext_lazy("mentee", "Your computer")
    hint = pgettext_lazy("mentee", "You can take part without a computer too; then we look for another way.")
    return {"means": _several(have, named), "computer": _one(computer, Computer.choices, hint)}


def week(asked: Asked) -> Fields:
    """Times of the week; of a mentor also how many mentees."""
    times = [(time, time_name(time)) for time in TIMES]
    found: Fields = {"availability": _several(_("Usually free"), times)}
    if not asked.mentee and asked.most_mentees > 1:
        numbers = [(str(number), str(number)) for number in range(1, asked.most_mentees + 1)]
        found["capacity"] = _one(_("How many mentees can you take?"), numbers)
    return found


def abilities(asked: Asked) -> Fields:
    """The abilities of a mentor as one sees oneself (methodology §3.2): helps to prepare, never ranks."""
    return {f"ability-{each.key}": _one(each.text, LEVELS) for each in asked.methodology.abilities}


def questions(asked: Asked) -> Fields:
    """The programme's own."""
    return {f"question-{each.key}": _words(each.text, each.hint or "") for each in asked.questions}


def guardian(_asked: Asked) -> Fields:
    """Whom to write to at home."""
    return {
        "guardian_name": LineField(
            label=_("Name and surname of the parent or guardian"), required=False, max_length=120
        ),
        "guardian_address": AddressField(
            label=_("E-mail address of the parent or guardian"),
            required=False,
            widget=forms.EmailInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        ),
        "guardian_language": _one(_("Language of the letter"), Language.choices),
    }


FIELDS: Final[dict[str, Callable[[Asked], Fields]]] = {
    "who": who,
    "place": place,
    "interests": interests,
    "topic": topic,
    "reach": reach,
    "means": means,
    "week": week,
    "abilities": abilities,
    "questions": questions,
    "guardian": guardian,
}


class CodesField(forms.MultipleChoiceField):
    """Codes of sectors, each once, in the order in which they came."""

    def __init__(self, **options: Any) -> None:
        choices = [(each.code, each.name) for each in sectors()]
        super().__init__(choices=choices, widget=forms.CheckboxSelectMultiple, **options)

    def clean(self, value: Any) -> list[str]:
        codes = list(dict.fromkeys(super().clean(value)))
        if len(codes) > MOST_INTERESTS:
            raise ValidationError(
                _("Choose at most %(most)d: take the tick off the others."), params={"most": MOST_INTERESTS}
            )
        return codes


class ApplyForm(forms.Form):
    """The fields of some steps; `names` says which belong to which.

    Whoever goes back, or `puts_off` the rest, need not have said what must be: it stays as it was.
    """

    def __init__(
        self,
        given: QueryDict | None = None,
        *,
        asked: Asked,
        steps: Iterable[str],
        told: Mapping[str, Any],
        puts_off: bool = False,
    ) -> None:
        super().__init__(given, initial=shown(told))
        self.asked = asked
        self.unsaid: set[str] = set()
        self.names: dict[str, list[str]] = {}
        for step in steps:
            fields = FIELDS[step](asked)
            self.fields.update(fields)
            self.names[step] = list(fields)
        for name, field in self.fields.items():
            if puts_off and field.required:
                field.required = False
                self.unsaid.add(name)

    def clean(self) -> dict[str, Any]:
        """A guardian has a name and an address of their own."""
        given = self.cleaned_data
        address, own = given.get("guardian_address"), given.get("address") or self.initial.get("address")
        if address and address == own:
            wrong = _("This is the applicant’s own address. Write that of a parent or guardian.")
            self.add_error("guardian_address", wrong)
        if address and given.get("guardian_name") == "":
            self.add_error("guardian_name", _("Write the name too: the letter is addressed with it."))
        return given

    @property
    def said(self) -> dict[str, Any]:
        """What came, as answers keep it."""
        told = {name: kept(name, value) for name, value in self.cleaned_data.items()}
        return {name: value for name, value in told.items() if value or name not in self.unsaid}

    @property
    def words(self) -> set[str]:
        """The names of the fields in which people write."""
        return {name for name, field in self.fields.items() if isinstance(field, forms.CharField)}


def kept(name: str, value: Any) -> Any:
    """A cleaned value as JSON keeps it; a number that was not told is None."""
    if isinstance(value, date):
        return value.isoformat()
    if name in ("travel_km", "capacity") or name.startswith("ability-"):
        return int(value) if value else None
    return "" if value is None else value


def shown(told: Mapping[str, Any]) -> dict[str, Any]:
    """What was told, as a form shows it."""
    born = day_of(told.get("born"))
    return {**{name: "" if value is None else value for name, value in told.items()}, "born": born}


def _line(fills: str) -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": fills})


def _words(label: Any, hint: Any = "") -> WordsField:
    return WordsField(label=label, help_text=hint, required=False, max_length=LONGEST)


def _wishes(label: Any) -> LineField:
    hint = _("Several with a comma between. May stay empty. It is counted in, never promised.")
    return LineField(label=label, help_text=hint, required=False, max_length=300)


def _one(label: Any, choices: Any, hint: Any = "", *, required: bool = False) -> forms.ChoiceField:
    field = forms.ChoiceField(
        label=label, choices=choices, help_text=hint, required=required, widget=forms.RadioSelect
    )
    field.error_messages["required"] = _("Choose one.")
    return field


def _several(label: Any, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
    )
