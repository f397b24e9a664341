"""The audit log: who did what, when, for whom, how, and nothing else (S21, R11)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.urls import reverse
from django.utils import translation

from tests import make
from tests.cast import Cast, assemble
from tests.make import NOW
from tests.programmes.conftest import queries
from tests.visits import Visitor, words
from varpa.dossier.papers import history as dossier_history
from varpa.factors.actions import reset
from varpa.history.actions import record
from varpa.history.models import Channel, Line
from varpa.pairs.actions.pairs import pause_pair
from varpa.people.models import Appointment, Person
from varpa.privacy.logwords import ACTS, KINDS, VERBS, what
from varpa.support.actions.cases import tell
from varpa.support.models import Door, Kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    made = assemble()
    Line.objects.all().delete()
    return made


def of_programme(cast: Cast) -> str:
    return reverse("privacy:programme_log", args=[cast.programme.ref])


def of_house(cast: Cast) -> str:
    return reverse("privacy:organisation_log", args=[cast.organisation.ref])


def kept(verb: str, cast: Cast, **more: Any) -> Line:
    said = {"now": NOW, "by": cast.inga, "programme_ref": cast.programme.ref, **more}
    return record(verb, cast.pair, **said)


def test_a_line_says_when_who_for_whom_how_and_what(cast: Cast) -> None:
    kept("hours.enter", cast, behalf=cast.andris, channel=Channel.PAPER, details={"minutes": 987_654_321})
    for address, who in ((of_programme(cast), cast.inga), (of_house(cast), cast.dace)):
        page = words(Visitor(who, language="en").get(address))
        for word in ("Hours: entering", cast.inga.name, f"On behalf of: {cast.andris.name}", "on paper"):
            assert word in page
        assert "987654321" not in page, "never a value"


def test_only_those_who_run_it_read_it(cast: Cast) -> None:
    for who in (cast.andris, cast.elina, cast.rimantas, cast.zane, make.person("Svešais")):
        for address in (of_programme(cast), of_house(cast)):
            assert Visitor(who).get(address).status_code in (403, 404)
    assert Visitor(cast.inga).get(of_house(cast)).status_code in (403, 404), "a manager, of one programme"
    assert Visitor(cast.dace).get(of_programme(cast)).status_code == 200


def test_it_names_nobody_who_told_something_in_confidence(cast: Cast) -> None:
    said: dict[str, Any] = {"door": Door.LEAD_PARTNER, "kind": Kind.SAFETY, "text": "Slikti"}
    tell(membership=cast.mentee, pair=cast.pair, **said, by=cast.elina, now=NOW)
    for verb in ("worry.tell", "diary.write", "message.write", "survey.answer", "apart.ask", "case.read"):
        kept(verb, cast, by=cast.elina)
        assert verb not in VERBS
    page = Visitor(cast.dace, language="en").get(of_programme(cast))
    assert cast.elina.name not in words(page)
    assert page.context["rows"] == []
    assert cast.elina.name not in Visitor(cast.dace).get(of_programme(cast) + "?as=csv").content.decode()


def test_it_is_narrowed_by_person_kind_and_day(cast: Cast) -> None:
    kept("pair.start", cast)
    kept("meeting.plan", cast, by=cast.andris, now=NOW + timedelta(days=3))
    client = Visitor(cast.inga, language="en")
    day = f"{NOW + timedelta(days=3):%Y-%m-%d}"
    for asked, found in (
        ({"who": "andris"}, ["Meeting: planning"]),
        ({"kind": "pair"}, ["Pair: start"]),
        ({"first": day, "last": day}, ["Meeting: planning"]),
        ({"last": f"{NOW:%Y-%m-%d}"}, ["Pair: start"]),
        ({"who": "nobody at all"}, []),
    ):
        rows = client.client.get(of_programme(cast), asked).context["rows"]
        assert [row.what for row in rows] == found, asked
    assert client.client.get(of_programme(cast), {"first": "soon", "kind": "x"}).status_code == 200


def test_the_file_says_the_same_with_references(cast: Cast) -> None:
    pause_pair(pair=cast.pair, by=cast.inga, now=datetime(2025, 10, 14, 9, tzinfo=UTC))
    answer = Visitor(cast.inga, language="en").get(of_programme(cast) + "?as=csv&kind=pair")
    assert answer.headers["Content-Type"].startswith("text/csv")
    _heads, row = answer.content.decode("utf-8-sig").splitlines()
    assert row == f"2025-10-14 09:00:00Z;Pair: pause;{cast.inga.name};;on the page;{cast.pair.ref}"


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_it_is_paged_and_asks_the_same_number_of_questions(cast: Cast, language: str) -> None:
    kept("pair.start", cast)
    Person.objects.update(language=language)
    client = Visitor(cast.inga)
    before = queries(client.client, of_programme(cast))
    for verb in sorted(VERBS):
        kept(verb, cast, by=cast.andris, behalf=cast.elina)
    assert queries(client.client, of_programme(cast)) == before
    page = client.get(of_programme(cast))
    assert f'lang="{language}"' in page.content.decode()
    assert (len(page.context["rows"]), page.context["page"].has_next) == (50, True)


def test_every_verb_has_its_words_in_three_languages() -> None:
    told = {}
    for language in ("lv", "lt", "en"):
        with translation.override(language):
            told[language] = {verb: what(verb) for verb in VERBS}
    assert not [verb for verb in VERBS if told["lv"][verb] == told["en"][verb]]
    assert not [verb for verb in VERBS if told["lt"][verb] == told["en"][verb]]
    assert {verb.partition(".")[0] for verb in VERBS} == set(KINDS)
    assert {verb.partition(".")[2] for verb in VERBS} == set(ACTS)


def test_what_the_dossier_tells_stands_here_too() -> None:
    assert dossier_history.VERBS <= VERBS


def test_a_second_step_that_was_taken_off_stands_in_the_logs_of_whoever_looks_after_the_person(
    cast: Cast,
) -> None:
    make.member(cast.elsewhere.programme, cast.andris, "mentor")
    for who in (cast.andris, cast.dace):
        RecoveryCodes.activate(who)
    other = make.person("Otra Vadītāja")
    Appointment.objects.create(person=other, organisation=cast.organisation, at=NOW)
    reset(person=cast.andris, by=cast.inga, now=NOW)
    reset(person=cast.dace, by=other, now=NOW)
    sentence = "taking off the second step of signing in"
    theirs = reverse("privacy:programme_log", args=[cast.elsewhere.programme.ref])
    for address, who in ((of_programme(cast), cast.inga), (theirs, cast.tomas)):
        page = words(Visitor(who, language="en").get(address))
        assert sentence in page
        assert f"On behalf of: {cast.andris.name}" in page
        assert cast.dace.name not in page
    assert f"On behalf of: {cast.dace.name}" in words(Visitor(other, language="en").get(of_house(cast)))
