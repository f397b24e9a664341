"""Two clicks at once begin one programme of the next year, with everything in it once."""

from datetime import date

import pytest

from tests.cast import assemble
from tests.make import NOW
from tests.together import at_once
from varpa.guidelines.actions.following import follow_programme
from varpa.kernel.refs import new_ref
from varpa.kernel.text import TranslatedText
from varpa.programmes.models import Partner, Programme

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_clicks_at_once_begin_one_programme() -> None:
    cast, ref = assemble(), new_ref()

    def click() -> Programme:
        return follow_programme(
            former=cast.programme,
            ref=ref,
            name=TranslatedText.same("Nākamais gads"),
            starts=date(2026, 3, 1),
            ends=date(2027, 4, 30),
            same_managers=True,
            by=cast.dace,
            now=NOW,
        )

    one, other = at_once(click, click)
    assert one == other
    partners = Partner.objects.filter(programme=one).count()
    assert partners == Partner.objects.filter(programme=cast.programme).count()
