"""What a cooperation plan says goes into the dossier only while both of the two consent."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests import make
from tests.cast import Cast
from tests.dossier.conftest import built, words_of
from tests.make import NOW
from tests.visits import Visitor, forms, words
from varpa.dossier.models import Names
from varpa.kernel.text import LANGUAGES
from varpa.pairs.actions.consents import consent_to_dossier
from varpa.pairs.actions.pairs import NotOneOfTheTwo
from varpa.pairs.models import DossierConsent, Plan, PlanAnswer
from varpa.people.models import Person

pytestmark = pytest.mark.django_db
SAID = "Elīna raksta Andrim otrdienās"


@pytest.fixture
def agreed(cast: Cast) -> Cast:
    """Both have agreed on a plan, in which the two are named."""
    plan = Plan.objects.filter(pair=cast.pair, agreed_at__isnull=False).first() or make.agreed_plan(cast.pair)
    PlanAnswer.objects.filter(plan=plan).update(text=SAID)
    return cast


def both(cast: Cast, agrees: bool = True) -> None:
    for person in (cast.andris, cast.elina):
        consent_to_dossier(pair=cast.pair, agrees=agrees, by=person, now=NOW)


def said(cast: Cast, folder: Path, **asked: object) -> str:
    """Everything in the folder of cooperation plans, as text."""
    found = words_of(built(cast, folder / f"{len(list(folder.iterdir()))}.zip", **asked))
    return "\n".join(text for name, text in found.items() if name.startswith("06-"))


def test_without_consent_there_are_dates_only(agreed: Cast, tmp_path: Path) -> None:
    assert "raksta" not in said(agreed, tmp_path)


@pytest.mark.parametrize("side", ["andris", "elina"])
def test_one_of_the_two_alone_opens_nothing(agreed: Cast, tmp_path: Path, side: str) -> None:
    consent_to_dossier(pair=agreed.pair, agrees=True, by=getattr(agreed, side), now=NOW)
    assert "raksta" not in said(agreed, tmp_path)


def test_with_both_the_agreed_words_stand_there_and_the_pupil_by_initials(
    agreed: Cast, tmp_path: Path
) -> None:
    both(agreed)
    text = said(agreed, tmp_path)
    assert "raksta Andrim otrdienās" in text
    assert "Elīna" not in text


def test_other_pupils_stand_there_by_initials_too(agreed: Cast, tmp_path: Path) -> None:
    PlanAnswer.objects.update(text=f"{SAID} kopā ar klasesbiedreni Gabiju Petrauskaiti; Gabija atgādina.")
    both(agreed)
    text = said(agreed, tmp_path)
    assert f"kopā ar klasesbiedreni G. P. ({agreed.neighbours.mentee.ref}); G. atgādina" in text
    assert "Gabij" not in text
    assert "raksta Andrim" in text


def test_the_pupil_is_named_of_age_is_named_where_the_dossier_names_everywhere(
    agreed: Cast, tmp_path: Path
) -> None:
    both(agreed)
    Person.objects.filter(pk=agreed.elina.pk).update(born=date(2000, 1, 1))
    assert SAID in said(agreed, tmp_path, names=Names.EVERYWHERE)


def test_taken_back_the_words_are_gone_again(agreed: Cast, tmp_path: Path) -> None:
    both(agreed)
    consent_to_dossier(pair=agreed.pair, agrees=False, by=agreed.elina, now=NOW + timedelta(days=1))
    assert "raksta" not in said(agreed, tmp_path)
    assert DossierConsent.objects.count() == 2, "what was said is kept"


def test_of_an_erased_person_nothing_stands_there(agreed: Cast, tmp_path: Path) -> None:
    both(agreed)
    Person.objects.filter(pk=agreed.andris.pk).update(is_active=False)
    assert "raksta" not in said(agreed, tmp_path)


def test_said_twice_is_said_once(agreed: Cast) -> None:
    assert consent_to_dossier(pair=agreed.pair, agrees=True, by=agreed.elina, now=NOW)
    assert not consent_to_dossier(pair=agreed.pair, agrees=True, by=agreed.elina, now=NOW)
    assert not consent_to_dossier(pair=agreed.pair, agrees=False, by=agreed.andris, now=NOW)


def test_nobody_consents_for_the_two(agreed: Cast) -> None:
    with pytest.raises(NotOneOfTheTwo):
        consent_to_dossier(pair=agreed.pair, agrees=True, by=agreed.inga, now=NOW)
    address = f"/pairs/{agreed.pair.ref}/share/dossier/"
    assert Visitor(agreed.inga).client.post(address).status_code == 403
    assert not DossierConsent.objects.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_says_it_on_the_page_of_what_is_shared(agreed: Cast, language: str) -> None:
    elina, address = Visitor(agreed.elina, language=language), f"/pairs/{agreed.pair.ref}/share/"
    page = elina.get(address)
    assert ("What goes to the funder" in words(page)) == (language == "en")
    form = next(each for each in forms(page) if each.action.endswith("/share/dossier/"))
    elina.send(form, agrees="yes")
    assert DossierConsent.objects.get().side == "mentee"
    form = next(each for each in forms(elina.get(address)) if each.action.endswith("/share/dossier/"))
    elina.send(form, agrees="no")
    assert DossierConsent.objects.get().withdrawn_at is not None
