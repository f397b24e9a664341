"""The end of a pair: looking back, what did not happen and why, ending (R3)."""

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from varpa.closing import actions
from varpa.closing.models import Excuse, LookBack
from varpa.closing.queries import excuses_of, look_backs, nothing_missing, still_ahead
from varpa.diary.actions import hand_over, note_read_through
from varpa.diary.models import Diary
from varpa.history.models import Line
from varpa.kernel.merging import Conflict
from varpa.kernel.states import AlreadyMoved
from varpa.methodology import Fact
from varpa.pairs.actions.pairs import NotActive, NotOneOfTheTwo, pause_pair
from varpa.pairs.models import Outcome, Pair, PairState
from varpa.pairs.queries import facts_of
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db

KEYS = ("plan", "visit", "role_swap", "hours", "closing_review", "diary")


@pytest.fixture
def cast() -> Cast:
    return assemble()


def look_back(cast: Cast, who: str, text: str = "Daudz.", revision: int = 0, stay: bool = False) -> None:
    by = getattr(cast, who)
    actions.look_back(pair=cast.pair, text=text, stay_in_touch=stay, revision=revision, by=by, now=NOW)


def both_say(cast: Cast, key: str, reason: str = "Slimība.") -> None:
    said = {"pair": cast.pair, "requirement": key, "reason": reason, "now": NOW}
    actions.excuse(**said, by=cast.andris)
    actions.agree_excuse(**said, by=cast.elina)


def excuse_all(cast: Cast, *, but: str = "") -> None:
    for key in KEYS:
        if key != but:
            both_say(cast, key)


def test_what_is_missing_shows_long_before(cast: Cast) -> None:
    assert [each.requirement.key for each in still_ahead(cast.pair) if each.missing] == list(KEYS)


def test_the_review_has_happened_when_both_have_written(cast: Cast) -> None:
    look_back(cast, "andris")
    assert Fact.CLOSING_REVIEW not in facts_of(cast.pair)
    look_back(cast, "elina")
    assert Fact.CLOSING_REVIEW in facts_of(cast.pair)


def test_only_the_two_look_back(cast: Cast) -> None:
    for who in ("inga", "dace", "zane", "rimantas"):
        with pytest.raises(NotOneOfTheTwo):
            look_back(cast, who)


def test_an_empty_review_is_told(cast: Cast) -> None:
    with pytest.raises(actions.NothingWritten):
        look_back(cast, "andris", text="  ")


def test_a_pair_that_rests_is_not_reviewed(cast: Cast) -> None:
    pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
    with pytest.raises(NotActive):
        look_back(cast, "andris")


def test_two_devices_lose_no_word_of_the_review(cast: Cast) -> None:
    look_back(cast, "andris", text="No datora.")
    with pytest.raises(Conflict):
        look_back(cast, "andris", text="No tālruņa.", revision=0)
    assert look_backs(cast.pair)["mentor"].text == "No datora."


def test_did_not_happen_because_is_an_answer(cast: Cast) -> None:
    excuse_all(cast)
    assert nothing_missing(still_ahead(cast.pair))


def test_an_excuse_needs_a_reason_and_a_place_on_the_list(cast: Cast) -> None:
    with pytest.raises(actions.ReasonMissing):
        actions.excuse(pair=cast.pair, requirement="visit", reason=" ", by=cast.andris, now=NOW)
    with pytest.raises(actions.UnknownRequirement):
        actions.excuse(pair=cast.pair, requirement="parade", reason="Lietus.", by=cast.andris, now=NOW)


def test_an_excuse_can_be_taken_back(cast: Cast) -> None:
    excuse_all(cast)
    actions.withdraw_excuse(pair=cast.pair, requirement="visit", by=cast.elina, now=NOW)
    assert [each.requirement.key for each in still_ahead(cast.pair) if each.missing] == ["visit"]


def test_a_stranger_excuses_nothing(cast: Cast) -> None:
    with pytest.raises(NotOneOfTheTwo):
        actions.excuse(pair=cast.pair, requirement="visit", reason="Nē.", by=cast.zane, now=NOW)
    with pytest.raises(NotOneOfTheTwo):
        actions.withdraw_excuse(pair=cast.pair, requirement="visit", by=cast.zane, now=NOW)


