"""A letter in the manager's own words to those ticked, or to one person (S4)."""

import pytest
from django.urls import reverse

from tests import make
from tests.applications.conftest import applicant
from tests.applications.test_pages import LANGUAGES, ask, send, speak, text
from tests.cast import Cast
from tests.make import NOW
from varpa.applications.actions.writing import NoAddress, TakesPartNoMore, write_to, write_to_all
from varpa.applications.queries.sending import sending_of
from varpa.history.models import Line
from varpa.kernel.refs import new_ref
from varpa.kernel.text import TranslatedText
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.programmes.models import Membership, MembershipState, Role

pytestmark = pytest.mark.django_db
SUBJECT = TranslatedText(lv="Kas jāpaņem līdzi", lt="Ką pasiimti", en="")
WORDS = TranslatedText(
    lv="Paņemiet līdzi pasi.\n\nTiekamies pulksten desmitos.", lt="Pasiimkite pasą.", en=""
)
TYPED = {"subject_lv": "Kas jāpaņem līdzi", "words_lv": "Paņemiet līdzi pasi."}


def write(cast: Cast, membership: Membership, asked: str = "") -> None:
    write_to(
        membership=membership, subject=SUBJECT, words=WORDS, asked=asked or new_ref(), by=cast.inga, now=NOW
    )


def letters() -> list[Letter]:
    return list(Letter.objects.filter(kind="applications.written").order_by("pk"))


def test_each_reads_it_in_the_own_language_and_answers_a_person(cast: Cast) -> None:
    write(cast, cast.mentor)
    write(cast, Membership.objects.get(person=cast.rimantas))
    latvian, lithuanian = letters()
    assert (latvian.subject, lithuanian.subject) == ("Kas jāpaņem līdzi", "Ką pasiimti")
    assert "Paņemiet līdzi pasi.\n\nTiekamies" in latvian.text
    assert "Pasiimkite pasą." in lithuanian.text
    assert "Inga Liepa, inga@varpa.example" in latvian.text
    assert "„Educate for Business”" in latvian.text
    line = Line.objects.get(verb="membership.written", thing_ref=cast.mentor.ref)
    assert (line.actor, line.details) == (cast.inga.pk, {})


def test_a_second_click_writes_nobody_twice(cast: Cast) -> None:
    asked = new_ref()
    write(cast, cast.mentor, asked)
    write(cast, cast.mentor, asked)
    assert len(letters()) == Line.objects.filter(verb="membership.written").count() == 1
    write(cast, cast.mentor)
    assert len(letters()) == 2


def test_who_is_gone_or_has_no_address_is_told(cast: Cast) -> None:
    gone, silent = applicant(cast), make.person("Ieva Ozola", "ieva.o@x.example")
    Membership.objects.filter(pk=gone.pk).update(state=MembershipState.DECLINED)
    gone.refresh_from_db()
    with pytest.raises(TakesPartNoMore):
        write(cast, gone)
    Person.objects.filter(pk=silent.pk).update(email=None)
    silent.refresh_from_db()
    paper = make.member(cast.programme, silent, Role.MENTEE)
    with pytest.raises(NoAddress):
        write(cast, paper)
    chosen = [gone, paper, cast.mentor]
    outcome = write_to_all(
        memberships=chosen, subject=SUBJECT, words=WORDS, asked=new_ref(), by=cast.inga, now=NOW
    )
    assert outcome.done == [cast.mentor]
    assert [each for each, _why in outcome.refused] == [gone, paper]


def test_as_many_letters_go_as_were_said(cast: Cast) -> None:
    twice = make.member(cast.programme, cast.andris, Role.MENTEE)
    chosen = [cast.mentor, twice, cast.mentee, Membership.objects.get(person=cast.rimantas)]
    sending = sending_of(chosen, "write")
    assert sending.languages == [("lv", 2), ("lt", 1)]
    write_to_all(memberships=chosen, subject=SUBJECT, words=WORDS, asked=new_ref(), by=cast.inga, now=NOW)
    assert len(letters()) == sending.letters


def test_those_ticked_are_written_to_after_a_look(cast: Cast) -> None:
    refs = [cast.mentor.ref, Membership.objects.get(person=cast.rimantas).ref]
    assert 'value="write"' in text(ask(cast, "people", cast.programme.ref))
    query = "?step=write&" + "&".join(f"who={ref}" for ref in refs)
    shown = text(ask(cast, "decide_all", cast.programme.ref, query))
    assert "Rakstīt 2 cilvēkiem?" in shown
    assert "Tiks nosūtītas 2 vēstules: 1 latviešu valodā, 1 lietuviešu valodā." in shown
    data = {"step": "write", "who": refs, "asked": new_ref(), **TYPED}
    refused = text(send(cast, "decide_all", cast.programme.ref, {**data, "words_lv": ""}))
    assert "Kas jāpaņem līdzi" in refused
    assert not letters()
    assert "Vēstule 2 cilvēkiem ir ceļā." in text(send(cast, "decide_all", cast.programme.ref, data))
    assert len(letters()) == 2


def test_a_persons_page_leads_to_a_letter(cast: Cast) -> None:
    there = f"{reverse('applications:decide_all', args=[cast.programme.ref])}?step=write&amp;who="
    assert f"{there}{cast.mentor.ref}" in text(ask(cast, "member", cast.mentor.ref))
    Membership.objects.filter(pk=cast.mentor.pk).update(state=MembershipState.WITHDRAWN)
    assert there not in text(ask(cast, "member", cast.mentor.ref))


@pytest.mark.parametrize("language", LANGUAGES)
def test_writing_speaks_three_languages(cast: Cast, language: str) -> None:
    speak(cast, language)
    shown = text(ask(cast, "decide_all", cast.programme.ref, f"?step=write&who={cast.mentor.ref}"))
    head = {"lv": "Rakstīt 1 cilvēkam?", "lt": "Rašyti 1 žmogui?", "en": "Write to 1 person?"}[language]
    assert head in shown
