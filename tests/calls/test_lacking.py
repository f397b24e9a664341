"""Which interests lack a mentor, counted in places and by country, and the call for exactly those."""

import pytest
from django.utils import translation

from tests import make
from tests.calls.conftest import sent
from tests.make import NOW
from tests.visits import counted
from varpa.calls.lacking import Lacking, Sums, calls_for, lacking, lacking_now
from varpa.pairs.actions.pairs import answer_proposal
from varpa.pairs.models import Pair
from varpa.programmes.actions.programmes import take_step
from varpa.programmes.models import Membership, MembershipState, Programme, Role

pytestmark = pytest.mark.django_db


def many(programme: Programme, *people: tuple[str, str, list[str]], places: int = 1) -> None:
    for role, country, codes in people:
        address = f"p{len(str(people))}{role}{country}{'-'.join(codes)}@x.example"
        said = {"capacity": places} if role == "mentor" else {}
        sent(
            programme,
            role,
            name=f"{role} {country}",
            address=address,
            country=country,
            interests=codes,
            **said,
        )


def told(found: Lacking) -> list[tuple[str, int, int]]:
    return [(each.sector.code, each.wanted, each.places) for each in found.lacks]


def test_what_lacks_a_mentor(programme: Programme) -> None:
    many(
        programme,
        ("mentee", "LV", ["10.71", "62"]),
        ("mentee", "LT", ["10.71"]),
        ("mentee", "LT", []),
        ("mentor", "LT", ["62"]),
    )
    found = lacking(programme)
    assert told(found) == [("10.71", 2, 0)]
    assert found.lacks[0].countries == [Sums("LT", 1, 0), Sums("LV", 1, 0)]
    assert (found.mentees, found.mentors, found.places) == (3, 1, 1)
    assert (found.wishing, found.untold) == (2, 1)


def test_one_place_does_not_answer_two_wishes(programme: Programme) -> None:
    wishes = [("mentee", "LV", ["10.71"]), ("mentee", "LT", ["10.71"]), ("mentee", "LV", ["10.71", "62"])]
    many(programme, *wishes, ("mentor", "LV", ["10.71"]))
    assert told(lacking(programme)) == [("10.71", 3, 1), ("62", 1, 0)]
    many(programme, ("mentor", "LT", ["10"]), places=2)
    assert told(lacking(programme)) == [("62", 1, 0)]


def test_in_a_country_the_places_there_are_counted(programme: Programme) -> None:
    many(programme, ("mentee", "LV", ["10.71"]), ("mentee", "LV", ["62"]), ("mentee", "LT", ["62"]))
    many(programme, ("mentor", "LT", ["62"]), places=3)
    assert told(lacking(programme)) == [("10.71", 1, 0)]
    here = lacking(programme, "LV")
    assert told(here) == [("10.71", 1, 0), ("62", 1, 0)]
    assert [each.abroad for each in here.lacks] == [[], [Sums("LT", 1, 3)]]
    assert (here.mentees, here.mentors, here.places, here.wishing) == (2, 0, 0, 2)
    assert told(lacking(programme, "LT")) == []


def proposed(programme: Programme, mentee: str, mentor: str) -> Pair:
    """A pair of two who are accepted, each known by the interest."""
    sides = {}
    for role, code in ((Role.MENTEE, mentee), (Role.MENTOR, mentor)):
        found = Membership.objects.filter(programme=programme, role=role)
        sides[role] = next(each for each in found if code in each.participation.interests)
        Membership.objects.filter(pk=sides[role].pk).update(state=MembershipState.ACCEPTED)
        sides[role].refresh_from_db()
    return make.pair(sides[Role.MENTOR], sides[Role.MENTEE], active=False)


def test_a_place_that_a_pair_holds_is_no_longer_there(programme: Programme) -> None:
    """Nor does whoever has a mentor lack one; when the pair ends, both count again."""
    many(programme, ("mentee", "LV", ["10.71"]), ("mentee", "LT", ["62"]), ("mentor", "LV", ["10.71", "62"]))
    before = lacking(programme)
    assert (told(before), before.mentees, before.places) == ([], 2, 1)
    pair = proposed(programme, "10.71", "62")
    found = lacking(programme)
    assert told(found) == [("62", 1, 0)]
    assert (found.mentees, found.mentors, found.places, found.wishing) == (1, 1, 0, 1)
    answer_proposal(pair=pair, yes=False, by=pair.mentor.person, now=NOW)
    assert (told(lacking(programme)), lacking(programme).places) == ([], 1)


