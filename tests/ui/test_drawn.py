"""Inputs drawn by us are, letter for letter, what Django's templates draw."""

from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.forms.widgets import ChoiceWidget, Input
from django.utils.safestring import mark_safe

from varpa.kernel.text import TranslatedText
from varpa.ui.drawn import DRAWN, Renderer
from varpa.ui.forms import LanguagesInput

CHOICES = [("a", "Ā & <b>"), ("b", mark_safe("<i>safe</i>")), (3, "three")]
GROUPED = [("Group <1>", CHOICES), ("c", "alone")]
WIDGETS: list[tuple[Input | forms.Textarea, Any]] = [
    (forms.TextInput(attrs={"class": "input", "maxlength": 7}), 'a "quoted" <word> & more'),
    (forms.TextInput(attrs={"disabled": True, "readonly": False}), None),
    (forms.TextInput(), ""),
    (forms.TextInput(), mark_safe("it's &amp; safe")),
    (forms.NumberInput(attrs={"min": 0, "step": 0.5}), 0),
    (forms.EmailInput(), "a@b.example"),
    (forms.HiddenInput(), "x'y"),
    (forms.DateInput(attrs={"type": "date"}), "2013-10-01"),
    (forms.TimeInput(), "12:30"),
    (forms.URLInput(), "https://varpa.example/?a=1&b=2"),
    (forms.CheckboxInput(), True),
    (forms.CheckboxInput(attrs={"value": "yes"}), "yes"),
    (forms.Textarea(attrs={"rows": 4}), "first\n<second> & 'third'"),
    (forms.Textarea(), None),
]
LISTS: list[tuple[ChoiceWidget, Any]] = [
    (forms.RadioSelect(choices=CHOICES, attrs={"id": "some"}), "b"),
    (forms.CheckboxSelectMultiple(choices=GROUPED, attrs={"id": "some"}), ["a", "3"]),
]


@pytest.mark.parametrize(("widget", "value"), WIDGETS)
def test_an_input_is_drawn_as_django_draws_it(widget: Input | forms.Textarea, value: Any) -> None:
    assert widget.template_name in DRAWN
    ours, theirs = (
        widget.render("na<me", value, {"aria-describedby": "it"}, renderer=renderer)
        for renderer in (Renderer(), DjangoTemplates())
    )
    assert ours == theirs


@pytest.mark.parametrize(("widget", "value"), LISTS)
def test_each_choice_is_drawn_as_django_draws_it(widget: ChoiceWidget, value: Any) -> None:
    for wrapped in (True, False):
        for choice in widget.options("name", value, {"id": "some"}):
            assert choice["template_name"] in DRAWN
            choice["wrap_label"] = wrapped
            ours, theirs = (
                renderer.render(choice["template_name"], {"widget": choice})
                for renderer in (Renderer(), DjangoTemplates())
            )
            # Django's has a line's end between an input and its label.
            assert ours.split() == theirs.split()


@pytest.mark.parametrize("choices", [CHOICES, GROUPED])
def test_a_list_of_choices_is_drawn_as_django_draws_it_but_for_blanks(choices: Any) -> None:
    widget = forms.Select(choices=choices, attrs={"class": "input"})
    ours, theirs = (
        "".join(line.strip() for line in widget.render("name", "3", renderer=renderer).splitlines())
        for renderer in (Renderer(), DjangoTemplates())
    )
    assert ours == theirs
    assert "selected>three</option>" in ours


def test_an_input_in_three_languages_names_each_in_its_own() -> None:
    text = TranslatedText("rinda", "", "<line>")
    drawn = LanguagesInput(rows=3).render("name", text, {"id": "some"}, renderer=Renderer())
    begins = '<textarea name="name_{}" cols="40" rows="3" class="input" lang="{}" id="some_{}">'
    named = [begins.format(each, each, at) in drawn for at, each in enumerate(("lv", "lt", "en"))]
    assert named == [True] * 3
    assert '<label for="some_0" class="hint" lang="lv">Latviešu</label>' in drawn
    assert '<label for="some_1" class="hint" lang="lt">Lietuvių</label>' in drawn
    assert "\n&lt;line&gt;</textarea></div>" in drawn
