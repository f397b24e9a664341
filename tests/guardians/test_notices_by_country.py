"""The guardian's notice in the words of a country: they stand before those of all countries."""

import io

import pytest
from django.db import IntegrityError
from django.test import Client
from pypdf import PdfReader

from tests.cast import Cast
from tests.guardians.people import Parent, address_of, guardian, letters, link_of, pupil
from tests.make import NOW
from tests.visits import forms
from varpa.applications.queries.members import member_read
from varpa.guardians.actions import notices as actions
from varpa.guardians.actions.answers import answer
from varpa.guardians.actions.guardians import send_link
from varpa.guardians.models import Guardian, GuardianAnswer, NoticeText
from varpa.guardians.papers import permission_paper
from varpa.history.models import Line
from varpa.kernel import clock
from varpa.people.models import Person
from varpa.programmes.actions.countries import NotOurCountry
from varpa.programmes.models import Membership, Programme

pytestmark = pytest.mark.django_db

EVERYWHERE = "Слова для всех стран."
IN_LATVIA = "Слова для Латвии."


@pytest.fixture(autouse=True)
def _two_countries(cast: Cast) -> None:
    cast.programme.countries = ["LV", "LT"]
    cast.programme.save(update_fields=["countries"])


def write(cast: Cast, country: str, text: str, *, language: str = "ru", letter: str = "") -> NoticeText:
    words = {"language": language, "country": country, "text": text, "letter": letter, "revision": 0}
    return actions.write_notice(programme=cast.programme, by=cast.inga, now=NOW, **words)


def in_lithuania(cast: Cast) -> Guardian:
    member = pupil(cast, "Ąžuolas Petraitis")
    Membership.objects.filter(pk=member.pk).update(country="LT")
    member.refresh_from_db()
    return guardian(member, cast.inga, address="rasa@namai.example", language="lt")


def read(who: Guardian, language: str = "ru") -> str:
    with clock.moved_to(NOW):
        return Client().get(f"{address_of(who)}?notice={language}").content.decode()


def printed(who: Guardian, language: str = "lv", also: str = "ru") -> str:
    pages = PdfReader(io.BytesIO(permission_paper(who.membership, language, also))).pages
    return " ".join(" ".join(each.extract_text() for each in pages).split())


def manager(cast: Cast) -> Client:
    Person.objects.filter(pk=cast.inga.pk).update(language="en")
    client = Client()
    client.force_login(cast.inga)
    return client


def test_a_guardian_reads_the_words_of_the_own_country_before_those_of_all(cast: Cast) -> None:
    anna, rasa = guardian(pupil(cast), cast.inga), in_lithuania(cast)
    write(cast, "LV", IN_LATVIA)
    write(cast, "", EVERYWHERE)
    assert (IN_LATVIA in read(anna), EVERYWHERE in read(anna)) == (True, False)
    assert (IN_LATVIA in read(rasa), EVERYWHERE in read(rasa)) == (False, True)


def test_the_form_to_print_says_the_words_of_the_country(cast: Cast) -> None:
    anna, rasa = guardian(pupil(cast), cast.inga), in_lithuania(cast)
    write(cast, "", EVERYWHERE)
    write(cast, "LV", IN_LATVIA)
    write(cast, "LT", "Lietuvos žodžiai.", language="lt")
    assert IN_LATVIA in printed(anna)
    assert EVERYWHERE in printed(rasa, "lt")
    assert "Lietuvos žodžiai." in printed(rasa, "lt")
    assert "Lietuvos žodžiai." not in printed(anna, "lt")


def test_a_language_of_one_country_is_offered_there_alone(cast: Cast) -> None:
    anna, rasa = guardian(pupil(cast), cast.inga), in_lithuania(cast)
    write(cast, "LV", IN_LATVIA)
    assert "Русский" in read(anna)
    assert "Русский" not in read(rasa)
    actions.read_also_in(link=link_of(anna), language="ru", now=NOW)
    with pytest.raises(actions.UnknownLanguage):
        actions.read_also_in(link=link_of(rasa), language="ru", now=NOW)
    client = manager(cast)
    for who, offered in ((anna, True), (rasa, False)):
        where = f"/memberships/{who.membership.ref}"
        assert (client.get(f"{where}/permissions/form.lv.pdf?also=ru").status_code == 200) is offered
        assert ("Русский" in client.get(f"{where}/guardians/new/").content.decode()) is offered
        assert ("also=ru" in client.get(f"{where}/permissions/").content.decode()) is offered
        [known] = member_read(Membership.objects.filter(pk=who.membership.pk))
        assert known.added is offered


def test_letters_begin_with_the_words_of_the_country(cast: Cast) -> None:
    anna, rasa = guardian(pupil(cast), cast.inga), in_lithuania(cast)
    Guardian.objects.update(also_in="ru")
    write(cast, "", EVERYWHERE, letter="Просим согласия.")
    write(cast, "LV", IN_LATVIA, letter="Просим согласия в Латвии.")
    for who in (anna, rasa):
        who.refresh_from_db()
        send_link(guardian=who, by=cast.inga, now=NOW)
    assert "Просим согласия в Латвии." in " ".join(letters(anna.address)[-1].text.split())
    assert "Просим согласия." in " ".join(letters(rasa.address)[-1].text.split())


