import re
from dataclasses import dataclass

import pytest
from django.template import Context, Engine
from django.utils import translation

from varpa.ui import drawings
from varpa.ui.drawings import Grains, count_grains


@dataclass(frozen=True)
class Phase:
    key: str
    name: str


def drawn(source: str, **context: object) -> str:
    """A piece of template, drawn by the engine that letters use too."""
    return Engine.get_default().from_string(source).render(Context(context))


@pytest.mark.parametrize(
    ("confirmed", "waiting", "target", "expected"),
    [
        (0, 0, 960, Grains(16, 0, False, 0)),
        (390, 60, 960, Grains(16, 6, True, 1)),
        (450, 0, 960, Grains(16, 7, True, 0)),
        (29, 0, 960, Grains(16, 0, False, 0)),
        (960, 120, 960, Grains(16, 16, False, 0)),
        (1200, 0, 960, Grains(16, 16, False, 0)),
        (930, 600, 960, Grains(16, 15, True, 0)),
        (0, 10, 960, Grains(16, 0, False, 1)),
        (0, 0, 24 * 60, Grains(24, 0, False, 0)),
        (300, 0, 40 * 60, Grains(20, 2, True, 0)),
        (0, 0, 0, Grains(1, 0, False, 0)),
    ],
)
def test_one_grain_an_hour_and_over_24_hours_one_for_two(
    confirmed: int, waiting: int, target: int, expected: Grains
) -> None:
    assert count_grains(confirmed, waiting, target) == expected


@pytest.mark.parametrize("hours", [1, 2, 7, 16, 24, 40])
def test_the_ear_has_as_many_grains_as_counted(hours: int) -> None:
    html = drawn("{% ear 60 60 target %}", target=hours * 60)
    grains = re.findall(r'class="grain( full| part| wait)?( newest)?"', html)
    assert len(grains) == count_grains(60, 60, hours * 60).all
    assert [newest for _kind, newest in grains].count(" newest") == 1


def test_where_no_hour_is_confirmed_no_grain_is_the_newest() -> None:
    assert "newest" not in drawn("{% ear 0 60 960 %}")


def test_an_upright_ear_stands() -> None:
    assert 'viewBox="0 0 54 234"' in drawn("{% ear 0 0 960 upright=True %}")


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("lv", "Apstiprināts: 6 stundas 30 minūtes. Mērķis: 16 stundas. Gaida apstiprinājumu: 1 stunda."),
        ("lt", "Patvirtinta: 6 valandos 30 minučių. Tikslas: 16 valandų. Laukia patvirtinimo: 1 valanda."),
        ("en", "Confirmed: 6 hours 30 minutes. Target: 16 hours. Waiting for a yes: 1 hour."),
    ],
)
def test_the_ear_says_in_words_what_it_shows(language: str, label: str) -> None:
    with translation.override(language):
        assert f'aria-label="{label}"' in drawn("{% ear 390 60 960 %}")


@pytest.mark.parametrize("count", range(2, 8))
def test_the_path_draws_a_plant_for_each_phase(count: int) -> None:
    phases = [Phase(f"p{number}", f"Phase {number}") for number in range(count)]
    html = drawn("{% phase_path phases key %}", phases=phases, key="p1")
    assert html.count("<svg") == count
    assert re.findall(r'<li class="(\w+)"', html) == ["past", "here"] + ["ahead"] * (count - 2)
    assert html.count('aria-current="step"') == 1


def test_the_path_begins_with_the_seed_and_ends_with_the_bowed_ear() -> None:
    for plants in drawings.PLANTS_OF.values():
        assert (plants[0], plants[-1]) == (1, 7)
        assert list(plants) == sorted(set(plants))


def test_an_ended_path_is_all_past() -> None:
    phases = [Phase("a", "A"), Phase("b", "B")]
    html = drawn('{% phase_path phases "" ended=True %}', phases=phases)
    assert re.findall(r'<li class="(\w+)"', html) == ["past", "past"]


def test_a_state_is_shape_word_and_evidence() -> None:
    html = drawn('{% state "going" word evidence %}', word="In progress", evidence="<27> of 40")
    assert 'class="state going"' in html
    assert "In progress" in html
    assert ", &lt;27&gt; of 40" in html


def test_what_people_write_is_made_safe() -> None:
    html = drawn(
        "{{ text|markdown }}", text="# A\n<script>x</script>\n[y](javascript:z)\n\n**b** ![p](q.png)"
    )
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert "<img" not in html
    assert "<strong>b</strong>" in html


def test_plain_text_keeps_its_lines() -> None:
    html = drawn("{{ text|paragraphs }}", text="a <b>\r\nc\n\nd")
    assert html == "<p>a &lt;b&gt;<br>c</p><p>d</p>"
