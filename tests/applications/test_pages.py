"""The pages on people: lists, decisions, a person's page, taking in a list; three languages, few queries."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.applications.conftest import PUPILS, applicant, hold, text_of, workbook_of
from tests.cast import Cast
from tests.make import NOW
from varpa.applications.models import Roster
from varpa.kernel import clock
from varpa.kernel.paging import SIZE
from varpa.kernel.refs import new_ref
from varpa.people.models import Person
from varpa.programmes.actions.permissions import record_permission
from varpa.programmes.models import Membership, MembershipState, Permission, Programme, Role

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
LANGUAGES = ("lv", "lt", "en")


def ask(cast: Cast, name: str, ref: str, query: str = "") -> Any:
    client = Client()
    client.force_login(cast.inga)
    with clock.moved_to(NOW):
        return client.get(where(name, ref) + query)


def send(cast: Cast, name: str, ref: str, data: dict[str, Any], *, follow: bool = True) -> Any:
    client = Client()
    client.force_login(cast.inga)
    with clock.moved_to(NOW):
        return client.post(where(name, ref), data, follow=follow)


def where(name: str, ref: str) -> str:
    return reverse(name if ":" in name else f"applications:{name}", args=[ref])


def text(answer: Any) -> str:
    return str(answer.content.decode())


def speak(cast: Cast, language: str) -> None:
    Person.objects.filter(pk=cast.inga.pk).update(language=language)
    cast.inga.refresh_from_db()


def queries(cast: Cast, name: str, ref: str) -> int:
    client = Client()
    client.force_login(cast.inga)
    with clock.moved_to(NOW):
        client.get(where(name, ref))
    with clock.moved_to(NOW), CaptureQueriesContext(connection) as caught:
        assert client.get(where(name, ref)).status_code == 200
    return len(caught)


def upload(cast: Cast, content: bytes, name: str = "saraksts.csv", **data: Any) -> Any:
    file = SimpleUploadedFile(name, content)
    return send(
        cast,
        "import",
        cast.programme.ref,
        {"ref": new_ref(), "file": file, "role": "", "country": "LV", **data},
    )


def test_the_list_says_who_how_where_and_with_whom(cast: Cast) -> None:
    shown = text(ask(cast, "people", cast.programme.ref))
    for words in ("Andris Ozols", "Elīna Bērziņa", "Māls un uguns", "Sagatavošanās pabeigta"):
        assert words in shown
    assert reverse("home:room", args=[cast.pair.ref]) in shown


def test_the_list_answers_what_is_sought(cast: Cast) -> None:
    applicant(cast)
    shown = text(ask(cast, "people", cast.programme.ref, "?q=ozola&state=applied"))
    assert "Anna Ozola" in shown
    assert "Andris Ozols" not in shown
    assert "Tādu šeit nav." in text(ask(cast, "people", cast.programme.ref, "?q=nobody"))
    odd = "?page=99&role=x&state=y&q=%F0%9F%99%82"
    assert ask(cast, "people", cast.programme.ref, odd).status_code == 200


def test_people_of_one_country_are_sought_and_stay_sought(cast: Cast) -> None:
    Membership.objects.filter(pk=cast.mentor.pk).update(country="LV")
    Membership.objects.filter(pk=cast.mentee.pk).update(country="LT")
    shown = text(ask(cast, "people", cast.programme.ref, "?country=LT&column=state"))
    assert '<option value="LT" selected>Lietuva</option>' in shown
    assert "Elīna Bērziņa" in shown
    assert "Andris Ozols" not in shown
    # Decisions, the file and a saved view hold to it.
    assert shown.count('<input type="hidden" name="country" value="LT">') == 2
    Programme.objects.filter(pk=cast.programme.pk).update(countries=["LV"])
    assert 'name="country"' not in text(ask(cast, "people", cast.programme.ref))


def test_the_list_needs_the_same_queries_for_one_and_for_thirty(cast: Cast) -> None:
    few = queries(cast, "people", cast.programme.ref)
    for at in range(30):
        applicant(cast, f"Anna{at} Ozola")
    assert queries(cast, "people", cast.programme.ref) == few <= MOST_QUERIES


def test_a_persons_page_needs_few_queries(cast: Cast) -> None:
    assert queries(cast, "member", cast.mentee.ref) <= MOST_QUERIES
    # Who looks like somebody else is asked about before it is decided.
    alike = applicant(cast, cast.elina.name, born=cast.elina.born)
    assert queries(cast, "member", alike.ref) <= MOST_QUERIES


def test_a_decision_on_many_says_on_how_many_first(cast: Cast) -> None:
    some = [applicant(cast, f"{name} Ozola").ref for name in ("Anna", "Ieva")]
    shown = text(ask(cast, "decide_all", cast.programme.ref, f"?step=accept&who={some[0]}&who={some[1]}"))
    assert "Pieņemt 2 cilvēkus?" in shown
    assert "Ieva Ozola" in shown
    assert Membership.objects.filter(state=MembershipState.APPLIED).count() == 2
    answer = send(cast, "decide_all", cast.programme.ref, {"step": "accept", "who": some})
    assert "Pieņemti 2 cilvēki." in text(answer)
    assert not Membership.objects.filter(state=MembershipState.APPLIED).exists()


def test_who_could_not_be_decided_is_told_by_name(cast: Cast) -> None:
    anna = applicant(cast)
    data = {"step": "accept", "who": [anna.ref, cast.mentee.ref]}
    shown = text(send(cast, "decide_all", cast.programme.ref, data))
    assert "Pieņemts 1 cilvēks." in shown
    assert "1 cilvēks paliek kā līdz šim:" in shown
    assert Membership.objects.get(pk=anna.pk).state == MembershipState.ACCEPTED


def test_all_of_a_list_may_be_decided_at_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for at in range(3):
        applicant(cast, f"Anna{at} Ozola")
    monkeypatch.setattr("varpa.applications.queries.parts.MOST_AT_ONCE", 2)
    shown = text(ask(cast, "decide_all", cast.programme.ref, "?step=accept&all=1&state=applied"))
    assert "Pieņemt 2 cilvēkus?" in shown
    assert "1. daļa no 2. Cilvēku skaits šajā daļā: 2; pēc tās vēl: 1." in shown


def test_as_many_are_decided_as_the_preview_said_also_beyond_one_page(cast: Cast) -> None:
    for at in range(SIZE + 3):
        applicant(cast, f"Anna{at} Ozola")
    shown = text(ask(cast, "decide_all", cast.programme.ref, "?step=accept&all=1&state=applied"))
    assert f"Pieņemt {SIZE + 3} cilvēkus?" in shown
    who = re.findall(r'name="who" value="([^"]+)"', shown)
    answer = text(send(cast, "decide_all", cast.programme.ref, {"step": "accept", "who": who}))
    assert f"Pieņemti {SIZE + 3} cilvēki." in answer
    assert not Membership.objects.filter(state=MembershipState.APPLIED).exists()


def test_all_of_a_list_are_its_applicants_and_never_its_staff(cast: Cast) -> None:
    anna = applicant(cast)
    send(cast, "decide", anna.ref, {"step": "accept"})
    everybody = Membership.objects.filter(programme=cast.programme, state=MembershipState.ACCEPTED)
    staff = everybody.filter(role=Role.MANAGER)
    shown = text(ask(cast, "decide_all", cast.programme.ref, "?step=trained&all=1&state=accepted"))
    assert staff.exists()
    assert anna.ref in shown
    assert not [each.ref for each in staff if each.ref in shown]


@pytest.mark.parametrize("query", ["", "?step=accept", "?step=erase&who=x", "?step=accept&who=nobody"])
def test_nothing_is_decided_without_people_and_a_decision(cast: Cast, query: str) -> None:
    assert ask(cast, "decide_all", cast.programme.ref, query).status_code == 302


def test_training_is_marked_with_the_notice_on_paper(cast: Cast) -> None:
    anna = applicant(cast)
    send(cast, "decide", anna.ref, {"step": "accept"})
    data = {"step": "trained", "who": [anna.ref], "notice_on_paper": "on", "note": "Jelgavā"}
    send(cast, "decide_all", cast.programme.ref, data)
    assert set(anna.preparations.values_list("step", "note")) == {
        ("training", "Jelgavā"),
        ("notice", "Jelgavā"),
    }


def test_a_persons_page_decides_records_and_withdraws(cast: Cast) -> None:
    anna = applicant(cast)
    assert "Pieteikums pieņemts" in text(send(cast, "decide", anna.ref, {"step": "accept"}))
    assert text(send(cast, "decide", anna.ref, {"step": "accept"})).count('class="notice bad"') == 1
    send(cast, "train", anna.ref, {"notice_on_paper": "on", "note": ""})
    data = {"guardian": "Ilze Ozola", "taking_part": "yes", "visit": "yes"}
    assert "Ilze Ozola" in text(send(cast, "guardians:permit", anna.ref, data))
    send(cast, "guardians:unpermit", anna.ref, {"kind": "visit"})
    send(cast, "guardians:unpermit", anna.ref, {"kind": "nonsense"})
    standing = Permission.objects.filter(membership=anna, withdrawn_at__isnull=True)
    assert [each.kind for each in standing] == ["taking_part"]
    shown = text(ask(cast, "member", anna.ref))
    for words in ("Apmācības apmeklētas", "Atsaukta vecāka vai aizbildņa piekrišana", "uz papīra"):
        assert words in shown


def test_a_country_is_not_blanked_and_the_field_says_so(cast: Cast) -> None:
    shown = text(ask(cast, "details", cast.mentee.ref))
    assert 'name="country" value=""' not in shown
    whole = {"place": "Ģimnāzija", "country": "", "topic": "Māls", "means": ["chat"], "revision": "0"}
    told = text(send(cast, "details", cast.mentee.ref, whole))
    field = told[told.index("<legend>Valsts") : told.index('name="topic"')]
    assert "Izvēlieties valsti" in field
    assert Membership.objects.get(pk=cast.mentee.pk).country == "LV"
    Membership.objects.filter(pk=cast.mentee.pk).update(country="")
    assert 'name="country" value=""' in text(ask(cast, "details", cast.mentee.ref))


def test_what_is_known_is_changed_and_two_lose_no_word(cast: Cast) -> None:
    whole = {"place": "Ģimnāzija", "country": "LV", "topic": "Māls", "means": ["chat"], "revision": "0"}
    send(cast, "details", cast.mentee.ref, whole)
    assert Membership.objects.get(pk=cast.mentee.pk).topic == "Māls"
    shown = text(send(cast, "details", cast.mentee.ref, {**whole, "topic": "Koks"}))
    assert "Māls" in shown
    assert "Koks" in shown
    assert 'name="means" value="chat"' in shown
    assert Membership.objects.get(pk=cast.mentee.pk).topic == "Māls"


def test_leaving_is_asked_once_more_and_names_the_pair(cast: Cast) -> None:
    shown = text(ask(cast, "let_go", cast.mentee.ref))
    assert "Andris Ozols" in shown
    assert Membership.objects.get(pk=cast.mentee.pk).state == MembershipState.ACCEPTED
    send(cast, "let_go", cast.mentee.ref, {})
    assert Membership.objects.get(pk=cast.mentee.pk).state == MembershipState.WITHDRAWN
    assert 'class="notice bad"' in text(send(cast, "let_go", cast.mentee.ref, {}))


@pytest.mark.parametrize("content", [text_of(PUPILS).encode("cp1257"), workbook_of(PUPILS)])
def test_a_list_is_uploaded_shown_and_taken_in(cast: Cast, content: bytes) -> None:
    shown = text(upload(cast, content))
    assert "3 cilvēki sarakstā" in shown
    assert "Žanete Ķirse" in shown
    assert not Membership.objects.filter(person__name="Žanete Ķirse").exists()
    roster = Roster.objects.get()
    assert "Pievienoti 3 cilvēki." in text(send(cast, "roster", roster.ref, {}))
    assert "Šis saraksts ir pievienots" in text(send(cast, "roster", roster.ref, {}))
    assert Person.objects.filter(name="Žanete Ķirse").count() == 1


def test_how_a_list_was_saved_may_be_said_and_is_told_at_its_field(cast: Cast) -> None:
    rows = [["Name", "Role"], ["Małgorzata Wójcik", "mentee"]]
    shown = text(upload(cast, text_of(rows).encode("cp852"), saved_in="cp852"))
    assert "Małgorzata Wójcik" in shown
    Roster.objects.all().delete()
    refused = text(upload(cast, text_of(rows).encode("cp852"), saved_in="utf_8"))
    assert "UTF-8" in refused
    assert not Roster.objects.exists()


def test_wrong_lines_are_told_and_there_is_no_button(cast: Cast) -> None:
    shown = text(upload(cast, text_of([*PUPILS, ["Anna Ozola", "anna", "mentee", "", "", "", ""]]).encode()))
    assert "5. rinda" in shown
    assert "„anna” nav e-pasta adrese." in shown
    assert "Pievienot 3 cilvēkus" not in shown
    send(cast, "roster", Roster.objects.get().ref, {})
    assert not Membership.objects.filter(person__name="Žanete Ķirse").exists()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\x00\x01\x02" * 99, b"a;b\n1;2\n", b"PK\x03\x04"])
def test_what_is_no_list_is_told_at_the_field(cast: Cast, content: bytes) -> None:
    answer = upload(cast, content)
    assert answer.status_code == 200
    assert 'class="why"' in text(answer)
    assert not Roster.objects.exists()


def test_a_name_of_a_file_is_shown_as_text(cast: Cast) -> None:
    shown = text(upload(cast, text_of(PUPILS).encode(), "<b>x.csv"))
    assert "<b>x.csv" not in shown


def test_a_list_is_given_up(cast: Cast) -> None:
    roster = hold(cast, text_of(PUPILS))
    assert "Saraksts ir atmests." in text(send(cast, "drop", roster.ref, {}))
    assert send(cast, "drop", roster.ref, {}).status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_speaks_three_languages(cast: Cast, language: str) -> None:
    speak(cast, language)
    record_permission(membership=cast.mentee, kind="visit", guardian="Ilze Bērziņa", by=cast.inga, now=NOW)
    roster = hold(cast, text_of([*PUPILS, ["Anna Ozola", "anna", "x", "", "", "", "pigeon"]]))
    said = {"lv": "Cilvēki", "lt": "Žmonės", "en": "People"}[language]
    for name, ref, query in (
        ("people", cast.programme.ref, ""),
        ("decide_all", cast.programme.ref, f"?step=trained&who={cast.mentee.ref}"),
        ("import", cast.programme.ref, ""),
        ("roster", roster.ref, ""),
        ("member", cast.mentee.ref, ""),
        ("details", cast.mentee.ref, ""),
        ("let_go", cast.mentee.ref, ""),
    ):
        answer = ask(cast, name, ref, query)
        assert answer.status_code == 200, name
        assert said in text(answer), name
        assert answer["Content-Language"] == language


def test_what_came_of_screening_a_mentor_is_written_down(cast: Cast) -> None:
    page = text(ask(cast, "member", cast.mentor.ref))
    assert "/screening/" not in page
    assert send(cast, "screen", cast.mentor.ref, {"passed": "yes", "day": "2025-10-01"}).status_code == 200
    assert not cast.mentor.screenings.exists(), "nobody is screened where the programme does not ask for it"
    Programme.objects.filter(pk=cast.programme.pk).update(mentors_are_screened=True)
    speak(cast, "en")
    assert "screening" in text(ask(cast, "people", cast.programme.ref))
    assert 'class="why"' in text(send(cast, "screen", cast.mentor.ref, {"day": "2025-10-01"}))
    page = text(send(cast, "screen", cast.mentor.ref, {"passed": "yes", "day": "2025-10-01"}))
    assert "1\u00a0October, Inga Liepa" in page
    assert "Screened: may take part" in page
    assert "not prepared yet" not in page
    page = text(send(cast, "screen", cast.mentor.ref, {"passed": "no", "day": "2025-10-02"}))
    assert "Screened: may not take part" in page


def test_what_an_applicant_wrote_stands_where_one_decides(cast: Cast) -> None:
    anna = applicant(cast)
    page = text(ask(cast, "member", anna.ref))
    assert page.count(reverse("calls:application", args=[anna.ref])) == 1
    assert page.index(reverse("calls:application", args=[anna.ref])) < page.index('value="accept"')
    staff = Membership.objects.get(programme=cast.programme, person=cast.inga)
    assert reverse("calls:application", args=[staff.ref]) not in text(ask(cast, "member", staff.ref))


def test_who_is_corrected_after_many_were_ticked_is_left_and_named(cast: Cast) -> None:
    anna, ieva = (applicant(cast, f"{name} Ozola") for name in ("Anna", "Ieva"))
    shown = text(ask(cast, "decide_all", cast.programme.ref, f"?step=accept&who={anna.ref}&who={ieva.ref}"))
    data: dict[str, Any] = {
        name: re.findall(rf'name="{name}" value="([^"]*)"', shown) for name in ("step", "who", "seen")
    }
    Membership.objects.filter(pk=ieva.pk).update(topic="Rupjmaize", revision=ieva.revision + 1)
    told = text(send(cast, "decide_all", cast.programme.ref, data))
    assert "Ieva Ozola" in told
    states = dict(Membership.objects.filter(pk__in=[anna.pk, ieva.pk]).values_list("pk", "state"))
    assert states == {anna.pk: MembershipState.ACCEPTED, ieva.pk: MembershipState.APPLIED}
