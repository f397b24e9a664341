"""The name of who was erased leaves every text of the programme, also where it is declined (R11)."""

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.privacy.conftest import standing
from varpa.events.models import Event
from varpa.kernel.text import TranslatedText
from varpa.privacy.actions.erasing import erase_person
from varpa.reports.models import Edition
from varpa.surveys.models import Theme

pytestmark = pytest.mark.django_db


def test_the_reason_of_an_early_edition_names_nobody_who_was_erased(full: Cast) -> None:
    edition = Edition.objects.latest("pk")
    Edition.objects.filter(pk=edition.pk).update(early_reason="Jo Elīnai Bērziņai jāatbild agrāk.")
    erase_person(person=full.elina, by=None, now=NOW)
    edition.refresh_from_db()
    assert edition.early_reason == "Jo … jāatbild agrāk."


def test_a_theme_names_nobody_who_was_erased(full: Cast) -> None:
    theme = Theme.objects.latest("pk")
    said = "Vairāki piemin Elīnu Bērziņu."
    Theme.objects.filter(pk=theme.pk).update(
        text=TranslatedText(lv=said, lt="", en="Several mention Elīna Bērziņa.")
    )
    erase_person(person=full.elina, by=None, now=NOW)
    theme.refresh_from_db()
    assert (theme.text.lv, theme.text.en) == ("Vairāki piemin ….", "Several mention ….")


def test_an_event_names_nobody_who_was_erased(full: Cast) -> None:
    event = Event.objects.earliest("pk")
    said = "Stāsta Elīna Bērziņa. ELĪNAI BĒRZIŅAI paldies."
    Event.objects.filter(pk=event.pk).update(text=TranslatedText(lv=said, lt=said, en=said))
    erase_person(person=full.elina, by=None, now=NOW)
    assert standing("Elīna Bērziņa", "BĒRZIŅ") == set()
