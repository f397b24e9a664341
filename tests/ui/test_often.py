"""Fixed sentences and addresses are remembered, and said as Django would say them."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import override

from varpa.ui.templatetags.often import Said


def drawn(text: str, **values: object) -> str:
    return Template(text).render(Context(values))


def test_a_sentence_is_said_in_each_language_as_often_as_it_is_asked_for() -> None:
    template = Template('{% translate "Save" %}')
    for _time in range(2):
        for language, word in (("lv", "Saglabāt"), ("lt", "Išsaugoti"), ("en", "Save")):
            with override(language):
                assert template.render(Context()) == word


def test_a_sentence_under_a_name_is_said_in_each_language_and_only_where_it_was_named() -> None:
    template = Template('{% translate "Save" as word %}[{{ word }}]')
    for _time in range(2):
        for language, word in (("lv", "Saglabāt"), ("lt", "Išsaugoti"), ("en", "Save")):
            with override(language):
                assert template.render(Context()) == f"[{word}]"
    assert isinstance(template.nodelist[0], Said)


def test_words_of_two_meanings_stay_apart() -> None:
    text = '{% translate "past" context "phase" %}'
    with override("lv"):
        assert drawn(text) != "past"


def test_what_is_no_fixed_sentence_is_asked_for_each_time() -> None:
    template = Template("{% translate word %}")
    assert not isinstance(template.nodelist[0], Said)
    with override("lv"):
        assert [template.render(Context({"word": word})) for word in ("Save", "<b>")] == [
            "Saglabāt",
            "&lt;b&gt;",
        ]
        assert drawn('{% translate "Save" as word %}[{{ word }}]') == "[Saglabāt]"


def test_an_address_leads_where_its_reference_says() -> None:
    text = '{% url "home:room" ref %}'
    assert drawn(text, ref="abc") == reverse("home:room", args=["abc"])
    assert drawn(text, ref="xyz") == reverse("home:room", args=["xyz"])
    assert drawn('{% url "home:room" ref=ref as where %}[{{ where }}]', ref="abc") == "[/pairs/abc/]"
    assert drawn('{% url "no:such" as where %}[{{ where }}]') == "[]"


def test_a_file_of_the_site_is_addressed_as_django_does() -> None:
    template = Template('{% static "ui/mark.svg" %}')
    assert [template.render(Context()) for _time in range(2)] == [static("ui/mark.svg")] * 2
    assert drawn("{% static name %}", name="ui/mark.svg") == static("ui/mark.svg")
    assert drawn('{% static "ui/mark.svg" as where %}[{{ where }}]') == f"[{static('ui/mark.svg')}]"


def test_a_part_is_remembered_for_each_language_and_value() -> None:
    template = Template(
        '{% remembered colours=colours %}{% translate "Save" %} {{ colours }}{% endremembered %}'
    )
    for _time in range(2):
        for language, word in (("lv", "Saglabāt"), ("en", "Save")):
            for colours in ("dark", "<b>"):
                with override(language):
                    text = template.render(Context({"colours": colours}))
                assert text == f"{word} {colours.replace('<b>', '&lt;b&gt;')}"


def test_a_remembered_part_sees_nothing_of_its_first_reader() -> None:
    template = Template("{% remembered colours=colours %}[{{ name }}]{% endremembered %}")
    assert template.render(Context({"colours": "dark", "name": "Elīna"})) == "[]"


def test_a_remembered_part_names_its_values() -> None:
    with pytest.raises(TemplateSyntaxError, match="takes values with names: colours"):
        Template("{% remembered colours %}{% endremembered %}")
