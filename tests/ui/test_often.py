"""Fixed sentences and addresses are remembered, and said as Django would say them."""

from django.template import Context, Template
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
