"""The pages of the guardian's door: three languages, who sees what, the form on paper, how much they ask."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests import make
from tests.cast import Cast
from tests.guardians.people import ALL_YES, Parent, address_of, guardian, link_of, pupil
from tests.make import NOW
from tests.visits import Visitor, counted, forms, queries, words
from varpa.guardians.actions import answers, worries
from varpa.history.models import Line
from varpa.programmes.actions.screening import record_screening
from varpa.programmes.models import Membership, Programme, Role

pytestmark = pytest.mark.django_db

ASKS = {
    "lv": "Kārlis vēlas piedalīties. Vai piekrītat?",
    "lt": "Kārlis nori dalyvauti. Ar sutinkate?",
    "en": "Kārlis would like to take part. Do you permit it?",
}
THANKS = {
    "lv": "Paldies. Jūsu atbildes ir saglabātas.",
    "lt": "Ačiū. Jūsų atsakymai išsaugoti.",
    "en": "Thank you. Your answers are saved.",
}
CLOSED = {"lv": "Saite neatveras", "lt": "Nuoroda neatsidaro", "en": "This link does not open"}


@pytest.fixture
def member(cast: Cast) -> Membership:
    return pupil(cast)


class TestThePageOfTheLink:
    @pytest.mark.parametrize("language", ASKS)
    def test_in_the_language_of_the_letter(self, cast: Cast, member: Membership, language: str) -> None:
        address = address_of(guardian(member, cast.inga, language=language))
        parent = Parent()
        page = parent.get(address)
        assert f"<h1>{ASKS[language]}</h1>" in words(page)
        assert f'<html lang="{language}"' in words(page)
        assert page.headers["Content-Language"] == language
        thanked = parent.client.get(parent.send(forms(page)[0], **ALL_YES).headers["Location"])
        assert thanked.status_code in (200, 410)

    @pytest.mark.parametrize("language", ASKS)
    def test_another_language_by_the_switch(self, cast: Cast, member: Membership, language: str) -> None:
        address = address_of(guardian(member, cast.inga, language="lv"))
        parent = Parent()
        page = parent.get(f"{address}?language={language}")
        assert ASKS[language] in words(page)
        done = parent.send(forms(page)[0], **ALL_YES)
        assert done.headers["Location"] == f"{address}?language={language}"
        assert THANKS[language] in words(parent.get(done.headers["Location"]))

    @pytest.mark.parametrize("language", CLOSED)
    def test_what_does_not_open(self, cast: Cast, language: str) -> None:
        assert CLOSED[language] in words(Parent().get(f"/guardian/x/?language={language}"))

    def test_an_unknown_language_is_that_of_the_letter(self, cast: Cast, member: Membership) -> None:
        address = address_of(guardian(member, cast.inga, language="lt"))
        assert ASKS["lt"] in words(Parent().get(f"{address}?language=xx"))

    def test_nothing_is_marked_at_first_and_later_what_was_answered(
        self, cast: Cast, member: Membership
    ) -> None:
        address = address_of(guardian(member, cast.inga))
        parent = Parent()
        first = forms(parent.get(address))[0]
        assert not set(ALL_YES) & set(first.fields)
        assert [value for _name, value in first.boxes] == ["yes", "no"] * 4
        parent.send(first, taking_part="yes", photographs="no")
        again = forms(parent.get(address))[0].fields
        assert (again["taking_part"], again["photographs"]) == (["yes"], ["no"])
        assert "visit" not in again

    def test_a_forwarded_page_names_no_more_than_needed(self, cast: Cast, member: Membership) -> None:
        text = words(Parent().get(address_of(guardian(member, cast.inga))))
        private = ("Šķēle", "anna@", "Anna", str(member.person.email), "2009", "01.03.")
        assert [each for each in private if each in text] == []

    def test_who_the_mentor_is_once_proposed_and_no_check_where_none_is_asked_for(
        self, cast: Cast, member: Membership
    ) -> None:
        address = f"{address_of(guardian(member, cast.inga))}?language=en"
        before = words(Parent().get(address))
        assert "There is no mentor yet." in before
        ilze = make.member(cast.programme, make.person("Ilze Auza"), Role.MENTOR, place="SIA „Māls”")
        make.pair(ilze, member, active=False)
        after = words(Parent().get(address))
        assert "Ilze Auza" in after
        assert "SIA „Māls”" in after
        assert "screened" not in after

    def test_that_the_mentor_was_screened_and_nothing_more_of_it(
        self, cast: Cast, member: Membership
    ) -> None:
        Programme.objects.filter(pk=cast.programme.pk).update(mentors_are_screened=True)
        address = f"{address_of(guardian(member, cast.inga))}?language=en"
        ilze = make.member(cast.programme, make.person("Ilze Auza"), Role.MENTOR)
        make.pair(ilze, member, active=False)
        assert "Not screened yet; until then they do not meet." in words(Parent().get(address))
        day = NOW.date() - timedelta(days=3)
        ilze = Membership.objects.get(pk=ilze.pk)
        record_screening(membership=ilze, passed=True, day=day, by=cast.inga, now=NOW)
        shown = words(Parent().get(address))
        assert "Screened, and may take part: 11\u00a0October." in shown
        record_screening(membership=ilze, passed=False, day=day, by=cast.inga, now=NOW)
        held = words(Parent().get(address))
        assert "11\u00a0October" not in held
        assert "may not" not in held

    def test_who_else_is_signed_in_here_is_not_shown(self, cast: Cast, member: Membership) -> None:
        address = address_of(guardian(member, cast.inga))
        signed = Visitor(member.person)
        text = words(signed.get(address))
        assert 'href="/me/"' not in text
        assert "Šķēle" not in text

    def test_few_questions_to_the_database(self, cast: Cast, member: Membership) -> None:
        anna = guardian(member, cast.inga)
        juris = guardian(member, cast.inga, "juris@maja.example")
        Programme.objects.filter(pk=cast.programme.pk).update(mentors_are_screened=True)
        ilze = make.member(cast.programme, make.person("Ilze Auza"), Role.MENTOR)
        make.pair(ilze, member, active=False)
        ilze = Membership.objects.get(pk=ilze.pk)
        record_screening(membership=ilze, passed=True, day=NOW.date(), by=cast.inga, now=NOW)
        for who in (anna, juris):
            answers.answer(link=link_of(who), answers={"visit": True, "photographs": False}, now=NOW)
            worries.tell_worry(link=link_of(who), text="Bažas", now=NOW)
        parent, address = Parent(), address_of(anna)
        parent.get(address)
        with counted() as caught:
            assert parent.get(address).status_code == 200
        assert len(caught) <= 11


class TestTheManager:
    def test_sees_what_was_answered_and_never_the_link(self, cast: Cast, member: Membership) -> None:
        anna = guardian(member, cast.inga)
        answers.answer(link=link_of(anna), answers={"visit": True, "photographs": False}, now=NOW)
        text = words(Visitor(cast.inga, language="en").get(f"/memberships/{member.ref}/"))
        assert "anna@maja.example" in text
        assert "Photographs: no" in " ".join(text.split()) or "photographs: no" in " ".join(text.split())
        assert address_of(anna) not in text
        assert "/guardian/" not in text

    def test_the_page_of_a_person_asks_as_little_with_two_guardians_as_with_one(
        self, cast: Cast, member: Membership
    ) -> None:
        guardian(member, cast.inga)
        address = f"/memberships/{member.ref}/"
        one = queries(cast.inga, address)
        juris = guardian(member, cast.inga, "juris@maja.example")
        answers.answer(link=link_of(juris), answers={"visit": True}, now=NOW)
        assert queries(cast.inga, address) <= one + 1

    def test_nobody_else_sends_or_closes_links(self, cast: Cast, member: Membership) -> None:
        anna = guardian(member, cast.inga)
        for who in (member.person, cast.andris, cast.tomas, cast.zane):
            for road in ("link/", "link/withdrawal/", "withdrawal/"):
                assert Visitor(who).post(f"/guardians/{anna.ref}/{road}").status_code == 404

    @pytest.mark.parametrize("language", ["lv", "lt", "en"])
    def test_the_pages_speak(self, cast: Cast, member: Membership, language: str) -> None:
        guardian(member, cast.inga)
        manager = Visitor(cast.inga, language=language)
        for address in (f"/memberships/{member.ref}/", f"/memberships/{member.ref}/guardians/new/"):
            page = manager.get(address)
            assert page.status_code == 200
            assert f'<html lang="{language}"' in words(page)


class TestOnPaper:
    @pytest.mark.parametrize("language", ["lv", "lt", "en"])
    def test_the_form_to_print(self, cast: Cast, member: Membership, language: str) -> None:
        for who in (cast.inga, member.person):
            paper = Visitor(who).get(f"/memberships/{member.ref}/permissions/form.{language}.pdf")
            assert paper.status_code == 200
            assert paper.content.startswith(b"%PDF-")
            assert b"/StructTreeRoot" in paper.content
        assert Visitor(cast.andris).get(paper.request["PATH_INFO"]).status_code == 404

    def test_no_other_language(self, cast: Cast, member: Membership) -> None:
        assert Visitor(cast.inga).get(f"/memberships/{member.ref}/permissions/form.de.pdf").status_code == 404

    def test_entered_with_its_day_and_picture(
        self, cast: Cast, member: Membership, settings: Any, tmp_path: Any
    ) -> None:
        settings.MEDIA_ROOT = tmp_path
        picture = BytesIO()
        Image.new("RGB", (40, 40), "white").save(picture, "PNG")
        scan = SimpleUploadedFile("papirs.png", picture.getvalue(), "image/png")
        manager = Visitor(cast.inga)
        day = (NOW - timedelta(days=3)).date()
        given = {"guardian": "Anna", "day": day.isoformat(), "scan": scan}
        given |= {"taking_part": "yes", "visit": "yes", "photographs": "no"}
        assert manager.post(f"/memberships/{member.ref}/permissions/", given).status_code == 302
        rows = list(member.permissions.select_related("scan"))
        assert {each.day for each in rows} == {day}
        assert rows[0].scan is not None
        line = Line.objects.filter(verb="permission.give").order_by("pk")[0]
        assert (line.channel, line.actor, line.behalf) == ("paper", cast.inga.pk, member.person_id)
        address = f"/memberships/{member.ref}/permissions/papers/{rows[0].scan.ref}/"
        assert manager.get(address).status_code == 200
        assert Visitor(member.person).get(address).status_code == 403
        assert Visitor(cast.zane).get(address).status_code == 404
        assert (
            manager.get(f"/memberships/{cast.mentee.ref}/permissions/papers/{rows[0].scan.ref}/").status_code
            == 404
        )

    def test_a_file_that_is_no_picture_is_told_and_nothing_is_recorded(
        self, cast: Cast, member: Membership
    ) -> None:
        scan = SimpleUploadedFile("papirs.png", b"<html>", "image/png")
        given = {"guardian": "Anna", "visit": "yes", "scan": scan}
        page = Visitor(cast.inga).post(f"/memberships/{member.ref}/permissions/", given)
        assert page.status_code == 200
        assert page.context["form"].non_field_errors()
        assert not member.permissions.exists()
