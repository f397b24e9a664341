"""The partner organisations of a programme: the one that leads, the others, and who belongs to which."""

import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.programmes.conftest import SignIn, queries
from varpa.dossier.actions.asking import ask_dossier
from varpa.history.models import Line
from varpa.kernel.merging import Conflict
from varpa.kernel.once import SentAlready
from varpa.programmes.actions import partners as actions
from varpa.programmes.actions.countries import NotOurCountry
from varpa.programmes.actions.founding import follow_countries
from varpa.programmes.actions.memberships import HasLeft, withdraw_member
from varpa.programmes.actions.overriding import ProgrammeIsOver
from varpa.programmes.models import Membership, Partner, Programme, Role
from varpa.programmes.partners import counted, partner_of, partners_of, undecided

CENTRE, COLLEGE = "Šiaulių verslo centras", "Panevėžio kolegija"


def added(cast: Cast, name: str = CENTRE, country: str = "LT", **more: Any) -> Partner:
    said = {"programme": cast.programme, "by": cast.inga, "now": NOW, **more}
    return actions.add_partner(name=name, country=country, **said)


def changed(cast: Cast, partner: Partner, **more: Any) -> bool:
    said = {name: getattr(partner, name) for name in ("name", "country", "contact_name", "contact_address")}
    said |= {"revision": partner.revision, "by": cast.inga, "now": NOW, **more}
    return actions.change_partner(partner=partner, **said)


def named(cast: Cast) -> list[str]:
    return [str(each) for each in partners_of(cast.programme)]


def of(cast: Cast, who: Membership) -> str:
    row = Membership.objects.get(pk=who.pk)
    return str(partner_of(row, partners_of(cast.programme)) or "")