def test_a_pair_does_not_end_while_something_is_missing(cast: Cast) -> None:
    excuse_all(cast, but="diary")
    with pytest.raises(actions.StillMissing):
        actions.end_cooperation(pair=cast.pair, by=cast.andris, now=NOW)
    make.entry(cast.pair)
    diary = Diary.objects.get(pair=cast.pair)
    note_read_through(diary=diary, by=cast.andris, now=NOW)
    hand_over(diary=diary, by=cast.andris, now=NOW)
    actions.end_cooperation(pair=cast.pair, by=cast.elina, now=NOW)
    cast.pair.refresh_from_db()
    assert cast.pair.outcome == Outcome.COMPLETED


def test_of_two_clicks_one_ends(cast: Cast) -> None:
    excuse_all(cast)
    first, second = Pair.objects.get(pk=cast.pair.pk), Pair.objects.get(pk=cast.pair.pk)
    actions.end_cooperation(pair=first, by=cast.andris, now=NOW)
    with pytest.raises(AlreadyMoved):
        actions.end_cooperation(pair=second, by=cast.elina, now=NOW)


def test_they_stay_in_touch_only_if_both_want_to(cast: Cast) -> None:
    look_back(cast, "andris", stay=True)
    look_back(cast, "elina", stay=False)
    excuse_all(cast)
    actions.end_cooperation(pair=cast.pair, by=cast.andris, now=NOW)
    cast.pair.refresh_from_db()
    assert cast.pair.stays_in_touch is False


def _in_touch(cast: Cast, stay: bool) -> None:
    """Both look back and say where they can be reached; Andris says too whether he stays in touch."""
    for who, stays, contact in (("andris", stay, "andris@galdnieks.example"), ("elina", True, "")):
        by = getattr(cast, who)
        said = {"text": "Daudz.", "stay_in_touch": stays, "contact": contact, "revision": 0}
        actions.look_back(pair=cast.pair, by=by, now=NOW, **said)
    excuse_all(cast)
    actions.end_cooperation(pair=cast.pair, by=cast.andris, now=NOW)


def test_where_one_is_reached_is_taken_back_after_the_end_too(cast: Cast) -> None:
    _in_touch(cast, stay=True)
    for _click in range(2):
        actions.take_contact_back(pair=cast.pair, by=cast.andris, now=NOW)
    assert not LookBack.objects.exclude(contact="").exists()
    assert Line.objects.filter(verb="pair.contact_back").count() == 1
    cast.pair.refresh_from_db()
    assert cast.pair.stays_in_touch is False
    told = Letter.objects.filter(kind="closing.apart").values_list("to_address", flat=True)
    assert list(told) == [cast.elina.email]
    with pytest.raises(NotOneOfTheTwo):
        actions.take_contact_back(pair=cast.pair, by=cast.inga, now=NOW)


def test_who_gave_no_contact_takes_staying_in_touch_back_too(cast: Cast) -> None:
    _in_touch(cast, stay=True)
    actions.take_contact_back(pair=cast.pair, by=cast.elina, now=NOW)
    cast.pair.refresh_from_db()
    assert cast.pair.stays_in_touch is False
    assert Letter.objects.get(kind="closing.apart").to_address == cast.andris.email


def test_a_pair_that_rests_is_not_ended_by_the_two(cast: Cast) -> None:
    excuse_all(cast)
    pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
    with pytest.raises(NotActive):
        actions.end_cooperation(pair=cast.pair, by=cast.andris, now=NOW)
    cast.pair.refresh_from_db()
    assert cast.pair.state == PairState.PAUSED


def test_an_excuse_that_is_taken_back_is_kept_with_who_and_when_and_another_may_follow(cast: Cast) -> None:
    excuse_all(cast)
    for _twice in range(2):
        actions.withdraw_excuse(pair=cast.pair, requirement="visit", by=cast.elina, now=NOW)
    gone = Excuse.objects.get(requirement="visit")
    assert gone.reason
    assert (gone.withdrawn_by, gone.withdrawn_at) == (cast.elina, NOW)
    assert Line.objects.filter(verb="pair.withdraw_excuse").count() == 1
    both_say(cast, "visit")
    assert Excuse.objects.filter(requirement="visit").count() == 2
    assert excuses_of([cast.pair])[cast.pair.pk]["visit"].reason == "Slimība."
    assert nothing_missing(still_ahead(cast.pair))
