"""Input of whoever has lost the letter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from varpa.people.forms import AddressField


class LostForm(forms.Form):
    """The address to which the letters went."""

    address = AddressField(label=_("E-mail address"))
