"""The words of who was erased leave what was published, what is being written, and what is published next."""

from pathlib import Path

import pytest

from tests import make
from tests.cast import Cast
from tests.dossier.conftest import built, words_of
from tests.guidelines import conftest as learning
from tests.guidelines.conftest import ADVICE, DIARY, OWN
from tests.make import NOW
from tests.reports import conftest as reports
from varpa.guidelines.actions.guidelines import draft, publish, write_section
from varpa.guidelines.models import Recommendation, Version
from varpa.guidelines.queries import usable
from varpa.pairs.models import Plan, PlanAnswer
from varpa.privacy.actions.erasing import erase_person
from varpa.reports.actions.comments import comment_on_section, open_for_comments
from varpa.reports.actions.drafts import draft_report
from varpa.reports.models import Report, Section

pytestmark = pytest.mark.django_db
SHORT = "Paldies."


def _published(cast: Cast) -> Version:
    guidelines = draft(programme=cast.programme, by=cast.inga, now=NOW)
    return publish(guidelines=guidelines, by=cast.inga, now=NOW)


def test_a_quotation_leaves_the_published_guidelines_whole(cast: Cast) -> None:
    learning.in_own_words(cast, cast.elina, shown_as="name", words=f"{OWN}\n{SHORT}")
    learning.in_own_words(cast, cast.rimantas, words="Susitikime trumpai ir dažnai.")
    version = _published(cast)
    assert OWN in version.texts["learning"]["lv"]
    erase_person(person=cast.elina, by=None, now=NOW)
    version.refresh_from_db()
    for text in version.texts["learning"].values():
        assert OWN not in text
        assert SHORT not in text
        assert "…" not in text
        assert text.count("> —") == 1
    assert "Susitikime trumpai ir dažnai." in version.texts["learning"]["en"]


def test_what_another_has_said_as_well_stays_theirs(cast: Cast) -> None:
    learning.in_own_words(cast, cast.elina)
    learning.in_own_words(cast, cast.rimantas, shown_as="name")
    version = _published(cast)
    erase_person(person=cast.elina, by=None, now=NOW)
    version.refresh_from_db()
    for text in version.texts["learning"].values():
        assert text.count(OWN) == 1
        assert text.count("> — Rimantas Žukauskas, ") == text.count("> —") == 1


def test_a_passage_of_a_diary_leaves_with_the_owner_of_the_diary(cast: Cast) -> None:
    learning.from_diary(cast, cast.andris, make.entry(cast.pair, text=DIARY))
    version = _published(cast)
    learning.handed_over(cast)
    erase_person(person=cast.elina, by=None, now=NOW)
    version.refresh_from_db()
    assert ADVICE not in str(version.texts)


def test_the_next_version_prints_no_empty_quotation_and_counts_none(cast: Cast) -> None:
    learning.in_own_words(cast, cast.elina)
    learning.in_own_words(cast, cast.rimantas, words="Susitikime trumpai ir dažnai.")
    _published(cast)
    erase_person(person=cast.elina, by=None, now=NOW)
    assert [each.text for each in usable(cast.programme)] == ["Susitikime trumpai ir dažnai."]
    version = _published(cast)
    assert [each["text"] for each in version.quoted] == ["Susitikime trumpai ir dažnai."]
    assert version.texts["learning"]["en"].count("> —") == 1
    assert "Recommendations: 1 (Mentor – 1)" in version.texts["learning"]["en"]


def test_what_was_copied_into_the_draft_of_the_guidelines_leaves_it(cast: Cast) -> None:
    learning.in_own_words(cast, cast.elina, words=f"{OWN} {ADVICE}")
    guidelines = draft(programme=cast.programme, by=cast.inga, now=NOW)
    section = guidelines.sections.get(key="goals")
    copied = ADVICE.replace("septembrī,", "septembrī,\n>")
    texts = {"lv": f"Kāds teica:\n\n> {copied}\n\nMūsu pašu vārdi paliek."}
    write_section(section=section, texts=texts, revision=section.revision, by=cast.inga, now=NOW)
    erase_person(person=cast.elina, by=None, now=NOW)
    section.refresh_from_db()
    assert section.lv == "Kāds teica:\n\n> …\n\nMūsu pašu vārdi paliek."


