"""My data promises only what the software keeps: without a yes nobody is erased, however late it is."""

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.privacy.test_pages import signed
from varpa.privacy.actions.retaining import erase_confirmed
from varpa.privacy.models import Retention
from varpa.programmes.models import Programme

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "latest", "may"),
    [
        ("lv", "vēlākais", "dati var tikt dzēsti no"),
        ("lt", "vėliausiai", "duomenys gali būti ištrinti nuo"),
        ("en", "at the latest", "data may be erased from"),
    ],
)
def test_no_last_day_is_promised_that_nobody_keeps(cast: Cast, language: str, latest: str, may: str) -> None:
    ends = NOW.date().replace(year=NOW.year - 9)
    Programme.objects.filter(pk=cast.programme.pk).update(
        state="closed", starts=ends.replace(year=ends.year - 1), ends=ends
    )
    Retention.objects.create(programme=cast.programme, years=1, at=NOW)
    assert erase_confirmed(NOW) == 0
    page = signed(cast.elina, language).get("/me/data/").content.decode()
    assert latest not in page
    assert may in page.replace("\xa0", " ")
