"""Two rows become one human: what moves, what is refused, and everything as it was once it is undone."""

from datetime import timedelta
from typing import Any

import pytest

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.merges.conftest import BORN, put, rows, without_growth
from varpa.applications.actions.talks import add_note, ask_for_talk
from varpa.duplicates.actions import say_different
from varpa.guardians.models import Guardian, GuardianAnswer, GuardianLink
from varpa.history.models import Line
from varpa.history.queries import lines_of
from varpa.kernel.refs import new_ref
from varpa.kernel.states import AlreadyMoved
from varpa.matching.models import Choice, ChoiceKind, Run
from varpa.merges import fields
from varpa.merges.actions import hindrances as against
from varpa.merges.actions import merging as actions
from varpa.merges.journal import NoLongerSo
from varpa.merges.models import Merge
from varpa.notices.models import Device
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.people.queries import by_address
from varpa.post import habits
from varpa.post.models import Habit, Letter, Unsubscribed
from varpa.programmes.actions.memberships import add_member, change_member, decide
from varpa.programmes.actions.participation import say_participation
from varpa.programmes.actions.permissions import record_permission, withdraw_permission
from varpa.programmes.models import (
    Membership,
    MembershipState,
    Participation,
    Permission,
    PermissionKind,
    Receipt,
    Role,
    Screening,
)

pytestmark = pytest.mark.django_db


def signed_in(person: Person, *, after: timedelta = timedelta()) -> None:
    Person.objects.filter(pk=person.pk).update(last_login=NOW + after)


def never_paired(cast: Cast) -> None:
    """Andris and Elīna have not begun: by the address of one nobody reads words of the other."""
    Pair.objects.filter(pk=cast.pair.pk).update(active_at=None)


def busy(cast: Cast, second: Membership) -> None:
    """Much hangs on both entries."""
    for membership in (cast.mentee, second):
        add_note(membership=membership, text="Runāja skolā.", ref=new_ref(), by=cast.inga, now=NOW)
        told: dict[str, Any] = {"membership": membership, "day": None, "now": NOW, "by": cast.inga}
        for kind in (PermissionKind.TAKING_PART, PermissionKind.VISIT):
            record_permission(kind=kind, guardian="Ilze Bērziņa", scan=None, **told)
    ask_for_talk(membership=second, words="Parunāsim.", times="", asked=new_ref(), by=cast.inga, now=NOW)
    decide(membership=second, step="accept", by=cast.inga, now=NOW)
    Unsubscribed.objects.create(person=second.person_id, kind="meetings.topics", at=NOW)
    for membership in (cast.mentee, second):
        Receipt.objects.create(membership=membership, document="mentee", at=NOW)
        guardian = Guardian.objects.create(
            membership=membership, name="Ilze", address="ilze@x.example", language="lv", by=cast.inga, at=NOW
        )
        GuardianLink.objects.create(guardian=guardian, digest=membership.ref, at=NOW, expires_at=NOW)
        GuardianAnswer.objects.create(guardian=guardian, kind="visit", given=True, at=NOW)


@pytest.mark.parametrize("kind", [ChoiceKind.FORBID, ChoiceKind.VETO])
@pytest.mark.parametrize("turned", [False, True])
def test_who_is_kept_apart_under_one_name_is_not_decided_for_under_the_other(
    cast: Cast, second: Membership, kind: str, turned: bool
) -> None:
    both = (second, cast.mentee) if turned else (cast.mentee, second)
    for one, what in zip(both, (ChoiceKind.LOCK, kind), strict=True):
        Choice.objects.create(programme=cast.programme, kind=what, mentee=one, mentor=cast.mentor, at=NOW)
    made = put(cast, cast.elina, second.person)
    (stands,) = Choice.objects.filter(undone_at=None)
    assert (stands.kind, stands.mentee) == (kind, cast.mentee)
    actions.undo(merge=made, by=cast.inga, now=NOW)
    assert set(Choice.objects.filter(undone_at=None).values_list("kind", "mentee")) == {
        (ChoiceKind.LOCK, both[0].pk),
        (kind, both[1].pk),
    }


