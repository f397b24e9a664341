"""Short lessons: self-study for who was not at the training (R1); answers are kept nowhere."""

from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.programmes.conftest import SignIn, queries, text
from varpa.history.models import Line
from varpa.kernel import clock
from varpa.kernel.text import TranslatedText
from varpa.pairs.actions.pairs import propose_pair
from varpa.people.models import Person
from varpa.programmes.actions import memberships
from varpa.programmes.actions.permissions import record_permission
from varpa.programmes.actions.programmes import make_programme
from varpa.programmes.models import LessonDone, Membership, MembershipState, Role
from varpa.programmes.preparing import preparing
from varpa.programmes.queries import is_prepared

pytestmark = pytest.mark.django_db

OTHER = Path(__file__).parents[1] / "methodology" / "other"
FIRST = "mentor-role"


@pytest.fixture
def fresh(cast: Cast) -> Membership:
    """A mentor who has prepared nothing yet."""
    return make.member(cast.programme, cast.zane, Role.MENTOR, ready=False)


def lesson(cast: Cast, key: str = FIRST, rest: str = "") -> str:
    return f"/programmes/{cast.programme.ref}/lessons/{key}/{rest}"


def read_all(membership: Membership) -> None:
    for key in ("methodology", "mentor", "first-meeting"):
        memberships.note_reading(membership=membership, document=key, by=membership.person, now=NOW)


def in_english(client: Client, person: Person) -> Client:
    Person.objects.filter(pk=person.pk).update(language="en")
    return client


def test_with_the_last_lesson_the_self_study_is_done(fresh: Membership) -> None:
    read_all(fresh)
    assert not fresh.preparations.exists()
    assert preparing(fresh, NOW.date()).next == "lesson"
    make.study(fresh)
    assert [row.step for row in fresh.preparations.all()] == ["training"]
    memberships.accept_notice(membership=fresh, by=fresh.person, now=NOW)
    assert is_prepared(fresh, clock.today("Europe/Riga"))


def test_lessons_alone_are_not_the_self_study(fresh: Membership) -> None:
    make.study(fresh)
    assert not fresh.preparations.exists()
    assert preparing(fresh, NOW.date()).next == "read"


def test_who_came_to_the_training_need_not_study(cast: Cast, fresh: Membership) -> None:
    memberships.mark_trained(membership=fresh, by=cast.inga, now=NOW)
    assert preparing(fresh, NOW.date()).next == "notice"
    assert len(preparing(fresh, NOW.date()).to_study) == 5


def test_the_lessons_of_a_later_training_prepare_nobody(fresh: Membership) -> None:
    read_all(fresh)
    for each in preparing(fresh, NOW.date()).later:
        memberships.finish_lesson(membership=fresh, lesson=each.lesson.key, by=fresh.person, now=NOW)
    assert not fresh.preparations.exists()
    make.study(fresh)
    assert [row.step for row in fresh.preparations.all()] == ["training"]


def test_whoever_is_trained_finds_the_lessons_of_later_trainings(
    cast: Cast, sign_in: SignIn, fresh: Membership
) -> None:
    client, page = in_english(sign_in(cast.zane), cast.zane), f"/memberships/{fresh.ref}/preparation/"
    address = lesson(cast, "talking-of-money")
    assert address not in text(client.get(page))
    memberships.mark_trained(membership=fresh, by=cast.inga, now=NOW)
    assert address in text(client.get(page))
    answer = client.post(lesson(cast, "talking-of-money", "done/"))
    assert answer.headers["Location"] == f"{page}#later"


def test_a_lesson_is_done_once(fresh: Membership) -> None:
    for _click in range(2):
        memberships.finish_lesson(membership=fresh, lesson=FIRST, by=fresh.person, now=NOW)
    assert fresh.lessons_done.get().lesson == FIRST
    assert Line.objects.filter(verb="membership.lesson").count() == 1


@pytest.mark.parametrize("key", ["with-a-mentor", "nothing", ""])
def test_a_lesson_of_another_role_or_none_is_refused(fresh: Membership, key: str) -> None:
    with pytest.raises(memberships.NoSuchLesson):
        memberships.finish_lesson(membership=fresh, lesson=key, by=fresh.person, now=NOW)


