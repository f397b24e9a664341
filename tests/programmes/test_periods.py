"""The reporting periods of a programme: named by its manager, no day in two of them (product §3, S18)."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.programmes.conftest import SignIn, queries, text
from varpa.dossier.actions.asking import ask_dossier
from varpa.dossier.reach import EndsBeforeItBegins, NoSuchPeriod, PeriodAndDays
from varpa.history.models import Line
from varpa.kernel.refs import new_ref
from varpa.people.models import Person
from varpa.programmes.actions import periods as actions
from varpa.programmes.models import Programme, ProgrammeState, ReportingPeriod
from varpa.programmes.queries import reporting_periods

AUTUMN = (date(2025, 9, 1), date(2025, 12, 31))
SPRING = (date(2026, 1, 1), date(2026, 6, 30))


def added(cast: Cast, name: str, days: tuple[date, date], **more: Any) -> ReportingPeriod:
    said = {"programme": cast.programme, "by": cast.inga, "now": NOW, **more}
    return actions.add_period(name=name, first=days[0], last=days[1], **said)


def test_the_manager_names_them_and_they_stand_by_their_days(cast: Cast) -> None:
    added(cast, "2", SPRING)
    added(cast, "  1  ", AUTUMN)
    assert [each.name for each in reporting_periods(cast.programme)] == ["1", "2"]
    assert Line.objects.filter(verb="programme.period").count() == 2


@pytest.mark.parametrize(
    "days",
    [
        (date(2025, 12, 31), date(2026, 1, 31)),
        (date(2025, 8, 1), date(2025, 9, 1)),
        (date(2025, 10, 1), date(2025, 10, 2)),
        (date(2025, 1, 1), date(2026, 12, 31)),
    ],
)
def test_no_day_is_in_two_periods(cast: Cast, days: tuple[date, date]) -> None:
    added(cast, "1", AUTUMN)
    with pytest.raises(actions.PeriodsOverlap, match="1"):
        added(cast, "2", days)
    added(cast, "2", SPRING)


def test_what_is_no_period_is_refused(cast: Cast) -> None:
    added(cast, "Pirmais", AUTUMN)
    with pytest.raises(actions.PeriodNamedAlready):
        added(cast, "pirmais", SPRING)
    with pytest.raises(actions.NamelessPeriod):
        added(cast, "  ", SPRING)
    with pytest.raises(actions.PeriodEndsBefore):
        added(cast, "2", (SPRING[1], SPRING[0]))
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportingPeriod.objects.create(programme=cast.programme, name="3", first=SPRING[1], last=SPRING[0])


def test_two_clicks_add_one_and_take_one_off(cast: Cast) -> None:
    ref = new_ref()
    first, second = (added(cast, "1", AUTUMN, ref=ref) for _click in range(2))
    assert first == second
    for _click in range(2):
        actions.take_period_off(period=first, by=cast.inga, now=NOW)
    assert reporting_periods(cast.programme) == []
    assert Line.objects.filter(verb="programme.period").count() == 2
    added(cast, "1", AUTUMN)


def test_the_last_one_is_named_after_the_end(cast: Cast) -> None:
    Programme.objects.update(state=ProgrammeState.CLOSED)
    added(cast, "1", AUTUMN)


def test_a_dossier_is_of_a_period_by_its_name(cast: Cast) -> None:
    period = added(cast, "1", AUTUMN)
    asked: dict[str, Any] = {"programme": cast.programme, "by": cast.inga, "now": NOW, "language": "lv"}
    for key in ("1", period.ref):
        made = ask_dossier(period=key, **asked)
        assert (made.first, made.last) == AUTUMN
    with pytest.raises(NoSuchPeriod, match="1"):
        ask_dossier(period="2", **asked)
    with pytest.raises(PeriodAndDays):
        ask_dossier(period="1", first=SPRING[0], **asked)
    with pytest.raises(EndsBeforeItBegins):
        ask_dossier(first=SPRING[1], last=SPRING[0], **asked)


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_the_page_of_the_manager(cast: Cast, sign_in: SignIn, language: str) -> None:
    Person.objects.update(language=language)
    address = reverse("programmes:periods", args=[cast.programme.ref])
    client = sign_in(cast.inga)
    assert address in text(client.get(reverse("programmes:settings", args=[cast.programme.ref])))
    assert f'lang="{language}"' in text(client.get(address))
    said = {"ref": new_ref(), "name": "1", "first": "2025-09-01", "last": "2025-12-31"}
    assert client.post(address, said).status_code == 302
    again = client.post(address, {**said, "ref": new_ref(), "name": "2"})
    assert again.status_code == 200
    assert 'value="2025-09-01"' in text(again), "what was typed is kept"
    before = queries(client, address)
    for number in range(10):
        day = date(2026, 1, number + 1)
        added(cast, f"d{number}", (day, day))
    assert queries(client, address) == before
    dossier = text(client.get(reverse("dossier:dossier", args=[cast.programme.ref])))
    assert ">d3</option>" in dossier
    period = ReportingPeriod.objects.get(name="1")
    client.post(reverse("programmes:period_removal", args=[cast.programme.ref, period.ref]))
    assert ">1</option>" not in text(client.get(reverse("dossier:dossier", args=[cast.programme.ref])))


def test_who_does_not_run_the_programme_sees_none_of_it(cast: Cast, sign_in: SignIn) -> None:
    period = added(cast, "1", AUTUMN)
    address = reverse("programmes:periods", args=[cast.programme.ref])
    removal = reverse("programmes:period_removal", args=[cast.programme.ref, period.ref])
    for person in (cast.andris, cast.elina, cast.zane, make.person("Svešais")):
        assert sign_in(person).get(address).status_code in (403, 404)
        assert sign_in(person).post(removal).status_code in (403, 404)
    assert reporting_periods(cast.programme) == [period]