class TestMerging:
    def test_all_hangs_on_who_stays(self, cast: Cast, second: Membership) -> None:
        busy(cast, second)
        made = put(cast, second.person, cast.elina)
        assert (made.kept, made.gone) == (cast.elina, second.person)
        assert list(Membership.objects.filter(person=cast.elina)) == [cast.mentee]
        assert not Membership.objects.filter(pk=second.pk).exists()
        assert cast.mentee.notes.count() == 2
        assert Permission.objects.filter(membership=cast.mentee, withdrawn_at=None).count() == 2
        assert cast.mentee.interviews.count() == 1
        assert Unsubscribed.objects.get().person == cast.elina.pk
        guardian = Guardian.objects.get(membership=cast.mentee, withdrawn_at=None)
        assert (guardian.links.count(), guardian.answers.count()) == (2, 2)
        assert lines_of(cast.mentee).filter(verb="membership.note").count() == 2
        assert Line.objects.filter(verb="membership.merge", thing_ref=cast.mentee.ref).count() == 1

    def test_who_goes_keeps_a_name_and_nothing_else(self, cast: Cast, second: Membership) -> None:
        put(cast, cast.elina, second.person)
        gone = Person.objects.get(pk=second.person_id)
        assert (gone.name, gone.email, gone.is_active) == ("BERZINA Elina", None, False)
        assert by_address("elina.b@skola.example") is None

    def test_what_only_one_has_told_stays(self, cast: Cast, second: Membership) -> None:
        put(cast, cast.elina, second.person)
        cast.mentee.refresh_from_db()
        assert (cast.mentee.place, cast.mentee.topic) == ("Ģimnāzija", "Keramikas darbnīca")
        assert "gimnazija" in cast.mentee.search_text
        assert Participation.objects.get(membership=cast.mentee).region == "Jelgava"

    def test_nothing_that_was_told_in_an_application_is_forgotten(
        self, cast: Cast, second: Membership
    ) -> None:
        said = {"wishes": "Podnieks Cēsīs", "experience": "Gadatirgi", "computer": "phone"}
        say_participation(membership=second, said=said, by=None, now=NOW)
        put(cast, cast.elina, second.person)
        kept = Participation.objects.get(membership=cast.mentee)
        assert {name: getattr(kept, name) for name in said} == said
        told = {field.name for field in Participation._meta.fields} - {"id", "membership"}
        assert told == {*Participation.SAID, *fields.FILLED}

    def test_where_both_have_told_one_chooses(self, cast: Cast, second: Membership) -> None:
        change_member(membership=second, changes={"topic": "Bites"}, by=None, now=NOW)
        say_participation(membership=cast.mentee, said={"region": "Rīga"}, by=None, now=NOW)
        never_paired(cast)
        ref = cast.mentee.ref
        choices = {"name": "other", "email": "other", f"{ref}.topic": "other", f"{ref}.region": "stays"}
        put(cast, cast.elina, second.person, choices=choices)
        kept = Membership.objects.select_related("person", "participation").get(pk=cast.mentee.pk)
        assert (kept.person.name, kept.person.email) == ("BERZINA Elina", "elina.b@skola.example")
        assert (kept.topic, kept.participation.region) == ("Bites", "Rīga")
        assert kept.search_text.startswith("berzina elina")

    def test_whoever_came_further_stays_in(self, cast: Cast, second: Membership) -> None:
        """The newer row of the person may hold the older membership, and the other way round."""
        declined = make.person("Elīna Bērziņa", "e@x.example", born=BORN)
        first = add_member(programme=cast.programme, person=declined, role=Role.MENTEE, by=None, now=NOW)
        decide(membership=first, step="decline", by=None, now=NOW)
        Person.objects.filter(pk=declined.pk).update(last_login=NOW)
        put(cast, declined, second.person)
        assert Membership.objects.get(person=declined).pk == second.pk
        assert Membership.objects.get(pk=second.pk).state == MembershipState.APPLIED

    def test_memberships_of_other_programmes_go_along(self, cast: Cast, second: Membership) -> None:
        other = make.programme(cast.organisation)
        earlier = add_member(programme=other, person=second.person, role=Role.MENTEE, by=None, now=NOW)
        put(cast, cast.elina, second.person, by=cast.dace)
        earlier.refresh_from_db()
        assert earlier.person == cast.elina

    def test_who_signed_in_keeps_the_own_address(self, cast: Cast, second: Membership) -> None:
        never_paired(cast)
        signed_in(second.person)
        made = put(cast, cast.elina, second.person, choices={"email": "other"})
        assert made.kept == second.person
        assert Person.objects.get(pk=second.person_id).email == "elina.b@skola.example"

    def test_the_person_is_told_at_both_addresses(self, cast: Cast, second: Membership) -> None:
        put(cast, cast.elina, second.person)
        told = Letter.objects.filter(kind="merges.merged").values_list("to_address", flat=True)
        assert set(told) == {"elina@varpa.example", "elina.b@skola.example"}

    def test_the_pairs_of_one_mentor_get_places_of_their_own(self, cast: Cast) -> None:
        twin = make.person("Ozols Andris", "a.ozols@x.example")
        mentor = make.member(cast.programme, twin, Role.MENTOR)
        mentee = make.member(cast.programme, make.person("Jānis", "j@x.example"), Role.MENTEE)
        other = make.pair(mentor, mentee, active=False)
        with pytest.raises(against.TooManyPairs):
            put(cast, cast.andris, twin)
        say_participation(membership=cast.mentor, said={"capacity": 2}, by=None, now=NOW)
        put(cast, cast.andris, twin)
        places = Pair.objects.filter(mentor=cast.mentor).order_by("place").values_list("pk", "place")
        assert list(places) == [(cast.pair.pk, 1), (other.pk, 2)]

    def test_the_newer_result_of_screening_stands(self, cast: Cast) -> None:
        twin = make.person("Ozols Andris", "a.ozols@x.example")
        mentor = add_member(programme=cast.programme, person=twin, role=Role.MENTOR, by=None, now=NOW)
        given: dict[str, Any] = {"at": NOW, "by": cast.inga}
        Screening.objects.create(membership=cast.mentor, passed=True, day=NOW.date() - timedelta(9), **given)
        Screening.objects.create(membership=mentor, passed=False, day=NOW.date(), **given)
        put(cast, cast.andris, twin)
        assert Screening.objects.get(membership=cast.mentor, replaced_at=None).passed is False

    def test_two_clicks_merge_once(self, cast: Cast, second: Membership) -> None:
        ref = new_ref()
        one = put(cast, cast.elina, second.person, ref=ref)
        assert put(cast, cast.elina, second.person, ref=ref) == one
        assert Merge.objects.count() == 1


