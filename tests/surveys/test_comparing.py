"""Before and after by group, as it was and as it is remembered: both tables together give nobody away."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.make import NOW
from tests.surveys.test_live import found_by_an_attack
from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.surveys.actions.editing import open_survey
from varpa.surveys.comparing import Change, Member, changes
from varpa.surveys.models import Question

CELLS = list(product(("mentor", "mentee"), ("LV", "LT")))
ROWS = [{"key": "marketing", "text": {}}, {"key": "vision", "text": {}}]
# Of each: the cell; whether there was an answer at the start, at the end, and a look back.
PEOPLE = st.lists(
    st.tuples(st.sampled_from(CELLS), *(st.integers(0, 5).map(bool) for _answer in range(3))),
    min_size=8,
    max_size=24,
)
Person = tuple[tuple[str, str], bool, bool, bool]


def matrix(key: str, *rows: str, again: bool = False) -> Question:
    own = [each for each in ROWS if each["key"] in rows]
    return Question(key=key, kind="matrix", rows=own, again=again, text=TranslatedText.same(key))


def told(people: list[Person]) -> list[Change]:
    """Every change; what each says at the end is a power of two, so that a mean says who is in it."""
    asked = [matrix("now", "vision"), matrix("back", "vision", again=True)]
    before = {key: {"now": {"vision": 1}} for key, each in enumerate(people) if each[1]}
    after = {
        key: {"now": {"vision": 2**key}, **({"back": {"vision": 1}} if each[3] else {})}
        for key, each in enumerate(people)
        if each[2]
    }
    return changes(asked, before, after, [Member(key, each[0]) for key, each in enumerate(people)])


@given(PEOPLE)
@settings(max_examples=150, deadline=None)
def test_both_comparisons_together_give_nobody_away(people: list[Person]) -> None:
    sums = set()
    for line in told(people):
        if line["n"]:
            total = round(line["after"] * line["n"])
            sums.add(frozenset(place for place in range(total.bit_length()) if total >> place & 1))
    assert found_by_an_attack(sums) == []


def test_what_is_remembered_is_told_by_role_and_country_too() -> None:
    people: list[Person] = [(cell, True, True, True) for cell in CELLS * 6]
    shown = {(line["role"], line["country"]) for line in told(people) if line["looking_back"] and line["n"]}
    assert shown == {("", ""), ("mentor", ""), ("mentee", ""), ("", "LV"), ("", "LT")}


def test_without_a_survey_at_the_start_what_is_remembered_is_told_by_group() -> None:
    people: list[Person] = [(cell, False, True, True) for cell in CELLS * 6]
    shown = {line["role"] for line in told(people) if line["looking_back"] and line["n"]}
    assert shown == {"", "mentor", "mentee"}


def test_each_matrix_has_a_look_back_of_its_own_rows() -> None:
    asked = [
        matrix("own", "marketing"),
        matrix("entrecomp", "vision"),
        matrix("own_back", "marketing", again=True),
        matrix("entrecomp_back", "vision", again=True),
    ]
    end = {
        "own": {"marketing": 4},
        "entrecomp": {"vision": 5},
        "own_back": {"marketing": 1},
        "entrecomp_back": {"vision": 2},
    }
    members = [Member(key, ("mentee", "LV")) for key in range(6)]
    found = changes(asked, {}, {each.key: end for each in members}, members)
    back = {line["row"]: (line["before"], line["after"]) for line in found if line["looking_back"]}
    assert back == {"marketing": (1, 4), "vision": (2, 5)}


def test_pupils_assess_themselves_by_entrecomp_and_the_methodologys_own(cast: Cast) -> None:
    for form in ("competences_start", "competences_end"):
        survey = open_survey(programme=cast.programme, form=form, by=cast.inga, now=NOW)
        rows = {each.key: len(each.rows) for each in survey.questions.all()}
        assert (rows["competences"], rows["entrecomp"]) == (8, 15)
        for code in LANGUAGES:
            assert "EntreComp" in survey.questions.get(key="entrecomp").hint.within(code)
