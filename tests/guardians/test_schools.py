"""A school's contact: a link without an account to the school's own pupils, a word on each, no content."""

import re
from datetime import timedelta
from typing import Any

import pytest

from tests import make
from tests.cast import Cast
from tests.guardians.people import Parent
from tests.make import NOW
from tests.together import at_once
from tests.visits import Visitor, counted, forms, words
from varpa.guardians.actions import schools, worries
from varpa.guardians.actions.answers import LinkIsOver
from varpa.guardians.actions.guardians import AskedTooOften
from varpa.guardians.models import SchoolContact, SchoolLink, SchoolWord, Worry
from varpa.guardians.queries.schools import pupils_of, schools_of, shown_pupils, waits_for_word
from varpa.history.models import Line
from varpa.kernel.refs import new_ref
from varpa.post.models import Letter, LetterState
from varpa.programmes.actions.memberships import add_member, change_member, withdraw_member
from varpa.programmes.models import Membership, MembershipState, Role

pytestmark = pytest.mark.django_db

ADDRESS = "skola@skola.example"
SCHOOL = "Jelgavas Valsts ģimnāzija"
TOPIC = "Medus no pilsētas jumtiem"


def applied(cast: Cast, name: str = "Kārlis Šķēle", school: str = SCHOOL, **changes: Any) -> Membership:
    given = {"role": Role.MENTEE, "by": cast.inga, "now": NOW, "topic": TOPIC, **changes}
    person = make.person(name, f"{new_ref()}@x.example", phone="+371 20000003")
    return add_member(programme=cast.programme, person=person, place=school, **given)


def contact(cast: Cast, **changes: Any) -> SchoolContact:
    given = {"school": SCHOOL, "name": "Aija Zīle", "address": ADDRESS, "language": "lv", **changes}
    return schools.add_contact(programme=cast.programme, by=cast.inga, now=NOW, **given)


def link_of(who: SchoolContact) -> SchoolLink:
    return SchoolLink.objects.filter(contact=who).order_by("-pk")[0]


def letters() -> list[Letter]:
    return list(Letter.objects.filter(to_address=ADDRESS).order_by("pk"))


def address_of() -> str:
    found = re.search(r"/school/[\w-]+/", [each for each in letters() if "/school/" in each.text][-1].text)
    assert found
    return found[0]


def say(cast: Cast, member: Membership, *, yes: bool = True, reason: str = "") -> bool:
    link = link_of(SchoolContact.objects.get(withdrawn_at=None))
    return schools.say_word(link=link, membership=member, confirmed=yes, reason=reason, now=NOW)


class TestWrittenDown:
    def test_a_letter_goes_and_one_reminder_waits_with_an_end(self, cast: Cast) -> None:
        applied(cast)
        contact(cast)
        first, reminder, *more = letters()
        assert more == []
        assert (reminder.not_before, reminder.ends_at) == (NOW + timedelta(days=7), NOW + timedelta(days=14))
        assert SCHOOL in first.subject
        assert TOPIC not in first.text + reminder.text
        assert "Kārlis" not in first.text + reminder.text

    @pytest.mark.parametrize(
        ("language", "word"),
        [
            ("lv", "Audzēkņi no Jūsu skolas"),
            ("lt", "Jūsų mokyklos mokiniai"),
            ("en", "Pupils of your school"),
        ],
    )
    def test_in_the_language_of_the_contact(self, cast: Cast, language: str, word: str) -> None:
        contact(cast, language=language)
        assert [word in each.subject for each in letters()] == [True], "nobody waits: no reminder"

    def test_the_same_person_twice_is_once_and_another_is_refused(self, cast: Cast) -> None:
        assert contact(cast) == contact(cast, school="jelgavas  valsts gimnazija")
        with pytest.raises(schools.SchoolHasContact):
            contact(cast, address="cita@skola.example")
        assert (SchoolContact.objects.count(), SchoolLink.objects.count()) == (1, 1)

    def test_a_school_and_a_name_are_needed(self, cast: Cast) -> None:
        with pytest.raises(schools.NoSchool):
            contact(cast, school=" ")
        with pytest.raises(schools.NoContactName):
            contact(cast, name=" ")

    def test_taken_off_no_link_opens_and_somebody_else_may_answer(self, cast: Cast) -> None:
        applied(cast)
        aija = contact(cast)
        address = address_of()
        schools.take_contact_off(contact=aija, by=cast.inga, now=NOW)
        assert Parent().get(address).status_code == 410
        assert {each.state for each in letters()} == {LetterState.WITHDRAWN}
        with pytest.raises(schools.ContactLeft):
            schools.send_school_link(contact=aija, by=cast.inga, now=NOW)
        contact(cast, address="cita@skola.example")


