"""Photographs in the profile: the mentee's, shown with the firm's word, taken back at any time."""

import io
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests.cast import Cast
from tests.files.samples import picture, upload
from tests.make import NOW
from tests.programmes.conftest import queries, text
from varpa.files.models import File
from varpa.files.refusals import WrongKind
from varpa.history.models import Line
from varpa.kernel import clock
from varpa.kernel.refs import new_ref
from varpa.pairs.actions.pairs import NotOneOfTheTwo, PairRests, dissolve_pair, pause_pair
from varpa.people.models import Person
from varpa.profiles.actions import photographs as actions
from varpa.profiles.actions.parts import NoSuchPart, keep_back, take_approval_back
from varpa.profiles.actions.profiles import OnlyTheMentee, OnlyTheMentor, take_publishing_back
from varpa.profiles.models import FirmWord, Photograph, Profile, ProfileState
from varpa.programmes.actions.permissions import confirm_grown, record_permission, withdraw_permission
from varpa.programmes.pictures import NoPhotographsPermission, NoWords, ShowsOthers

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)


def signed_in(person: Person | None) -> Client:
    client = Client()
    if person:
        client.force_login(person)
    return client


def at(name: str, profile: Profile, *more: str) -> str:
    return reverse(f"profiles:{name}", args=[profile.ref, *more])


def put(profile: Profile, by: Person, *shows: str, **changes: Any) -> Photograph:
    given = {"part": "activity", "about": "Krāsns", "now": LATER, **changes}
    given.setdefault("upload", upload(picture()))
    fresh = Profile.objects.get(pk=profile.pk)
    return actions.add_photograph(profile=fresh, shows=shows, by=by, **given)


def agree(photograph: Photograph, by: Person) -> None:
    actions.approve_photograph(photograph=photograph, by=by, now=LATER)


def minor(cast: Cast, *, photographs: bool) -> None:
    Person.objects.filter(pk=cast.elina.pk).update(born=date(2010, 5, 4))
    for kind in ("taking_part", *(["photographs"] if photographs else [])):
        record_permission(membership=cast.mentee, kind=kind, guardian="Anna", by=cast.inga, now=NOW)


def state(profile: Profile) -> str:
    return Profile.objects.get(pk=profile.pk).state


def images(person: Person, address: str) -> int:
    read = PdfReader(io.BytesIO(signed_in(person).get(address).content))
    return sum(len(page.images) for page in read.pages)


def test_the_mentee_puts_a_photograph_in(cast: Cast, published: Profile) -> None:
    given = {"ref": new_ref(), "about": "Krāsns", "shows": "nobody"}
    client, address = signed_in(cast.elina), at("photographs", published, "activity")
    for _click in range(2):
        answer = client.post(address, {**given, "picture": upload(picture())})
        assert answer.headers["Location"] == address
    made = Photograph.objects.get()
    assert 'alt="Krāsns"' in text(client.get(address))
    for person in (cast.elina, cast.andris):
        page = text(signed_in(person).get(at("part", published, "activity") + "?read=1"))
        assert at("photograph", published, made.ref) in page


def test_the_mentor_and_others_put_none_in(cast: Cast, published: Profile) -> None:
    for person in (cast.andris, cast.inga, cast.dace, cast.rimantas, cast.zane):
        answer = signed_in(person).post(at("photographs", published, "activity"), {"about": "x"})
        assert answer.status_code in (403, 404)
    with pytest.raises(OnlyTheMentee):
        put(published, cast.andris)
    assert not Photograph.objects.exists()


