"""To which partner people belong: one and many, after a look at them."""

from typing import Any

import pytest
from django.test import Client

from tests.applications.conftest import applicant
from tests.cast import Cast
from tests.make import NOW
from varpa.applications.actions.decisions import choose_for_all, decide, decide_all
from varpa.kernel import clock
from varpa.programmes.actions.partners import add_partner
from varpa.programmes.models import Membership, Partner, Programme
from varpa.programmes.partners import partners_of

pytestmark = pytest.mark.django_db
CENTRE, COLLEGE = "Šiaulių verslo centras", "Panevėžio kolegija"
LACKING = {
    "lv": ("2 cilvēki vēl nav piesaistīti nevienam partnerim", "vēl nav izvēlēts"),
    "lt": ("2 žmonės dar nepriskirti jokiam partneriui", "dar nepasirinktas"),
    "en": ("2 people belong to no partner yet", "not chosen yet"),
}


@pytest.fixture
def college(cast: Cast) -> Partner:
    """The second partner of Lithuania: from now on nobody knows to whom its people belong."""
    said: dict[str, Any] = {"programme": cast.programme, "country": "LT", "by": cast.inga, "now": NOW}
    add_partner(name=CENTRE, **said)
    return add_partner(name=COLLEGE, **said)


def signed_in(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.inga)
    return client


def people(cast: Cast, more: str = "") -> str:
    return f"/programmes/{cast.programme.ref}/people/{more}"


def of(member: Membership) -> Partner | None:
    return Membership.objects.select_related("partner").get(pk=member.pk).partner


@pytest.mark.parametrize("language", LACKING)
def test_the_list_says_who_belongs_to_no_partner(cast: Cast, college: Partner, language: str) -> None:
    cast.inga.language = language
    cast.inga.save()
    notice, unsaid = LACKING[language]
    assert notice in signed_in(cast).get(people(cast)).content.decode()
    shown = signed_in(cast).get(people(cast, "?show=partner&column=partner")).content.decode()
    assert "Rimantas" in shown
    assert "Andris" not in shown
    assert shown.count(unsaid) == 2
    whole = signed_in(cast).get(people(cast, "?column=partner")).content.decode()
    assert whole.count(cast.organisation.name) >= 2


def test_where_nobody_has_to_choose_nothing_is_said(cast: Cast) -> None:
    shown = signed_in(cast).get(people(cast)).content.decode()
    assert "nevienam partnerim." not in shown


def test_many_are_put_to_a_partner_after_a_look(cast: Cast, college: Partner) -> None:
    pair, client = cast.neighbours, signed_in(cast)
    who = [pair.mentor.ref, pair.mentee.ref]
    before = client.get(people(cast, "decision/"), {"step": "partner", "who": who}).content.decode()
    assert COLLEGE in before
    assert "Rimantas" in before
    assert of(pair.mentor) is None
    for _click in range(2):
        form = {"step": "partner", "who": who, "partner": college.ref}
        assert client.post(people(cast, "decision/"), form).status_code == 302
    assert of(pair.mentor) == of(pair.mentee) == college
    # Nothing chosen: the country tells again, and here it does not.
    client.post(people(cast, "decision/"), {"step": "partner", "who": who, "partner": ""})
    assert of(pair.mentor) is None


def test_a_partner_of_elsewhere_is_refused_and_nothing_is_lost(cast: Cast, college: Partner) -> None:
    foreign = partners_of(cast.elsewhere.programme)[0]
    form = {"step": "partner", "who": cast.neighbours.mentor.ref, "partner": foreign.ref}
    shown = signed_in(cast).post(people(cast, "decision/"), form).content.decode()
    assert "Šis partneris nav programmā. Izvēlieties kādu no saraksta." in shown
    assert of(cast.neighbours.mentor) is None
    outcome = choose_for_all(memberships=[cast.mentor], partner=foreign, by=cast.inga, now=NOW)
    assert [each.pk for each, _why in outcome.refused] == [cast.mentor.pk]


def test_accepting_one_names_the_partner_where_the_country_does_not(cast: Cast, college: Partner) -> None:
    anna = applicant(cast)
    Membership.objects.filter(pk=anna.pk).update(country="LT")
    client, page = signed_in(cast), f"/memberships/{anna.ref}/"
    assert f'<option value="{college.ref}">' in client.get(page).content.decode()
    with clock.moved_to(NOW):
        client.post(f"{page}decision/", {"step": "accept", "partner": "xxxxxxxxxxxx"})
        anna.refresh_from_db()
        assert anna.state == "applied"
        client.post(f"{page}decision/", {"step": "accept", "partner": college.ref})
    anna.refresh_from_db()
    assert (anna.state, anna.partner) == ("accepted", college)
    assert COLLEGE in client.get(page).content.decode()


def test_where_the_country_tells_accepting_asks_nothing(cast: Cast) -> None:
    anna = applicant(cast)
    Membership.objects.filter(pk=anna.pk).update(country="LV")
    assert 'name="partner"' not in signed_in(cast).get(f"/memberships/{anna.ref}/").content.decode()


def test_accepting_many_names_it_for_those_who_have_none(cast: Cast, college: Partner) -> None:
    anna, ieva = applicant(cast), applicant(cast, "Ieva Ozola")
    Membership.objects.filter(pk=anna.pk).update(country="LT")
    Membership.objects.filter(pk=ieva.pk).update(country="LV")
    for each in (anna, ieva):
        each.refresh_from_db()
    client = signed_in(cast)
    asked = {"step": "accept", "who": [anna.ref, ieva.ref]}
    assert COLLEGE in client.get(people(cast, "decision/"), asked).content.decode()
    said: dict[str, Any] = {"step": "accept", "partner": college, "by": cast.inga, "now": NOW}
    assert len(decide_all(memberships=[anna, ieva], **said).done) == 2
    assert (of(anna), of(ieva)) == (college, None)


def test_declining_names_nobody(cast: Cast, college: Partner) -> None:
    anna = applicant(cast)
    decide(membership=anna, step="decline", partner=college, by=cast.inga, now=NOW)
    assert of(anna) is None
    assert Programme.objects.filter(partners=college).exists()
