"""Input about an event itself, its agenda and its materials."""

from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from varpa.events.models import AgendaItem, Event, EventKind
from varpa.events.queries.events import Prepared, all_prepared, topics_of
from varpa.events.words import country_name
from varpa.kernel.text import TranslatedText
from varpa.people.forms import zone_choices
from varpa.people.models import Language
from varpa.programmes.models import Programme, Role
from varpa.programmes.roles import role_choices
from varpa.ui import words
from varpa.ui.forms import LineField, LocalTimeField, MinutesField, RefField, TranslatedField

MOST_PLACES: Final = 10_000
FIELDS: Final = (
    *("kind", "title", "text", "zone", "minutes", "place", "link"),
    *("languages", "roles", "countries", "places"),
)


class EventForm(forms.Form):
    """A new event, or what changes in one; `given` is what the action is told."""

    ref = RefField(required=False)
    training = forms.ChoiceField(label=_("Which training of the methodology is it?"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    kind = forms.ChoiceField(label=_("Kind of event"), choices=EventKind.choices)
    title = TranslatedField(label=_("What is it called?"), every=True, max_length=160)
    text = TranslatedField(label=_("What is it about?"), required=False, rows=3, max_length=2_000)
    starts = LocalTimeField(label=_("Day and hour"))
    minutes = MinutesField(label=_("Length"), most=3 * 24 * 60)
    zone = forms.ChoiceField(label=_("Time zone"))
    place = LineField(label=_("Place"), max_length=200, required=False)
    link = LineField(
        label=_("Link to join by"),
        help_text=_("It begins with https://. Only those invited see it."),
        max_length=500,
        required=False,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken"),
        choices=Language.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    roles = forms.MultipleChoiceField(label=_("Who is invited?"), widget=forms.CheckboxSelectMultiple)
    countries = forms.MultipleChoiceField(
        label=_("From which countries?"),
        help_text=_("None ticked: from all."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    places = forms.IntegerField(
        label=_("How many can come?"),
        help_text=_("Blank: as many as are invited. Who is too many waits for a place."),
        min_value=1,
        max_value=MOST_PLACES,
        required=False,
    )

    def __init__(
        self,
        given: QueryDict | None = None,
        *,
        programme: Programme,
        event: Event | None = None,
        prepared: Prepared | None = None,
    ) -> None:
        said = _present(event) if event else _usual(programme, prepared)
        super().__init__(given, initial=said)
        zones, countries, roles = (self.fields[name] for name in ("zone", "countries", "roles"))
        assert isinstance(zones, forms.ChoiceField)
        assert isinstance(countries, forms.MultipleChoiceField)
        assert isinstance(roles, forms.MultipleChoiceField)
        zones.choices = zone_choices(event.zone if event else programme.zone)
        countries.choices = [(code, country_name(code)) for code in programme.countries]
        roles.choices = role_choices(programme)
        roles.error_messages["required"] = _("Choose at least one role that is invited.")
        if event:
            if event.agenda.filter(withdrawn_at=None, begins__isnull=False).exists():
                self.fields["starts"].help_text = _("The parts of the agenda move with it.")
            del self.fields["ref"], self.fields["training"]
            return
        trainings = self.fields["training"]
        assert isinstance(trainings, forms.ChoiceField)
        listed = [(each.key, str(each.title)) for each in all_prepared(programme)]
        trainings.choices = [("", _("none of them")), *listed]

    @property
    def given(self) -> dict[str, Any]:
        """The fields of the event as they were said."""
        return {
            **{name: self.cleaned_data[name] for name in FIELDS},
            "starts_local": self.cleaned_data["starts"],
        }


class ItemForm(forms.Form):
    """One part of the agenda: a topic of the methodology, or one's own."""

    ref = RefField(required=False)
    day = forms.TypedChoiceField(label=_("On which day?"), coerce=int, empty_value=None, required=False)
    begins = forms.TimeField(
        label=_("Begins at"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "moment"}),
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
    )
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    title = TranslatedField(label=_("Or a topic of your own"), required=False, max_length=200)
    leads = LineField(label=_("Who leads it?"), max_length=160, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(
        self, given: QueryDict | None = None, *, event: Event, item: AgendaItem | None = None
    ) -> None:
        kept = ("day", "begins", "topic", "leads", "revision")
        said = {name: getattr(item, name) for name in kept} if item else {}
        if item and not item.topic:
            said["title"] = item.title
        super().__init__(given, initial=said)
        self.fields["begins"].error_messages["invalid"] = _("Write the hour, for example 10:30.")
        topics = self.fields["topic"]
        assert isinstance(topics, forms.ChoiceField)
        listed = [(key, str(text)) for key, text in topics_of(event.programme).items()]
        topics.choices = [("", _("a topic of your own")), *listed]
        del self.fields["ref" if item else "revision"]
        if not event.lasts_days:
            del self.fields["day"]
            return
        days = self.fields["day"]
        assert isinstance(days, forms.ChoiceField)
        days.choices = [(number, words.weekday_day(day)) for number, day in enumerate(event.days)]

    @property
    def given(self) -> dict[str, Any]:
        """What the action is told."""
        said = {**self.cleaned_data, "title": self.cleaned_data["title"] or TranslatedText()}
        # Sent without it, the form is one that was shown before anybody had changed the part.
        return {**said, "revision": said["revision"] or 0} if "revision" in said else said

    def save_upon(self, item: AgendaItem) -> None:
        """Sent once more, the form takes the place of what stands now."""
        assert isinstance(self.data, QueryDict)
        self.data = self.data.copy()
        self.data["revision"] = str(item.revision)


class MaterialForm(forms.Form):
    """A file or a link."""

    ref = RefField()
    title = LineField(label=_("What is it called?"), max_length=160)
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, PNG, JPEG or WebP, up to 10 MB."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/png,image/jpeg,image/webp"}),
    )
    link = LineField(label=_("Or a link"), max_length=500, required=False)


class CancelForm(forms.Form):
    """Why an event does not take place."""

    reason = LineField(label=_("Why? Everybody invited reads it."), max_length=300, required=False)


def _present(event: Event) -> dict[str, Any]:
    said = {name: getattr(event, name) for name in FIELDS}
    return {**said, "starts": event.starts_local, "revision": event.revision}


def _usual(programme: Programme, prepared: Prepared | None) -> dict[str, Any]:
    said: dict[str, Any] = {
        "zone": programme.zone,
        "languages": programme.languages,
        "roles": [Role.MENTOR, Role.MENTEE],
        "minutes": "4:00",
    }
    if prepared is None:
        return said
    return {
        **said,
        "training": prepared.training,
        "kind": prepared.kind,
        "title": prepared.title,
        "text": prepared.text,
        "starts": f"{prepared.day:%Y-%m-%d}T10:00",
    }