class TestRefusals:
    def test_of_whoever_is_put_together_already(self, cast: Cast, second: Membership) -> None:
        put(cast, cast.elina, second.person)
        with pytest.raises(against.OnlyOne):
            put(cast, cast.elina, second.person)
        with pytest.raises(against.OnlyOne):
            put(cast, cast.elina, cast.elina)

    def test_of_what_has_changed_since_it_was_shown(self, cast: Cast, second: Membership) -> None:
        with pytest.raises(actions.ChangedSince):
            put(cast, cast.elina, second.person, mark="older")
        assert Membership.objects.filter(pk=second.pk).exists()

    @pytest.mark.parametrize("who", ["inga", "dace"])
    def test_of_whoever_runs_a_programme(self, cast: Cast, second: Membership, who: str) -> None:
        with pytest.raises(against.IsStaff):
            put(cast, getattr(cast, who), second.person)

    def test_of_whoever_is_in_a_programme_of_others(self, cast: Cast, second: Membership) -> None:
        other = make.programme(cast.organisation)
        add_member(programme=other, person=second.person, role=Role.MENTEE, by=None, now=NOW)
        with pytest.raises(against.ElsewhereToo):
            put(cast, cast.elina, second.person)

    def test_of_two_who_have_both_signed_in(self, cast: Cast, second: Membership) -> None:
        signed_in(cast.elina)
        signed_in(second.person)
        with pytest.raises(against.BothSignedIn):
            put(cast, cast.elina, second.person)

    def test_of_a_mentor_and_a_mentee(self, cast: Cast) -> None:
        with pytest.raises(against.BothRoles):
            put(cast, cast.andris, cast.gabija)

    def test_of_two_who_both_have_a_mentor(self, cast: Cast) -> None:
        with pytest.raises(against.TwoPairs):
            put(cast, cast.elina, cast.gabija)

    def test_of_two_locked_with_different_mentors(self, cast: Cast, second: Membership) -> None:
        other = Membership.objects.get(person=cast.rimantas)
        for mentee, mentor in ((cast.mentee, cast.mentor), (second, other)):
            Choice.objects.create(
                programme=cast.programme, kind=ChoiceKind.LOCK, mentee=mentee, mentor=mentor, at=NOW
            )
        with pytest.raises(against.TwoLocks):
            put(cast, cast.elina, second.person)

    def test_where_a_guardian_said_yes_to_one_and_no_to_the_other(
        self, cast: Cast, second: Membership
    ) -> None:
        about: dict[str, Any] = {"kind": PermissionKind.VISIT, "by": cast.inga, "now": NOW}
        for membership in (cast.mentee, second):
            record_permission(membership=membership, guardian="Ilze", day=None, scan=None, **about)
        withdraw_permission(membership=second, **about)
        with pytest.raises(against.PermissionsContradict):
            put(cast, cast.elina, second.person)

    def test_while_matching_is_at_work(self, cast: Cast, second: Membership) -> None:
        Run.objects.create(programme=cast.programme, asked_at=NOW)
        with pytest.raises(against.MatchingGoes):
            put(cast, cast.elina, second.person)

    def test_of_an_address_that_would_open_what_a_pair_wrote(self, cast: Cast, second: Membership) -> None:
        """Elīna has never signed in: who has the other address would read what Andris wrote."""
        with pytest.raises(against.AddressOfAPair):
            put(cast, cast.elina, second.person, choices={"email": "other"})
        put(cast, cast.elina, second.person)
        assert Person.objects.get(pk=cast.elina.pk).email == "elina@varpa.example"

    def test_of_whoever_came_in_with_another_address(self, cast: Cast, second: Membership) -> None:
        signed_in(second.person)
        with pytest.raises(against.AddressOfAPair):
            put(cast, cast.elina, second.person)

    def test_of_an_address_for_somebody_of_a_pair_who_has_none(self, cast: Cast, second: Membership) -> None:
        Person.objects.filter(pk=cast.elina.pk).update(email=None)
        with pytest.raises(against.AddressOfAPair):
            put(cast, cast.elina, second.person)

    def test_of_two_who_are_said_to_be_two(self, cast: Cast, second: Membership) -> None:
        say_different(programme=cast.programme, one=second.person, other=cast.elina, by=cast.inga, now=NOW)
        with pytest.raises(against.SaidDifferent):
            put(cast, cast.elina, second.person)


