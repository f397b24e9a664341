import re
from datetime import date, datetime
from typing import Any

import pytest
from django import forms
from django.template import Context, Engine
from django.utils import translation

from varpa.kernel.merging import Conflict
from varpa.kernel.refs import is_ref
from varpa.kernel.text import TranslatedText
from varpa.ui import merging
from varpa.ui.forms import (
    DayField,
    LineField,
    LocalTimeField,
    MinutesField,
    RefField,
    TranslatedField,
    WordsField,
    read_minutes,
)


class Sample(forms.Form):
    topic = LineField(label="Topic", help_text="One sentence")
    length = MinutesField(label="Length")
    how = forms.ChoiceField(label="How", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    notes = WordsField(label="Notes", required=False)
    ref = RefField()


def drawn(source: str, **context: object) -> str:
    return Engine.get_default().from_string(source).render(Context(context))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("45", 45),
        ("45 min", 45),
        ("1:15", 75),
        ("1.15", 75),
        ("1 h 15 min", 75),
        ("1h15", 75),
        ("1,5 h", 90),
        ("2 val.", 120),
        ("1 val. 5 min.", 65),
        ("1 st. 30 min", 90),
        ("2 stundas", 120),
        ("45 minūtes", 45),
        ("45 minučių", 45),
        ("1\u00a0h", 60),
        ("three quarters", None),
        ("1:75", None),
        ("-5", None),
        ("", None),
    ],
)
def test_minutes_are_read_as_people_write_them(text: str, expected: int | None) -> None:
    assert read_minutes(text) == expected


@pytest.mark.parametrize("text", ["1441", "99999", "9999999999", "25:00", "1000 h", "1" * 500])
def test_a_length_beyond_the_most_is_told_the_most(text: str) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        MinutesField().clean(text)
    assert refused.value.messages[0].startswith("This is too long: at most 1440 minutes.")


def test_each_length_has_its_own_most() -> None:
    with pytest.raises(forms.ValidationError) as refused:
        MinutesField(most=720).clean("721")
    assert "at most 720 minutes" in refused.value.messages[0]


@pytest.mark.parametrize("text", ["", "three quarters", "0", "1e9"])
def test_wrong_minutes_are_told_what_to_do(text: str) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        MinutesField().clean(text)
    assert "Write minutes as a number, for example 45." in refused.value.messages[0]


def test_minutes_may_be_blank_where_they_are_not_needed() -> None:
    assert MinutesField(required=False).clean("") is None


def test_words_lose_control_characters_and_nothing_else() -> None:
    assert WordsField().clean(" a\x00b\r\nc\x1b\td ") == "ab\nc\td"
    assert LineField().clean("a\n b\x00") == "a b"


def test_too_long_words_are_kept_and_counted() -> None:
    with pytest.raises(forms.ValidationError, match=r"The text has 12 characters, the most is 10\."):
        WordsField(max_length=10).clean("a" * 12)
    assert "maxlength" not in str(WordsField(max_length=10).widget.render("x", ""))


@pytest.mark.parametrize("text", ["2013-10-17", "17.10.2013", "17.10.2013."])
def test_a_day_is_read(text: str) -> None:
    assert DayField().clean(text) == date(2013, 10, 17)


@pytest.mark.parametrize("text", ["31.02.2013", "0017-10-17", "tomorrow", "9999-01-01"])
def test_a_day_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(forms.ValidationError, match=r"for example 17\.10\.2025"):
        DayField().clean(text)


@pytest.mark.parametrize(
    "text", ["2013-10-27T03:30", "27.10.2013 3.30", "27.10.2013. 03.30", "2013-10-27 03:30"]
)
def test_a_local_time_has_no_zone(text: str) -> None:
    assert LocalTimeField().clean(text) == datetime(2013, 10, 27, 3, 30)


def test_a_local_time_that_is_none_is_refused() -> None:
    with pytest.raises(forms.ValidationError, match="the day and the hour"):
        LocalTimeField().clean("soon")


