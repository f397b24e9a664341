"""Input about a programme itself: what it says of itself, its beginning, its manager."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from varpa.files.models import File
from varpa.kernel.refusals import Refusal
from varpa.kernel.text import LANGUAGES
from varpa.people.forms import AddressField, zone_choices
from varpa.people.models import Language, Organisation, Person
from varpa.programmes.actions.beginning import refused
from varpa.programmes.actions.programmes import WAITING, hold_emblem
from varpa.programmes.countries import COUNTRIES
from varpa.programmes.forms.changes import HoursField, RevisionField
from varpa.programmes.models import Programme
from varpa.programmes.queries import Offer
from varpa.ui.forms import DayField, LineField, RefField, TranslatedField


class ProgrammeForm(forms.Form):
    """What a programme says of itself; for a new one and for a present one."""

    name = TranslatedField(label=_("Name of the programme"), every=True, max_length=120)
    starts = DayField(label=_("First day"))
    ends = DayField(label=_("Last day"))
    countries = forms.MultipleChoiceField(
        label=_("Countries"), choices=COUNTRIES, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=Language.choices, widget=forms.CheckboxSelectMultiple
    )
    zone = forms.ChoiceField(label=_("Time zone"), help_text=_("Days that are due end in this zone."))
    funder_text = TranslatedField(
        label=_("Words of the funder"),
        help_text=_("They stand on documents, as the funder wants them. May stay empty."),
        required=False,
        every=True,
        rows=3,
        max_length=1000,
    )
    emblem = forms.FileField(
        label=_("Emblem"),
        help_text=_("A picture, PNG or JPEG, up to 2 MB. May stay empty."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )
    kept_emblem = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    mentors_are_screened = forms.BooleanField(
        label=_("Mentors are screened before they meet anybody one to one"),
        help_text=_(
            "The manager writes down the result and its day, never the paper. Without a result a mentor is "
            "not prepared, and pairs that have begun pause."
        ),
        required=False,
    )
    passages_may_be_left_out = forms.BooleanField(
        label=_("A mentor may leave out single passages when handing over the diary"), required=False
    )

    comment_days = forms.IntegerField(
        label=_("Days for which the evaluation report is open for comments"),
        help_text=_("Mentors and mentees read it before it is published. Usually seven."),
        min_value=0,
        max_value=90,
        widget=forms.TextInput(attrs={"class": "minutes", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("Write a number of days between 0 and 90.")
        ),
    )

    def __init__(
        self,
        given: QueryDict | None = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        programme: Programme | None = None,
    ) -> None:
        super().__init__(given, files, initial=_said(programme) if programme else _usual())
        if programme:
            self.fields["revision"] = RevisionField()
            self.initial["revision"] = programme.revision
        else:
            del self.fields["comment_days"]
        self.kept: File | None = None
        zones = self.fields["zone"]
        assert isinstance(zones, forms.ChoiceField)
        zones.choices = zone_choices(programme.zone if programme else "Europe/Riga")
        some = _("Choose at least one from the list.")
        for name in ("countries", "languages", "zone"):
            self.fields[name].error_messages.update(required=some, invalid_choice=some)

    def keep_emblem(self, by: Person, now: datetime) -> None:
        """Let a chosen picture outlive whatever else is wrong: `kept` is it, or one that was kept before."""
        own = File.objects.filter(about_kind=WAITING, about_ref=by.ref, withdrawn_at=None)
        self.kept = own.filter(ref=self.cleaned_data.pop("kept_emblem", "")).first()
        upload = self.cleaned_data.pop("emblem", None)
        if upload:
            try:
                self.kept = hold_emblem(upload=upload, by=by, now=now)
            except Refusal as refusal:
                self.add_error("emblem", str(refusal))
        assert isinstance(self.data, QueryDict)
        self.data = self.data.copy()
        self.data["kept_emblem"] = self.kept.ref if self.kept else ""


def all_right(*asked: forms.Form) -> bool:
    """Whether the forms of one page are right: all that is wrong is told at once, by the rules too."""
    said = {name: value for form in asked for name, value in _cleaned(form).items()}
    for name, refusal in refused(**said):
        next(form for form in asked if name in form.fields).add_error(name, str(refusal))
    return all(form.is_valid() for form in asked)


def _cleaned(form: forms.Form) -> dict[str, Any]:
    form.full_clean()
    return form.cleaned_data


def _usual() -> dict[str, Any]:
    return {
        "countries": ["LV", "LT"],
        "languages": list(LANGUAGES),
        "zone": "Europe/Riga",
        "passages_may_be_left_out": True,
    }


def _said(programme: Programme) -> dict[str, Any]:
    names = ("name", "starts", "ends", "countries", "languages", "zone", "funder_text")
    said = {name: getattr(programme, name) for name in names}
    for name in ("passages_may_be_left_out", "mentors_are_screened", "comment_days"):
        said[name] = getattr(programme, name)
    return said


class BeginningForm(forms.Form):
    """What only the beginning of a programme asks: whose it is, by which methodology, who manages it."""

    ref = RefField()
    organisation: "forms.ModelChoiceField[Organisation]" = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), to_field_name="ref", label=_("Lead partner"), empty_label=None
    )
    methodology = forms.ChoiceField(label=_("Methodology"), widget=forms.RadioSelect)
    hours = HoursField(help_text=_("May stay empty: then it is as the methodology says."))
    manager_address = AddressField(
        label=_("E-mail address of the manager"),
        help_text=_("Codes for signing in go there. May stay empty: until then the lead partner manages."),
        required=False,
    )
    manager_name = LineField(
        label=_("First name and surname of the manager"),
        help_text=_("Needed for somebody who is not here yet."),
        max_length=120,
        required=False,
    )

    def __init__(
        self, given: QueryDict | None, *, organisations: QuerySet[Organisation], offered: list[Offer]
    ) -> None:
        super().__init__(given, initial={"organisation": organisations[0]})
        whose, how = self.fields["organisation"], self.fields["methodology"]
        assert isinstance(whose, forms.ModelChoiceField)
        assert isinstance(how, forms.ChoiceField)
        whose.queryset = organisations
        how.choices = [(each.key, _label(each)) for each in offered if each.methodology]
        self.initial["methodology"] = how.choices[0][0] if len(how.choices) == 1 else None
        wrong = _("Choose a methodology from the list.")
        how.error_messages.update(required=wrong, invalid_choice=wrong)


def _label(offer: Offer) -> str:
    assert offer.methodology
    words = _("{title}, version {version}: {hours} hours, {months} months, {phases} phases")
    return str(words).format(
        title=offer.methodology.title,
        version=offer.methodology.version,
        hours=f"{offer.methodology.hours_minutes / 60:g}",
        months=offer.methodology.months,
        phases=len(offer.methodology.phases),
    )


class AppointmentForm(forms.Form):
    """A further manager."""

    address = AddressField(
        label=_("E-mail address of the manager"), help_text=_("Codes for signing in go there.")
    )
    name = LineField(
        label=_("First name and surname of the manager"),
        help_text=_("Needed for somebody who is not here yet."),
        max_length=120,
        required=False,
    )
