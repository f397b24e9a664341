"""The front door and the pages of applying: what stands there, in three languages, and at odd moments."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from tests import make
from tests.calls.conftest import ADDRESS, MARTA, Applicant, begun, letters, link_in, sent, window, write
from tests.make import NOW
from tests.methodology.conftest import OTHER
from tests.visits import Visitor, counted, forms, queries, words
from varpa.calls.models import Application, Call
from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.people.models import Person
from varpa.programmes.actions.overriding import write_question
from varpa.programmes.actions.programmes import hold_emblem, put_emblem_on, take_step
from varpa.programmes.models import Membership, Partner, Programme

pytestmark = pytest.mark.django_db


def picture() -> SimpleUploadedFile:
    """An emblem of a few dots."""
    out = io.BytesIO()
    Image.new("RGB", (4, 4), "navy").save(out, "PNG")
    return SimpleUploadedFile("emblem.png", out.getvalue(), "image/png")


def writing(programme: Programme, role: str = "mentee", **said: Any) -> tuple[Applicant, Application]:
    """Somebody whose browser may go on with an application."""
    application = begun(programme, role, **said)
    visitor = Applicant()
    opened = visitor.get(link_in(letters(application.address)[-1]))
    visitor.send(forms(opened)[0])
    return visitor, Application.objects.get(pk=application.pk)


def step(application: Application, name: str) -> str:
    return reverse("calls:step", args=[application.ref, name])


def test_the_front_door_names_each_partner_once(programme: Programme) -> None:
    """The lead partner stands as the organiser; a partner that has no name yet does not stand there."""
    window(programme, partners="Šiaulių centras\nJelgavas amatu skola")
    shown = words(Applicant().get(f"/call/{programme.ref}/?language=en"))
    assert "<dd>Šiaulių centras; Jelgavas amatu skola</dd>" in shown
    Partner.objects.filter(programme=programme, leads=False).update(name="Šiaulių centras")
    shown = words(Applicant().get(f"/call/{programme.ref}/?language=en"))
    assert "<dd>Šiaulių centras; Jelgavas amatu skola</dd>" in shown


def test_a_methodology_that_names_no_gains_and_no_aims_leaves_no_empty_heading(programme: Programme) -> None:
    plain = make.programme(programme.organisation, folder=OTHER, running=False)
    take_step(programme=plain, step="recruit", by=None, now=NOW)
    shown = words(Applicant().get(f"/call/{plain.ref}/?language=en"))
    assert "What each side takes on" in shown
    assert "What each side gains" not in shown
    assert "What it is for" not in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_front_door_says_everything_in_each_language(programme: Programme, language: str) -> None:
    window(programme, partners="Jelgavas amatu skola\nŠiaulių centras", mentee_closes=NOW.date())
    answer = Applicant().get(f"/call/{programme.ref}/?language={language}")
    page = words(answer)
    assert answer["Content-Language"] == language
    assert f'<html lang="{language}"' in page
    for said in (programme.name.within(language), "Jelgavas amatu skola", "Šiaulių centras", "Inga Liepa"):
        assert said in page
    for code in LANGUAGES:
        assert f'hreflang="{code}" href="' in page
    assert 'rel="canonical" href="http' in page
    assert 'property="og:title"' in page
    assert 'name="description"' in page
    assert f"/call/{programme.ref}/apply/mentor/?language={language}" in page
    assert "<form" not in page


def test_the_browsers_language_is_the_first(programme: Programme) -> None:
    page = Applicant().get(f"/call/{programme.ref}/", headers={"Accept-Language": "lt"})
    assert page["Content-Language"] == "lt"
    assert "Accept-Language" in page["Vary"]


def test_the_front_door_asks_few_questions(programme: Programme) -> None:
    visitor = Applicant()
    visitor.get(f"/call/{programme.ref}/")
    with counted() as asked:
        visitor.get(f"/call/{programme.ref}/")
    assert len(asked) <= 4


def test_the_emblem_is_for_everybody(programme: Programme, inga: Person) -> None:
    assert Applicant().get(f"/call/{programme.ref}/emblem/").status_code == 404
    emblem = hold_emblem(upload=picture(), by=inga, now=NOW)
    put_emblem_on(programme=programme, emblem=emblem, by=inga, now=NOW)
    assert Applicant().get(f"/call/{programme.ref}/emblem/")["Content-Type"] == "image/png"
    assert f'/call/{programme.ref}/emblem/"' in words(Applicant().get(f"/call/{programme.ref}/"))


def test_before_the_first_day_one_is_told_when(programme: Programme) -> None:
    window(programme, mentee_opens=NOW.date() + timedelta(days=3))
    page = words(Applicant().get(f"/call/{programme.ref}/apply/mentee/?language=en"))
    assert "Applying has not begun yet" in page
    assert "17\u00a0October" in page


def test_after_the_last_day_one_may_leave_interest(programme: Programme) -> None:
    window(programme, mentee_closes=NOW.date() - timedelta(days=3))
    page = Applicant().get(f"/call/{programme.ref}/apply/mentee/?language=en")
    assert "kept as interest" in words(page)
    assert forms(page)


def test_the_door_of_signing_in_leads_to_programmes_while_they_recruit_and_run(programme: Programme) -> None:
    assert f"/call/{programme.ref}/" in words(Applicant().get("/sign-in/"))
    take_step(programme=programme, step="run", by=None, now=NOW)
    assert f"/call/{programme.ref}/" in words(Applicant().get("/sign-in/"))


def test_every_wrong_field_is_told_and_nothing_is_lost(programme: Programme) -> None:
    visitor = Applicant()
    form = forms(visitor.get(f"/call/{programme.ref}/apply/mentee/?language=en"))[0]
    wrong = {"name": "", "address": "no address", "born": "1899-01-01", "phone": "1" * 41, "language": "fr"}
    page = words(visitor.send(form, **wrong))
    assert page.count('class="why"') == 5
    assert "no address" in page
    assert "1" * 41 in page
    assert not Application.objects.exists()


def test_a_long_text_is_kept_on_the_page(programme: Programme) -> None:
    visitor, application = writing(programme)
    form = forms(visitor.get(step(application, "topic")))[0]
    page = words(visitor.send(form, 0, topic="Maize " * 600, expectations="Padoms"))
    assert "Maize Maize" in page
    assert "Padoms" in page


def test_two_tabs_show_both_texts(programme: Programme) -> None:
    visitor, application = writing(programme)
    first = forms(visitor.get(step(application, "topic")))[0]
    second = forms(visitor.get(step(application, "topic")))[0]
    visitor.send(first, topic="Maize no rudziem")
    page = visitor.send(second, topic="Kūkas ar ogām")
    assert "Maize no rudziem" in words(page)
    assert "Kūkas ar ogām" in words(page)
    merged = forms(page)[0]
    assert visitor.send(merged, topic="Maize un kūkas").status_code == 302
    assert Application.objects.get().answers["topic"] == "Maize un kūkas"


def test_the_back_button_saves_too(programme: Programme) -> None:
    visitor, application = writing(programme)
    form = forms(visitor.get(step(application, "topic")))[0]
    back = next(place for place, each in enumerate(form.buttons) if each[0] == "back")
    assert visitor.send(form, back, topic="Maize").url == step(application, "interests")
    assert Application.objects.get().answers["topic"] == "Maize"


def test_finishing_later_closes_this_browser(programme: Programme) -> None:
    visitor, application = writing(programme)
    form = forms(visitor.get(step(application, "topic")))[0]
    later = next(place for place, each in enumerate(form.buttons) if each[0] == "later")
    assert ADDRESS in words(visitor.send(form, later, topic="Maize"))
    assert visitor.get(step(application, "topic")).status_code == 403
    other = Applicant(days=3)
    opened = other.get(link_in(letters()[0]))
    assert other.send(forms(opened)[0]).url == step(application, "place")


def test_a_step_put_off_before_anything_was_said_is_where_the_link_goes_on(programme: Programme) -> None:
    visitor, application = writing(programme)
    form = forms(visitor.get(step(application, "place")))[0]
    later = next(place for place, each in enumerate(form.buttons) if each[0] == "later")
    visitor.send(form, later)
    other = Applicant(days=3)
    assert other.send(forms(other.get(link_in(letters()[0])))[0]).url == step(application, "place")


def test_an_old_link_offers_a_new_letter(programme: Programme) -> None:
    begun(programme)
    page = Applicant(days=40).get(link_in(letters()[0]))
    assert page.status_code == 410
    assert forms(page)[0].action.startswith("/apply/")
    assert Applicant().get("/apply/link/nonsense/").status_code == 410


def test_a_link_opened_by_a_mail_program_does_nothing(programme: Programme) -> None:
    begun(programme)
    Applicant().get(link_in(letters()[0]))
    assert Application.objects.get().confirmed_at is None


def test_the_search_knows_synonyms_and_no_marks() -> None:
    visitor = Applicant()
    for word in ("maizes", "duona", "BREAD", "maiznica"):
        page = words(visitor.get(f"/call/sectors/?q={word}&language=lv"))
        assert 'value="10.71"' in page, word
        assert "<html" not in page
    assert 'value="10.71"' not in words(visitor.get("/call/sectors/?q=maize&but=10.71"))
    assert visitor.get("/call/sectors/?q=" + "x" * 5000).status_code == 200


def test_ticks_stay_while_one_searches(programme: Programme) -> None:
    visitor, application = writing(programme)
    form = forms(visitor.get(step(application, "interests")))[0]
    page = visitor.send(form, 0, q="datori", tick=("C",))
    assert form.buttons[0][0] == "seek"
    assert 'value="C" checked' in words(page)
    assert not Application.objects.get().answers.get("interests")


def test_too_many_interests_are_told(programme: Programme) -> None:
    visitor, application = writing(programme)
    form = forms(visitor.get(step(application, "interests")))[0]
    ticks = tuple(value for _name, value in form.boxes[:8])
    page = words(visitor.send(form, 1, tick=ticks))
    assert all(f'value="{code}" checked' in page for code in ticks)
    assert "7" in page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", ["mentee", "mentor"])
def test_every_step_reads_in_each_language(
    programme: Programme, inga: Person, role: str, language: str
) -> None:
    text = TranslatedText("Kas vēl?", "Kas dar?", "What else?")
    given: dict[str, Any] = {"among": "application", "key": "own-x", "text": text, "hint": TranslatedText()}
    write_question(programme=programme, for_each=False, by=inga, now=NOW, revision=0, **given)
    visitor, application = writing(programme, role, language=language, born="2012-01-01")
    where, seen = step(application, "who"), 0
    while "/steps/" in where:
        page = visitor.get(where)
        assert (page.status_code, page["Content-Language"]) == (200, language)
        form = forms(page)[0]
        button = next(place for place, each in enumerate(form.buttons) if each[0] == "next")
        said = {"country": "LV"} if where.endswith("/place/") else {}
        where, seen = visitor.send(form, button, **said).url, seen + 1
    assert seen == 9
    review = visitor.get(where)
    assert review["Content-Language"] == language
    done = visitor.send(forms(review)[0], tick=("consent",))
    assert visitor.get(done.url).status_code == 200
    assert Membership.objects.filter(role=role).count() == 1


def test_sending_without_consent_says_so(programme: Programme) -> None:
    visitor, application = writing(programme)
    page = visitor.send(forms(visitor.get(f"/apply/{application.ref}/"))[0])
    assert page.status_code == 200
    assert 'role="alert"' in words(page)


def test_the_applicant_withdraws(programme: Programme) -> None:
    application = sent(programme)
    visitor = Applicant()
    visitor.send(forms(visitor.get(link_in(letters()[-1])))[0])
    page = visitor.get(f"/apply/{application.ref}/withdrawal/")
    assert visitor.send(forms(page)[0]).status_code == 200
    assert Membership.objects.get(pk=application.membership_id).state == "withdrawn"
    assert visitor.get(f"/apply/{application.ref}/").status_code == 200


def test_the_manager_writes_the_call(programme: Programme, inga: Person) -> None:
    visitor = Visitor(inga)
    form = forms(visitor.get(f"/programmes/{programme.ref}/call/"))[0]
    wrong = visitor.send(form, mentee_opens="2026-01-02", mentee_closes="2026-01-01", most_mentees="50")
    assert words(wrong).count('class="why"') >= 1
    assert (
        visitor.send(form, mentee_opens="2026-01-01", partners="Skola", most_mentees="2").status_code == 302
    )
    assert Call.objects.get().most_mentees == 2
    both = visitor.send(form, partners="Cita skola")
    assert "Cita skola" in words(both)


def test_the_manager_enters_paper_on_one_page(programme: Programme, inga: Person) -> None:
    visitor = Visitor(inga)
    where = f"/programmes/{programme.ref}/applications/new/mentee/"
    form = forms(visitor.get(where))[0]
    enter = next(place for place, each in enumerate(form.buttons) if each[0] == "enter")
    seek = next(place for place, each in enumerate(form.buttons) if each[0] == "seek")
    typed = {"name": "Juris Kļava", "born": "2008-01-01", "day": "2025-10-01", "topic": "Bites"}
    page = visitor.send(form, seek, q="medus", **typed)
    form = forms(page)[0]
    assert form.fields["topic"] == ["Bites"]
    assert 'class="why"' not in words(page)
    future = visitor.send(form, enter, **{**typed, "day": "2025-11-01"})
    assert 'class="why"' in words(future)
    done = visitor.send(form, enter, tick=("LV",), **typed)
    member = Membership.objects.select_related("person").get(role="mentee")
    assert done.url == f"/memberships/{member.ref}/"
    assert (member.person.name, member.country, member.topic) == ("Juris Kļava", "LV", "Bites")
    assert visitor.send(form, enter, tick=("LV",), **typed).status_code == 302
    assert Membership.objects.filter(role="mentee").count() == 1
    told = words(visitor.get(f"/memberships/{member.ref}/application/"))
    assert "Bites" in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_managers_pages_read_in_each_language(programme: Programme, inga: Person, language: str) -> None:
    sent(programme, interests=["10.71"], country="LV")
    visitor = Visitor(inga, language=language)
    for where in ("call/", "call/lacks/", "call/lacks/?country=LV", "applications/new/mentor/"):
        assert visitor.get(f"/programmes/{programme.ref}/{where}").status_code == 200


def test_pages_ask_the_same_at_one_and_at_thirty(programme: Programme, inga: Person) -> None:
    where = f"/programmes/{programme.ref}/call/lacks/"
    sent(programme, interests=["10.71"], country="LV")
    few = queries(inga, where)
    for number in range(30):
        sent(programme, address=f"p{number}@x.example", interests=["62", "10.71"], country="LT")
    assert queries(inga, where) == few <= 12


def test_steps_ask_few_questions(programme: Programme) -> None:
    visitor, application = writing(programme)
    write(application, "topic", topic="Maize")
    where = step(application, "topic")
    visitor.get(where)
    with counted() as asked:
        visitor.get(where)
    assert len(asked) <= 12


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_printed_application_is_tagged(programme: Programme, language: str) -> None:
    for role in ("mentee", "mentor"):
        answer = Applicant().get(f"/call/{programme.ref}/{role}-{language}.pdf")
        assert answer["Content-Type"] == "application/pdf"
        assert b"pdfuaid" in answer.content
    assert Applicant().get(f"/call/{programme.ref}/mentee-fr.pdf").status_code == 404
    assert MARTA["name"].encode() not in answer.content


def test_a_guardian_has_a_name_and_another_address(programme: Programme) -> None:
    visitor, application = writing(programme, born="2010-02-03")
    form = forms(visitor.get(step(application, "guardian")))[0]
    page = words(visitor.send(form, guardian_address=ADDRESS))
    assert page.count('class="why"') == 2
    assert ADDRESS in page


NASTY: dict[str, Any] = {
    "revision": "9" * 50,
    "form": "x" * 300,
    "name": "A\x00" * 9,
    "address": "a@b",
    "born": "0000-00-00",
    "language": ["lv", "xx"],
    "country": "ZZ",
    "interests": ["zz", "10.71", "\x00"],
    "languages": ["xx"],
    "travel_km": "9" * 400,
    "means": ["telepathy"],
    "computer": "maybe",
    "availability": ["mon", "mon-night"],
    "capacity": "-1",
    "ability-listening": "7",
    "guardian_address": "@",
    "guardian_language": "xx",
    "topic": "\u0000\ud7ff" * 5000,
    "day": "32.13.2025",
}


@pytest.mark.parametrize("role", ["mentee", "mentor"])
def test_nonsense_in_every_field_is_answered_by_the_page(
    programme: Programme, inga: Person, role: str
) -> None:
    visitor, application = writing(programme, role, born="2012-01-01")
    wheres = [
        step(application, name) for name in ("who", "place", "interests", "topic", "reach", "means", "week")
    ]
    wheres += [f"/call/{programme.ref}/apply/{role}/", "/apply/", "/apply/link/x~y~z/"]
    for where in wheres:
        assert visitor.post(where, NASTY).status_code in (200, 302, 410), where
        assert visitor.post(where, {**NASTY, "seek": "", "q": "\x00" * 500}).status_code in (200, 302, 410)
    manager = Visitor(inga)
    for where in ("call/", f"applications/new/{role}/"):
        assert manager.post(f"/programmes/{programme.ref}/{where}", NASTY).status_code == 200
    assert Application.objects.get().name == "Marta Kalēja"