def test_a_comment_that_was_copied_into_the_report_leaves_its_draft(cast: Cast) -> None:
    words = "Braucām divas stundas katru reizi, un tas bija par daudz."
    report = draft_report(programme=cast.programme, by=cast.inga, now=NOW)
    open_for_comments(report=report, until=reports.UNTIL, by=cast.inga, now=NOW)
    comment_on_section(report=report, part="problems", text=words, by=cast.elina, now=NOW)
    section = Section.objects.get(report=report, key="problems", language="lv")
    copied = f"Kāds teica: {words} Paldies!"
    Section.objects.filter(pk=section.pk).update(text=copied)
    erase_person(person=cast.elina, by=None, now=NOW)
    section.refresh_from_db()
    assert section.text == "Kāds teica: … Paldies!"


def test_a_recommendation_that_was_erased_says_nothing(cast: Cast) -> None:
    said = learning.in_own_words(cast, cast.elina)
    _published(cast)
    erase_person(person=cast.elina, by=None, now=NOW)
    assert Recommendation.objects.get(pk=said.pk).text == ""
    assert Report.objects.count() == 0


TOLD = "Vislabāk to parādīja Elīna: jau rudenī Elīnai bija plāns. Kalnus Bērziņa nezīmēja; Gabijai patika."


def test_a_pupil_who_was_erased_is_named_by_one_word_in_no_dossier(cast: Cast, tmp_path: Path) -> None:
    """Before, the dossier calls the pupil by initials; afterwards it knows the name no more."""
    guidelines = draft(programme=cast.programme, by=cast.inga, now=NOW)
    section = guidelines.sections.get(key="learning")
    write_section(section=section, texts={"en": TOLD}, revision=section.revision, by=cast.inga, now=NOW)
    publish(guidelines=guidelines, by=cast.inga, now=NOW)
    name = "13-guidelines/guidelines-1.pdf"
    before = words_of(built(cast, tmp_path / "1.zip"))[name]
    assert "parādīja E.: jau rudenī E. bija plāns. Kalnus B. nezīmēja; G. patika" in " ".join(before.split())
    erase_person(person=cast.elina, by=None, now=NOW)
    after = words_of(built(cast, tmp_path / "2.zip"))[name]
    assert "parādīja …: jau rudenī … bija plāns. Kalnus … nezīmēja; G. patika" in " ".join(after.split())
    section.refresh_from_db()
    assert "Elīn" not in section.en


def test_a_word_of_the_name_that_another_bears_too_stays(cast: Cast) -> None:
    guidelines = draft(programme=cast.programme, by=cast.inga, now=NOW)
    section = guidelines.sections.get(key="learning")
    write_section(section=section, texts={"en": TOLD}, revision=section.revision, by=cast.inga, now=NOW)
    make.member(cast.programme, make.person("Elīna Kalna", "kalna@varpa.example"), "mentor", country="LV")
    erase_person(person=cast.elina, by=None, now=NOW)
    section.refresh_from_db()
    assert section.en == TOLD.replace("Bērziņa", "…")


def test_what_another_recommends_is_published_without_the_name(cast: Cast) -> None:
    said = learning.in_own_words(cast, cast.rimantas, words="Elīnai Bērziņai tai palīdzēja, Elīnai ļoti.")
    erase_person(person=cast.elina, by=None, now=NOW)
    assert Recommendation.objects.get(pk=said.pk).text == "… tai palīdzēja, … ļoti."


def test_the_plan_of_another_pair_names_nobody_who_was_erased(cast: Cast) -> None:
    """Where that pair consents, the dossier hands out what the two agreed."""
    plan = make.agreed_plan(cast.neighbours)
    said = "Kopā ar klasesbiedreni: Elīna Bērziņa palīdz; Elinai patīk rēķināt."
    Plan.objects.filter(pk=plan.pk).update(own_words=said)
    PlanAnswer.objects.filter(plan=plan).update(text=said)
    erase_person(person=cast.elina, by=None, now=NOW)
    plan.refresh_from_db()
    told = "Kopā ar klasesbiedreni: … palīdz; … patīk rēķināt."
    assert plan.own_words == told
    assert set(plan.agreed_answers.values_list("text", flat=True)) == {told}