@pytest.mark.parametrize(
    ("shows", "changes", "refusal"),
    [
        (("others",), {}, ShowsOthers),
        ((), {"about": " "}, NoWords),
        ((), {"part": "gossip"}, NoSuchPart),
        ((), {"upload": upload(b"<svg/>", "a.svg")}, WrongKind),
    ],
)
def test_what_is_not_kept(
    cast: Cast, profile: Profile, shows: tuple[str, ...], changes: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        put(profile, cast.elina, *shows, **changes)
    assert not File.objects.exists()


def test_the_page_says_why(cast: Cast, profile: Profile) -> None:
    Person.objects.filter(pk=cast.elina.pk).update(language="en")
    client = signed_in(cast.elina)
    given = {"ref": new_ref(), "about": "Oven", "shows": "others", "picture": upload(picture())}
    shown = text(client.post(at("photographs", profile, "activity"), given))
    assert "Somebody else can be recognised in the picture" in shown
    shown = text(client.post(at("photographs", profile, "activity"), {"ref": new_ref()}))
    assert "Choose a picture or take one." in shown
    assert "Say who can be recognised in the picture." in shown


def test_others_see_it_only_with_the_firms_word(cast: Cast, published: Profile) -> None:
    made = put(published, cast.elina, "mentor")
    address, page = at("photograph", published, made.ref), at("published", published)
    for person in (cast.elina, cast.andris):
        assert signed_in(person).get(address).status_code == 200
    reader = signed_in(cast.rimantas)
    assert reader.get(address).status_code == 404
    assert address not in text(reader.get(page))
    agree(made, cast.andris)
    assert reader.get(address).status_code == 200
    assert 'alt="Krāsns"' in text(reader.get(page))
    assert images(cast.rimantas, at("published_document", published)) == 1
    assert signed_in(cast.tomas).get(address).status_code == 404
    assert signed_in(None).get(address).status_code == 302


def test_the_two_have_it_on_paper_from_the_start(cast: Cast, published: Profile) -> None:
    put(published, cast.elina)
    assert images(cast.andris, at("document", published)) == 1
    assert images(cast.andris, at("published_document", published)) == 0


def test_only_the_mentor_says_the_firms_word(cast: Cast, published: Profile) -> None:
    made = put(published, cast.elina)
    address = at("word", published, made.ref)
    for person in (cast.elina, cast.inga, cast.rimantas):
        assert signed_in(person).post(address, {"approved": "1"}).status_code in (403, 404)
    with pytest.raises(OnlyTheMentor):
        agree(made, cast.elina)
    for _click in range(2):
        assert signed_in(cast.andris).post(address, {"approved": "1"}).status_code == 302
    assert FirmWord.objects.count() == 1
    assert Line.objects.filter(verb="profile.approve_photograph").count() == 1


def test_the_profile_is_approved_once_the_firm_has_said_yes_to_each(cast: Cast, approved: Profile) -> None:
    assert state(approved) == ProfileState.APPROVED
    made = put(approved, cast.elina)
    assert state(approved) == ProfileState.FINISHED
    page = text(signed_in(cast.andris).get(at("profile", approved)))
    assert f'class="button" href="{at("part", approved, "activity")}"' in page
    agree(made, cast.andris)
    assert state(approved) == ProfileState.APPROVED
    actions.take_word_back(photograph=made, by=cast.andris, now=LATER)
    assert state(approved) == ProfileState.FINISHED
    actions.take_photograph_away(photograph=made, by=cast.elina, now=LATER)
    assert state(approved) == ProfileState.APPROVED


def test_the_word_is_taken_back_at_any_time(cast: Cast, published: Profile) -> None:
    made = put(published, cast.elina)
    agree(made, cast.andris)
    dissolve_pair(pair=cast.pair, reason="Pārcelšanās", by=cast.inga, now=LATER)
    reader, address = signed_in(cast.rimantas), at("photograph", published, made.ref)
    assert reader.get(address).status_code == 200
    for _click in range(2):
        assert signed_in(cast.andris).post(at("word", published, made.ref)).status_code == 302
    assert reader.get(address).status_code == 404
    assert address not in text(reader.get(at("published", published)))
    assert images(cast.rimantas, at("published_document", published)) == 0
    assert Line.objects.filter(verb="profile.take_photograph_back").count() == 1


@pytest.mark.parametrize("name", ["andris", "elina"])
def test_whoever_is_seen_takes_it_away_also_after_the_end(cast: Cast, published: Profile, name: str) -> None:
    made, person = put(published, cast.elina, "mentor", "mentee"), getattr(cast, name)
    agree(made, cast.andris)
    dissolve_pair(pair=cast.pair, reason="Pārcelšanās", by=cast.inga, now=LATER)
    for stranger in (cast.inga, cast.rimantas):
        assert signed_in(stranger).post(at("unpicture", published, made.ref)).status_code in (403, 404)
    for _click in range(2):
        assert signed_in(person).post(at("unpicture", published, made.ref)).status_code == 302
    for reader in (cast.elina, cast.andris, cast.rimantas):
        assert signed_in(reader).get(at("photograph", published, made.ref)).status_code == 404
    made.refresh_from_db()
    assert made.file.withdrawn_at is not None
    with pytest.raises(NotOneOfTheTwo):
        actions.take_photograph_away(photograph=made, by=cast.inga, now=LATER)


def test_the_mentor_takes_the_word_of_the_firm_back_and_the_photograph_with_it(
    cast: Cast, published: Profile
) -> None:
    made = put(published, cast.elina)
    dissolve_pair(pair=cast.pair, reason="Pārcelšanās", by=cast.inga, now=LATER)
    signed_in(cast.andris).post(at("unpicture", published, made.ref))
    made.refresh_from_db()
    assert made.withdrawn_at is not None


@pytest.mark.parametrize("shows", [[], ["mentor"]])
def test_after_the_end_one_without_ones_face_stays(cast: Cast, published: Profile, shows: list[str]) -> None:
    made = put(published, cast.elina, *shows)
    away, speaks = at("unpicture", published, made.ref), signed_in(cast.elina)
    shown = at("photographs", published, "activity")
    assert away in text(speaks.get(shown))
    dissolve_pair(pair=cast.pair, reason="Pārcelšanās", by=cast.inga, now=LATER)
    assert away not in text(speaks.get(shown))
    assert "Mentorings ir beidzies" in text(speaks.post(away, follow=True))
    made.refresh_from_db()
    assert (made.withdrawn_at, made.file.withdrawn_at) == (None, None)


def test_what_hides_the_part_hides_its_photographs(cast: Cast, published: Profile) -> None:
    made = put(published, cast.elina)
    agree(made, cast.andris)
    reader, address = signed_in(cast.rimantas), at("photograph", published, made.ref)
    keep_back(profile=published, key="activity", kept=True, by=cast.andris, now=LATER)
    assert reader.get(address).status_code == 404
    keep_back(profile=published, key="activity", kept=False, by=cast.andris, now=LATER)
    assert reader.get(address).status_code == 200
    take_approval_back(profile=published, key="activity", by=cast.andris, now=LATER)
    assert reader.get(address).status_code == 404


def test_a_yes_to_publishing_taken_back_hides_it(cast: Cast, published: Profile) -> None:
    made = put(published, cast.elina)
    agree(made, cast.andris)
    take_publishing_back(profile=published, by=cast.elina, now=LATER)
    assert signed_in(cast.rimantas).get(at("photograph", published, made.ref)).status_code == 404


def test_a_minor_is_shown_while_it_is_permitted(cast: Cast, published: Profile) -> None:
    minor(cast, photographs=False)
    with pytest.raises(NoPhotographsPermission):
        put(published, cast.elina, "mentee")
    record_permission(membership=cast.mentee, kind="photographs", guardian="Anna", by=cast.inga, now=NOW)
    made = put(published, cast.elina, "mentor", "mentee")
    agree(made, cast.andris)
    address = at("photograph", published, made.ref)
    with clock.moved_to(LATER):
        assert signed_in(cast.rimantas).get(address).status_code == 200
        withdraw_permission(membership=cast.mentee, kind="photographs", by=cast.inga, now=LATER)
        for person in (cast.elina, cast.andris, cast.rimantas):
            assert signed_in(person).get(address).status_code == 404
        assert images(cast.andris, at("document", published)) == 0
        with pytest.raises(actions.PhotographIsGone):
            agree(made, cast.andris)


EIGHTEEN = datetime.fromisoformat("2028-05-04T09:00:00+00:00")


@pytest.mark.parametrize(("stays", "status"), [(True, 200), (False, 404)])
def test_coming_of_age_is_no_word_of_consent(
    cast: Cast, published: Profile, stays: bool, status: int
) -> None:
    """Whose guardian has taken the permission back is shown again once the person, of age, has it so."""
    minor(cast, photographs=True)
    made = put(published, cast.elina, "mentee")
    agree(made, cast.andris)
    if not stays:
        withdraw_permission(membership=cast.mentee, kind="photographs", by=cast.inga, now=LATER)
    confirm_grown(membership=cast.mentee, by=cast.elina, now=EIGHTEEN)
    with clock.moved_to(EIGHTEEN):
        assert signed_in(cast.andris).get(at("photograph", published, made.ref)).status_code == status
        form = text(signed_in(cast.elina).get(at("photographs", published, "activity")))
        assert ("pilngadības" in form) is not stays
        anew = put(published, cast.elina, "mentee", now=EIGHTEEN)
        assert signed_in(cast.elina).get(at("photograph", published, anew.ref)).status_code == 200


def test_while_the_pair_rests_none_is_added_or_approved(cast: Cast, profile: Profile) -> None:
    made = put(profile, cast.elina)
    pause_pair(pair=cast.pair, by=cast.inga, now=LATER)
    with pytest.raises(PairRests):
        put(profile, cast.elina)
    fresh = Photograph.objects.select_related("profile__pair").get()
    with pytest.raises(PairRests):
        agree(fresh, cast.andris)
    assert made == fresh


def test_there_is_an_end_to_photographs(
    cast: Cast, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST", 1)
    first = put(profile, cast.elina)
    with pytest.raises(actions.TooManyPhotographs):
        put(profile, cast.elina)
    actions.take_photograph_away(photograph=first, by=cast.andris, now=LATER)
    assert put(profile, cast.elina)


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_pages_with_photographs_ask_little_in_three_languages(
    cast: Cast, published: Profile, language: str
) -> None:
    minor(cast, photographs=True)
    Person.objects.filter(pk__in=[cast.elina.pk, cast.andris.pk]).update(language=language)
    put(published, cast.elina)
    client = signed_in(cast.elina)
    pages = [
        at("photographs", published, "activity"),
        at("part", published, "activity"),
        at("profile", published),
        at("published", published),
    ]
    few = [queries(client, page) for page in pages]
    for _time in range(8):
        agree(put(published, cast.elina, "mentee"), cast.andris)
    assert [queries(client, page) for page in pages] == few
    assert max(few) <= 14
    assert f'<html lang="{language}"' in text(client.get(pages[0]))


def test_another_photograph_from_the_same_form_is_kept_too(cast: Cast, profile: Profile) -> None:
    ref = new_ref()
    for _click in range(2):
        put(profile, cast.elina, ref=ref)
        put(profile, cast.elina, ref=ref, upload=upload(picture(size=(50, 50))))
        put(profile, cast.elina, ref=ref, about="Cita krāsns")
    assert [each.about for each in profile.photographs.order_by("pk")] == ["Krāsns", "Krāsns", "Cita krāsns"]
