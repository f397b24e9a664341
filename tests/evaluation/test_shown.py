"""What people make, show and say counts on the board by itself: profile, presentation, defence, events."""

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.defence.conftest import DAY, SETTINGS, finish, juror, plan_of, say, slot_of
from tests.evaluation.conftest import stands
from tests.make import NOW
from tests.presentations.conftest import write as write_slide
from tests.profiles.conftest import approve
from tests.profiles.conftest import write as write_part
from varpa.defence.actions import days, order, stage
from varpa.defence.models import Defence
from varpa.events.actions.planning import hold_event
from varpa.events.actions.training import publish_training_programme
from varpa.events.models import Event
from varpa.kernel.text import TranslatedText
from varpa.presentations.actions.presentations import begin_presentation, share_presentation
from varpa.presentations.actions.recommendations import recommend, withdraw_recommendation
from varpa.presentations.models import Shown, Slide
from varpa.profiles.actions.parts import take_approval_back
from varpa.profiles.actions.profiles import begin_profile, finish_profile

pytestmark = pytest.mark.django_db


def done(cast: Cast, key: str) -> int:
    return stands(cast.programme, key)[1]


def test_a_profile_counts_while_the_mentor_finds_it_right(cast: Cast) -> None:
    profile = begin_profile(pair=cast.pair, company="Māls un uguns", by=cast.elina, now=NOW)
    write_part(profile, cast, "Krūzes un šķīvji.")
    finish_profile(profile=profile, by=cast.elina, now=NOW)
    assert done(cast, "company_profile") == 0
    approve(profile, cast)
    assert done(cast, "company_profile") == 1
    take_approval_back(profile=profile, key="activity", by=cast.andris, now=NOW)
    assert done(cast, "company_profile") == 0


def test_a_presentation_is_made_shown_and_recommended_upon(cast: Cast) -> None:
    keys = ("makes_presentation", "presents_to_mentor", "presentation_recommendations")
    made = begin_presentation(membership=cast.mentee, title="Keramika", by=cast.elina, now=NOW)
    assert [done(cast, key) for key in keys] == [0, 0, 0]
    write_slide(made, cast, "Krūze, kas nesaplīst.")
    assert [done(cast, key) for key in keys] == [1, 0, 0]
    share_presentation(presentation=made, shared=True, by=cast.elina, now=NOW)
    assert [done(cast, key) for key in keys] == [1, 1, 0]
    said = recommend(presentation=made, slide="idea", text="Lēnāk.", by=cast.andris, now=NOW)
    share_presentation(presentation=made, shared=False, by=cast.elina, now=NOW)
    assert [done(cast, key) for key in keys] == [1, 1, 1]
    withdraw_recommendation(recommendation=said, by=cast.andris, now=NOW)
    assert [done(cast, key) for key in keys] == [1, 0, 0]


def test_a_slide_that_shows_figures_alone_is_a_presentation_too(cast: Cast) -> None:
    made = begin_presentation(membership=cast.mentee, title="Keramika", by=cast.elina, now=NOW)
    Slide.objects.create(presentation=made, key="finance", figure=Shown.TILL)
    assert done(cast, "makes_presentation") == 1


def test_a_defence_counts_for_the_house_the_jurors_and_those_who_present(cast: Cast) -> None:
    keys = ("organises_defence", "manager_investor", "mentor_investor", "defends_plan")
    day = _day(cast)
    slot = slot_of(day, cast.gabija)
    stage.start_slot(slot=slot, by=cast.inga, now=DAY)
    say(slot, juror(day, cast.andris), 1_000_00)
    assert [done(cast, key) for key in keys] == [0, 0, 0, 0]
    stage.close_slot(slot=slot, by=cast.inga, now=DAY + timedelta(minutes=9))
    assert [done(cast, key) for key in keys] == [0, 0, 1, 1]
    finish(day, cast)
    assert [done(cast, key) for key in keys] == [1, 0, 1, 2]


def test_an_event_of_the_period_counts_once_it_was_held(cast: Cast) -> None:
    keys = ("organises_first_joint_meeting", "first_training", "organises_second_joint_meeting")
    event = Event.objects.create(
        programme=cast.programme,
        kind="training",
        title=TranslatedText.same("Kopā"),
        period="first_joint_meeting",
        state="announced",
        starts_local=NOW.replace(tzinfo=None),
        starts_at=NOW,
        zone="Europe/Riga",
        minutes=60,
        made_at=NOW,
    )
    assert [done(cast, key) for key in keys] == [0, 0, 0]
    hold_event(event=event, by=cast.inga, now=NOW + timedelta(hours=2))
    assert [done(cast, key) for key in keys] == [1, 1, 0]


def test_the_training_programme_counts_while_it_is_published(cast: Cast) -> None:
    for published in (True, False):
        publish_training_programme(programme=cast.programme, published=published, by=cast.inga, now=NOW)
        assert done(cast, "creates_training_programme") == int(published)


def _day(cast: Cast) -> Defence:
    for member, title in ((cast.mentee, "Keramikas darbnīca"), (cast.neighbours.mentee, "Dviračiai")):
        plan_of(member, title)
    day = days.make_defence(programme=cast.programme, seed=7, by=cast.inga, now=NOW, **SETTINGS)
    order.draw_order(defence=day, seed=7, by=cast.inga, now=NOW)
    days.announce_defence(defence=day, by=cast.inga, now=NOW)
    days.begin_defence(defence=day, by=cast.inga, now=DAY)
    return day
