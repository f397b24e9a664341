"""Input about the partner organisations of a programme, and about the partner of a member."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from varpa.people.forms import AddressField
from varpa.programmes.actions.partners import NotOurPartner
from varpa.programmes.countries import country_name
from varpa.programmes.forms.changes import RevisionField
from varpa.programmes.models import Partner, Programme
from varpa.ui.forms import LineField, RefField


class PartnerForm(forms.Form):
    """What a partner is called, where it is, whom one asks there."""

    revision = RevisionField()
    name = LineField(label=_("Name of the organisation"), max_length=160)
    country = forms.ChoiceField(label=_("Country"))
    contact_name = LineField(label=_("Contact person"), required=False, max_length=120)
    contact_address = AddressField(
        label=_("E-mail address"),
        help_text=_("For the staff of the programme only. May stay empty."),
        required=False,
    )

    def __init__(self, given: QueryDict | None = None, *, programme: Programme, partner: Partner) -> None:
        said: dict[str, Any] = {name: getattr(partner, name) for name in self.base_fields}
        super().__init__(given, initial=said, auto_id=f"{partner.ref}-%s")
        country = self.fields["country"]
        assert isinstance(country, forms.ChoiceField)
        codes = dict.fromkeys([*programme.countries, partner.country])
        country.choices = [(code, country_name(code)) for code in codes if code]
        some = _("Choose a country from the list.")
        country.error_messages.update(required=some, invalid_choice=some)
        if partner.leads:
            del self.fields["name"]


class NewPartnerForm(PartnerForm):
    """A further partner; `ref` is given when the form is shown, so that two clicks add one."""

    ref = RefField()

    def __init__(self, given: QueryDict | None = None, *, programme: Programme) -> None:
        super().__init__(given, programme=programme, partner=Partner(ref="new"))
        self.initial.pop("ref")
        del self.fields["revision"]


class ChoiceForm(forms.Form):
    """To which partner members belong; blank: to the one that their country tells."""

    partner = forms.ChoiceField(label=_("Partner"), required=False)

    def __init__(self, given: QueryDict | None = None, *, partners: list[Partner]) -> None:
        super().__init__(given)
        self.known = {each.ref: each for each in partners}
        field = self.fields["partner"]
        assert isinstance(field, forms.ChoiceField)
        named = [(each.ref, str(each)) for each in partners]
        field.choices = [("", _("the only one of the country")), *named]
        field.error_messages["invalid_choice"] = NotOurPartner.sentence

    def clean_partner(self) -> Partner | None:
        """The partner of the reference that was chosen."""
        return self.known.get(self.cleaned_data["partner"])
