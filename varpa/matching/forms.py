"""Input for matching: rules and weights, choices, proposals."""

import re
from typing import Any

from django import forms
from django.db.models import CharField, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.kernel.compiled import compiled
from varpa.kernel.text import folded
from varpa.matching.actions.proposals import USUAL_DAYS
from varpa.matching.models import ChoiceKind, Run
from varpa.matching.parts import MOST_WEIGHT, PART_NAMES, WEIGHTS, PartKey
from varpa.programmes.models import Membership, MembershipState, Programme, Role
from varpa.programmes.roles import role_name
from varpa.ui.forms import LineField, RefField, WordsField

USUAL_RULES: dict[str, Any] = {
    "shared_language": True,
    "shared_means": True,
    "apart": False,
    "within_travel": True,
    "furthest": None,
}
MOST_LISTED, MOST_ALIKE, MOST_READ = 100, 5, 200
"""So many people are offered in a list; beyond, one writes the name, and so many of that name are told."""
RULES = tuple(USUAL_RULES)
NO_TIME = _("Both need at least a day to answer, and at most 60. Write the days as a number.")


class RunForm(forms.Form):
    """The rules that hold whatever it costs, and how much each part weighs."""

    ref = RefField()
    shared_language = forms.BooleanField(label=_("They share a language"), required=False)
    shared_means = forms.BooleanField(label=_("They share a means of communication"), required=False)
    within_travel = forms.BooleanField(
        label=_("The mentor is within what the mentee said one can travel"), required=False
    )
    apart = forms.BooleanField(label=_("They are not of the same school or firm"), required=False)
    furthest = forms.IntegerField(
        label=_("At most so many kilometres apart"),
        help_text=_("Left empty, distance alone keeps nobody apart."),
        required=False,
        widget=forms.NumberInput(attrs={"class": "minutes", "inputmode": "numeric"}),
        error_messages={
            "invalid": _("Write the distance in whole kilometres, from 1 to 2000, or leave it empty.")
        },
    )

    def __init__(self, *args: Any, rules: dict[str, Any], weights: dict[str, int], **options: Any) -> None:
        super().__init__(*args, **options)
        for name in RULES:
            self.fields[name].initial = rules.get(name, USUAL_RULES[name])
        for key in PartKey:
            self.fields[key.value] = _weight(key, weights.get(key.value, WEIGHTS[key]))

    @property
    def rules(self) -> list[Any]:
        return [self[name] for name in RULES]

    @property
    def parts(self) -> list[Any]:
        return [self[key.value] for key in PartKey]

    def given(self) -> dict[str, Any]:
        """What `ask_run` takes."""
        cleaned = self.cleaned_data
        return {
            "ref": cleaned["ref"],
            "rules": {name: cleaned[name] for name in RULES},
            "weights": {key.value: cleaned[key.value] or 0 for key in PartKey},
        }


def _weight(key: PartKey, weight: int) -> forms.IntegerField:
    attrs = {"class": "minutes", "inputmode": "numeric", "min": "0", "max": str(MOST_WEIGHT)}
    wrong = _("A weight is a whole number from 0 to 100.")
    return forms.IntegerField(
        label=PART_NAMES[key],
        initial=weight,
        required=False,
        min_value=0,
        max_value=MOST_WEIGHT,
        widget=forms.NumberInput(attrs=attrs),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
    )


