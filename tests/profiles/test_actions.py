"""The mentee writes, the mentor approves the facts, both decide whether others read it (S12)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.make import NOW
from tests.profiles.conftest import WORDS, approve, write
from varpa.history.models import Line
from varpa.kernel.merging import Conflict
from varpa.kernel.refs import new_ref
from varpa.kernel.states import AlreadyMoved
from varpa.pairs.actions.pairs import NotOneOfTheTwo, PairRests, pause_pair
from varpa.post.models import Letter
from varpa.profiles.actions import parts, profiles
from varpa.profiles.models import Approval, Correction, Part, Profile, ProfileState, Publishing
from varpa.profiles.queries import gallery, published, rows_of

pytestmark = pytest.mark.django_db


def lines(verb: str) -> int:
    return Line.objects.filter(verb=f"profile.{verb}").count()


def state(profile: Profile) -> str:
    return Profile.objects.get(pk=profile.pk).state


def letters(kind: str) -> int:
    return Letter.objects.filter(kind=f"profiles.{kind}").count()


def test_begun_twice_it_is_one_profile(cast: Cast, profile: Profile) -> None:
    again = profiles.begin_profile(pair=cast.pair, company="Cits", by=cast.elina, now=NOW)
    assert (again, again.company, lines("begin")) == (profile, "Māls un uguns", 1)


def test_a_company_needs_a_name(cast: Cast) -> None:
    with pytest.raises(profiles.NamelessCompany):
        profiles.begin_profile(pair=cast.pair, company=" ", by=cast.elina, now=NOW)


def mentees(profile: Profile, cast: Cast) -> list[Callable[[], object]]:
    """What only the mentee does, done by the mentor."""
    by: dict[str, Any] = {"by": cast.andris, "now": NOW}
    return [
        lambda: profiles.begin_profile(pair=cast.pair, company="Mans", **by),
        lambda: write(profile, cast, "Mans teksts", revision=1, **by),
        lambda: profiles.name_company(profile=profile, company="Cits", revision=0, by=cast.andris, now=NOW),
        lambda: profiles.finish_profile(profile=profile, by=cast.andris, now=NOW),
        lambda: profiles.rework_profile(profile=profile, by=cast.andris, now=NOW),
    ]


def test_the_mentor_writes_by_no_action(cast: Cast, profile: Profile, part: Part) -> None:
    for act in mentees(profile, cast):
        before = Line.objects.count()
        with pytest.raises(profiles.OnlyTheMentee):
            act()
        assert Line.objects.count() == before
    assert Part.objects.get().text == WORDS


def test_the_mentee_approves_nothing(cast: Cast, profile: Profile, part: Part) -> None:
    by = {"by": cast.elina, "now": NOW}
    for act in (
        lambda: approve(profile, cast, **by),
        lambda: parts.take_approval_back(profile=profile, key="activity", by=cast.elina, now=NOW),
        lambda: parts.keep_back(profile=profile, key="activity", kept=True, by=cast.elina, now=NOW),
        lambda: parts.correct_part(profile=profile, key="activity", text="Nē", by=cast.elina, now=NOW),
    ):
        with pytest.raises(profiles.OnlyTheMentor):
            act()


@pytest.mark.parametrize("name", ["inga", "dace", "rimantas", "zane"])
def test_nobody_else_does_anything(cast: Cast, profile: Profile, part: Part, name: str) -> None:
    person = getattr(cast, name)
    for act in (
        lambda: write(profile, cast, "Mans", revision=1, by=person),
        lambda: approve(profile, cast, by=person),
        lambda: profiles.agree_to_publish(profile=profile, by=person, now=NOW),
        lambda: profiles.take_publishing_back(profile=profile, by=person, now=NOW),
    ):
        with pytest.raises(NotOneOfTheTwo):
            act()


def test_while_the_pair_rests_nothing_is_written_or_approved(
    cast: Cast, profile: Profile, part: Part
) -> None:
    pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
    for act in (
        lambda: write(profile, cast, "Vēl", revision=1),
        lambda: approve(profile, cast),
        lambda: parts.correct_part(profile=profile, key="activity", text="Nē", by=cast.andris, now=NOW),
        lambda: profiles.finish_profile(profile=profile, by=cast.elina, now=NOW),
    ):
        with pytest.raises(PairRests):
            act()


def test_only_parts_of_the_outline(cast: Cast, profile: Profile) -> None:
    with pytest.raises(parts.NoSuchPart):
        write(profile, cast, WORDS, key="gossip")


def test_where_it_is_from_stands_in_one_order(cast: Cast, profile: Profile) -> None:
    write(profile, cast, WORDS, sources=["published", "said", "junk"])
    assert Part.objects.get().sources == ["said", "published"]


def test_writing_the_same_twice_is_one_line(cast: Cast, profile: Profile, part: Part) -> None:
    write(profile, cast, WORDS)
    assert (lines("write"), Part.objects.get().revision) == (1, 1)


def test_two_devices_lose_no_word(cast: Cast, profile: Profile, part: Part) -> None:
    with pytest.raises(Conflict) as told:
        write(profile, cast, "No telefona", revision=0)
    assert told.value.stored == {"text": WORDS}


def test_an_empty_profile_is_not_finished(cast: Cast, profile: Profile) -> None:
    with pytest.raises(profiles.NothingWritten):
        profiles.finish_profile(profile=profile, by=cast.elina, now=NOW)


def test_finished_once(cast: Cast, profile: Profile, part: Part) -> None:
    profiles.finish_profile(profile=profile, by=cast.elina, now=NOW)
    with pytest.raises(AlreadyMoved):
        profiles.finish_profile(profile=profile, by=cast.elina, now=NOW)
    assert (state(profile), lines("finish"), letters("finished")) == ("finished", 1, 1)


def test_approved_once_all_that_is_written_is(cast: Cast, profile: Profile, part: Part) -> None:
    write(profile, cast, "Sākās garāžā.", key="history")
    profiles.finish_profile(profile=profile, by=cast.elina, now=NOW)
    approve(profile, cast)
    assert state(profile) == ProfileState.FINISHED
    approve(profile, cast, "history")
    approve(profile, cast, "history")
    assert (state(profile), lines("approve_part"), letters("approved")) == ("approved", 2, 1)


def test_what_was_approved_before_needs_no_asking(cast: Cast, profile: Profile, part: Part) -> None:
    approve(profile, cast)
    assert state(profile) == ProfileState.DRAFTING
    profiles.finish_profile(profile=profile, by=cast.elina, now=NOW)
    assert (state(profile), letters("finished")) == ("approved", 0)


def test_changed_after_approval_it_is_approved_anew(cast: Cast, approved: Profile) -> None:
    write(approved, cast, "Pavisam cits teksts.", revision=1)
    assert state(approved) == ProfileState.FINISHED
    assert [row.state for row in rows_of(approved)][:2] == ["late", "done"]
    write(approved, cast, WORDS, revision=2)
    assert state(approved) == ProfileState.FINISHED
    approve(approved, cast)
    assert state(approved) == ProfileState.APPROVED


def test_the_name_of_the_company_is_approved_with_the_first_part_only_as_it_was_read(
    cast: Cast, profile: Profile, part: Part
) -> None:
    profiles.name_company(profile=profile, company="Krāpnieki SIA", revision=0, by=cast.elina, now=NOW)
    with pytest.raises(profiles.NameChanged):
        approve(profile, cast, named=0)
    assert not Approval.objects.exists()
    assert Profile.objects.get(pk=profile.pk).approved_company == ""
    approve(profile, cast, named=1)
    assert Profile.objects.get(pk=profile.pk).approved_company == "Krāpnieki SIA"


def test_the_first_name_stands_beside_the_button_that_approves_it(
    cast: Cast, profile: Profile, part: Part
) -> None:
    page = f"/profiles/{profile.ref}/parts/activity/"
    client = Client()
    client.force_login(cast.andris)
    said = f"nosaukums ir pareizs: {profile.company}"
    assert said in client.get(page).content.decode()
    approve(profile, cast)
    parts.take_approval_back(profile=profile, key="activity", by=cast.andris, now=NOW)
    assert said not in client.get(page).content.decode()


def test_only_what_was_read_is_approved(cast: Cast, profile: Profile, part: Part) -> None:
    write(profile, cast, "Cits teksts", revision=1)
    with pytest.raises(parts.TextChanged):
        approve(profile, cast, revision=1)
    with pytest.raises(parts.NothingToApprove):
        parts.approve_part(profile=profile, key="history", revision=0, named=0, by=cast.andris, now=NOW)
    assert not Approval.objects.exists()


def test_an_approval_is_taken_back(cast: Cast, approved: Profile) -> None:
    for _again in range(2):
        parts.take_approval_back(profile=approved, key="activity", by=cast.andris, now=NOW)
    assert (state(approved), lines("take_approval_back")) == ("finished", 1)


def test_the_mentee_goes_on_writing(cast: Cast, approved: Profile) -> None:
    profiles.rework_profile(profile=approved, by=cast.elina, now=NOW)
    with pytest.raises(AlreadyMoved):
        profiles.rework_profile(profile=approved, by=cast.elina, now=NOW)
    assert (state(approved), next(row.state for row in rows_of(approved))) == ("drafting", "done")


def test_what_is_not_right(cast: Cast, profile: Profile, part: Part) -> None:
    ref = new_ref()
    asked: dict[str, Any] = {"key": "activity", "ref": ref, "by": cast.andris, "now": NOW}
    said = {**asked, "text": "Trīs tūkstoši"}
    made = parts.correct_part(profile=profile, **said)
    assert parts.correct_part(profile=profile, **said) == made
    assert (lines("correct"), letters("corrected"), Part.objects.get().text) == (1, 1, WORDS)
    for _again in range(2):
        parts.settle_correction(correction=made, by=cast.elina, now=NOW)
    assert lines("settle_correction") == 1
    with pytest.raises(parts.EmptyCorrection):
        parts.correct_part(profile=profile, key="activity", text=" ", by=cast.andris, now=NOW)
    with pytest.raises(profiles.OnlyTheMentee):
        parts.settle_correction(correction=made, by=cast.andris, now=NOW)


def test_approving_settles_what_was_not_right(cast: Cast, profile: Profile, part: Part) -> None:
    parts.correct_part(profile=profile, key="activity", text="Trīs", by=cast.andris, now=NOW)
    approve(profile, cast)
    assert Correction.objects.get().settled_at == NOW


def test_what_is_not_right_is_approved_no_longer(cast: Cast, approved: Profile) -> None:
    for side in (cast.elina, cast.andris):
        profiles.agree_to_publish(profile=approved, by=side, now=NOW)
    assert published(Profile.objects.all()).exists()
    ref = new_ref()
    for _again in range(2):
        said = {"text": "Dibināts 1998. gadā", "by": cast.andris, "now": NOW, "ref": ref}
        parts.correct_part(profile=approved, key="activity", **said)
    assert not published(Profile.objects.all()).exists()
    assert (state(approved), lines("take_approval_back")) == ("finished", 1)
    approve(approved, cast)
    assert published(Profile.objects.all()).exists()


def test_the_mentor_takes_a_word_back_once(cast: Cast, profile: Profile, part: Part) -> None:
    made = parts.correct_part(profile=profile, key="activity", text="Trīs", by=cast.andris, now=NOW)
    with pytest.raises(profiles.OnlyTheMentor):
        parts.withdraw_correction(correction=made, by=cast.elina, now=NOW)
    parts.withdraw_correction(correction=made, by=cast.andris, now=NOW)
    with pytest.raises(AlreadyMoved):
        parts.withdraw_correction(correction=made, by=cast.andris, now=NOW)


def test_published_by_both_or_not_at_all(cast: Cast, approved: Profile) -> None:
    for _again in range(2):
        profiles.agree_to_publish(profile=approved, by=cast.elina, now=NOW)
    assert (list(gallery(cast.programme)), lines("agree_to_publish")) == ([], 1)
    profiles.agree_to_publish(profile=approved, by=cast.andris, now=NOW)
    assert list(gallery(cast.programme)) == [approved]
    for _again in range(2):
        profiles.take_publishing_back(profile=approved, by=cast.andris, now=NOW)
    assert (list(gallery(cast.programme)), lines("take_publishing_back")) == ([], 1)
    assert Publishing.objects.filter(withdrawn_at=None).count() == 1


def test_only_what_is_approved_is_published(cast: Cast, profile: Profile, part: Part) -> None:
    with pytest.raises(profiles.NotApproved):
        profiles.agree_to_publish(profile=profile, by=cast.elina, now=NOW)


def test_a_part_that_changes_leaves_what_is_published(cast: Cast, published: Profile) -> None:
    write(published, cast, "Cits teksts", revision=1)
    assert list(gallery(cast.programme)) == []
    approve(published, cast)
    assert list(gallery(cast.programme)) == [published]


def test_each_takes_back_only_the_own_word_on_publication(cast: Cast, published: Profile) -> None:
    for _again in range(2):
        parts.keep_back(profile=published, key="activity", kept=True, by=cast.andris, now=NOW)
    assert (list(gallery(cast.programme)), lines("keep_back")) == ([], 1)
    parts.keep_back(profile=published, key="history", kept=True, by=cast.andris, now=NOW)
    parts.keep_back(profile=published, key="history", kept=False, by=cast.andris, now=NOW)
    assert [row.is_kept_back for row in rows_of(published)][:2] == [True, True]


def test_taken_back_while_the_pair_rests(cast: Cast, published: Profile) -> None:
    pause_pair(pair=cast.pair, by=cast.inga, now=NOW)
    profiles.take_publishing_back(profile=published, by=cast.elina, now=NOW)
    assert list(gallery(cast.programme)) == []


def test_the_name_of_the_company(cast: Cast, profile: Profile) -> None:
    profiles.name_company(profile=profile, company="Māls", revision=0, by=cast.elina, now=NOW)
    with pytest.raises(Conflict):
        profiles.name_company(profile=profile, company="Uguns", revision=0, by=cast.elina, now=NOW)
    with pytest.raises(profiles.NamelessCompany):
        profiles.name_company(profile=profile, company=" ", revision=1, by=cast.elina, now=NOW)
