"""A name leaves every methodology that came of a programme, however many programmes lie between."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from tests.cast import Cast, assemble
from tests.guidelines.conftest import DIARY, from_diary
from tests.make import NOW, entry
from varpa.drafts.actions.drafts import begin_draft
from varpa.guidelines.actions.guidelines import draft, publish, write_section
from varpa.guidelines.exporting import exported
from varpa.guidelines.models import ShownAs, Version
from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.methodology import Methodology
from varpa.privacy.actions.erasing import erase_person
from varpa.programmes.actions.beginning import begin_programme
from varpa.programmes.models import MethodologyVersion, Programme
from varpa.programmes.queries import methodology_of

pytestmark = pytest.mark.django_db
FOLDERS = Path(settings.METHODOLOGIES)


@pytest.fixture
def cast() -> Cast:
    cast = assemble()
    from_diary(cast, cast.andris, entry(cast.pair, text=DIARY), shown_as=ShownAs.NAME)
    return cast


def _begun(cast: Cast, methodology: Methodology, year: int) -> Programme:
    return begin_programme(
        organisation=cast.organisation,
        methodology=methodology,
        ref=f"programmeofyear{year}",
        name=TranslatedText.same(str(year)),
        starts=date(year, 9, 1),
        ends=date(year + 1, 10, 31),
        by=cast.dace,
        now=NOW,
    )


def _published(cast: Cast, programme: Programme) -> Version:
    guidelines = draft(programme=programme, by=cast.inga, now=NOW)
    section = guidelines.sections.first()
    assert section is not None
    texts = {each: f"{getattr(section, each)}\n\nGerai." for each in LANGUAGES}
    write_section(section=section, texts=texts, revision=section.revision, by=cast.inga, now=NOW)
    guidelines.refresh_from_db()
    return publish(guidelines=guidelines, by=cast.inga, now=NOW)


def _next(version: Version) -> Methodology:
    return exported(version, FOLDERS).after


def _named() -> set[str]:
    kept = MethodologyVersion.objects.select_related("text")
    said = {each.version: json.dumps(each.text.data, ensure_ascii=False) for each in kept}
    return {version for version, text in said.items() if "Andris Ozols" in text}


def test_a_third_programme_names_nobody_who_was_erased_in_the_first(cast: Cast) -> None:
    second = _begun(cast, _next(_published(cast, cast.programme)), 2026)
    later = _published(cast, second)
    third = _begun(cast, _next(later), 2028)
    assert len(_named()) == 2
    erase_person(person=cast.andris, by=cast.dace, now=NOW)
    assert _named() == set()
    told = methodology_of(Programme.objects.get(pk=third.pk)).document("learnt").body.lv
    assert "Vizīte jārīko" in told
    later = Version.objects.get(pk=later.pk)
    assert not [path for path, text in exported(later, FOLDERS).files.items() if "Andris Ozols" in text]


def test_an_own_version_written_from_it_and_its_wording_name_nobody_either(cast: Cast) -> None:
    after = _next(_published(cast, cast.programme))
    second = _begun(cast, after, 2026)
    words = dict.fromkeys(LANGUAGES, "Andris Ozols saka")
    Programme.objects.filter(pk=second.pk).update(overrides={"texts": {"documents.learnt.body": words}})
    own = begin_draft(organisation=cast.organisation, methodology=after, ref="own1", by=cast.dace, now=NOW)
    assert "Andris Ozols" in json.dumps(own.data, ensure_ascii=False)
    erase_person(person=cast.andris, by=cast.dace, now=NOW)
    own.refresh_from_db()
    second.refresh_from_db()
    assert "Andris Ozols" not in json.dumps([own.data, second.overrides], ensure_ascii=False)
