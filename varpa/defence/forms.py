"""Input of the pages of a defence."""

import random
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varpa.defence.models import BUDGET, Defence, Mode, Slot, Tie
from varpa.money.fields import MoneyField
from varpa.people.forms import AddressField, zone_choices
from varpa.people.models import Language
from varpa.programmes.models import Programme
from varpa.ui.forms import LineField, LocalTimeField, MinutesField, RefField, WordsField

MOST_SEED = 999_999


def new_seed() -> int:
    """A number by which an order is drawn, short enough to be read out."""
    return random.SystemRandom().randint(1, MOST_SEED)


class DefenceForm(forms.Form):
    """When, where and by which rules. `ref` belongs to a new one, `revision` to one that is changed."""

    ref = RefField(required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)
    starts_local = LocalTimeField(label=_("When it begins"))
    zone = forms.ChoiceField(label=_("Time zone"))
    place = LineField(label=_("Place"), required=False)
    minutes = MinutesField(label=_("Length of one presentation"), most=240, initial=10)
    break_after = forms.IntegerField(
        label=_("Break after how many presentations"),
        help_text=_("0: no breaks"),
        min_value=0,
        max_value=99,
        initial=0,
    )
    break_minutes = MinutesField(label=_("Length of the break"), least=0, most=240, initial=15)
    places = forms.IntegerField(
        label=_("How many present at most"),
        help_text=_("Empty: all who have submitted. The others present on another day, or in another room."),
        min_value=1,
        max_value=999,
        required=False,
    )
    mode = forms.ChoiceField(label=_("What jurors give"), choices=Mode.choices, widget=forms.RadioSelect)
    budget = MoneyField(label=_("Imaginary budget of each juror"), required=True, initial=BUDGET)
    tie = forms.ChoiceField(
        label=_("If two have an equal share"), choices=Tie.choices, widget=forms.RadioSelect
    )

    def __init__(
        self, *args: Any, programme: Programme, defence: Defence | None = None, **kwargs: Any
    ) -> None:
        start = {"zone": programme.zone, "mode": Mode.INVESTMENT, "tie": Tie.SHARED}
        if defence:
            start = {name: getattr(defence, name) for name in self.base_fields if name != "ref"}
        super().__init__(*args, **{"initial": start, **kwargs})
        zone = self.fields["zone"]
        assert isinstance(zone, forms.ChoiceField)
        zone.choices = zone_choices(str(start["zone"]))


class OffForm(forms.Form):
    """Why a day does not take place."""

    reason = LineField(label=_("Why? Everybody asked reads it."), max_length=300)


class SeedForm(forms.Form):
    seed = forms.IntegerField(
        label=_("Number that draws the order"),
        help_text=_("The same number draws the same order: let somebody in the hall name it."),
        min_value=1,
        max_value=MOST_SEED,
    )


class GuestForm(forms.Form):
    """A guest among the jurors."""

    name = LineField(label=_("Name and surname"), max_length=120)
    address = AddressField(label=_("E-mail address"))
    language = forms.ChoiceField(label=_("Language of the letter"), choices=Language.choices)


class WordForm(forms.Form):
    """What a juror says to a presentation and gives to it."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    convinced = WordsField(label=_("What convinced you"), rows=3, required=False)
    next = WordsField(label=_("What to think of next"), rows=3, required=False)
    amount = MoneyField(label=_("How much you invest"))

    def __init__(self, *args: Any, invests: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not invests:
            del self.fields["amount"]


class FavouriteForm(forms.Form):
    """Which of those whom the hall has seen."""

    slot = forms.ChoiceField(label=_("The plans that were presented"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, slots: Sequence[Slot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["slot"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(slot.ref, f"{slot.name}: {slot.title}") for slot in slots]
