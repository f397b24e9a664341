"""At 18 a mentee is asked to confirm, with 14 days' grace, then the pair pauses (R1)."""

from datetime import date, datetime, timedelta

import pytest

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from tests.visits import Visitor, forms, words
from varpa.history.models import Line
from varpa.pairs.actions.readiness import pause_unprepared_pairs, resume_ready_pairs
from varpa.pairs.models import Pair, PairState
from varpa.people.actions import correct_person
from varpa.post.models import Letter, LetterState
from varpa.programmes import ages
from varpa.programmes.actions.memberships import accept_notice, mark_trained
from varpa.programmes.actions.permissions import (
    NotGrown,
    ask_the_grown,
    confirm_grown,
    record_permission,
    withdraw_permission,
)
from varpa.programmes.ages import Ages
from varpa.programmes.models import Membership, Preparation, Role, StepKey
from varpa.programmes.preparing import preparing
from varpa.programmes.queries import all_prepared, is_prepared

pytestmark = pytest.mark.django_db

BIRTHDAY = NOW.date() + timedelta(days=10)


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def member(cast: Cast) -> Membership:
    """Marta turns 18 in ten days, and her guardian has permitted taking part."""
    marta = make.person("Marta Lapa", born=BIRTHDAY.replace(year=BIRTHDAY.year - 18))
    made = make.member(cast.programme, marta, Role.MENTEE, country="LV")
    record_permission(membership=made, kind="taking_part", guardian="Juris", by=cast.inga, now=NOW)
    return made


def pair_of(cast: Cast, member: Membership) -> Pair:
    made = make.pair(make.member(cast.programme, make.person("Ilze Auza"), Role.MENTOR), member)
    made.refresh_from_db()
    assert made.state == PairState.ACTIVE
    return made


def on(days: int) -> datetime:
    """So many days after the birthday."""
    return NOW + timedelta(days=10 + days)


def ready(member: Membership, days: int) -> bool:
    day = on(days).date()
    answers = {is_prepared(member, day), all_prepared([member], day)}
    assert len(answers) == 1, "both ways of asking say the same"
    return answers.pop()


def test_before_on_and_after_the_birthday_until_the_grace_is_over(member: Membership) -> None:
    assert [ready(member, days) for days in (-1, 0, 1, 13, 14, 15, 400)] == [True] * 5 + [False] * 2


def test_a_word_of_ones_own_counts_from_then_on(member: Membership) -> None:
    confirm_grown(membership=member, by=member.person, now=on(3))
    assert ready(member, 15)
    withdraw_permission(membership=member, kind="taking_part", by=member.person, now=on(4))
    assert ready(member, 4)


def test_the_own_word_comes_not_before_the_day(member: Membership) -> None:
    with pytest.raises(NotGrown):
        confirm_grown(membership=member, by=member.person, now=on(-1))


def test_twice_is_once(member: Membership) -> None:
    for _click in range(2):
        confirm_grown(membership=member, by=member.person, now=on(0))
    assert Preparation.objects.filter(membership=member, step=StepKey.GROWN).count() == 1
    line = Line.objects.get(verb="membership.grown")
    assert (line.actor, line.behalf, line.channel) == (member.person_id, None, "web")


def test_without_a_guardians_permission_there_is_no_grace(cast: Cast, member: Membership) -> None:
    withdraw_permission(membership=member, kind="taking_part", by=cast.inga, now=NOW)
    assert [ready(member, days) for days in (-1, 0, 14)] == [False] * 3
    confirm_grown(membership=member, by=member.person, now=on(0))
    assert ready(member, 0)


def test_whoever_accepts_the_notice_of_age_has_said_so(cast: Cast) -> None:
    grown = make.person("Zigmunds Kalns", born=date(2001, 1, 1))
    made = make.member(cast.programme, grown, Role.MENTEE, ready=False)
    mark_trained(membership=made, by=cast.inga, now=NOW)
    accept_notice(membership=made, by=grown, now=NOW)
    assert is_prepared(made, NOW.date())
    assert ask_the_grown(NOW) == 0


def test_asked_once_by_a_letter_and_never_before(member: Membership) -> None:
    assert ask_the_grown(on(-1)) == 0
    assert [ask_the_grown(on(days)) for days in (0, 0, 1)] == [1, 1, 1]
    letter = Letter.objects.get(kind="programmes.grown")
    assert "7.\u00a0novembrim" in letter.text
    confirm_grown(membership=member, by=member.person, now=on(1))
    letter.refresh_from_db()
    assert letter.state == LetterState.WITHDRAWN
    assert ask_the_grown(on(2)) == 0


def test_after_the_grace_the_pair_rests_until_the_word_is_said(cast: Cast, member: Membership) -> None:
    pair = pair_of(cast, member)
    pause_unprepared_pairs(on(14))
    pair.refresh_from_db()
    assert pair.state == PairState.ACTIVE
    pause_unprepared_pairs(on(15))
    pair.refresh_from_db()
    assert pair.state == PairState.PAUSED
    confirm_grown(membership=member, by=member.person, now=on(16))
    resume_ready_pairs(on(16))
    pair.refresh_from_db()
    assert pair.state == PairState.ACTIVE


def test_one_button_on_the_page_of_preparation(member: Membership) -> None:
    address = f"/memberships/{member.ref}/preparation/"
    assert "grown/" not in words(Visitor(member.person, days=9).get(address))
    own = Visitor(member.person, days=10)
    page = own.get(address)
    assert preparing(member, on(0).date()).next == "grown"
    own.send(next(form for form in forms(page) if form.action.endswith("/grown/")))
    assert ready(member, 15)
    assert "grown/" not in words(own.get(address))


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_in_three_languages(member: Membership, language: str) -> None:
    head = {
        "lv": "Tagad par dalību izlem tu",
        "lt": "Dabar dėl dalyvavimo sprendi tu",
        "en": "Now you decide on taking part yourself",
    }
    page = Visitor(member.person, days=11, language=language).get(f"/memberships/{member.ref}/preparation/")
    assert head[language] in words(page)


def test_nobody_else_confirms(cast: Cast, member: Membership) -> None:
    for who, status in ((cast.inga, 403), (cast.andris, 404), (cast.zane, 404)):
        assert Visitor(who, days=10).post(f"/memberships/{member.ref}/grown/").status_code == status


def test_a_birthday_that_is_put_right_asks_for_the_own_word(cast: Cast) -> None:
    unknown = make.member(cast.programme, make.person("Zigmunds Kalns"), Role.MENTEE)
    record_permission(membership=unknown, kind="taking_part", guardian="Juris", by=cast.inga, now=NOW)
    assert is_prepared(unknown, NOW.date())
    correct_person(person=unknown.person, changes={"born": date(2001, 1, 1)}, by=cast.inga, now=NOW)
    assert not is_prepared(unknown, NOW.date())
    assert ask_the_grown(NOW) == 1


def test_another_country_has_its_own_age_and_grace(
    cast: Cast, member: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ages.countries(), "LV", Ages(adult=19, grace_days=3))
    elsewhere = make.member(
        cast.programme, make.person("Ona Ona", born=member.person.born), Role.MENTEE, country="LT"
    )
    assert [ready(member, days) for days in (0, 15, 365 + 3, 365 + 4)] == [True, True, True, False]
    record_permission(membership=elsewhere, kind="taking_part", guardian="Jonas", by=cast.inga, now=NOW)
    assert [ready(elsewhere, days) for days in (0, 14, 15)] == [True, True, False]
    assert ask_the_grown(on(0)) == 1