@pytest.mark.parametrize("state", [each for each in MembershipState if each != MembershipState.ACCEPTED])
def test_only_accepted_members_study(fresh: Membership, state: str) -> None:
    Membership.objects.filter(pk=fresh.pk).update(state=state)
    fresh.refresh_from_db()
    with pytest.raises(memberships.NotAMember):
        memberships.finish_lesson(membership=fresh, lesson=FIRST, by=fresh.person, now=NOW)


def test_a_methodology_without_lessons_is_prepared_by_reading(cast: Cast) -> None:
    programme = make_programme(
        organisation=cast.organisation,
        folder=OTHER,
        name=TranslatedText.same("Darbnīca"),
        starts=make.STARTS,
        ends=make.ENDS,
        by=cast.dace,
        now=NOW,
    )
    person = make.person("Ilze Roze", "ilze@varpa.example")
    membership = make.member(programme, person, Role.MENTOR, ready=False)
    at = preparing(membership, NOW.date())
    assert at.lessons == ()
    assert at.next == "read"
    for each in at.to_read:
        key = each.document.key
        memberships.note_reading(membership=membership, document=key, by=person, now=NOW)
    assert preparing(membership, NOW.date()).next == "notice"
    client = Client()
    client.force_login(person)
    assert client.get(f"/programmes/{programme.ref}/library/").status_code == 200
    assert client.get(f"/programmes/{programme.ref}/lessons/{FIRST}/").status_code == 404


def test_a_mentor_goes_through_a_lesson(cast: Cast, sign_in: SignIn, fresh: Membership) -> None:
    client = in_english(sign_in(cast.zane), cast.zane)
    page = text(client.get(lesson(cast)))
    assert "What a mentor is, and is not" in page
    assert "Mentoring" in page
    assert lesson(cast, rest="1/") in page
    asked = text(client.get(lesson(cast, rest="1/")))
    assert "Question 1 of 3" in asked
    assert "You may be right, but then the decision is yours" not in asked
    told = client.post(lesson(cast, rest="1/"), {"choice": "no"})
    assert told.status_code == 200
    assert "You may be right, but then the decision is yours" in text(told)
    assert lesson(cast, rest="2/") in text(told)
    last = text(client.post(lesson(cast, rest="3/"), {"choice": "look"}))
    assert lesson(cast, rest="done/") in last
    answer = client.post(lesson(cast, rest="done/"))
    assert answer.headers["Location"] == f"/memberships/{fresh.ref}/preparation/"
    assert fresh.lessons_done.get().lesson == FIRST


def test_no_answer_is_kept_or_counted(cast: Cast, sign_in: SignIn, fresh: Membership) -> None:
    client = in_english(sign_in(cast.zane), cast.zane)
    lines = Line.objects.count()
    for choice in ("no", "ask", "silent"):
        told = text(client.post(lesson(cast, rest="1/"), {"choice": choice}))
        for word in ("wrong", "correct", "score", "points", "%"):
            assert word not in told.partition("<main")[2].partition("</main>")[0]
    assert Line.objects.count() == lines
    assert not LessonDone.objects.exists()


def test_an_answer_that_is_none_is_asked_for_kindly(cast: Cast, sign_in: SignIn, fresh: Membership) -> None:
    client = in_english(sign_in(cast.zane), cast.zane)
    for given in ({}, {"choice": "nothing"}):
        told = client.post(lesson(cast, rest="1/"), given)
        assert told.status_code == 200
        assert "Choose one of the answers. Nobody counts which." in text(told)


@pytest.mark.parametrize("rest", ["0/", "4/", "99/"])
def test_a_question_that_is_not_there(cast: Cast, sign_in: SignIn, fresh: Membership, rest: str) -> None:
    assert sign_in(cast.zane).get(lesson(cast, rest=rest)).status_code == 404


def test_who_sees_lessons(cast: Cast, sign_in: SignIn) -> None:
    for person, status in ((cast.andris, 200), (cast.elina, 200), (cast.inga, 200), (cast.tomas, 404)):
        for rest in ("", "1/"):
            assert sign_in(person).get(lesson(cast, rest=rest)).status_code == status
    assert Client().get(lesson(cast)).status_code == 302


