"""Ages are the setting of a country, with their source; a programme may set others, and they hold at once."""

from datetime import date

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.programmes.conftest import SignIn, text
from varpa.history.models import Line
from varpa.kernel.merging import Conflict
from varpa.pairs.models import PairState
from varpa.people.models import Person
from varpa.programmes.actions import countries as actions
from varpa.programmes.actions import memberships
from varpa.programmes.actions.overriding import ProgrammeIsOver
from varpa.programmes.actions.permissions import record_permission
from varpa.programmes.ages import USUAL, ages_in, countries
from varpa.programmes.countries import COUNTRIES
from varpa.programmes.models import Membership, Programme, Role
from varpa.programmes.queries import all_prepared, is_grown, is_prepared, minors

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


def set_in(
    cast: Cast, country: str = "LV", adult: int = 21, consent: int = 16, source: str = "Law §1"
) -> None:
    told = {"country": country, "adult": adult, "consent": consent, "source": source}
    cast.programme.refresh_from_db()
    actions.set_ages(
        programme=cast.programme, by=cast.inga, now=NOW, revision=cast.programme.revision, **told
    )


def pupil(cast: Cast, born: date, country: str = "LV", *, ready: bool = False) -> Membership:
    person = make.person("Kārlis Kalns", "karlis@varpa.example", born=born)
    return make.member(cast.programme, person, Role.MENTEE, country=country, ready=ready)


def test_every_country_of_a_programme_has_its_ages_with_a_source() -> None:
    assert set(countries()) == {code for code, _name in COUNTRIES}
    for ages in countries().values():
        assert ages.source
        assert date.fromisoformat(ages.checked)
        assert (ages.grace_days, ages.link_days) == (USUAL.grace_days, USUAL.link_days)
    assert (countries()["LV"].consent, countries()["LT"].consent) == (13, 14)


def test_an_unknown_country_is_careful() -> None:
    assert ages_in("ZZ") == USUAL
    assert (USUAL.adult, USUAL.consent) == (18, max(ages.consent for ages in countries().values()))


def test_a_programme_sets_another_age_and_it_holds_at_once(cast: Cast) -> None:
    assert is_grown(cast.mentee, TODAY)
    assert all_prepared([cast.mentor, cast.mentee], TODAY)
    set_in(cast)
    cast.mentee.refresh_from_db()
    cast.pair.refresh_from_db()
    assert not is_grown(cast.mentee, TODAY)
    assert not is_prepared(cast.mentee, TODAY)
    assert not all_prepared([cast.mentor, cast.mentee], TODAY)
    assert cast.pair.state == PairState.PAUSED
    found = Membership.objects.filter(minors(TODAY), programme=cast.programme)
    assert list(found) == [cast.mentee]


def test_the_other_country_keeps_its_own(cast: Cast) -> None:
    set_in(cast)
    cast.neighbours.mentee.refresh_from_db()
    assert is_prepared(cast.neighbours.mentee, TODAY)


def test_who_comes_later_follows_the_setting_too(cast: Cast) -> None:
    set_in(cast)
    later = pupil(cast, date(2006, 1, 1), ready=True)
    assert later.adult == 21
    assert not is_grown(later, TODAY)
    memberships.change_member(membership=later, changes={"country": "LT"}, by=cast.inga, now=NOW)
    later.refresh_from_db()
    assert later.adult is None
    assert is_grown(later, TODAY)


def test_who_applies_again_from_another_country_follows_its_setting(cast: Cast) -> None:
    set_in(cast)
    again = pupil(cast, date(2006, 1, 1), "LT")
    memberships.withdraw_member(membership=again, by=cast.inga, now=NOW)
    said = {"country": "LV", "place": "", "topic": "", "means": ()}
    memberships.apply_again(membership=again, late=False, said=said, by=again.person, now=NOW)
    assert again.adult == 21


def test_back_to_the_law(cast: Cast) -> None:
    set_in(cast)
    revision = cast.programme.revision
    actions.follow_the_law(programme=cast.programme, country="LV", by=cast.inga, now=NOW, revision=revision)
    cast.mentee.refresh_from_db()
    assert cast.programme.ages == {}
    assert is_prepared(cast.mentee, TODAY)


def test_setting_twice_is_once(cast: Cast) -> None:
    set_in(cast)
    set_in(cast)
    assert Line.objects.filter(verb="programme.ages").count() == 1
    with pytest.raises(Conflict):
        actions.set_ages(
            programme=cast.programme,
            country="LV",
            adult=20,
            consent=16,
            source="Law §2",
            by=cast.dace,
            now=NOW,
            revision=0,
        )


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"adult": 15}, actions.WrongAge),
        ({"adult": 22}, actions.WrongAge),
        ({"consent": 12}, actions.WrongAge),
        ({"source": "  "}, actions.NoSource),
        ({"country": "PL"}, actions.NotOurCountry),
    ],
)
def test_what_is_no_age_is_refused(cast: Cast, told: dict[str, object], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        set_in(cast, **told)


def test_a_closed_programme_keeps_its_ages(cast: Cast) -> None:
    Programme.objects.filter(pk=cast.programme.pk).update(state="closed")
    with pytest.raises(ProgrammeIsOver):
        set_in(cast)


@pytest.mark.parametrize(("born", "country", "waits"), [(2012, "LV", False), (2012, "DE", True)])
def test_who_is_too_young_to_consent_online_waits_for_the_guardian(
    cast: Cast, born: int, country: str, waits: bool
) -> None:
    young = pupil(cast, date(born, 1, 1), country)
    if waits:
        with pytest.raises(memberships.GuardianFirst):
            memberships.accept_notice(membership=young, by=young.person, now=NOW)
        record_permission(membership=young, kind="taking_part", guardian="Anna", by=cast.inga, now=NOW)
    memberships.accept_notice(membership=young, by=young.person, now=NOW)
    assert young.preparations.filter(step="notice").exists()


def test_where_nobody_says_the_country_the_strictest_of_the_programme_counts(cast: Cast) -> None:
    set_in(cast, "LT", 18, 16)
    young = pupil(cast, date(2010, 1, 1), "")
    with pytest.raises(memberships.GuardianFirst):
        memberships.accept_notice(membership=young, by=young.person, now=NOW)


def test_the_page_shows_where_the_ages_stand_and_sets_them(cast: Cast, sign_in: SignIn) -> None:
    Person.objects.filter(pk=cast.inga.pk).update(language="en")
    client, page = sign_in(cast.inga), f"/programmes/{cast.programme.ref}/settings/ages/"
    shown = text(client.get(page))
    assert "Of age from 18; consents online alone from 13." in shown
    assert "Civillikums §219" in shown
    given = {"country": "LV", "adult": "19", "consent": "15", "source": "", "revision": "0"}
    assert '<details class="fold" open>' in text(client.post(page, given))
    answer = client.post(page, given | {"source": "Likums §3"}, follow=True)
    assert "Of age from 19; consents online alone from 15." in text(answer)
    assert "Set by this programme: Likums §3" in text(answer)
    assert client.post(page, given | {"country": "PL"}).status_code == 404
    client.post(f"{page}LV/law/")
    assert "Of age from 18; consents online alone from 13." in text(client.get(page))


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_the_page_speaks_three_languages(cast: Cast, sign_in: SignIn, language: str) -> None:
    Person.objects.filter(pk=cast.inga.pk).update(language=language)
    answer = sign_in(cast.inga).get(f"/programmes/{cast.programme.ref}/settings/ages/")
    assert f'<html lang="{language}"' in text(answer)
