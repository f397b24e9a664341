"""Two clicks at one moment hand it in once; what is written at that moment is in it, or is refused."""

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.presentations.conftest import WORDS, write
from tests.together import at_once
from varpa.history.models import Line
from varpa.presentations.actions.presentations import PresentationIsSubmitted
from varpa.presentations.actions.submitting import submit_presentation
from varpa.presentations.models import Presentation, Slide, Version

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_clicks_submit_it_once(cast: Cast, shared: Presentation) -> None:
    def submit() -> Version:
        return submit_presentation(presentation=Presentation.objects.get(), by=cast.elina, now=NOW)

    refused = [found for found in at_once(submit, submit) if isinstance(found, Exception)]
    assert [type(each) for each in refused] == [PresentationIsSubmitted]
    assert Version.objects.count() == Line.objects.filter(verb="presentation.submit").count() == 1


def test_what_is_saved_at_that_moment_is_in_it_or_refused(cast: Cast, shared: Presentation) -> None:
    at_once(
        lambda: submit_presentation(presentation=Presentation.objects.get(), by=cast.elina, now=NOW),
        lambda: write(Presentation.objects.get(), cast, f"{WORDS} Vēl.", revision=1),
    )
    assert Version.objects.get().texts["idea"] == Slide.objects.get().text