def test_each_shown_form_gets_a_ref_of_its_own() -> None:
    found = [re.findall(r'name="ref" value="(\w+)"', str(Sample()["ref"]))[0] for _ in range(2)]
    assert found[0] != found[1]
    assert all(is_ref(ref) for ref in found)
    with pytest.raises(forms.ValidationError):
        RefField().clean("../../etc")


def test_a_text_in_three_languages() -> None:
    class Named(forms.Form):
        name = TranslatedField()

    form = Named({"name_lv": "Kopā", "name_lt": " Kartu ", "name_en": ""})
    assert form.is_valid()
    assert form.cleaned_data["name"] == TranslatedText("Kopā", "Kartu", "")
    assert not Named({}).is_valid()
    html = str(Named(initial={"name": TranslatedText("a", "b", "c")})["name"])
    assert re.findall(r'value="(\w)"', html) == ["a", "b", "c"]
    assert html.count("<label") == 3


def test_a_text_that_is_needed_in_every_language() -> None:
    class Named(forms.Form):
        name = TranslatedField(every=True)

    form = Named({"name_lv": "Kopā", "name_lt": "", "name_en": "Together"})
    assert form.errors["name"] == ["Write it in all three languages."]
    assert Named({}).errors["name"] == ["Write it in all three languages."]


def test_a_wrong_field_says_what_to_do_and_keeps_what_was_typed() -> None:
    form = Sample({"topic": "x", "length": "three quarters", "how": "a"})
    html = drawn("{% field form.length sees=words %}", form=form, words="The mentee sees it too.")
    assert 'class="field wrong"' in html
    assert 'class="why" id="id_length_why"' in html
    assert "Write minutes as a number, for example 45." in html
    assert 'value="three quarters"' in html
    assert 'aria-describedby="id_length_why id_length_sees"' in html
    assert 'aria-invalid="true"' in html
    assert 'class="input minutes"' in html
    assert "required" not in html


def test_a_field_names_its_hint_and_who_alone_sees_it() -> None:
    html = drawn('{% field form.topic only="Only you see this." %}', form=Sample())
    assert '<label for="id_topic">Topic</label>' in html
    assert 'aria-describedby="id_topic_hint id_topic_sees"' in html
    assert "Only you see this." in html
    assert "<svg" in html


def test_choices_stand_in_a_fieldset() -> None:
    html = drawn("{% field form.how %}", form=Sample())
    assert "<fieldset" in html
    assert "<legend>How</legend>" in html
    assert html.count('class="choice"') == 2


def test_a_whole_form_is_drawn_with_what_is_wrong_with_it() -> None:
    form = Sample({"ref": "none"})
    form.add_error(None, "The pair has ended.")
    html = drawn("{% fields form %}", form=form)
    assert 'class="notice bad" role="alert"' in html
    assert "The pair has ended." in html
    assert "The page was opened too long ago." in html
    assert html.count('class="field') == 4
    assert html.count('type="hidden"') == 1


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("lv", "Minūtes jāraksta ar skaitli, piemēram, 45."),
        ("lt", "Minutes reikia rašyti skaičiumi, pavyzdžiui, 45."),
    ],
)
def test_errors_speak_the_readers_language(language: str, sentence: str) -> None:
    with translation.override(language):
        html = drawn("{% field form.length %}", form=Sample({"length": "x"}))
    assert sentence in html


def test_two_texts_stand_side_by_side_and_nothing_is_lost() -> None:
    conflict = Conflict(
        stored={"notes": "a\nb", "aims": "same"}, given={"notes": "a\n<c>", "aims": "same"}, revision=4
    )
    merge = merging.merge(conflict, {"notes": "Notes"})
    html = drawn('{% include "ui/merge.html" %}', merge=merge)
    assert merge.parts[0].together == "a\nb\n<c>"
    assert 'name="revision" value="4"' in html
    assert 'name="aims" value="same"' in html
    assert 'name="notes"' in html
    assert "a<br>b" in html
    assert "<c>" not in html


def test_a_fold_holds_what_is_inside() -> None:
    values: dict[str, Any] = {"inside": "<i>"}
    html = drawn('{% fold "Results" "None needed" %}<p>{{ inside }}</p>{% endfold %}', **values)
    assert '<details class="fold"><summary>' in html
    assert "<p>&lt;i&gt;</p>" in html
