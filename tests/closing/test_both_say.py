"""What did not happen is said by both: nobody ends a pair as one that has gone the whole way alone (R3)."""

from datetime import datetime, timedelta

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.closing.test_pages import form_to
from tests.make import NOW
from tests.together import at_once
from tests.visits import Visitor, words
from varpa.closing import actions
from varpa.closing.models import Certificate, Excuse
from varpa.closing.queries import nothing_missing, still_ahead
from varpa.history.models import Line
from varpa.messaging.actions import lift_quiet, want_quiet
from varpa.methodology import Fact
from varpa.pairs.actions.pairs import pause_pair, resume_pair, settle_fact
from varpa.pairs.models import Pair, PairState
from varpa.people.models import Person
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db
KEYS = ("plan", "visit", "role_swap", "hours", "closing_review", "diary")
LONG = timedelta(days=14)
WHY = "Uzņēmums pārcēlās."


@pytest.fixture
def cast() -> Cast:
    assembled = assemble()
    make.held(assembled.pair, days=1)
    return assembled


def say(
    cast: Cast, key: str = "visit", *, by: Person | None = None, why: str = WHY, now: datetime = NOW
) -> Excuse:
    return actions.excuse(pair=cast.pair, requirement=key, reason=why, by=by or cast.andris, now=now)


def agree(cast: Cast, key: str = "visit", *, by: Person | None = None, why: str = WHY) -> None:
    actions.agree_excuse(pair=cast.pair, requirement=key, reason=why, by=by or cast.elina, now=NOW)


def missing(cast: Cast) -> list[str]:
    return [each.requirement.key for each in still_ahead(cast.pair) if each.missing]


def all_happened(cast: Cast, but: Fact) -> None:
    for each in still_ahead(cast.pair):
        if each.requirement.fact != but:
            settle_fact(pair=cast.pair, fact=each.requirement.fact, holds=True, now=NOW)


def test_one_of_the_two_alone_ends_nothing_as_completed(cast: Cast) -> None:
    for key in KEYS:
        say(cast, key, by=cast.elina, why="negribas")
    for by in (cast.elina, cast.andris):
        with pytest.raises(actions.StillMissing):
            actions.end_cooperation(pair=cast.pair, by=by, now=NOW)
    assert Pair.objects.get(pk=cast.pair.pk).state == PairState.ACTIVE
    assert not Certificate.objects.exists()


def test_the_writer_does_not_say_yes_for_the_other(cast: Cast) -> None:
    say(cast)
    with pytest.raises(actions.ReasonChanged):
        agree(cast, by=cast.andris)
    assert "visit" in missing(cast)


def test_it_counts_once_the_other_says_so_too(cast: Cast) -> None:
    say(cast)
    assert "visit" in missing(cast)
    for _click in range(2):
        agree(cast)
    assert "visit" not in missing(cast)
    assert Line.objects.filter(verb="pair.agree_excuse").count() == 1


@pytest.mark.parametrize("own", [WHY, "Bijām slimas."])
def test_who_writes_a_reason_too_has_said_so(cast: Cast, own: str) -> None:
    say(cast)
    actions.excuse(pair=cast.pair, requirement="visit", reason=own, by=cast.elina, now=NOW, instead_of=WHY)
    assert "visit" not in missing(cast)


def test_another_reason_of_the_writer_is_asked_about_anew(cast: Cast) -> None:
    say(cast)
    agree(cast)
    actions.excuse(
        pair=cast.pair, requirement="visit", reason="Tu nenāci.", by=cast.andris, now=NOW, instead_of=WHY
    )
    assert "visit" in missing(cast)
    with pytest.raises(actions.ReasonChanged):
        agree(cast)