class TestOwnPupils:
    def test_by_the_name_of_the_school_whatever_its_accents(self, cast: Cast) -> None:
        one = applied(cast)
        two = applied(cast, "Žanete Ķirse", "jelgavas valsts GIMNAZIJA")
        applied(cast, "Mārtiņš Zariņš", "Rīgas Valsts ģimnāzija")
        applied(cast, "Anna Ozola", f"Otrā {SCHOOL}")
        applied(cast, "Ilze Auza", role=Role.MENTOR)
        assert list(pupils_of(contact(cast))) == [one, two]

    def test_how_each_stands(self, cast: Cast) -> None:
        aija, member = contact(cast), applied(cast)

        def stands() -> str:
            return shown_pupils(list(pupils_of(aija)))[0].stands

        assert stands() == "Applied"
        Membership.objects.filter(pk=member.pk).update(state=MembershipState.ACCEPTED)
        assert stands() == "Accepted; there is no mentor yet"
        mentor = make.member(cast.programme, make.person("Ilze Auza"), Role.MENTOR)
        pair = make.pair(mentor, Membership.objects.get(pk=member.pk), active=False)
        assert stands() == "A mentor is proposed"
        type(pair).objects.filter(pk=pair.pk).update(state="active")
        assert stands() == "Works with a mentor"

    @pytest.mark.parametrize("many", [1, 30])
    def test_the_page_asks_the_same_for_one_and_for_thirty(self, cast: Cast, many: int) -> None:
        for at in range(many):
            applied(cast, f"Kārlis Šķēle {at}")
        contact(cast)
        parent = Parent()
        parent.get(address_of())
        with counted() as caught:
            parent.get(address_of())
        assert len(caught) == 10


class TestAWord:
    def test_confirmed_twice_is_once(self, cast: Cast) -> None:
        member = applied(cast)
        contact(cast)
        assert [say(cast, member), say(cast, member)] == [True, False]
        line = Line.objects.get(verb="school.confirm")
        assert (line.actor, line.behalf) == (None, member.person_id)
        assert letters()[1].state == LetterState.WITHDRAWN, "nobody is reminded of what is said"

    def test_a_no_needs_a_reason_and_may_be_changed(self, cast: Cast) -> None:
        member = applied(cast)
        contact(cast)
        with pytest.raises(schools.NoReason):
            say(cast, member, yes=False, reason=" ")
        say(cast, member, yes=False, reason="Mācās citur.")
        say(cast, member)
        assert [(each.confirmed, each.reason) for each in SchoolWord.objects.all()] == [
            (False, "Mācās citur."),
            (True, ""),
        ]

    def test_stays_with_the_school_whoever_answers_for_it_and_does_not_follow_the_pupil(
        self, cast: Cast
    ) -> None:
        member, aija = applied(cast), contact(cast)
        say(cast, member)
        schools.take_contact_off(contact=aija, by=cast.inga, now=NOW)
        juris = contact(cast, name="Juris Krūms", address="juris@skola.example")
        assert [each.open for each in shown_pupils(list(pupils_of(juris)))] == [False]
        assert waits_for_word(juris, pupils_of(juris)) == 0
        changes = {"place": "Rīgas Valsts ģimnāzija"}
        change_member(membership=member, changes=changes, by=cast.inga, now=NOW)
        riga = contact(cast, school=changes["place"], address="riga@skola.example")
        assert [each.open for each in shown_pupils(list(pupils_of(riga)))] == [True]
        assert waits_for_word(riga, pupils_of(riga)) == 1
        assert "Aija Zīle, " not in words(Visitor(cast.inga).get(f"/memberships/{member.ref}/"))

    def test_of_no_other_schools_pupil(self, cast: Cast) -> None:
        other = applied(cast, "Mārtiņš Zariņš", "Rīgas Valsts ģimnāzija")
        contact(cast)
        with pytest.raises(schools.NotOfThisSchool):
            say(cast, other)
        with pytest.raises(worries.NotOfThisSchool):
            worries.tell_of_pupil(
                link=link_of(SchoolContact.objects.get()), membership=other, text="Bažas", now=NOW
            )
        sent = {"pupil": other.ref, "word": "yes", "reason": ""}
        assert Parent().post(address_of(), sent).status_code == 404
        assert not SchoolWord.objects.exists()

    def test_not_of_who_has_left(self, cast: Cast) -> None:
        member = applied(cast)
        contact(cast)
        withdraw_member(membership=member, by=cast.inga, now=NOW)
        with pytest.raises(schools.NotAskedNow):
            say(cast, member)

    def test_not_by_a_link_that_is_closed(self, cast: Cast) -> None:
        member, aija = applied(cast), contact(cast)
        old = link_of(aija)
        schools.send_school_link(contact=aija, by=cast.inga, now=NOW)
        with pytest.raises(LinkIsOver):
            schools.say_word(link=old, membership=member, confirmed=True, now=NOW)
        schools.revoke_school_links(contact=aija, by=cast.inga, now=NOW)
        with pytest.raises(LinkIsOver):
            say(cast, member)