class ChoiceForm(forms.Form):
    """Two people of the programme by their references, and what is decided about them.

    "move" locks the mentee to `other` in place of `mentor`.
    """

    kind = forms.ChoiceField(choices=[*ChoiceKind.choices, ("move", "")])
    mentee: "forms.ModelChoiceField[Membership]" = forms.ModelChoiceField(None, to_field_name="ref")
    mentor: "forms.ModelChoiceField[Membership]" = forms.ModelChoiceField(
        None, to_field_name="ref", required=False
    )
    other: "forms.ModelChoiceField[Membership]" = forms.ModelChoiceField(
        None, to_field_name="ref", required=False
    )
    why = WordsField(label=pgettext_lazy("choice", "Why?"), rows=2, max_length=500, required=False)

    def __init__(self, *args: Any, programme: Programme, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, role in (("mentee", Role.MENTEE), ("mentor", Role.MENTOR), ("other", Role.MENTOR)):
            _offer(self.fields[name], programme, role)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        moves = cleaned.get("kind") == "move"
        mentor = cleaned.get("other") if moves else cleaned.get("mentor")
        if not self.errors and mentor is None:
            raise forms.ValidationError(_("Choose a mentor from the list."))
        return {**cleaned, "kind": ChoiceKind.LOCK if moves else cleaned.get("kind"), "mentor": mentor}


class AnyMentorForm(forms.Form):
    """Any mentor of a run, by name: those who do not stand on the shown page too."""

    def __init__(self, *args: Any, run: Run, **options: Any) -> None:
        super().__init__(*args, **options)
        known = run.entrants.filter(role=Role.MENTOR).order_by().values("membership")
        members = _accepted(run.programme, Role.MENTOR).filter(pk__in=known)
        label = _("Name of any mentor of this matching")
        self.fields["named"] = NamedMemberField(label=label, members=members.select_related("person"))


class ApartForm(forms.Form):
    """Two people who are not to be together, as somebody has asked in confidence."""

    mentee: "forms.ModelChoiceField[Membership]" = forms.ModelChoiceField(None, to_field_name="ref")
    mentor: "forms.ModelChoiceField[Membership]" = forms.ModelChoiceField(None, to_field_name="ref")

    def __init__(self, *args: Any, programme: Programme, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, role in (("mentee", Role.MENTEE), ("mentor", Role.MENTOR)):
            _list_members(self.fields, name, programme, role)


def _list_members(fields: dict[str, forms.Field], name: str, programme: Programme, role: str) -> None:
    """Offer the accepted members of a role: in a list, or, where they are many, by name."""
    field = _offer(fields[name], programme, role)
    field.label = role_name(programme, role)
    offered = field.queryset if field.queryset is not None else Membership.objects.none()
    listed = _listed(programme=programme, role=role)
    if len(listed) > MOST_LISTED:
        fields[name] = NamedMemberField(label=field.label, members=offered)
    else:
        field.choices = [("", "–"), *((ref, _label(*told)) for ref, *told in listed)]


class MeantForm(forms.Form):
    """Who is meant by a name that a member has written in confidence."""

    other: "forms.ModelChoiceField[Membership]" = forms.ModelChoiceField(None, to_field_name="ref")

    def __init__(self, *args: Any, programme: Programme, role: str, **options: Any) -> None:
        super().__init__(*args, **options)
        _list_members(self.fields, "other", programme, role)


class NamedMemberField(LineField):
    """One of many members by name, and by place where two are called the same; cleans to the membership."""

    def __init__(self, *, members: "QuerySet[Membership]", **options: Any) -> None:
        super().__init__(
            help_text=_("First name and surname; the place too where names are alike."), **options
        )
        self.members = members

    def clean(self, value: Any) -> Membership:
        found, words = self.members, _words(super().clean(value))
        for word in words:
            found = found.filter(search_text__contains=word)
        # In it stands the address too, which may be that of a parent: it names nobody.
        alike = [each for each in found[:MOST_READ] if words and words <= _words(_labelled(each))]
        named = [each for each in alike if _words(each.person.name) == words] or alike
        if not named:
            raise forms.ValidationError(
                _("Nobody who is accepted has this name. Write it as in the list of people.")
            )
        if len(named) > 1:
            told = {"names": "; ".join(_labelled(each) for each in named[:MOST_ALIKE])}
            raise forms.ValidationError(_("Several people fit: %(names)s. Write the place too.") % told)
        return named[0]


def _words(text: str) -> set[str]:
    """Its words, folded, whatever stands between them."""
    return set(re.findall(r"\w+", folded(text)))


def _offer(field: forms.Field, programme: Programme, role: str) -> "forms.ModelChoiceField[Membership]":
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = _accepted(programme, role).select_related("person", "programme")
    field.error_messages["required"] = field.error_messages["invalid_choice"] = _("Choose from the list.")
    return field


def _accepted(programme: Programme, role: str) -> "QuerySet[Membership]":
    accepted = Membership.objects.filter(programme=programme, role=role, state=MembershipState.ACCEPTED)
    return accepted.order_by("search_text", "pk")


@compiled(role=CharField())
def _listed(programme: Programme, role: str) -> "QuerySet[Membership, tuple[str, str, str]]":
    """Reference, name and place of those who are offered, and of one more."""
    return _accepted(programme, role).values_list("ref", "person__name", "place")[: MOST_LISTED + 1]


def _labelled(membership: Membership) -> str:
    return _label(membership.person.name, membership.place)


def _label(name: str, place: str) -> str:
    return ", ".join(filter(None, (name, place)))


class WishForm(forms.Form):
    """The name of somebody with whom one would rather not be."""

    name = LineField(label=_("First name and surname"), max_length=120)


class ProposeForm(forms.Form):
    """How long both have to answer."""

    days = forms.IntegerField(
        label=_("Days to answer"),
        help_text=_("Two days before the end a reminder goes out. Then the proposal ends without blame."),
        initial=USUAL_DAYS,
        widget=forms.NumberInput(attrs={"class": "minutes", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(("invalid", "required"), NO_TIME),
    )


class TwoForm(forms.Form):
    """A mentor and a mentee of the programme, by their references."""

    mentor: "forms.ModelChoiceField[Membership]" = forms.ModelChoiceField(
        queryset=None, to_field_name="ref", widget=forms.HiddenInput()
    )
    mentee: "forms.ModelChoiceField[Membership]" = forms.ModelChoiceField(
        queryset=None, to_field_name="ref", widget=forms.HiddenInput()
    )
    ref = RefField()

    def __init__(self, *args: Any, programme: Programme, **options: Any) -> None:
        super().__init__(*args, **options)
        for role in (Role.MENTOR, Role.MENTEE):
            of_role = self.fields[role.value]
            assert isinstance(of_role, forms.ModelChoiceField)
            of_role.queryset = Membership.objects.filter(programme=programme, role=role).select_related(
                "programme", "person"
            )
            of_role.error_messages["required"] = of_role.error_messages["invalid_choice"] = _(
                "Choose a mentee and then a mentor from the lists."
            )
