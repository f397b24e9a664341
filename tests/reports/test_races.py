"""Two clicks at one moment: one edition, one yes, one round of letters."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from tests.cast import Cast
from tests.reports.conftest import LATER
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person
from varpa.reports.actions.comments import agree
from varpa.reports.actions.editions import publish_report
from varpa.reports.models import Agreement, Edition, Report

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(act: Callable[[], object]) -> None:
    """Two threads do the same at one moment; a refusal is an answer."""
    start = Barrier(2)

    def run() -> None:
        start.wait()
        try:
            act()
        except Refusal:
            pass
        finally:
            connections.close_all()

    threads = [Thread(target=run) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    connection.close()


def test_two_clicks_publish_one_edition(cast: Cast, ready: Report) -> None:
    at_once(lambda: publish_report(report=Report.objects.get(), by=Person(pk=cast.inga.pk), now=LATER))
    assert Edition.objects.count() == 1


def test_two_clicks_are_one_yes(cast: Cast, opened: Report) -> None:
    at_once(lambda: agree(report=Report.objects.get(), by=Person(pk=cast.elina.pk), now=LATER))
    assert Agreement.objects.count() == 1
