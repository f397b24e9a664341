"""Input of the pages of dossiers."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varpa.dossier.models import Names
from varpa.people.forms import AddressField
from varpa.people.models import Language
from varpa.programmes.models import Partner, ReportingPeriod
from varpa.ui.forms import DayField, LineField, RefField


class AskForm(forms.Form):
    """A whole dossier, or one of a period, of a partner."""

    ref = RefField()
    period = forms.ChoiceField(label=_("Reporting period"), required=False)
    first = DayField(
        label=_("First day"), help_text=_("Blank: from the beginning of the programme."), required=False
    )
    last = DayField(label=_("Last day"), help_text=_("Blank: until now."), required=False)
    partner = forms.ChoiceField(label=_("Partner"), required=False)
    language = forms.ChoiceField(label=_("Language of the dossier"), choices=Language.choices)
    names = forms.ChoiceField(
        label=_("Pupils by name"), choices=Names.choices, initial=Names.SIGNED, widget=forms.RadioSelect
    )

    def __init__(
        self,
        *args: Any,
        partners: Iterable[Partner],
        periods: Iterable[ReportingPeriod],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        period = self.fields["period"]
        assert isinstance(period, forms.ChoiceField)
        period.choices = [("", _("The days below")), *((each.ref, each.name) for each in periods)]
        if len(period.choices) == 1:
            del self.fields["period"]
        partner = self.fields["partner"]
        assert isinstance(partner, forms.ChoiceField)
        named = [(each.ref, str(each)) for each in partners]
        partner.choices = [("", _("All partners")), *named]


class ObserverForm(forms.Form):
    """Who may look, and until when."""

    ref = RefField()
    name = LineField(
        label=_("Who it is"), help_text=_("A name, or the office of an auditor."), max_length=120
    )
    address = AddressField(label=_("E-mail address"))
    language = forms.ChoiceField(label=_("Language of the letter"), choices=Language.choices)
    expires_on = DayField(label=_("Last day"), help_text=_("Until the end of this day the link opens."))