def test_of_several_places_those_that_are_left_count(programme: Programme) -> None:
    many(programme, ("mentor", "LV", ["62"]), places=3)
    many(programme, ("mentee", "LV", ["62"]), ("mentee", "LT", ["62"]))
    proposed(programme, "62", "62")
    found = lacking(programme)
    assert (found.mentees, found.places) == (1, 2)


def test_whose_cooperation_is_completed_lacks_no_mentor(programme: Programme) -> None:
    many(programme, ("mentee", "LV", ["62"]), ("mentor", "LV", ["62"]), ("mentor", "LV", ["10.71"]))
    pair = proposed(programme, "62", "62")
    Pair.objects.filter(pk=pair.pk).update(state="ended", outcome="completed", ended_at=NOW)
    assert (lacking(programme).mentees, lacking(programme).places) == (0, 2)


def test_it_is_counted_anew_once_a_pair_is_proposed(programme: Programme) -> None:
    many(programme, ("mentee", "LV", ["62"]), ("mentee", "LT", ["62"]), ("mentor", "LV", ["62"]))
    assert lacking_now(programme, NOW, "").mentees == 2
    proposed(programme, "62", "62")
    assert lacking_now(programme, NOW, "").mentees == 1


def test_near_is_near_enough_far_is_not(programme: Programme) -> None:
    many(programme, ("mentee", "LV", ["10.71"]), ("mentor", "LV", ["10"]))
    assert lacking(programme).lacks == []
    many(programme, ("mentee", "LT", ["45.2"]))
    assert told(lacking(programme)) == [("45.2", 1, 0)]


def test_a_whole_section_is_answered_by_whoever_is_in_it_and_the_other_way_round(
    programme: Programme,
) -> None:
    many(programme, ("mentee", "LV", ["C"]), ("mentee", "LV", ["01"]))
    many(programme, ("mentor", "LV", ["16"]), ("mentor", "LV", ["A"]))
    assert lacking(programme).lacks == []


def test_what_lacks_a_mentor_is_counted_anew_once_the_programme_changes(programme: Programme) -> None:
    many(programme, ("mentee", "LV", ["10.71"]))
    assert [each.wanted for each in lacking_now(programme, NOW, "").lacks] == [1]
    assert lacking_now(programme, NOW, "LT").lacks == []
    many(programme, ("mentee", "LT", ["10.71"]))
    take_step(programme=programme, step="run", by=None, now=NOW)
    assert [each.wanted for each in lacking_now(programme, NOW, "").lacks] == [2]
    assert [each.wanted for each in lacking_now(programme, NOW, "LT").lacks] == [1]


def test_the_call_names_exactly_those_in_three_languages(programme: Programme) -> None:
    many(programme, ("mentee", "LV", ["10.71", "62"]), ("mentor", "LT", ["62"]))
    found = lacking(programme)
    with translation.override("lv"):
        texts = {code: text for code, _name, text in calls_for(programme, found, NOW)}
    for code, text in texts.items():
        name = getattr(found.lacks[0].sector.name, code)
        assert f"– {name}" in text
        assert text.count("– ") == 1
        assert f"/call/{programme.ref}/?language={code}" in text
    assert "Meklējam" in texts["lv"]
    assert "Ieškome" in texts["lt"]


def test_the_call_counts_those_whom_the_list_counts(programme: Programme) -> None:
    """Somebody whose other interest has a place wishes for this one all the same."""
    many(
        programme,
        ("mentee", "LV", ["10.71", "62"]),
        ("mentee", "LV", ["10.71"]),
        ("mentee", "LT", ["10.71"]),
        ("mentor", "LV", ["62"]),
    )
    everywhere, here = lacking(programme), lacking(programme, "LV")
    assert (told(everywhere), everywhere.wishing) == ([("10.71", 3, 0)], 3)
    assert (told(here), here.wishing) == ([("10.71", 2, 0)], 2)
    texts = {code: text for code, _name, text in calls_for(programme, here, NOW)}
    assert "from these fields: 2" in texts["en"]
    assert "Latvia" in texts["en"]
    assert "Latvija" in texts["lv"]
    assert "Latvia" not in {code: text for code, _name, text in calls_for(programme, everywhere, NOW)}["en"]


def test_counting_asks_two_questions_a_role(programme: Programme) -> None:
    many(programme, ("mentee", "LV", ["10.71"]))
    with counted() as few:
        lacking(programme)
    many(programme, *(("mentee", "LT", [code]) for code in ("01", "02", "16", "45.2", "62")))
    with counted() as more:
        lacking(programme)
    assert len(few) == len(more) == 4