def test_whoever_only_looks_finishes_nothing(cast: Cast, sign_in: SignIn) -> None:
    for person in (cast.inga, cast.elina):
        answer = sign_in(person).post(lesson(cast, rest="done/"))
        assert answer.headers["Location"].endswith("/library/")
    assert not LessonDone.objects.exists()
    last = text(in_english(sign_in(cast.inga), cast.inga).post(lesson(cast, rest="3/"), {"choice": "look"}))
    assert "To the library" in last
    assert "Finish the lesson" not in last


def test_the_library_and_the_checklist_lead_there(cast: Cast, sign_in: SignIn, fresh: Membership) -> None:
    client = in_english(sign_in(cast.zane), cast.zane)
    library = client.get(f"/programmes/{cast.programme.ref}/library/").context
    at = preparing(fresh, NOW.date())
    own = [each.lesson.key for each in (*at.lessons, *at.later)]
    assert [each.lesson.key for each in library["lessons"]] == own
    assert {each.lesson.role for each in library["other_lessons"]} == {"mentee"}
    memberships.finish_lesson(membership=fresh, lesson=FIRST, by=cast.zane, now=NOW)
    read_all(fresh)
    page = text(client.get(f"/memberships/{fresh.ref}/preparation/"))
    assert "4 lessons are left" in page
    assert lesson(cast, "listening") in page


def test_the_manager_sees_that_it_was_done_and_nothing_else(
    cast: Cast, sign_in: SignIn, fresh: Membership
) -> None:
    memberships.finish_lesson(membership=fresh, lesson=FIRST, by=cast.zane, now=NOW)
    page = text(in_english(sign_in(cast.inga), cast.inga).get(f"/memberships/{fresh.ref}/"))
    assert "Lesson done: What a mentor is, and is not" in page


def test_a_programme_words_a_lesson_anew(cast: Cast, sign_in: SignIn, fresh: Membership) -> None:
    words = {"lv": "Citāds", "lt": "Kitoks", "en": "Another one"}
    cast.programme.overrides = {"texts": {f"lessons.{FIRST}.title": words}}
    cast.programme.save(update_fields=["overrides"])
    assert "Another one" in text(in_english(sign_in(cast.zane), cast.zane).get(lesson(cast)))


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_lessons_speak_three_languages(cast: Cast, sign_in: SignIn, language: str) -> None:
    for person, key, choice in ((cast.andris, FIRST, "ask"), (cast.elina, "with-a-mentor", "ask-why")):
        Person.objects.filter(pk=person.pk).update(language=language)
        client = sign_in(person)
        for answer in (
            client.get(lesson(cast, key)),
            client.get(lesson(cast, key, "1/")),
            client.post(lesson(cast, key, "1/"), {"choice": choice}),
        ):
            assert answer.status_code == 200
            assert f'<html lang="{language}"' in text(answer)


def test_the_pages_stay_within_their_queries(cast: Cast, sign_in: SignIn, fresh: Membership) -> None:
    client = sign_in(cast.zane)
    for page in (lesson(cast), lesson(cast, rest="1/"), f"/memberships/{fresh.ref}/preparation/"):
        assert queries(client, page) <= 12


def test_the_managers_page_of_somebody_not_trained_stays_within_its_queries(
    cast: Cast, sign_in: SignIn
) -> None:
    pupil = make.person("Kārlis Kalns", "karlis@varpa.example", born=date(2009, 6, 1))
    membership = make.member(cast.programme, pupil, Role.MENTEE, ready=False, place="Saldus tehnikums")
    record_permission(membership=membership, kind="visit", guardian="Anna", by=cast.inga, now=NOW)
    mentor = make.member(cast.programme, cast.zane, Role.MENTOR, ready=False)
    propose_pair(mentor=mentor, mentee=membership, by=None, now=NOW)
    assert "karlis" in text(sign_in(cast.inga).get(f"/memberships/{membership.ref}/"))
    assert queries(sign_in(cast.inga), f"/memberships/{membership.ref}/") <= 12
