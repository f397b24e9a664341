"""Anonymous is true in the data: whoever holds the whole database finds no way from an answer to a person."""

import json
from collections import Counter

import pytest
from django.core import serializers
from django.db import connection

from tests.cast import Cast
from tests.make import NOW
from tests.surveys.conftest import BOTH, LAST, LATER, WELL, crowd, invitation, invitations, sent
from varpa.history.models import Line
from varpa.kernel.tokens import digest_of
from varpa.post.models import Letter, LetterState
from varpa.programmes.models import Membership, MembershipState
from varpa.surveys.actions.answering import save_answers, submit_answers
from varpa.surveys.actions.editing import open_survey
from varpa.surveys.actions.results import compute_results
from varpa.surveys.actions.sending import close_survey, send_survey
from varpa.surveys.hiding import LEAST
from varpa.surveys.links import token_of
from varpa.surveys.models import Draft, Invitation, InvitationState, Sheet, Survey, random_key

Cells = dict[tuple[str, str], int]
SECRET = "Zilas krāsniņas, ko neviens cits nesaka"
CELLS = {("mentor", "LV"): 9, ("mentee", "LV"): 9, ("mentee", "EE"): 1}


@pytest.fixture
def crowded(cast: Cast) -> Survey:
    crowd(cast.programme, CELLS)
    return sent(cast, "progress_survey")


def say(asked: Invitation, text: str = SECRET) -> None:
    submit_answers(invitation=asked, values={**WELL, "successes": text}, by=None, now=LATER)


def test_the_draft_and_the_link_are_destroyed_by_sending(crowded: Survey) -> None:
    asked = invitations(crowded)[5]
    token = token_of(asked)
    save_answers(invitation=asked, values={"successes": SECRET}, revision=0, now=LATER)
    assert Draft.objects.filter(digest=digest_of(token)).count() == 1
    say(asked)
    asked.refresh_from_db()
    assert (asked.seed, asked.digest, token_of(asked)) == ("", "", "")
    assert not Draft.objects.exists()


def test_no_kept_letter_holds_the_link_of_who_has_answered(crowded: Survey) -> None:
    """Neither the invitation that went out nor a letter that told of several things; others keep theirs."""
    asked, other = invitations(crowded)[5], invitations(crowded)[6]
    token, open_still = token_of(asked), token_of(other)
    Letter.objects.update(state=LetterState.SENT, sent_at=LATER)
    first = Letter.objects.get(about=f"survey:{asked.ref}")
    values = {each.attname: getattr(first, each.attname) for each in Letter._meta.fields}
    of_several = {
        **values,
        "id": None,
        "ref": "23456789abcd",
        "message_id": "x",
        "once": "several",
        "about": "",
    }
    Letter.objects.create(**of_several)
    say(asked)
    kept = whole_database()
    assert token not in kept
    assert digest_of(token) not in kept
    assert open_still in kept
    assert Letter.objects.filter(person=asked.membership.person_id, state=LetterState.SENT).count() == 2


def whole_database() -> str:
    """Every value of every table."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        rows = [cursor.execute(f'SELECT * FROM "{table}"').fetchall() for table in tables]
    return repr(rows)


def test_a_sheet_holds_no_person_no_time_no_order(crowded: Survey) -> None:
    say(invitations(crowded)[5])
    sheet = Sheet.objects.get()
    fields = {field.name for field in Sheet._meta.get_fields()}
    assert fields == {"id", "survey", "membership", "role", "country", "values", "drawn"}
    assert sheet.membership is None
    assert list(sheet.values) == ["course", "cooperation", "goals", "trouble", "successes"]


def test_the_key_says_nothing_of_the_order(crowded: Survey) -> None:
    order = []
    for each in invitations(crowded)[:16]:
        before = set(Sheet.objects.values_list("pk", flat=True))
        say(each)
        order += list(set(Sheet.objects.values_list("pk", flat=True)) - before)
    assert order != sorted(order)
    assert order != sorted(order, reverse=True)
    assert max(order) > 2**40


def test_the_place_of_a_row_is_its_random_key(crowded: Survey) -> None:
    """Without this a hidden number of SQLite's would count the rows as they came."""
    for each in invitations(crowded)[:8]:
        say(each)
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT rowid, id FROM surveys_sheet")
        assert all(place == key for place, key in cursor.fetchall())


def test_no_column_of_the_whole_database_joins_an_answer_to_a_person(crowded: Survey) -> None:
    """What two rows share is what can be joined: a sheet shares with them the survey alone."""
    asked = invitations(crowded)[5]
    say(asked)
    for each in invitations(crowded)[6:14]:
        say(each, "Cits.")
    sheet = Sheet.objects.get(values__successes=SECRET)
    told = {str(sheet.pk), SECRET}
    for model in (Invitation, Line, Letter, Draft, Survey):
        text = serializers.serialize("json", model._default_manager.all())
        assert not any(secret in text for secret in told), model


def test_history_says_only_that_somebody_has_answered(crowded: Survey) -> None:
    asked = invitations(crowded)[5]
    say(asked)
    line = Line.objects.get(verb="survey.answer")
    assert line.actor == asked.membership.person_id
    assert (line.thing_kind, line.thing_ref, line.details) == ("invitation", asked.ref, {})