def test_whose_country_nobody_has_said_reads_the_words_of_all(cast: Cast) -> None:
    anna = guardian(pupil(cast), cast.inga)
    Membership.objects.filter(pk=anna.membership.pk).update(country="")
    write(cast, "LV", IN_LATVIA)
    assert IN_LATVIA not in read(anna)
    write(cast, "", EVERYWHERE)
    assert EVERYWHERE in read(anna)


def test_taken_away_the_words_of_all_countries_stand_then_the_usual_ones(cast: Cast) -> None:
    anna = guardian(pupil(cast), cast.inga)
    for country, text in (("", "Mūsu vārdi."), ("LV", "Vārdi Latvijai.")):
        write(cast, country, text, language="lv")
    assert "Vārdi Latvijai." in read(anna, "lv")
    for country in ("LV", ""):
        actions.take_notice_away(
            programme=cast.programme, language="lv", country=country, by=cast.inga, now=NOW
        )
        assert "Vārdi Latvijai." not in read(anna, "lv")
        assert ("Mūsu vārdi." in read(anna, "lv")) is (country == "LV")
    told = Line.objects.filter(verb="programme.notice_withdrawn").order_by("pk")
    assert [each.details for each in told] == [
        {"language": "lv", "country": "LV"},
        {"language": "lv", "country": ""},
    ]


def test_what_was_permitted_before_stays_told_as_it_was(cast: Cast) -> None:
    """Words of a country that come later touch no answer, and whoever has answered sees that they are new."""
    anna = guardian(pupil(cast), cast.inga)
    write(cast, "", "Mūsu vārdi.", language="lv")
    later = NOW.replace(year=NOW.year + 1)
    answer(link=link_of(anna), answers={"visit": True}, now=NOW)
    before = list(GuardianAnswer.objects.values())
    assert "after your answers" not in read(anna, "en")
    words = {"language": "en", "country": "LV", "text": "Words for Latvia.", "letter": "", "revision": 0}
    actions.write_notice(programme=cast.programme, by=cast.inga, now=later, **words)
    assert list(GuardianAnswer.objects.values()) == before
    shown = Parent().get(f"{address_of(anna)}?language=en").content.decode()
    assert "Words for Latvia." in shown
    assert "after your answers" in shown


def test_a_country_has_one_notice_a_language(cast: Cast) -> None:
    first = write(cast, "LV", IN_LATVIA)
    assert write(cast, "LV", IN_LATVIA).pk == first.pk
    with pytest.raises(IntegrityError):
        NoticeText.objects.create(
            programme=cast.programme, language="ru", country="LV", text=IN_LATVIA, by=cast.inga, at=NOW
        )


def test_a_country_that_is_not_of_the_programme_has_none(cast: Cast) -> None:
    with pytest.raises(NotOurCountry):
        write(cast, "EE", IN_LATVIA)


def test_the_manager_chooses_the_country(cast: Cast) -> None:
    client, where = manager(cast), f"/programmes/{cast.programme.ref}/notices/"
    assert 'href="?country=LT"' in client.get(where).content.decode()
    write(cast, "", EVERYWHERE)
    shown = client.get(f"{where}?country=LV").content.decode()
    assert "As in all countries" in shown
    page = client.get(f"{where}ru/?country=LV")
    assert "Only in: Latvia" in page.content.decode()
    [form] = [each for each in forms(page) if "text" in each.fields]
    assert form.fields["text"] == [EVERYWHERE]
    given = {"revision": "0", "text": IN_LATVIA, "letter": ""}
    assert client.post(f"{where}ru/?country=LV", given).headers["Location"] == f"{where}?country=LV"
    texts = NoticeText.objects.values_list("country", "text")
    assert set(texts) == {("", EVERYWHERE), ("LV", IN_LATVIA)}
    page = client.get(f"{where}ru/?country=LV").content.decode()
    assert f"{where}ru/removal/?country=LV" in page
    removed = client.post(f"{where}ru/removal/?country=LV")
    assert removed.headers["Location"] == f"{where}?country=LV"
    assert [each.country for each in NoticeText.objects.filter(withdrawn_at=None)] == [""]
    for rest in ("?country=EE", "ru/?country=EE"):
        assert client.get(where + rest).status_code == 404


def test_where_there_is_one_country_none_is_offered(cast: Cast) -> None:
    Programme.objects.filter(pk=cast.programme.pk).update(countries=["LV"])
    shown = manager(cast).get(f"/programmes/{cast.programme.ref}/notices/").content.decode()
    assert "?country=" not in shown


def test_words_of_a_country_that_is_no_longer_of_the_programme_can_be_taken_away(cast: Cast) -> None:
    write(cast, "LT", "Lietuvos žodžiai.", language="lt")
    Programme.objects.filter(pk=cast.programme.pk).update(countries=["LV"])
    client, where = manager(cast), f"/programmes/{cast.programme.ref}/notices/"
    assert 'href="?country=LT"' in client.get(where).content.decode()
    assert client.post(f"{where}lt/removal/?country=LT").status_code == 302
    assert 'href="?country=LT"' not in client.get(where).content.decode()


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_the_countries_speak_three_languages(cast: Cast, language: str) -> None:
    client = manager(cast)
    Person.objects.filter(pk=cast.inga.pk).update(language=language)
    name = {"lv": "Latvija", "lt": "Latvija", "en": "Latvia"}[language]
    for rest in ("?country=LV", "ru/?country=LV"):
        assert name in client.get(f"/programmes/{cast.programme.ref}/notices/{rest}").content.decode()
