"""The guardian's notice in the programme's own words, and in languages that the programme adds."""

import io

import pytest
from django.test import Client
from pypdf import PdfReader

from tests.cast import Cast
from tests.guardians.people import Parent, address_of, guardian, letters, link_of, pupil
from tests.make import NOW
from tests.visits import forms
from varpa.guardians.actions import notices as actions
from varpa.guardians.actions.guardians import send_link
from varpa.guardians.models import NoticeText
from varpa.guardians.papers import permission_paper
from varpa.guardians.queries.notices import added_languages
from varpa.history.models import Line
from varpa.kernel import clock
from varpa.kernel.merging import Conflict
from varpa.kernel.refs import new_ref
from varpa.people.models import Person

pytestmark = pytest.mark.django_db

RUSSIAN = "Что это за программа.\n\nЧто делает ученик."
BEGINS = "Просим вашего согласия. Откройте ссылку."


def write(
    cast: Cast, language: str = "ru", *, text: str = RUSSIAN, letter: str = BEGINS, revision: int = 0
) -> NoticeText:
    return actions.write_notice(
        programme=cast.programme,
        language=language,
        text=text,
        letter=letter,
        revision=revision,
        by=cast.inga,
        now=NOW,
    )


def page(client: Client, address: str) -> str:
    with clock.moved_to(NOW):
        return client.get(address).content.decode()


def manager(cast: Cast) -> Client:
    Person.objects.filter(pk=cast.inga.pk).update(language="en")
    client = Client()
    client.force_login(cast.inga)
    return client


def test_a_language_that_is_added_can_be_chosen_on_the_page(cast: Cast) -> None:
    anna = guardian(pupil(cast), cast.inga)
    where = address_of(anna)
    assert "Русский" not in page(Client(), where)
    write(cast)
    shown = page(Client(), where)
    assert "Русский" in shown
    assert "Что делает ученик" not in shown
    chosen = page(Client(), f"{where}?notice=ru")
    assert 'lang="ru"' in chosen
    assert "Что делает ученик" in chosen


def test_chosen_by_the_guardian_it_stays_and_the_letters_have_it_too(cast: Cast) -> None:
    anna = guardian(pupil(cast), cast.inga)
    write(cast)
    assert BEGINS not in letters()[-1].text
    parent = Parent()
    shown = parent.get(f"{address_of(anna)}?notice=ru")
    form = next(each for each in forms(shown) if each.action.endswith("/language/"))
    parent.send(form)
    anna.refresh_from_db()
    assert anna.also_in == "ru"
    assert "Что делает ученик" in page(Client(), address_of(anna))
    send_link(guardian=anna, by=cast.inga, now=NOW)
    told = [" ".join(each.text.split()) for each in letters()[-3:]]
    assert all(BEGINS in each for each in told)
    assert all("Sveiki!" in each for each in told)


def test_back_to_the_languages_of_the_house(cast: Cast) -> None:
    anna = guardian(pupil(cast), cast.inga, also_in="ru")
    write(cast)
    actions.read_also_in(link=link_of(anna), language="", now=NOW)
    anna.refresh_from_db()
    assert anna.also_in == ""


def test_whoever_is_written_down_may_read_it_from_the_first_letter(cast: Cast) -> None:
    write(cast)
    member = pupil(cast)
    client = manager(cast)
    where = f"/memberships/{member.ref}/guardians/new/"
    assert "Русский" in page(client, where)
    given = {"ref": new_ref(), "name": "Anna", "address": "anna@maja.example", "language": "ru"}
    with clock.moved_to(NOW):
        assert client.post(where, given).status_code == 302
    made = member.guardians.get()
    assert (made.language, made.also_in) == ("en", "ru")
    assert BEGINS in " ".join(letters()[0].text.split())


@pytest.mark.parametrize("language", ["pl", "xx", "lv"])
def test_a_language_that_is_not_offered_cannot_be_chosen(cast: Cast, language: str) -> None:
    anna = guardian(pupil(cast), cast.inga)
    write(cast)
    with pytest.raises(actions.UnknownLanguage):
        actions.read_also_in(link=link_of(anna), language=language, now=NOW)
    assert "Что делает" not in page(Client(), f"{address_of(anna)}?notice={language}")


def test_the_programme_words_a_language_of_the_house_anew(cast: Cast) -> None:
    anna = guardian(pupil(cast), cast.inga)
    write(cast, "lv", text="Mūsu vārdi par programmu.")
    assert "Mūsu vārdi par programmu." in page(Client(), address_of(anna))
    assert "Mūsu vārdi" not in page(Client(), f"{address_of(anna)}?language=en")
    assert permission_paper(anna.membership, "lv").startswith(b"%PDF")
    assert added_languages(anna.membership) == []


