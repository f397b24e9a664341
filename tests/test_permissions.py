"""What a minor's guardian permits, and every action that needs it: without it, none of them is done."""

import ast
from pathlib import Path
from typing import Any

import pytest

from tests.cast import Cast, assemble
from tests.programmes.conftest import picture
from tests.taking_part import KINDS, TAKING_PART, Doing, Pupil, a_meeting, wall
from varpa.files.models import File
from varpa.history.models import Line
from varpa.kernel.refusals import Refusal
from varpa.meetings import permitted
from varpa.meetings.actions import meetings, pictures, reviews
from varpa.meetings.models import Meeting
from varpa.messaging import actions as messaging
from varpa.pairs.actions import pairs, past
from varpa.pairs.models import PairState

pytestmark = pytest.mark.django_db

ROOMS = Path(__file__).parents[1] / "varpa"
# What asks on behalf of all the others, and is no doing of the two.
ASKING = {
    *("pairs.require_active", "pairs.require_together", "pairs.require_one_active", "pairs.require_readable"),
    "meetings.say_held",
}
VISIT: dict[str, Doing] = {
    "plan": lambda at: meetings.plan_meeting(pair=at.pair, **a_meeting("visit"), **at.mentors),
    "log": lambda at: reviews.log_meeting(
        pair=at.pair, text="Labi", **(a_meeting("visit") | {"starts_local": wall(4)}), **at.mentors
    ),
    "move": lambda at: meetings.move_meeting(
        meeting=Meeting.objects.get(kind="visit"),
        starts_local=wall(14),
        zone="Europe/Riga",
        minutes=45,
        **at.mentors,
    ),
}


def keeping(*shows: str) -> Doing:
    """Somebody keeps a picture that shows these."""
    return lambda at: pictures.add_picture(
        meeting=at.held, upload=picture(), about="Mēs", shows=shows, **at.mentors
    )


PHOTOGRAPHS: dict[str, Doing] = {
    "mentee": keeping("mentee"),
    "both": keeping("mentor", "mentee"),
    "message": lambda at: messaging.write_message(thread=at.thread, text="", files=[picture()], **at.mentors),
}


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def pupil(cast: Cast) -> Pupil:
    return Pupil(cast)


def roads() -> set[str]:
    """Every action that asks whether the two may be in contact, itself or by what it calls in its file."""
    found = set()
    for path in (*ROOMS.glob("*/actions*/**/*.py"), *ROOMS.glob("*/actions.py")):
        found |= _roads(path)
    return found


def _roads(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = {each.name: _called(each) for each in tree.body if isinstance(each, ast.FunctionDef)}
    asking = {"require_active", "require_together", "require_one_active", "require_readable"}
    while more := {name for name, called in calls.items() if called & asking} - asking:
        asking |= more
    room = path.relative_to(ROOMS).parts[0]
    return {f"{room}.{name}" for name in calls if name in asking and not name.startswith("_")}


def _called(function: ast.FunctionDef) -> set[str]:
    calls = [each.func for each in ast.walk(function) if isinstance(each, ast.Call)]
    return {each.id if isinstance(each, ast.Name) else getattr(each, "attr", "") for each in calls}


def test_every_action_of_the_two_is_tried_here() -> None:
    assert roads() - ASKING == set(TAKING_PART)


@pytest.mark.parametrize("name", TAKING_PART)
def test_without_taking_part_nothing_goes_between_the_two(pupil: Pupil, name: str) -> None:
    pupil.withdraw("taking_part")
    lines = Line.objects.count()
    with pytest.raises(Refusal) as told:
        TAKING_PART[name](pupil)
    assert isinstance(told.value, pairs.PairRests | pairs.NotPrepared | past.PairRested), told.value
    assert Line.objects.count() == lines


@pytest.mark.parametrize("name", ["meetings.add_topic", "meetings.plan_meeting", "pairs.set_goal"])
def test_with_it_they_go(pupil: Pupil, name: str) -> None:
    assert TAKING_PART[name](pupil)


def test_taken_back_the_pair_rests_in_the_same_moment(pupil: Pupil) -> None:
    pupil.withdraw("taking_part")
    pupil.pair.refresh_from_db()
    assert pupil.pair.state == PairState.PAUSED


@pytest.mark.parametrize("kind", ["visit", "visit_abroad"])
@pytest.mark.parametrize("name", VISIT)
def test_without_the_visit_none_is_planned_moved_or_logged(pupil: Pupil, kind: str, name: str) -> None:
    if name == "move":
        VISIT["plan"](pupil)
    pupil.withdraw(kind)
    refusals = {"visit": permitted.NoVisitPermission, "visit_abroad": permitted.NoVisitAbroadPermission}
    with pytest.raises(refusals[kind]):
        VISIT[name](pupil)


@pytest.mark.parametrize("name", ["plan", "log"])
def test_with_it_the_visit_goes(pupil: Pupil, name: str) -> None:
    assert VISIT[name](pupil)


@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_without_photographs_no_picture_shows_the_pupil(pupil: Pupil, name: str) -> None:
    pupil.withdraw("photographs")
    with pytest.raises((pictures.NoPhotographsPermission, messaging.ShowsMinor)) as told:
        PHOTOGRAPHS[name](pupil)
    assert "project manager" in str(told.value)
    assert not File.objects.filter(about_kind__in=("picture", "message")).exists()


def test_a_picture_that_shows_nobody_goes_all_the_same(pupil: Pupil) -> None:
    pupil.withdraw("photographs")
    given: dict[str, Any] = {"thread": pupil.thread, "text": "", "faceless": True, **pupil.mentors}
    assert messaging.write_message(files=[picture()], **given).attachments.count() == 1


@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_with_it_the_picture_is_kept(pupil: Pupil, name: str) -> None:
    assert PHOTOGRAPHS[name](pupil)


@pytest.mark.parametrize("kind", KINDS)
def test_one_taken_back_leaves_the_others(pupil: Pupil, kind: str) -> None:
    pupil.withdraw(kind)
    standing = pupil.mentee.permissions.filter(withdrawn_at=None).values_list("kind", flat=True)
    assert set(standing) == set(KINDS) - {kind}
