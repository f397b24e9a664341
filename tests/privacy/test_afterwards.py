"""After an erasure every page opens, every figure is right, and the dossier says what happened."""

import zipfile
from operator import itemgetter
from pathlib import Path

import pytest
from django.db.models import Sum
from django.test import Client

from bench._visits import patterns
from tests.cast import Cast
from tests.dossier.conftest import built
from tests.journeys.furnished import tokens_of
from tests.journeys.test_every_page import _paths
from tests.make import NOW
from varpa.dossier.verifying import verify
from varpa.evaluation.measures import BY_KEY, counted
from varpa.guidelines.models import Recommendation, Version
from varpa.meetings.models import HourLine
from varpa.pairs.models import Pair
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.privacy.actions.erasing import erase_person
from varpa.programmes.models import MethodologyVersion, Programme
from varpa.surveys.actions.results import compute_due
from varpa.surveys.models import Sheet, Survey

pytestmark = pytest.mark.django_db


def _opened(cast: Cast, client: Client) -> dict[str, int]:
    tokens = tokens_of()
    paths = [
        path
        for name, pattern in sorted(patterns(), key=itemgetter(0))
        for path in _paths(name, pattern, cast, tokens)
    ]
    return {path: client.get(path).status_code for path in paths}


@pytest.mark.parametrize("reader", ["andris", "inga", "dace"])
def test_every_page_that_opened_opens_still(full: Cast, reader: str) -> None:
    person: Person = getattr(full, reader)
    client = Client()
    client.force_login(person)
    tokens_of()
    erase_person(person=full.elina, by=None, now=NOW)
    after = _opened(full, client)
    assert sum(status == 200 for status in after.values()) > 40
    assert [path for path, status in after.items() if status >= 500] == []


def _figures(cast: Cast) -> object:
    asked = [(key, code) for key in BY_KEY for code in ("", "LV", "LT")]
    return counted(cast.programme, asked)


def test_of_a_programme_that_is_over_every_figure_stays(full: Cast) -> None:
    Pair.objects.filter(pk=full.pair.pk).update(state="ended", outcome="completed", ended_at=NOW)
    Programme.objects.filter(pk=full.programme.pk).update(state="closed")
    before, hours = _figures(full), HourLine.objects.aggregate(Sum("minutes"))
    for person in (full.elina, full.andris):
        erase_person(person=person, by=None, now=NOW)
    assert _figures(full) == before
    assert HourLine.objects.aggregate(Sum("minutes")) == hours


def test_who_is_erased_in_a_running_programme_has_left_it_and_the_pair_ended_without_blame(
    full: Cast,
) -> None:
    hours = HourLine.objects.aggregate(Sum("minutes"))
    erase_person(person=full.elina, by=None, now=NOW)
    assert HourLine.objects.aggregate(Sum("minutes")) == hours
    full.pair.refresh_from_db()
    full.mentee.refresh_from_db()
    assert (full.pair.state, full.pair.outcome, full.pair.end_reason) == ("ended", "dissolved", "")
    assert full.mentee.state == "withdrawn"
    told = Letter.objects.get(once__startswith=f"pair.ended:{full.pair.ref}")
    assert (told.person, "Elīna" in told.text) == (full.andris.pk, False)


def test_answers_stay_counted_and_their_words_go(full: Cast) -> None:
    survey = Survey.objects.exclude(state="draft").earliest("pk")
    words, step = (survey.questions.filter(kind=kind).first().key for kind in ("text", "scale"))
    sheet = Sheet.objects.create(survey=survey, membership=full.mentee, values={words: "Elīna", step: 4})
    erase_person(person=full.elina, by=None, now=NOW)
    sheet.refresh_from_db()
    survey.refresh_from_db()
    assert (sheet.values, survey.stale) == ({step: 4}, True)
    compute_due(NOW)
    assert survey.result.counted == survey.sheets.count()


def test_what_was_quoted_of_them_leaves_what_was_published(full: Cast) -> None:
    version = Version.objects.latest("pk")
    ref = Recommendation.objects.filter(by=full.elina, consents__withdrawn_at=None).latest("pk").ref
    assert ref in {each["ref"] for one in Version.objects.all() for each in one.quoted}
    erase_person(person=full.elina, by=None, now=NOW)
    assert ref not in {each["ref"] for one in Version.objects.all() for each in one.quoted}
    assert Client().get(f"/guidelines/{version.ref}/").status_code in (200, 302, 404)


def test_a_methodology_that_came_of_it_keeps_the_advice_and_not_the_name(full: Cast) -> None:
    taken = full.programme.methodology_version
    taken.text.data["title"]["lv"] = "Padoms — Elīna Bērziņa, audzēkne"
    taken.text.save()
    came = {"methodology_key": taken.key, "becomes": taken.version}
    Version.objects.filter(pk=Version.objects.latest("pk").pk).update(**came)
    before = taken.digest
    erase_person(person=full.elina, by=None, now=NOW)
    taken = MethodologyVersion.objects.get(pk=taken.pk)
    assert taken.text.data["title"]["lv"] == "Padoms — …, audzēkne"
    assert taken.digest != before


def test_the_dossier_is_built_verified_and_says_erased(full: Cast, tmp_path: Path) -> None:
    Pair.objects.filter(pk=full.pair.pk).update(state="ended", outcome="completed", ended_at=NOW)
    Programme.objects.filter(pk=full.programme.pk).update(state="closed")
    erase_person(person=full.elina, by=None, now=NOW)
    path = built(full, tmp_path / "dossier.zip")
    assert verify(path).files
    with zipfile.ZipFile(path) as archive:
        content = b"\n".join(archive.read(name) for name in archive.namelist()).decode("utf-8", "replace")
        assert not [name for name in archive.namelist() if "Elīna" in name]
    assert "Dzēsta persona" in content
    assert "Elīna" not in content