class TestWhoTheyAre:
    def test_a_programme_begins_with_one_a_country_and_its_organisation_leads(self, cast: Cast) -> None:
        lead, other = partners_of(cast.programme)
        assert (lead.leads, lead.country, str(lead)) == (True, "LV", cast.organisation.name)
        assert (other.leads, other.country, other.name, str(other)) == (False, "LT", "", "Lithuania")

    def test_a_programme_without_a_country_has_one_too(self, db: None) -> None:
        assert [each.country for each in partners_of(make.programme(countries=()))] == [""]

    def test_the_first_name_is_that_of_the_partner_who_had_none(self, cast: Cast) -> None:
        before = partners_of(cast.programme)[1]
        assert added(cast).pk == before.pk
        added(cast, COLLEGE)
        assert named(cast) == [cast.organisation.name, CENTRE, COLLEGE]

    def test_two_clicks_add_one(self, cast: Cast) -> None:
        added(cast)
        for _click in range(2):
            added(cast, COLLEGE, ref="abcdefghjkmn")
        assert named(cast) == [cast.organisation.name, CENTRE, COLLEGE]
        with pytest.raises(SentAlready):
            added(cast, "Cita", ref="abcdefghjkmn")

    def test_what_is_refused(self, cast: Cast) -> None:
        added(cast)
        for name in (CENTRE, cast.organisation.name):
            with pytest.raises(actions.NamedAlready):
                added(cast, name)
        with pytest.raises(actions.NoPartnerName):
            added(cast, " ")
        with pytest.raises(NotOurCountry):
            added(cast, COLLEGE, "EE")
        Programme.objects.update(state="closed")
        cast.programme.refresh_from_db()
        with pytest.raises(ProgrammeIsOver):
            added(cast, COLLEGE)

    def test_the_database_keeps_one_lead_partner_who_is_the_organisation(self, cast: Cast) -> None:
        rows = Partner.objects.filter(programme=cast.programme)
        for wrong in ({"leads": True}, {"leads": False, "country": "LT"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Partner.objects.create(programme=cast.programme, place=5, **wrong)
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.filter(leads=True).update(name="Cits")
        rows.filter(leads=False).update(name=CENTRE)
        with pytest.raises(IntegrityError), transaction.atomic():
            Partner.objects.create(programme=cast.programme, name=CENTRE)

    def test_one_is_changed_and_the_order_too(self, cast: Cast) -> None:
        centre = added(cast)
        assert changed(cast, centre, name=COLLEGE, contact_name="Rasa", contact_address="rasa@x.example")
        assert not changed(cast, centre)
        with pytest.raises(Conflict):
            changed(cast, centre, name=CENTRE, revision=0)
        with pytest.raises(actions.NoPartnerName):
            changed(cast, centre, name="")
        with pytest.raises(actions.NamedAlready):
            changed(cast, centre, name=cast.organisation.name)
        for _click in range(2):
            actions.move_partner(partner=centre, by=cast.inga, now=NOW)
        assert named(cast) == [COLLEGE, cast.organisation.name]
        told = Line.objects.filter(verb="programme.partner").order_by("pk")
        assert [line.details["what"] for line in told] == ["name", "change", "move"]

    def test_the_lead_partner_is_called_as_the_organisation_and_moves_with_it(self, cast: Cast) -> None:
        """In the other country the one without a name is not needed any more; here one is missing."""
        lead = partners_of(cast.programme)[0]
        assert changed(cast, lead, name="Cits nosaukums", country="LT")
        assert [(each.leads, each.country) for each in partners_of(cast.programme)] == [
            (True, "LT"),
            (False, "LV"),
        ]
        assert named(cast)[0] == cast.organisation.name

    def test_countries_come_and_go_with_their_partners(self, cast: Cast) -> None:
        cast.programme.countries = ["LV", "EE"]
        follow_countries(cast.programme)
        assert [each.country for each in partners_of(cast.programme)] == ["LV", "EE"]
        added(cast, "Pärnu ettevõtjad", "EE")
        cast.programme.countries = ["LV", "LT"]
        follow_countries(cast.programme)
        assert [each.country for each in partners_of(cast.programme)] == ["LV", "EE", "LT"]


class TestTakingOff:
    def off(self, cast: Cast, partner: Partner) -> None:
        actions.remove_partner(partner=partner, by=cast.inga, now=NOW)

    def test_one_to_whom_nobody_belongs_goes(self, cast: Cast) -> None:
        added(cast)
        college = added(cast, COLLEGE)
        for _click in range(2):
            self.off(cast, college)
        assert named(cast) == [cast.organisation.name, CENTRE]

    def test_taken_off_it_is_kept_and_its_name_is_free_again(self, cast: Cast) -> None:
        added(cast)
        for _again in range(2):
            self.off(cast, added(cast, COLLEGE))
        gone = Partner.objects.filter(name=COLLEGE)
        assert list(gone.values_list("withdrawn_at", flat=True)) == [NOW, NOW]
        assert Line.objects.filter(verb="programme.partner", details__what="remove").count() == 2
        added(cast, COLLEGE)
        assert named(cast) == [cast.organisation.name, CENTRE, COLLEGE]

    def test_the_last_one_of_a_country_and_the_one_who_leads_stay(self, cast: Cast) -> None:
        lead, only = partners_of(cast.programme)
        with pytest.raises(actions.LeadPartnerStays):
            self.off(cast, lead)
        with pytest.raises(actions.OnlyPartner):
            self.off(cast, only)

    def test_one_to_whom_people_belong_stays(self, cast: Cast) -> None:
        added(cast)
        college, gabija = added(cast, COLLEGE), cast.neighbours.mentee
        actions.choose_partner(membership=gabija, partner=college, by=cast.inga, now=NOW)
        with pytest.raises(actions.PartnerInUse):
            self.off(cast, college)
        # Whoever has left belonged to it, and what was done stays.
        withdraw_member(membership=gabija, by=cast.inga, now=NOW)
        with pytest.raises(actions.PartnerInUse):
            self.off(cast, college)

    def test_one_whose_country_has_gone_stays_while_its_people_are_there(self, cast: Cast) -> None:
        centre = added(cast)
        centre.programme.countries = ["LV"]
        with pytest.raises(actions.PartnerInUse):
            self.off(cast, centre)

    def test_one_of_whom_a_dossier_is_stays(self, cast: Cast) -> None:
        added(cast)
        college = added(cast, COLLEGE)
        said: dict[str, Any] = {"programme": cast.programme, "by": cast.inga, "now": NOW, "language": "en"}
        ask_dossier(partner=college.ref, **said)
        with pytest.raises(actions.PartnerInUse):
            self.off(cast, college)


class TestWhoBelongs:
    def test_where_a_country_has_one_nothing_has_to_be_said(self, cast: Cast) -> None:
        assert of(cast, cast.mentor) == cast.organisation.name
        assert of(cast, cast.neighbours.mentor) == "Lithuania"
        assert not undecided(cast.programme).exists()
        known = partners_of(cast.programme)
        assert counted(cast.programme, known) == {each.pk: 2 for each in known}

    def test_where_it_has_several_nobody_guesses(self, cast: Cast) -> None:
        added(cast)
        college, gabija = added(cast, COLLEGE), cast.neighbours.mentee
        assert {each.person for each in undecided(cast.programme)} == {cast.rimantas, cast.gabija}
        assert of(cast, gabija) == ""
        for _click in range(2):
            actions.choose_partner(membership=gabija, partner=college, by=cast.inga, now=NOW)
        assert of(cast, gabija) == COLLEGE
        assert [each.person for each in undecided(cast.programme)] == [cast.rimantas]
        assert Line.objects.filter(verb="membership.partner").count() == 1
        assert actions.choose_partner(membership=gabija, partner=None, by=cast.inga, now=NOW)
        assert of(cast, gabija) == ""

    def test_of_whom_nobody_knows_the_country_nobody_knows_the_partner(self, cast: Cast) -> None:
        Membership.objects.filter(pk=cast.mentor.pk).update(country="")
        assert [each.pk for each in undecided(cast.programme)] == [cast.mentor.pk]

    def test_where_one_is_alone_everybody_belongs_to_it(self, db: None) -> None:
        programme = make.programme(countries=("LV",))
        member = make.member(programme, make.person("Anna Ozola"), Role.MENTOR)
        known = partners_of(programme)
        assert partner_of(member, known) == known[0]
        assert not undecided(programme).exists()
        assert counted(programme, known) == {known[0].pk: 1}

    def test_one_may_belong_to_a_partner_of_the_other_country(self, cast: Cast) -> None:
        other = partners_of(cast.programme)[1]
        actions.choose_partner(membership=cast.mentor, partner=other, by=cast.inga, now=NOW)
        assert of(cast, cast.mentor) == "Lithuania"

    def test_not_to_a_partner_of_another_programme_nor_once_one_has_left(self, cast: Cast) -> None:
        foreign = partners_of(cast.elsewhere.programme)[0]
        with pytest.raises(actions.NotOurPartner):
            actions.choose_partner(membership=cast.mentor, partner=foreign, by=cast.inga, now=NOW)
        own = partners_of(cast.programme)[0]
        withdraw_member(membership=cast.mentor, by=cast.inga, now=NOW)
        with pytest.raises(HasLeft):
            actions.choose_partner(membership=cast.mentor, partner=own, by=cast.inga, now=NOW)


HEADS = {"lv": "Partnerorganizācijas", "lt": "Organizacijos partnerės", "en": "Partner organisations"}


class TestThePage:
    @pytest.mark.parametrize("language", HEADS)
    def test_it_speaks_three_languages(self, cast: Cast, sign_in: SignIn, language: str) -> None:
        cast.inga.language = language
        cast.inga.save()
        said = sign_in(cast.inga).get(self.place(cast)).content.decode()
        assert f"<h1>{HEADS[language]}</h1>" in said
        assert cast.organisation.name in said

    def test_a_manager_names_changes_moves_and_takes_off(self, cast: Cast, sign_in: SignIn) -> None:
        client, place = sign_in(cast.inga), self.place(cast)
        for name in (CENTRE, COLLEGE):
            ref = re.findall(r'name="ref" value="(\w+)"', client.get(place).content.decode())[0]
            form = {"ref": ref, "name": name, "country": "LT", "contact_name": "Rasa"}
            for _click in range(2):
                assert client.post(place, form).status_code == 302
        assert named(cast) == [cast.organisation.name, CENTRE, COLLEGE]
        college = partners_of(cast.programme)[2]
        form = {"name": "Kolegija", "country": "LT", "revision": str(college.revision)}
        assert client.post(f"{place}{college.ref}/", form).status_code == 302
        assert client.post(f"{place}{college.ref}/up/").status_code == 302
        assert named(cast) == [cast.organisation.name, "Kolegija", CENTRE]
        for _click in range(2):
            assert client.post(f"{place}{college.ref}/removal/").status_code == 302
        assert named(cast) == [cast.organisation.name, CENTRE]

    def test_what_is_wrong_is_told_and_what_was_typed_is_kept(self, cast: Cast, sign_in: SignIn) -> None:
        client, place, centre = sign_in(cast.inga), self.place(cast), added(cast)
        form = {"ref": "abcdefghjkmn", "name": CENTRE, "country": "LT", "contact_name": "Rasa"}
        said = client.post(place, form).content.decode()
        assert "Programmā jau ir partneris ar tādu nosaukumu." in said
        assert 'value="Rasa"' in said
        old = {"name": COLLEGE, "country": "LT", "revision": "77"}
        said = client.post(f"{place}{centre.ref}/", old).content.decode()
        assert f'value="{COLLEGE}"' in said
        assert 'name="revision" value="0"' in said
        assert client.post(place, {"country": "EE", "ref": "abcdefghjkmn"}).status_code == 200
        assert named(cast) == [cast.organisation.name, CENTRE]

    def test_the_number_of_queries_does_not_grow(self, cast: Cast, sign_in: SignIn) -> None:
        few = queries(sign_in(cast.inga), self.place(cast))
        for number in range(12):
            added(cast, f"Organizacija {number}")
        assert queries(sign_in(cast.inga), self.place(cast)) == few <= 8

    def place(self, cast: Cast) -> str:
        return f"/programmes/{cast.programme.ref}/settings/partners/"