class TestTheSchoolsPage:
    @pytest.mark.parametrize(
        ("language", "head"),
        [("lv", "Jūsu skolas audzēkņi"), ("lt", "Jūsų mokyklos mokiniai"), ("en", "Pupils of your school")],
    )
    def test_speaks_and_shows_names_and_nothing_that_they_write(
        self, cast: Cast, language: str, head: str
    ) -> None:
        member = applied(cast)
        contact(cast, language=language)
        page = Parent().get(address_of())
        shown = words(page)
        assert f"<h2>{head}</h2>" in shown
        assert "Kārlis Šķēle" in shown
        for private in (TOPIC, str(member.person.email), member.person.phone):
            assert private not in shown
        assert page.headers["Cache-Control"] == "private, no-store"

    def test_confirms_and_says_why_not(self, cast: Cast) -> None:
        member = applied(cast)
        contact(cast, language="en")
        parent, address = Parent(), address_of()
        yes, no, _worry = forms(parent.get(address))
        refused = parent.send(no)
        assert "Write in a few words why not." in words(refused)
        assert parent.send(no, reason="Mācās citur.").status_code == 302
        shown = words(parent.get(address))
        assert "Not confirmed" in shown
        assert "Mācās citur." not in shown, "not even by a link that was forwarded"
        assert parent.send(yes).status_code == 302
        assert SchoolWord.objects.filter(membership=member).count() == 2

    def test_tells_of_a_worry_that_a_manager_reads(self, cast: Cast) -> None:
        member = applied(cast)
        contact(cast, language="en")
        parent, address = Parent(), address_of()
        told = forms(parent.get(address))[-1]
        assert 'class="why"' in words(parent.send(told, text="Bažas"))
        for _click in range(2):
            parent.send(told, text="Bažas par skolu", pupil=member.ref, kind="other", to="manager")
        worry = Worry.objects.get()
        assert (worry.membership, worry.kind, worry.to) == (member, "other", "manager")
        letter = Letter.objects.get(kind="applications.worry", person=cast.inga.pk)
        assert SCHOOL in letter.text
        assert "Bažas par skolu" not in letter.text
        manager = Visitor(cast.inga)
        shown = manager.get(f"/memberships/{member.ref}/")
        assert "Bažas par skolu" in words(shown)
        manager.send(next(form for form in forms(shown) if form.action.startswith("/worries/")))
        read = Letter.objects.get(kind="applications.worry_read", to_address=ADDRESS)
        assert "a school’s contact" in read.text
        assert Visitor(member.person).get(f"/memberships/{member.ref}/").status_code == 403

    def test_what_does_not_open_is_told_calmly_and_sent_anew_to_the_known_address(self, cast: Cast) -> None:
        aija = contact(cast, language="en")
        address = address_of()
        late = Parent(days=61)
        page = late.get(address)
        assert page.status_code == 410
        assert late.send(forms(page)[0]).status_code == 200
        assert len(letters()) == 2
        assert Parent().get("/school/x/").status_code == 404
        for _time in range(2):
            schools.send_school_link(contact=aija, by=None, now=late.now)
        with pytest.raises(AskedTooOften):
            schools.send_school_link(contact=aija, by=None, now=late.now)


