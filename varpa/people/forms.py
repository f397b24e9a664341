"""Input at the door and on one's own page."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from varpa.kernel.text import folded
from varpa.people.models import Language, Person
from varpa.ui import words
from varpa.ui.forms import LineField


class AddressField(forms.EmailField):
    """An e-mail address; cleans to small letters."""

    def __init__(self, **options: Any) -> None:
        attrs = {"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}
        super().__init__(**{"widget": forms.EmailInput(attrs=attrs), "max_length": 254, **options})
        wrong = _("Write the whole address, for example anna@skola.lv.")
        self.error_messages.update(required=wrong, invalid=wrong, max_length=wrong)

    def clean(self, value: Any) -> str:
        return str(super().clean(value) or "").lower()


class AskForm(RequestLoginCodeForm):  # type: ignore[misc]  # allauth is untyped
    """Where the code shall go. What happens with an unknown address is not told (allauth)."""

    email = AddressField(
        label=_("E-mail address"), help_text=_("The same one that was given when applying to the programme.")
    )


class CodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]  # allauth is untyped
    """The six digits of the letter; spaces between them do no harm."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "class": "code",
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "autofocus": True,
            }
        ),
        error_messages={
            "required": _("Write the six digits from the letter."),
            "max_length": _("Write the six digits from the letter."),
        },
    )


class ProfileForm(forms.Form):
    """One's own name, phone and time zone."""

    name = LineField(
        label=_("First name and surname"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = LineField(
        label=_("Phone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    show_phone = forms.BooleanField(
        label=_("The other of a pair may see the number, where the two have agreed on the phone"),
        required=False,
    )
    zone = forms.ChoiceField(label=_("Time zone"), help_text=_("Days and hours are shown in this zone."))

    def __init__(self, given: QueryDict | None, *, person: Person) -> None:
        own: dict[str, object] = {"name": person.name, "phone": person.phone, "zone": person.zone}
        own["show_phone"] = bool(person.phone) and person.phone_shown == person.phone
        super().__init__(given, initial=own)
        zones = self.fields["zone"]
        assert isinstance(zones, forms.ChoiceField)
        zones.choices = zone_choices(person.zone)
        zones.error_messages["invalid_choice"] = _("Choose a time zone from the list.")


# The time zone database keeps a zone under its former name too: one city would be offered twice.
OLD_NAMES = frozenset({"Europe/Kiev"})


@cache
def _european() -> frozenset[str]:
    # Looking for them reads a folder of the machine.
    return frozenset(zone for zone in available_timezones() if zone.startswith("Europe/")) - OLD_NAMES


def zone_choices(present: str) -> list[tuple[str, str]]:
    """The time zones of Europe, and the one that is chosen at present, by the names of their cities."""
    found = _european() | {present}
    return sorted(((zone, words.zone(zone)) for zone in found), key=lambda choice: folded(choice[1]))


class BeginningForm(forms.Form):
    """The organisation of an installation and the first person of its staff: asked by a command."""

    name = LineField(max_length=160)
    person_name = LineField(max_length=120)
    email = AddressField()
    language = forms.ChoiceField(choices=Language.choices)
    zone = forms.CharField(max_length=40)

    def clean_zone(self) -> str:
        zone: str = self.cleaned_data["zone"]
        if zone not in available_timezones():
            raise forms.ValidationError(_("Choose a time zone from the list."))
        return zone


class StaffForm(forms.Form):
    """Somebody who is to work for the lead partner."""

    address = AddressField(label=_("E-mail address"), help_text=_("Codes for signing in go there."))
    name = LineField(
        label=_("First name and surname"),
        help_text=_("Needed for somebody who is not here yet."),
        max_length=120,
        required=False,
    )