def test_that_somebody_has_begun_stands_nowhere(crowded: Survey) -> None:
    lines = Line.objects.count()
    asked = invitations(crowded)[5]
    save_answers(invitation=asked, values={"course": 2}, revision=0, now=LATER)
    assert Line.objects.count() == lines


def test_whoever_is_one_of_few_has_nothing_beside_the_answer(crowded: Survey, cast: Cast) -> None:
    """The only mentee of Estonia would be found by the country; so is the only mentor of Lithuania."""
    estonian = Invitation.objects.get(survey=crowded, membership__country="EE")
    assert (estonian.group_role, estonian.group_country) != ("mentee", "EE")
    told: dict[tuple[str, str], int] = {}
    for each in Invitation.objects.filter(survey=crowded):
        key = (each.group_role, each.group_country)
        told[key] = told.get(key, 0) + 1
    assert min(told.values()) >= 5


def test_reckoning_lays_all_sheets_anew(crowded: Survey) -> None:
    for each in invitations(crowded)[:8]:
        say(each)
    before = set(Sheet.objects.values_list("pk", flat=True))
    compute_results(survey=crowded, now=LATER)
    after = set(Sheet.objects.values_list("pk", flat=True))
    assert len(after) == 8
    assert not before & after


def test_what_is_destroyed_does_not_lie_on_in_the_file(cast: Cast) -> None:
    """SQLite leaves what was deleted in free pages unless it is told to write over it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA secure_delete").fetchone() == (1,)


def test_what_is_compared_is_known_and_said_so(cast: Cast) -> None:
    crowd(cast.programme, CELLS)
    survey = sent(cast, "competences_start")
    asked = invitation(survey, cast.mentee)
    submit_answers(invitation=asked, values={"competences": {"marketing": 2}}, by=cast.elina, now=LATER)
    assert Sheet.objects.get().membership == cast.mentee


def test_results_hold_neither_words_nor_people(crowded: Survey) -> None:
    for each in invitations(crowded)[:12]:
        say(each)
    compute_results(survey=crowded, now=LATER)
    kept = json.dumps(Survey.objects.select_related("result").get().result.data, ensure_ascii=False)
    assert SECRET not in kept
    assert "varpa.example" not in kept


def test_keys_are_random_and_fit() -> None:
    keys = {random_key() for _time in range(1_000)}
    assert len(keys) == 1_000
    assert all(0 < key < 2**63 for key in keys)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({("mentor", "LV"): 12}, {("mentor", "EE"): 1}),
        ({("mentor", "LV"): 12, ("mentor", "LT"): 4}, {("mentor", "LT"): 1}),
        ({("mentor", "LV"): 12}, {("mentee", "LV"): 1}),
    ],
)
def test_whoever_is_asked_later_stands_with_five_too(cast: Cast, first: Cells, second: Cells) -> None:
    """A second wave of one person would have had words beside the answer that nobody else has."""
    survey = open_survey(programme=cast.programme, form="progress_survey", by=cast.inga, now=NOW)
    Membership.objects.filter(programme=cast.programme).update(state=MembershipState.WITHDRAWN)
    crowd(cast.programme, first)
    send_survey(survey=survey, roles=BOTH, closes_on=LAST, by=cast.inga, now=NOW)
    for each in invitations(survey):
        say(each)
    crowd(cast.programme, second, begin=100)
    send_survey(survey=survey, roles=BOTH, closes_on=LAST, by=cast.inga, now=LATER)
    say(next(each for each in invitations(survey) if each.state == InvitationState.ASKED))
    beside = Counter(Sheet.objects.values_list("role", "country"))
    asked = Counter(Invitation.objects.values_list("group_role", "group_country"))
    assert min(beside.values()) >= LEAST, beside
    assert asked == beside


def test_of_a_group_of_whom_few_answered_nothing_stands_beside_their_answers(cast: Cast) -> None:
    crowd(cast.programme, {("mentor", "LV"): 9, ("mentee", "LV"): 9})
    survey = sent(cast, "progress_survey")
    mentors = [each for each in invitations(survey) if each.group_role == "mentor"]
    mentees = [each for each in invitations(survey) if each.group_role == "mentee"]
    for each in (mentors[0], *mentees):
        submit_answers(invitation=each, values=WELL, by=None, now=LATER)
    close_survey(survey=survey, by=cast.inga, now=LATER)
    answered = Invitation.objects.filter(survey=survey, state=InvitationState.ANSWERED)
    for each in answered:
        alike = Sheet.objects.filter(survey=survey, role=each.group_role, country=each.group_country)
        assert alike.count() >= 5
    assert set(Sheet.objects.values_list("role", "country")) == {("", "")}


def test_of_groups_of_whom_five_answered_each_keeps_its_words(cast: Cast) -> None:
    crowd(cast.programme, {("mentor", "LV"): 9, ("mentee", "LV"): 9})
    survey = sent(cast, "progress_survey")
    for each in invitations(survey):
        submit_answers(invitation=each, values=WELL, by=None, now=LATER)
    close_survey(survey=survey, by=cast.inga, now=LATER)
    assert {role for role, _country in Sheet.objects.values_list("role", "country")} == {"mentor", "mentee"}
