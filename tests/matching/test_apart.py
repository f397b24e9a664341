"""Anyone asks in confidence not to be with somebody: matching obeys, nobody sees whose wish it is."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.make import NOW
from tests.matching.conftest import matched, mentee, mentor, pairs_of, see, send, text
from varpa.history.models import Line as History
from varpa.kernel import clock
from varpa.matching.actions import apart, choices
from varpa.matching.models import Apart, ChoiceKind
from varpa.matching.queries.cohorts import kept_apart
from varpa.pairs.models import Pair
from varpa.programmes.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def laima(cast: Cast) -> Membership:
    return mentor(cast, "Laima Vītola", languages=["lv"])


@pytest.fixture
def janis(cast: Cast) -> Membership:
    return mentee(cast, "Jānis Bērzs", languages=["lv"])


@pytest.mark.parametrize("name", ["Laima Vītola", " laima  VITOLA ", "Vītola Laima"])
def test_the_mentee_asks(cast: Cast, janis: Membership, laima: Membership, name: str) -> None:
    apart.ask_apart(membership=janis, name=name, now=NOW)
    assert pairs_of(matched(cast)) == {}


def test_the_mentor_asks_before_the_other_has_come(cast: Cast, laima: Membership) -> None:
    apart.ask_apart(membership=laima, name="Jānis Bērzs", now=NOW)
    assert kept_apart(cast.programme) == {}
    later = mentee(cast, "Jānis Bērzs")
    assert kept_apart(cast.programme) == {(later.pk, laima.pk): ChoiceKind.VETO}


def test_others_of_the_first_name_are_not_meant(cast: Cast, janis: Membership, laima: Membership) -> None:
    apart.ask_apart(membership=janis, name="Laima Krūmiņa", now=NOW)
    assert pairs_of(matched(cast)) == {"Jānis Bērzs": "Laima Vītola"}
    with pytest.raises(apart.WholeName):
        apart.ask_apart(membership=janis, name="Laima", now=NOW)


def test_a_wish_stands_above_a_lock_and_an_earlier_run(
    cast: Cast, janis: Membership, laima: Membership
) -> None:
    run = matched(cast)
    apart.ask_apart(membership=janis, name="Laima Vītola", now=NOW)
    with pytest.raises(choices.AskedApart):
        choices.decide(
            programme=cast.programme, kind="lock", mentee=janis, mentor=laima, by=cast.inga, now=NOW
        )
    assert not see(cast.inga, "run", run.ref).context["rows"][0].can_be_proposed
    client = Client()
    client.force_login(cast.inga)
    with clock.moved_to(NOW):
        client.post(f"{reverse('matching:propose', args=[run.ref])}?all=1", {"days": "7"})
    assert not Pair.objects.filter(mentee=janis).exists()


def test_it_is_taken_back(cast: Cast, janis: Membership, laima: Membership) -> None:
    wish = apart.ask_apart(membership=janis, name="Laima Vītola", now=NOW)
    assert apart.ask_apart(membership=janis, name="laima vitola", now=NOW) == wish
    send(janis.person, "withdraw_apart", janis.ref, wish.ref)
    apart.withdraw_apart(apart=wish, now=NOW)
    assert pairs_of(matched(cast)) == {"Jānis Bērzs": "Laima Vītola"}
    assert History.objects.filter(verb="apart.withdraw").count() == 1


def test_twenty_names_are_enough(cast: Cast, janis: Membership) -> None:
    for number in range(20):
        apart.ask_apart(membership=janis, name=f"Anna Nr{number}", now=NOW)
    with pytest.raises(apart.TooMany):
        apart.ask_apart(membership=janis, name="Anna Ozola", now=NOW)


class TestConfidence:
    def test_the_answer_is_the_same_whoever_takes_part(
        self, cast: Cast, janis: Membership, laima: Membership
    ) -> None:
        pages = []
        for name in ("Laima Vītola", "Nekad Nebijusi"):
            answer = send(janis.person, "apart", janis.ref, name=name)
            assert answer.redirect_chain == [(reverse("matching:apart", args=[janis.ref]), 302)]
            pages.append(answer.content.decode().split("<main")[1].split("<form")[0])
        assert "Pierakstīts." in pages[0]
        assert pages[0] == pages[1]

    def test_nobody_else_sees_it(self, cast: Cast, janis: Membership, laima: Membership) -> None:
        run = matched(cast)
        apart.ask_apart(membership=janis, name="Laima Vītola", now=NOW)
        for who in (cast.inga, cast.dace, laima.person, cast.zane):
            assert see(who, "apart", janis.ref).status_code in (403, 404)
        history = History.objects.get(verb="apart.ask")
        assert (history.actor, history.details) == (None, {})
        board = text(cast.inga, "run", run.ref)
        assert "onfidenciāli" in board
        assert "onfidenciāli" not in text(cast.inga, "choices", cast.programme.ref).split("<h2>")[1]

    def test_of_another_member_nothing_is_withdrawn(
        self, cast: Cast, janis: Membership, laima: Membership
    ) -> None:
        wish = apart.ask_apart(membership=janis, name="Laima Vītola", now=NOW)
        assert send(laima.person, "withdraw_apart", laima.ref, wish.ref).status_code == 404
        assert Apart.objects.get().withdrawn_at is None


class TestInALargeProgramme:
    """Where a list would be too long, whoever manages the programme writes the two names."""

    @pytest.fixture(autouse=True)
    def _large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("varpa.matching.forms.MOST_LISTED", 1)

    def test_names_keep_two_apart(self, cast: Cast, janis: Membership, laima: Membership) -> None:
        mentee(cast, "Jana Bērza")
        send(cast.inga, "choices", cast.programme.ref, mentee="janis berzs", mentor=" Laima  Vītola")
        assert kept_apart(cast.programme) == {(janis.pk, laima.pk): ChoiceKind.VETO}

    def test_the_page_lists_nobody(self, cast: Cast, janis: Membership, laima: Membership) -> None:
        mentee(cast, "Jana Bērza")
        assert "Jana Bērza" not in text(cast.inga, "choices", cast.programme.ref)

    @pytest.mark.parametrize(
        ("name", "told"),
        [
            ("Nekad Nebijusi", ["Nevienam apstiprinātajam nav šāda vārda"]),
            ("Jānis", ["Jānis Bērzs, Saldus tehnikums", "Jānis Bērzs, Talsu tehnikums"]),
        ],
    )
    def test_a_name_that_names_nobody_or_several_is_told(
        self, cast: Cast, laima: Membership, name: str, told: list[str]
    ) -> None:
        for place in ("Saldus tehnikums", "Talsu tehnikums"):
            mentee(cast, "Jānis Bērzs", place=place)
        page = send(cast.inga, "choices", cast.programme.ref, mentee=name, mentor="Laima Vītola")
        assert all(words in page.content.decode() for words in told)
        assert kept_apart(cast.programme) == {}

    def test_the_place_tells_two_of_one_name_apart(self, cast: Cast, laima: Membership) -> None:
        meant, _other = (mentee(cast, "Jānis Bērzs", place=place) for place in ("Saldus", "Talsi"))
        send(cast.inga, "choices", cast.programme.ref, mentee="Jānis Bērzs Saldus", mentor="Laima Vītola")
        assert kept_apart(cast.programme) == {(meant.pk, laima.pk): ChoiceKind.VETO}
