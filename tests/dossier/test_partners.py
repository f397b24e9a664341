"""The dossier of a partner organisation: its people, its figures, who is in none; old ones of a country."""

from pathlib import Path
from typing import Any

import pytest

from tests.cast import Cast
from tests.dossier.conftest import built, names_in, programme_of, table
from tests.dossier.test_actions import asked, ready
from tests.make import NOW
from varpa.dossier.building import kept_at
from varpa.dossier.models import Dossier
from varpa.dossier.reach import NoSuchPartner, Reach, SeveralPartners, partner_asked
from varpa.dossier.verifying import verify
from varpa.programmes.actions.partners import add_partner, choose_partner
from varpa.programmes.models import Partner
from varpa.programmes.partners import partners_of

CENTRE, COLLEGE = "Šiaulių verslo centras", "Panevėžio kolegija"
LEFT_OUT = "Take part and belong to no partner yet"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Any) -> Path:
    settings.DATA = tmp_path
    return tmp_path


def named(cast: Cast) -> tuple[Partner, Partner]:
    """From now on Lithuania has two partners."""
    said: dict[str, Any] = {"programme": cast.programme, "country": "LT", "by": cast.inga, "now": NOW}
    return add_partner(name=CENTRE, **said), add_partner(name=COLLEGE, **said)


def put(cast: Cast, partner: Partner | None) -> None:
    for member in (cast.neighbours.mentor, cast.neighbours.mentee):
        choose_partner(membership=member, partner=partner, by=cast.inga, now=NOW)


def people(path: Path) -> set[str]:
    return {row[0] for row in table(path, "02-people/people") if row[3]}


def facts(path: Path) -> dict[str, str]:
    return {row[0]: row[1] for row in table(path, "01-frame/programme")}


class TestHowAPartnerIsAskedFor:
    def test_by_reference_name_or_the_country_of_which_it_is_the_only_one(self, cast: Cast) -> None:
        lead, other = partners_of(cast.programme)
        for asked_for in (lead.ref, " lv ", str(lead), cast.organisation.ref):
            assert partner_asked(cast.programme, asked_for) == lead
        assert partner_asked(cast.programme, "LT") == other
        assert partner_asked(cast.programme, "") is None

    def test_where_a_country_has_several_it_says_which_there_are(self, cast: Cast) -> None:
        centre, college = named(cast)
        with pytest.raises(SeveralPartners, match=f"{centre.ref} .{CENTRE}, LT.; {college.ref} .{COLLEGE}"):
            partner_asked(cast.programme, "LT")
        assert partner_asked(cast.programme, COLLEGE) == college

    def test_whoever_is_no_partner_is_told_who_is(self, cast: Cast) -> None:
        with pytest.raises(NoSuchPartner, match=f"{cast.organisation.name}, LV.; .* .Lithuania, LT."):
            partner_asked(cast.programme, "EE")
        with pytest.raises(NoSuchPartner):
            asked(cast, partner=partners_of(cast.elsewhere.programme)[0].ref)


class TestWhatIsInIt:
    def test_two_of_one_country_hold_each_their_own_people(self, cast: Cast, tmp_path: Path) -> None:
        centre, college = named(cast)
        put(cast, college)
        theirs = built(cast, tmp_path / "a.zip", partner=college.ref)
        assert people(theirs) == {cast.neighbours.mentor.ref, cast.neighbours.mentee.ref}
        assert [row[4] for row in table(theirs, "02-people/people") if row[3]] == [COLLEGE, COLLEGE]
        assert [row[0] for row in table(theirs, "05-hours/pairs")] == [cast.neighbours.ref]
        others = built(cast, tmp_path / "b.zip", partner=centre.ref)
        assert not people(others)
        assert "05-hours/pairs.csv" not in names_in(others)

    def test_whoever_belongs_to_none_is_in_none_and_that_is_said(self, cast: Cast, tmp_path: Path) -> None:
        _centre, college = named(cast)
        theirs = built(cast, tmp_path / "a.zip", partner=college.ref)
        assert not people(theirs)
        assert facts(theirs)[LEFT_OUT] == "2"
        whole = built(cast, tmp_path / "b.zip")
        assert cast.neighbours.mentor.ref in people(whole)
        assert [row[4] for row in table(whole, "02-people/people")].count("not chosen yet") == 2
        put(cast, college)
        assert LEFT_OUT not in facts(built(cast, tmp_path / "c.zip"))

    def test_the_frame_names_all_partners(self, cast: Cast, tmp_path: Path) -> None:
        named(cast)
        rows = table(built(cast, tmp_path / "a.zip"), "01-frame/partners")
        assert [row[1:] for row in rows] == [
            [cast.organisation.name, "Latvia", "x"],
            [CENTRE, "Lithuania", ""],
            [COLLEGE, "Lithuania", ""],
        ]

    def test_the_same_state_gives_the_same_bytes(self, cast: Cast, tmp_path: Path) -> None:
        _centre, college = named(cast)
        put(cast, college)
        first, second = (built(cast, tmp_path / name, partner=college.ref) for name in ("a.zip", "b.zip"))
        assert first.read_bytes() == second.read_bytes()
        assert verify(first).files

    def test_figures_of_a_country_are_a_partners_only_where_it_is_alone_there(self, cast: Cast) -> None:
        """An answer bears a country and no partner: of one of two nobody can tell."""
        programme = programme_of(cast)
        assert Reach(programme, "en", partner=partners_of(programme)[1]).country == "LT"
        _centre, college = named(cast)
        assert Reach(programme_of(cast), "en", partner=college).country is None


class TestOldOnes:
    def test_one_of_a_country_stays_readable_and_verifiable(self, cast: Cast) -> None:
        made = ready(cast, partner="LT")
        Dossier.objects.filter(pk=made.pk).update(of_partner=None, partner="LT")
        old = Dossier.objects.get(pk=made.pk)
        named(cast)
        assert old.partner_name == "Lithuania"
        assert verify(kept_at(old.ref), expected=old.sha256).files == old.files

    def test_one_that_still_waits_is_of_the_partner_of_its_country(self, cast: Cast) -> None:
        made = asked(cast)
        Dossier.objects.filter(pk=made.pk).update(partner="LT")
        assert Reach.of(Dossier.objects.get(pk=made.pk)).partner == partners_of(cast.programme)[1]

    def test_a_new_one_bears_the_name_that_the_partner_had(self, cast: Cast) -> None:
        _centre, college = named(cast)
        made = asked(cast, partner=college.ref)
        assert (made.of_partner, made.partner_name) == (college, COLLEGE)
        Partner.objects.filter(pk=college.pk).update(name="Kolegija")
        assert Dossier.objects.get(pk=made.pk).partner_name == COLLEGE