class TestForTheManager:
    @pytest.mark.parametrize("language", ["lv", "lt", "en"])
    def test_schools_are_listed_and_a_contact_written_down(self, cast: Cast, language: str) -> None:
        applied(cast)
        manager, address = Visitor(cast.inga, language=language), f"/programmes/{cast.programme.ref}/schools/"
        page = manager.get(address)
        assert SCHOOL in words(page)
        form = next(each for each in forms(page) if each.buttons and "address" in each.fields)
        assert manager.send(form, school=SCHOOL, name="Aija Zīle", address=ADDRESS).status_code == 302
        shown = words(manager.get(address))
        assert "Aija Zīle" in shown
        assert address_of() not in shown, "never the link itself"

    def test_sees_the_words_on_the_list_and_on_the_page_of_the_person(self, cast: Cast) -> None:
        member = applied(cast)
        contact(cast)
        say(cast, member, yes=False, reason="Mācās citur.")
        manager = Visitor(cast.inga, language="en")
        people = f"/programmes/{cast.programme.ref}/people/"
        assert "not confirmed by the school" in words(manager.get(people))
        doubted = manager.get(f"{people}?show=doubted")
        assert [line.membership for line, *_rest in doubted.context["lines"]] == [member]
        shown = words(manager.get(f"/memberships/{member.ref}/"))
        assert "Mācās citur." in shown
        assert "The school says no to the pupil" in shown
        school = next(each for each in schools_of(cast.programme, NOW) if each.name == SCHOOL)
        assert (school.confirmed, school.doubted) == (0, 1)

    def test_the_schools_remembered_are_those_of_the_newest_change(self, cast: Cast) -> None:
        def counted() -> list[tuple[int, int, int]]:
            found = [each for each in schools_of(cast.programme, NOW) if each.name == SCHOOL]
            return [(each.pupils, each.confirmed, each.doubted) for each in found]

        assert counted() == []
        first = applied(cast)
        contact(cast)
        assert counted() == [(1, 0, 0)]
        say(cast, first)
        applied(cast, "Līga Lapa")
        assert counted() == [(2, 1, 0)]
        withdraw_member(membership=first, by=None, now=NOW)
        assert counted() == [(1, 0, 0)]

    def test_nobody_else_writes_sends_or_closes(self, cast: Cast) -> None:
        aija = contact(cast)
        for who in (cast.andris, cast.tomas, cast.zane):
            for road in ("link/", "link/withdrawal/", "withdrawal/"):
                assert Visitor(who).post(f"/schools/{aija.ref}/{road}").status_code == 404
        address = f"/programmes/{cast.programme.ref}/schools/"
        assert [Visitor(who).get(address).status_code for who in (cast.elina, cast.zane)] == [403, 404]

    def test_sends_again_takes_back_and_off(self, cast: Cast) -> None:
        aija = contact(cast)
        manager = Visitor(cast.inga)
        ref = new_ref()
        for _click in range(2):
            manager.post(f"/schools/{aija.ref}/link/", {"ref": ref})
        assert SchoolLink.objects.count() == 2
        manager.post(f"/schools/{aija.ref}/link/withdrawal/")
        assert Parent().get(address_of()).status_code == 410
        manager.post(f"/schools/{aija.ref}/withdrawal/")
        assert SchoolContact.objects.get().withdrawn_at

    def test_the_page_asks_the_same_for_one_school_and_for_thirty(self, cast: Cast) -> None:
        address = f"/programmes/{cast.programme.ref}/schools/"

        def asked() -> int:
            Visitor(cast.inga).get(address)
            with counted() as caught:
                Visitor(cast.inga).get(address)
            return len(caught)

        applied(cast)
        contact(cast)
        one = asked()
        for at in range(30):
            applied(cast, f"Anna Ozola {at}", f"{at}. vidusskola")
            contact(cast, school=f"{at}. vidusskola")
        assert asked() == one


@pytest.mark.django_db(transaction=True)
class TestAtTheSameSecond:
    def test_two_clicks_say_one_word(self, cast: Cast) -> None:
        member = applied(cast)
        contact(cast)
        found = at_once(lambda: say(cast, member), lambda: say(cast, member))
        assert sorted(map(bool, found)) == [False, True]
        assert SchoolWord.objects.count() == 1

    def test_two_managers_write_down_one_contact(self, cast: Cast) -> None:
        found = at_once(lambda: contact(cast), lambda: contact(cast, address="cita@skola.example"))
        assert [type(each) for each in found if isinstance(each, Exception)] == [schools.SchoolHasContact]
        assert SchoolContact.objects.count() == 1

    def test_two_clicks_send_one_link(self, cast: Cast) -> None:
        aija, ref = contact(cast), new_ref()

        def click() -> object:
            return schools.send_school_link(contact=aija, by=cast.inga, now=NOW, ref=ref)

        assert not [each for each in at_once(click, click) if isinstance(each, Exception)]
        assert SchoolLink.objects.count() == 2
