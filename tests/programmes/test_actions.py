"""Programmes and memberships: rules, refusals, second clicks."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import make
from tests.cast import Cast
from tests.make import ENDS, FOLDER, NOW, STARTS
from tests.programmes.conftest import picture
from varpa.files.refusals import TooLarge, WrongKind
from varpa.history.models import Line
from varpa.kernel.access import may
from varpa.kernel.merging import Conflict
from varpa.kernel.refs import new_ref
from varpa.kernel.states import AlreadyMoved
from varpa.kernel.text import TranslatedText
from varpa.methodology import Broken
from varpa.people.actions import NoName
from varpa.people.models import Organisation, Person
from varpa.post.models import Letter
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.actions import programmes
from varpa.programmes.actions.appointing import NoAddress, NotAManager, invite_manager, release_manager
from varpa.programmes.actions.beginning import begin_programme
from varpa.programmes.actions.overriding import set_windows
from varpa.programmes.models import Membership, Programme, ProgrammeState
from varpa.programmes.queries import calendar_of

pytestmark = pytest.mark.django_db

NAME = TranslatedText("Skola un uzņēmums", "Mokykla ir įmonė", "School and company")


def begin(organisation: Organisation, by: Person, **changes: Any) -> Programme:
    asked: dict[str, Any] = {
        "folder": FOLDER,
        "ref": new_ref(),
        "name": NAME,
        "starts": STARTS,
        "ends": ENDS,
        **changes,
    }
    return begin_programme(organisation=organisation, by=by, now=NOW, **asked)


def said(programme: Programme, **changes: Any) -> dict[str, Any]:
    names = ("revision", "name", "starts", "ends", "zone", "funder_text", "passages_may_be_left_out")
    names += ("mentors_are_screened", "comment_days")
    now = {name: getattr(programme, name) for name in names}
    return {
        **now,
        "languages": tuple(programme.languages),
        "countries": tuple(programme.countries),
        **changes,
    }


def change(programme: Programme, by: Person, **changes: Any) -> None:
    programmes.change_programme(programme=programme, by=by, now=NOW, **said(programme, **changes))


# Beginning


def test_a_programme_begins_with_its_manager_who_is_told(cast: Cast) -> None:
    made = begin(
        cast.organisation, cast.dace, manager_name="Ilze Vītola", manager_address="Ilze@varpa.example"
    )
    ilze = Person.objects.get(name="Ilze Vītola")
    assert made.state == ProgrammeState.DRAFT
    assert (ilze.email, ilze.language, ilze.zone) == ("ilze@varpa.example", cast.dace.language, made.zone)
    assert may(ProgrammeAction.MANAGE, ilze, made)
    letter = Letter.objects.get(kind="programmes.appointed")
    assert letter.to_address == "ilze@varpa.example"
    assert f"/programmes/{made.ref}/" in letter.text
    assert "Skola un uzņēmums" in letter.text


def test_a_second_click_makes_no_second_programme(cast: Cast) -> None:
    ref, before = new_ref(), Programme.objects.count()
    first = begin(cast.organisation, cast.dace, ref=ref, manager_address="inga@varpa.example")
    second = begin(cast.organisation, cast.dace, ref=ref, manager_address="inga@varpa.example")
    assert first == second
    assert Programme.objects.count() == before + 1
    assert Letter.objects.filter(kind="programmes.appointed").count() == 1
    assert Line.objects.filter(verb="programme.make", thing_ref=ref).count() == 1


def test_the_reference_of_anothers_programme_gives_nothing_away(cast: Cast) -> None:
    theirs = cast.elsewhere.programme
    with pytest.raises(programmes.OldPage):
        begin(cast.organisation, cast.dace, ref=theirs.ref)
    theirs.refresh_from_db()
    assert theirs.organisation != cast.organisation


def test_a_click_that_came_at_the_same_moment_is_answered(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = new_ref()
    first = begin(cast.organisation, cast.dace, ref=ref)
    seen = programmes._made_already
    calls: list[int] = []

    def blind_once(organisation: Organisation, asked: str) -> Programme | None:
        calls.append(1)
        return None if len(calls) == 1 else seen(organisation, asked)

    monkeypatch.setattr(programmes, "_made_already", blind_once)
    again = programmes.make_programme(
        organisation=cast.organisation,
        folder=FOLDER,
        name=NAME,
        starts=STARTS,
        ends=ENDS,
        by=cast.dace,
        now=NOW,
        ref=ref,
    )
    assert again == first


def test_a_refused_manager_leaves_no_half_made_programme(cast: Cast) -> None:
    before = Programme.objects.count()
    with pytest.raises(NoName):
        begin(cast.organisation, cast.dace, manager_name="", manager_address="new@varpa.example")
    assert Programme.objects.count() == before


def test_a_broken_folder_never_starts_a_programme(cast: Cast, tmp_path: Path) -> None:
    before = Programme.objects.count()
    (tmp_path / "methodology.toml").write_text("hours = ")
    with pytest.raises(Broken):
        begin(cast.organisation, cast.dace, folder=tmp_path)
    assert Programme.objects.count() == before


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"name": TranslatedText()}, programmes.NoProgrammeName),
        ({"ends": STARTS}, programmes.EndsBeforeStart),
        ({"ends": STARTS - timedelta(days=1)}, programmes.EndsBeforeStart),
        ({"languages": ()}, programmes.NoLanguage),
        ({"languages": ("lv", "ru")}, programmes.NoLanguage),
        ({"zone": "Mars/Olympus"}, programmes.UnknownProgrammeZone),
    ],
)
def test_what_no_programme_may_say(cast: Cast, changes: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        begin(cast.organisation, cast.dace, **changes)
    with pytest.raises(refusal):
        change(cast.programme, cast.inga, **changes)


# Changing


def test_a_programme_says_something_else(cast: Cast) -> None:
    change(cast.programme, cast.inga, name=NAME, countries=("LV",), zone="Europe/Vilnius")
    cast.programme.refresh_from_db()
    assert (cast.programme.name, cast.programme.countries) == (NAME, ["LV"])
    assert cast.programme.revision == 1
    assert Line.objects.filter(verb="programme.change", actor=cast.inga.pk).count() == 1


def test_saving_the_same_twice_is_no_conflict(cast: Cast) -> None:
    asked = said(cast.programme, name=NAME)
    for _click in range(2):
        programmes.change_programme(programme=cast.programme, by=cast.inga, now=NOW, **asked)
    assert Line.objects.filter(verb="programme.change").count() == 1


def test_the_second_of_two_sees_both_texts(cast: Cast) -> None:
    asked = said(cast.programme, funder_text=TranslatedText("b", "b", "b"))
    change(cast.programme, cast.inga, funder_text=TranslatedText("a", "a", "a"))
    with pytest.raises(Conflict) as caught:
        programmes.change_programme(programme=cast.programme, by=cast.dace, now=NOW, **asked)
    assert caught.value.differing == ["funder_text_lv", "funder_text_lt", "funder_text_en"]
    assert caught.value.stored["funder_text_lv"] == "a"
    assert caught.value.given["funder_text_lv"] == "b"
    cast.programme.refresh_from_db()
    assert cast.programme.funder_text == TranslatedText("a", "a", "a")
    programmes.change_programme(
        programme=cast.programme,
        by=cast.dace,
        now=NOW,
        **{**asked, "revision": caught.value.revision},
    )
    assert cast.programme.funder_text == TranslatedText("b", "b", "b")


def test_days_that_leave_a_changed_period_outside_are_refused(cast: Cast) -> None:
    first, ends, _due = calendar_of(cast.programme)["before_start"]
    longer = {"before_start": (first, ends + timedelta(days=3))}
    set_windows(programme=cast.programme, days=longer, by=cast.inga, now=NOW, revision=0)
    with pytest.raises(programmes.WindowsOutside):
        change(cast.programme, cast.inga, starts=ends + timedelta(days=10), revision=1)
    stored = Programme.objects.get(pk=cast.programme.pk)
    assert calendar_of(stored)["before_start"][:2] == longer["before_start"]


def adorn(cast: Cast, upload: SimpleUploadedFile) -> None:
    emblem = programmes.hold_emblem(upload=upload, by=cast.inga, now=NOW)
    programmes.put_emblem_on(programme=cast.programme, emblem=emblem, by=cast.inga, now=NOW)


def test_nobody_puts_on_the_picture_of_another(cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    emblem = programmes.hold_emblem(upload=picture(), by=cast.tomas, now=NOW)
    programmes.put_emblem_on(programme=cast.programme, emblem=emblem, by=cast.inga, now=NOW)
    cast.programme.refresh_from_db()
    assert cast.programme.emblem is None


def test_an_emblem_is_kept_and_the_one_before_withdrawn(cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    adorn(cast, picture())
    first = cast.programme.emblem
    assert first is not None
    adorn(cast, picture(50))
    first.refresh_from_db()
    assert first.withdrawn_at == NOW
    cast.programme.refresh_from_db()
    assert cast.programme.emblem
    assert cast.programme.emblem.withdrawn_at is None


@pytest.mark.parametrize(
    ("content", "refusal"),
    [(b"<svg onload='x'/>", WrongKind), (b"x" * (2 * 1024 * 1024 + 1), TooLarge), (b"%PDF-1.7", WrongKind)],
)
def test_an_emblem_is_a_picture(cast: Cast, content: bytes, refusal: type[Exception]) -> None:
    upload = SimpleUploadedFile("emblem.png", content, content_type="image/png")
    with pytest.raises(refusal):
        programmes.hold_emblem(upload=upload, by=cast.inga, now=NOW)
    cast.programme.refresh_from_db()
    assert cast.programme.emblem is None


def test_two_clicks_take_one_step(cast: Cast) -> None:
    draft = make.programme(cast.organisation, running=False)
    stale = Programme.objects.get(pk=draft.pk)
    programmes.take_step(programme=draft, step="recruit", by=cast.dace, now=NOW)
    with pytest.raises(AlreadyMoved):
        programmes.take_step(programme=stale, step="recruit", by=cast.dace, now=NOW)
    assert Line.objects.filter(verb="programme.recruit", programme_ref=draft.ref).count() == 1


@pytest.mark.parametrize("step", ["recruit", "finish", "archive"])
def test_a_step_that_is_not_open_is_refused(cast: Cast, step: str) -> None:
    with pytest.raises(AlreadyMoved):
        programmes.take_step(programme=cast.programme, step=step, by=cast.inga, now=NOW)


def test_a_programme_goes_its_whole_way(cast: Cast) -> None:
    draft = make.programme(cast.organisation, running=False)
    for step in ("recruit", "run", "close", "finish", "archive"):
        programmes.take_step(programme=draft, step=step, by=cast.dace, now=NOW)
    assert draft.state == ProgrammeState.ARCHIVED


# Managers


def test_whoever_has_the_address_is_appointed_under_the_own_name(cast: Cast) -> None:
    membership = invite_manager(
        programme=cast.programme, name="Cits vārds", address="ZANE@varpa.example", by=cast.dace, now=NOW
    )
    assert membership.person == cast.zane
    assert membership.person.name == "Zane Krūmiņa"


def test_appointed_twice_is_appointed_and_told_once(cast: Cast) -> None:
    for _click in range(2):
        invite_manager(programme=cast.programme, name="", address="zane@varpa.example", by=cast.dace, now=NOW)
    assert Membership.objects.filter(person=cast.zane).count() == 1
    assert Letter.objects.filter(kind="programmes.appointed").count() == 1


def test_a_released_manager_loses_access_and_may_come_back(cast: Cast) -> None:
    membership = Membership.objects.get(person=cast.inga)
    release_manager(membership=membership, by=cast.dace, now=NOW)
    assert not may(ProgrammeAction.READ, cast.inga, cast.programme)
    with pytest.raises(AlreadyMoved):
        release_manager(membership=Membership.objects.get(pk=membership.pk), by=cast.dace, now=NOW)
    again = invite_manager(
        programme=cast.programme, name="", address="inga@varpa.example", by=cast.dace, now=NOW
    )
    assert again.pk == membership.pk
    assert may(ProgrammeAction.MANAGE, cast.inga, cast.programme)
    assert Letter.objects.filter(kind="programmes.appointed").count() == 1


def test_a_manager_needs_an_address_and_only_managers_are_released(cast: Cast) -> None:
    with pytest.raises(NoAddress):
        invite_manager(programme=cast.programme, name="Anna", address=" ", by=cast.dace, now=NOW)
    with pytest.raises(NotAManager):
        release_manager(membership=cast.mentor, by=cast.dace, now=NOW)
