"""Indicators: what is aimed at, what was achieved, and what stands behind each figure."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from tests.cast import Cast
from tests.make import NOW
from varpa.evaluation import actions
from varpa.evaluation.behind import line, listed
from varpa.evaluation.indicators import achieved, examples, indicators_of
from varpa.evaluation.measures import MEASURES, counted, rows_of
from varpa.evaluation.models import Indicator, IndicatorValue
from varpa.kernel.clock import moved_to
from varpa.kernel.refs import new_ref
from varpa.kernel.states import AlreadyMoved
from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.people.models import Person
from varpa.programmes.models import MembershipState, Programme, Role

pytestmark = pytest.mark.django_db
TOLD = {name: TranslatedText.same("Skolas") for name in ("name", "unit")}


def added(cast: Cast, **more: object) -> Indicator:
    return actions.add_indicator(programme=cast.programme, told={**TOLD, **more}, by=cast.inga, now=NOW)


def value(cast: Cast, indicator: Indicator) -> int | None:
    found = indicators_of(cast.programme).filter(pk=indicator.pk)
    return achieved(cast.programme, found, NOW)[0].value


def test_persons_are_counted_once_by_their_own_country(cast: Cast) -> None:
    asked = [(key, country) for key in ("persons", "mentors", "mentees") for country in ("", "LV", "LT")]
    found = counted(cast.programme, asked)
    assert [found["persons", country] for country in ("", "LV", "LT")] == [4, 2, 2]
    make.member(cast.programme, cast.andris, Role.MENTEE, country="LT")
    again = counted(cast.programme, asked)
    assert [again["persons", country] for country in ("", "LV", "LT")] == [4, 2, 2]
    assert again["mentees", ""] == 3


def test_a_pair_may_span_both_countries(cast: Cast) -> None:
    assert counted(cast.programme, [("both_countries", "")])["both_countries", ""] == 0
    type(cast.mentee).objects.filter(pk=cast.mentee.pk).update(country="LT")
    assert counted(cast.programme, [("both_countries", "")])["both_countries", ""] == 1


def test_who_took_part_and_left_is_told_and_who_never_began_is_not(cast: Cast) -> None:
    """Persons are those who are in: without this figure nobody would see that there were more."""
    applied = make.member(cast.programme, cast.tomas, Role.MENTOR)
    gone = MembershipState.WITHDRAWN
    type(applied).objects.filter(pk__in=[applied.pk, cast.mentor.pk]).update(state=gone)
    found = counted(cast.programme, [("persons", ""), ("left_early", "")])
    assert found == {("persons", ""): 3, ("left_early", ""): 1}
    assert [each.person for each in listed(cast.programme, "left_early")] == [cast.andris]


@pytest.mark.parametrize("key", [measure.key for measure in MEASURES])
def test_each_figure_is_as_long_as_its_list(cast: Cast, key: str) -> None:
    make.held(cast.pair)
    make.entry(cast.pair)
    rows = list(listed(cast.programme, key))
    figure = counted(cast.programme, [(key, "")])[key, ""]
    if key == "hours":
        assert figure == sum(row.minutes for row in rows)
    elif key == "companies":
        assert figure == len({row.place for row in rows})
    else:
        assert figure == len(rows) == rows_of(cast.programme, key).count()
    assert all(line(cast.programme, row, key).text for row in rows)


def test_by_hand_the_newest_day_counts(cast: Cast) -> None:
    indicator = added(cast, target=4)
    assert value(cast, indicator) is None
    told = {"indicator": indicator, "by": cast.inga, "now": NOW}
    newest = actions.write_value(value=3, day=NOW.date(), **told)
    actions.write_value(value=1, day=NOW.date() - timedelta(days=9), **told)
    found = achieved(cast.programme, indicators_of(cast.programme), NOW)[0]
    assert (found.value, found.percent, found.state) == (3, 75, "going")
    actions.withdraw_value(value=newest, by=cast.inga, now=NOW)
    assert value(cast, indicator) == 1
    with pytest.raises(AlreadyMoved):
        actions.withdraw_value(value=newest, by=cast.inga, now=NOW)
    with pytest.raises(actions.NotHappenedYet):
        actions.write_value(value=3, day=NOW.date() + timedelta(days=1), **told)


def test_a_target_of_nought_has_no_part(cast: Cast) -> None:
    indicator = added(cast, target=0)
    actions.write_value(indicator=indicator, value=3, day=NOW.date(), by=cast.inga, now=NOW)
    found = achieved(cast.programme, indicators_of(cast.programme), NOW)[0]
    assert (found.percent, found.state) == (None, "going")


def test_what_counts_itself_is_not_written_down(cast: Cast) -> None:
    indicator = added(cast, measure="persons", country="LT")
    assert value(cast, indicator) == 2
    with pytest.raises(actions.CountsItself):
        actions.write_value(indicator=indicator, value=3, day=NOW.date(), by=cast.inga, now=NOW)
    with pytest.raises(actions.NoCountryHere):
        added(cast, measure="pairs", country="LT")
    with pytest.raises(actions.NoSuchMeasure):
        added(cast, measure="elephants")


def test_one_code_one_indicator(cast: Cast) -> None:
    first = added(cast, code="A 1")
    with pytest.raises(actions.CodeIsTaken):
        added(cast, code="A 1")
    with pytest.raises(actions.IndicatorChanged):
        actions.change_indicator(indicator=first, told=TOLD, revision=7, by=cast.inga, now=NOW)
    actions.withdraw_indicator(indicator=first, by=cast.inga, now=NOW)
    added(cast, code="A 1")


def test_the_example_set_is_added_once(cast: Cast) -> None:
    codes = ["RCO 81", "RCO 85", "RCR 81", "RCO 87", "RCR 84"]
    assert [each.code for each in examples()] == codes
    assert all(each.text.as_dict()[code] for each in examples() for code in LANGUAGES)
    assert actions.add_examples(programme=cast.programme, by=cast.inga, now=NOW) == 5
    assert actions.add_examples(programme=cast.programme, by=cast.inga, now=NOW) == 0
    assert {each.source for each in Indicator.objects.all()} == {"SWD(2021) 198; (EU) 2021/1058"}


def test_sent_twice_it_is_one(cast: Cast) -> None:
    ref = new_ref()
    for _time in range(2):
        actions.add_indicator(programme=cast.programme, told=TOLD, by=cast.inga, now=NOW, ref=ref)
    assert Indicator.objects.count() == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_manager_alone_has_the_pages(cast: Cast, language: str) -> None:
    indicator = added(cast, measure="persons")
    hand = added(cast)
    IndicatorValue.objects.create(indicator=hand, value=2, day=NOW.date(), by=cast.inga, at=NOW)
    Person.objects.filter(pk=cast.inga.pk).update(language=language)
    ref = cast.programme.ref
    pages = [
        reverse("evaluation:indicator", args=[indicator.ref]),
        reverse("evaluation:indicator", args=[hand.ref]),
        reverse("evaluation:change_indicator", args=[hand.ref]),
        reverse("evaluation:new_indicator", args=[ref]),
        *(reverse("evaluation:measure", args=[ref, measure.key]) for measure in MEASURES),
    ]
    with moved_to(NOW):
        for path in pages:
            for person, statuses in (
                (cast.inga, (200,)),
                (cast.andris, (403, 404)),
                (cast.zane, (404,)),
                (cast.tomas, (404,)),
            ):
                client = Client()
                client.force_login(Person.objects.get(pk=person.pk))
                assert client.get(path).status_code in statuses, path


def test_a_form_adds_and_changes(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.inga)
    new = reverse("evaluation:new_indicator", args=[cast.programme.ref])
    said = {f"{name}_{code}": "Skolas" for name in ("name", "unit") for code in LANGUAGES}
    with moved_to(NOW):
        form = {**said, "ref": new_ref(), "target": "4", "measure": "mentees", "country": "LV"}
        assert client.post(new, form).status_code == 302
        made = Indicator.objects.get()
        assert (made.target, made.measure, made.country) == (4, "mentees", "LV")
        change = reverse("evaluation:change_indicator", args=[made.ref])
        assert client.post(change, {**form, "target": "5", "revision": "0"}).status_code == 302
        assert client.post(change, {**form, "target": "6", "revision": "0"}).status_code == 200
    assert Indicator.objects.get().target == 5
    assert Programme.objects.get(pk=cast.programme.pk).indicators.count() == 1


def test_the_list_of_persons_has_a_row_a_person_with_both_roles(cast: Cast) -> None:
    make.member(cast.programme, cast.andris, Role.MENTEE, country="LV")
    rows = list(listed(cast.programme, "persons"))
    assert len(rows) == counted(cast.programme, [("persons", "")])["persons", ""] == 4
    [andris] = [row for row in rows if row.person == cast.andris]
    assert line(cast.programme, andris, "persons").detail == "Mentor, Mentee, Latvia"
    assert [row.ref for row in listed(cast.programme, "mentors") if row.person == cast.andris] == [
        cast.mentor.ref
    ]