def test_the_form_to_print_has_an_added_language_too(cast: Cast) -> None:
    member = pupil(cast)
    inga, where = manager(cast), f"/memberships/{member.ref}/permissions/form.lv.pdf?also=ru"
    assert inga.get(where).status_code == 404
    write(cast)
    assert "form.en.pdf?also=ru" in page(inga, f"/memberships/{member.ref}/guardians/new/")
    document = PdfReader(io.BytesIO(inga.get(where).content))
    told = " ".join(" ".join(each.extract_text() for each in document.pages).split())
    assert ("Kas tas ir" in told, "Что делает ученик" in told) == (True, True)


def test_taken_away_the_usual_one_stands(cast: Cast) -> None:
    anna = guardian(pupil(cast), cast.inga, also_in="ru")
    write(cast)
    for _click in range(2):
        actions.take_notice_away(programme=cast.programme, language="ru", by=cast.inga, now=NOW)
    assert Line.objects.filter(verb="programme.notice_withdrawn").count() == 1
    assert "Что делает" not in page(Client(), address_of(anna))
    assert write(cast).withdrawn_at is None
    assert "Что делает" in page(Client(), address_of(anna))


def test_writing_twice_is_once_and_two_managers_lose_no_word(cast: Cast) -> None:
    first = write(cast)
    write(cast, revision=first.revision)
    assert Line.objects.filter(verb="programme.notice").count() == 1
    write(cast, text="Другое.", revision=first.revision)
    with pytest.raises(Conflict):
        write(cast, text="Третье.", revision=first.revision)


def test_what_is_no_notice_is_refused(cast: Cast) -> None:
    with pytest.raises(actions.EmptyNotice):
        write(cast, text="  ")
    with pytest.raises(actions.UnknownLanguage):
        write(cast, "xx")


def test_a_notice_holds_no_markup(cast: Cast) -> None:
    anna = guardian(pupil(cast), cast.inga, also_in="ru")
    write(cast, text="<script>alert(1)</script>")
    assert "<script>alert" not in page(Client(), address_of(anna))


def test_the_manager_writes_it_on_a_page(cast: Cast) -> None:
    client, where = manager(cast), f"/programmes/{cast.programme.ref}/notices/"
    assert "Not offered" in page(client, where)
    assert "What the pupil will do" in page(client, f"{where}ru/")
    given = {"revision": "0", "text": RUSSIAN, "letter": BEGINS}
    assert client.post(f"{where}ru/", {**given, "text": ""}).status_code == 200
    assert client.post(f"{where}ru/", given).headers["Location"] == where
    assert client.post(f"{where}ru/", {**given, "text": "Другое."}).status_code in (200, 302)
    assert client.get(f"{where}xx/").status_code == 404
    assert client.post(f"{where}ru/removal/").headers["Location"] == where
    assert added_languages(pupil(cast)) == []


def test_a_second_save_shows_both_texts(cast: Cast) -> None:
    client, where = manager(cast), f"/programmes/{cast.programme.ref}/notices/ru/"
    first = write(cast)
    write(cast, text="Другое.", revision=first.revision)
    given = {"revision": str(first.revision), "text": "Третье.", "letter": BEGINS}
    shown = client.post(where, given).content.decode()
    assert "Другое." in shown
    assert "Третье." in shown


@pytest.mark.parametrize("who", ["andris", "elina", "tomas", "zane"])
def test_nobody_else_writes_notices(cast: Cast, who: str) -> None:
    client = Client()
    client.force_login(getattr(cast, who))
    for rest in ("", "ru/"):
        assert client.get(f"/programmes/{cast.programme.ref}/notices/{rest}").status_code in (403, 404)
    assert client.post(f"/programmes/{cast.programme.ref}/notices/ru/removal/").status_code in (403, 404)


def test_a_link_that_does_not_open_changes_nothing(cast: Cast) -> None:
    assert Client().post("/guardian/nothing/language/", {"language": "ru"}).status_code == 404


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_notices_speak_three_languages(cast: Cast, language: str) -> None:
    client = manager(cast)
    Person.objects.filter(pk=cast.inga.pk).update(language=language)
    for rest in ("", "ru/", "lt/"):
        shown = page(client, f"/programmes/{cast.programme.ref}/notices/{rest}")
        assert f'<html lang="{language}"' in shown