class TestUndoing:
    def test_everything_is_as_it_was(self, cast: Cast, second: Membership) -> None:
        busy(cast, second)
        never_paired(cast)
        change_member(membership=second, changes={"topic": "Bites"}, by=None, now=NOW)
        before = rows()
        ref = cast.mentee.ref
        made = put(
            cast,
            cast.elina,
            second.person,
            choices={"name": "other", "email": "other", f"{ref}.topic": "other"},
        )
        assert without_growth(before, rows()) != before
        actions.undo(merge=made, by=cast.inga, now=NOW + timedelta(days=29))
        assert without_growth(before, rows()) == before

    def test_everything_of_a_mentor_is_as_it_was(self, cast: Cast) -> None:
        twin = make.person("Ozols Andris", "a.ozols@x.example")
        signed_in(twin)
        never_paired(cast)
        mentor = make.member(cast.programme, twin, Role.MENTOR)
        make.pair(mentor, make.member(cast.programme, make.person("Jānis", "j@x.example"), Role.MENTEE))
        say_participation(membership=mentor, said={"capacity": 3}, by=None, now=NOW)
        before = rows()
        made = put(cast, cast.andris, twin)
        assert made.kept == twin
        actions.undo(merge=made, by=cast.inga, now=NOW)
        assert without_growth(before, rows()) == before

    def test_twice_is_refused(self, cast: Cast, second: Membership) -> None:
        made = put(cast, cast.elina, second.person)
        actions.undo(merge=made, by=cast.inga, now=NOW)
        with pytest.raises(AlreadyMoved):
            actions.undo(merge=made, by=cast.inga, now=NOW)
        assert Line.objects.filter(verb="membership.unmerge").count() == 1

    def test_the_two_can_be_put_together_again(self, cast: Cast, second: Membership) -> None:
        actions.undo(merge=put(cast, cast.elina, second.person), by=cast.inga, now=NOW)
        put(cast, cast.elina, second.person)
        assert Merge.objects.count() == 2

    def test_what_the_person_has_written_since_stays(self, cast: Cast, second: Membership) -> None:
        made = put(cast, cast.elina, second.person, choices={"name": "other"})
        Person.objects.filter(pk=cast.elina.pk).update(name="Elīna Liepa")
        actions.undo(merge=made, by=cast.inga, now=NOW)
        assert Person.objects.get(pk=cast.elina.pk).name == "Elīna Liepa"

    def test_after_a_month_is_refused(self, cast: Cast, second: Membership) -> None:
        made = put(cast, cast.elina, second.person)
        with pytest.raises(actions.TooLate):
            actions.undo(merge=made, by=cast.inga, now=NOW + timedelta(days=31))

    def test_after_something_new_was_written_is_refused(self, cast: Cast, second: Membership) -> None:
        made = put(cast, cast.elina, second.person)
        add_note(membership=cast.mentee, text="Jauna.", ref=new_ref(), by=cast.inga, now=NOW)
        with pytest.raises(actions.WrittenSince):
            actions.undo(merge=made, by=cast.inga, now=NOW)

    def test_after_signing_in_with_the_other_address_is_refused(self, cast: Cast, second: Membership) -> None:
        never_paired(cast)
        made = put(cast, cast.elina, second.person, choices={"email": "other"})
        signed_in(cast.elina, after=timedelta(hours=1))
        with pytest.raises(actions.SignedInSince):
            actions.undo(merge=made, by=cast.inga, now=NOW + timedelta(days=1))

    def test_after_a_further_merge_is_refused(self, cast: Cast, second: Membership) -> None:
        never_paired(cast)
        third = make.person("Elīna Bērziņa", "third@x.example", born=BORN)
        earlier = make.programme(cast.organisation)
        add_member(programme=earlier, person=third, role=Role.MENTEE, by=None, now=NOW)
        moved = add_member(
            programme=make.programme(cast.organisation),
            person=second.person,
            role=Role.MENTEE,
            by=None,
            now=NOW,
        )
        first = put(cast, cast.elina, second.person, by=cast.dace)
        signed_in(third)
        put(cast, cast.elina, third, by=cast.dace)
        moved.refresh_from_db()
        assert moved.person == third
        with pytest.raises(NoLongerSo):
            actions.undo(merge=first, by=cast.dace, now=NOW)

    def test_where_the_address_has_another_owner_is_refused(self, cast: Cast, second: Membership) -> None:
        made = put(cast, cast.elina, second.person)
        make.person("Cita Elīna", "elina.b@skola.example")
        with pytest.raises(actions.AddressInUse):
            actions.undo(merge=made, by=cast.inga, now=NOW)
        assert Merge.objects.get().state == "done"


def test_the_devices_of_both_are_counted_together(cast: Cast, second: Membership) -> None:
    for number, person in enumerate((cast.elina, second.person)):
        habits.count_devices(person_id=person.pk, devices=1, now=NOW)
        device_of(person, f"browser{number}")
    before = rows()
    merged = put(cast, cast.elina, second.person)
    assert Habit.objects.get(person=merged.kept_id).devices == 2
    actions.undo(merge=merged, by=cast.inga, now=NOW)
    assert without_growth(before, rows()) == before


def device_of(person: Person, endpoint: str) -> Device:
    return Device.objects.create(
        person=person, name="Firefox", endpoint=endpoint, endpoint_hash=endpoint, added_at=NOW
    )
