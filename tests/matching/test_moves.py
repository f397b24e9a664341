"""Before a mentee is given another mentor it is told what that costs, and which rule stands against it."""

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.matching.conftest import matched, mentee, mentor, see, text
from varpa.matching.actions.choices import decide
from varpa.matching.models import ChoiceKind, Run
from varpa.matching.queries.moves import Move
from varpa.programmes.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(cast: Cast) -> dict[str, Membership]:
    cast.inga.language = "en"
    cast.inga.save()
    return {
        "laima": mentor(cast, "Laima Vītola", languages=["lv"], interests=["23.4"], region="Cēsis"),
        "ruta": mentor(cast, "Ruta Saule", languages=["lv", "lt"], interests=["62.01"], region="Vilnius"),
        "janis": mentee(
            cast, "Jānis Bērzs", languages=["lv"], interests=["23.4"], region="Cēsis", travel_km=50
        ),
        "egle": mentee(cast, "Eglė Lapė", languages=["lt"], interests=["62.01"], region="Vilnius"),
    }


def move(cast: Cast, run: Run, mentee: Membership, mentor: Membership) -> Move:
    found: Move = see(cast.inga, "cost", run.ref, mentee=mentee.ref, mentor=mentor.ref).context["move"]
    return found


def test_what_it_costs_is_told_before_anything_is_decided(cast: Cast, people: dict[str, Membership]) -> None:
    run = matched(cast)
    found = move(cast, run, people["janis"], people["ruta"])
    # Whoever speaks Lithuanian alone would be without a mentor.
    assert "1 mentee fewer would have a mentor" in found.loses
    assert (found.rules, found.can_be_decided, found.same) == ([], True, False)
    page = text(cast.inga, "cost", run.ref, mentee=people["janis"].ref, mentor=people["ruta"].ref)
    assert "1 mentee fewer would have a mentor" in page
    assert 'value="move"' in page


def test_the_rule_that_stands_against_it_is_named(cast: Cast, people: dict[str, Membership]) -> None:
    run = matched(cast, rules={"shared_language": True, "within_travel": True})
    found = move(cast, run, people["egle"], people["laima"])
    assert (found.rules, found.loses) == (["a shared language"], "")
    far = move(cast, run, people["janis"], people["ruta"])
    assert len(far.rules) == 1
    assert far.rules[0].startswith("how far the mentee can travel (2")


def test_the_own_mentor_costs_nothing(cast: Cast, people: dict[str, Membership]) -> None:
    found = move(cast, matched(cast), people["janis"], people["laima"])
    assert (found.same, found.can_be_decided) == (True, False)


@pytest.mark.parametrize("kind", [ChoiceKind.VETO, ChoiceKind.FORBID])
def test_what_would_be_refused_is_not_offered(cast: Cast, people: dict[str, Membership], kind: str) -> None:
    run = matched(cast)
    two = {"mentee": people["janis"], "mentor": people["laima"]}
    decide(programme=cast.programme, kind=kind, **two, by=cast.inga, now=NOW)
    other = {"mentee": people["janis"], "mentor": people["ruta"]}
    decide(programme=cast.programme, kind=kind, **other, by=cast.inga, now=NOW)
    assert not move(cast, run, people["janis"], people["ruta"]).can_be_decided
    row = next(row for row in see(cast.inga, "run", run.ref).context["rows"] if row.mentee == people["janis"])
    assert (row.can_be_locked, row.others) == (False, [])


def test_others_do_not_see_it(cast: Cast, people: dict[str, Membership]) -> None:
    run = matched(cast)
    both = {"mentee": people["janis"].ref, "mentor": people["ruta"].ref}
    for who in (cast.andris, cast.zane, cast.tomas):
        assert see(who, "cost", run.ref, **both).status_code == 404
    assert see(cast.inga, "cost", run.ref, mentee=both["mentee"], mentor="nobody").status_code == 404


class TestAnyMentor:
    """Not only those who stand on the shown page: any mentor of the run, by name."""

    def test_by_name_it_is_told_what_it_would_cost(self, cast: Cast, people: dict[str, Membership]) -> None:
        run, janis = matched(cast), people["janis"]
        page = text(cast.inga, "cost", run.ref, mentee=janis.ref, named="saule ruta")
        assert "1 mentee fewer would have a mentor" in page
        assert f'name="other" value="{people["ruta"].ref}"' in page

    @pytest.mark.parametrize("named", ["Nobody Else", "", "Jānis Bērzs"])
    def test_a_name_of_no_mentor_is_said_and_asked_again(
        self, cast: Cast, people: dict[str, Membership], named: str
    ) -> None:
        page = text(cast.inga, "cost", matched(cast).ref, mentee=people["janis"].ref, named=named)
        assert 'name="named"' in page
        assert 'class="why"' in page
        assert 'name="other"' not in page

    def test_nor_one_who_came_after_the_run(self, cast: Cast, people: dict[str, Membership]) -> None:
        run = matched(cast)
        mentor(cast, "Zenta Kalna", languages=["lv"])
        page = text(cast.inga, "cost", run.ref, mentee=people["janis"].ref, named="Zenta Kalna")
        assert 'name="other"' not in page

    @pytest.mark.parametrize("language", ["lv", "lt", "en"])
    def test_without_a_name_the_page_asks_for_it(
        self, cast: Cast, people: dict[str, Membership], language: str
    ) -> None:
        run = matched(cast)
        said = {"lv": "Kuram mentoram?", "lt": "Kuriam mentoriui?", "en": "To which mentor?"}
        cast.inga.language = language
        cast.inga.save()
        page = text(cast.inga, "cost", run.ref, mentee=people["janis"].ref)
        assert said[language] in page
        assert page[page.index("data-cost") :].count('name="named"') == 1

    def test_the_board_and_the_mentees_page_lead_there(
        self, cast: Cast, people: dict[str, Membership]
    ) -> None:
        """Also for a mentee who has no mentor, and for whom no other is possible."""
        run = matched(cast, rules={"shared_language": True, "within_travel": True})
        alone = mentee(cast, "Uldis Sils", languages=["et"])
        run = matched(cast, rules={"shared_language": True})
        asks = f'action="/matching/{run.ref}/cost/"'
        assert asks in text(cast.inga, "run", run.ref)
        left = text(cast.inga, "run", run.ref, show="left")
        assert f'name="mentee" value="{alone.ref}"' in left[left.index(asks) :]
        number = run.entrants.get(membership=people["janis"]).number
        assert asks in text(cast.inga, "mentee", run.ref, number)