class TestSilence:
    """As with hours (R2): fourteen days without a word against it."""

    def test_it_counts_after_fourteen_days(self, cast: Cast) -> None:
        say(cast)
        assert actions.agree_silently(NOW + LONG - timedelta(hours=1)) == 0
        assert actions.agree_silently(NOW + LONG) == 1
        assert "visit" not in missing(cast)
        assert actions.agree_silently(NOW + LONG) == 0

    def test_that_nobody_looked_back_is_always_said_by_both(self, cast: Cast) -> None:
        say(cast, "closing_review")
        assert actions.agree_silently(NOW + 3 * LONG) == 0
        agree(cast, "closing_review")
        assert "closing_review" not in missing(cast)

    def test_a_pause_is_no_silence(self, cast: Cast) -> None:
        say(cast)
        pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
        assert actions.agree_silently(NOW + LONG) == 0
        resume_pair(pair=cast.pair, by=cast.inga, now=NOW + LONG)
        assert actions.agree_silently(NOW + LONG + timedelta(days=1)) == 0
        assert actions.agree_silently(NOW + 2 * LONG) == 1

    def test_words_that_wait_are_no_silence(self, cast: Cast) -> None:
        want_quiet(pair=cast.pair, by=cast.elina, now=NOW)
        say(cast)
        assert actions.agree_silently(NOW + LONG) == 0
        assert not Letter.objects.filter(kind="closing.whether_so").exists()
        lift_quiet(pair=cast.pair, by=cast.elina, now=NOW + LONG)
        assert actions.agree_silently(NOW + LONG) == 1


def test_the_other_is_asked_in_one_letter_a_day(cast: Cast) -> None:
    for key in KEYS[:3]:
        say(cast, key)
    asked = Letter.objects.filter(kind="closing.whether_so")
    assert [each.to_address for each in asked] == [cast.elina.email]
    assert WHY not in asked.get().text


def test_the_manager_hears_of_the_end_and_of_what_did_not_happen(cast: Cast) -> None:
    all_happened(cast, but=Fact.VISIT_HELD)
    say(cast)
    agree(cast)
    assert nothing_missing(still_ahead(cast.pair))
    actions.end_cooperation(pair=cast.pair, by=cast.elina, now=NOW)
    told = Letter.objects.filter(kind="closing.ended", to_address=cast.inga.email).get()
    visit = next(each for each in still_ahead(cast.pair) if each.requirement.key == "visit")
    assert visit.name.within("lv") in told.text
    assert WHY not in told.text
    assert Letter.objects.filter(kind="pairs.ended", to_address=cast.andris.email).exists()


@pytest.mark.parametrize(
    ("language", "asks", "tells"),
    [
        ("lv", "Jā, nenotika", "Skaitās, kad to apstiprina arī Elīna"),
        ("lt", "Taip, neįvyko", "Galios, kai tai patvirtins ir Elīna"),
        ("en", "Yes, it did not happen", "Counts once Elīna says so too"),
    ],
)
def test_the_page_asks_the_other_and_tells_the_writer(
    cast: Cast, language: str, asks: str, tells: str
) -> None:
    say(cast)
    address = f"/pairs/{cast.pair.ref}/closing/"
    mentor, mentee = (Visitor(who, language=language) for who in (cast.andris, cast.elina))
    assert tells in words(mentor.get(address))
    assert asks not in words(mentor.get(address))
    page = mentee.get(address)
    assert asks in words(page)
    mentee.send(form_to(page, "/excuses/visit/"))
    assert asks not in words(mentee.get(address))
    assert "visit" not in missing(cast)


def test_who_read_another_reason_reads_the_new_one_first(cast: Cast) -> None:
    say(cast)
    mentee = Visitor(cast.elina)
    form = form_to(mentee.get(f"/pairs/{cast.pair.ref}/closing/"), "/excuses/visit/")
    actions.excuse(
        pair=cast.pair, requirement="visit", reason="Tu nenāci.", by=cast.andris, now=NOW, instead_of=WHY
    )
    mentee.send(form)
    assert "visit" in missing(cast)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_yes_never_counts_for_a_reason_that_was_not_read() -> None:
    cast = assemble()
    say(cast)
    another = {"pair": cast.pair, "requirement": "visit", "reason": "Tu nenāci.", "instead_of": WHY}
    found = at_once(lambda: actions.excuse(**another, by=cast.andris, now=NOW), lambda: agree(cast))
    assert all(isinstance(each, actions.ReasonChanged) for each in found if isinstance(each, Exception))
    said = Excuse.objects.get(withdrawn_at=None)
    assert (said.reason, said.agreed_at) == ("Tu nenāci.", None)
