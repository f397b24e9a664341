"""The list as a whole: which columns it shows, taken out as a file, kept as a view (S4)."""

import csv
import io
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.applications.conftest import applicant
from tests.applications.test_pages import ask, queries, send, speak, text
from tests.cast import Cast
from tests.make import NOW
from varpa.applications.actions.exports import NoSuchFile, export_people
from varpa.applications.actions.views import (
    NameTaken,
    TooManyViews,
    ViewGone,
    change_view,
    keep_view,
    withdraw_view,
)
from varpa.applications.columns import COLUMNS, USUAL, columns_asked
from varpa.applications.models import View
from varpa.applications.queries.people import Sought
from varpa.applications.queries.views import views_for
from varpa.history.models import Line
from varpa.kernel import clock
from varpa.kernel.refs import new_ref
from varpa.people.models import Person
from varpa.programmes.actions.memberships import apply_again, decide
from varpa.programmes.actions.participation import say_participation
from varpa.programmes.models import Membership

pytestmark = pytest.mark.django_db
ALL = "?" + "&".join(f"column={key}" for key in COLUMNS)


def told(membership: Membership, **said: Any) -> Membership:
    say_participation(membership=membership, said=said, by=membership.person, now=NOW)
    return membership


def export(cast: Cast, kind: str, **asked: Any) -> Any:
    return send(cast, "export", cast.programme.ref, {"kind": kind, **asked})


def rows(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def kept(cast: Cast, name: str = "Jelgava", by: Person | None = None, **changes: Any) -> View:
    asked = {"asked": [("q", "jelgava"), ("column", "email")], "shared": False, "ref": new_ref(), **changes}
    return keep_view(programme=cast.programme, name=name, by=by or cast.inga, now=NOW, **asked)


def test_the_list_shows_the_columns_that_are_chosen(cast: Cast) -> None:
    told(applicant(cast), languages=["lv", "lt"], interests=["16", "99.99"], region="Jelgava", travel_km=30)
    shown = text(ask(cast, "people", cast.programme.ref, ALL))
    for words in ("latviešu, lietuviešu", "99.99", "Jelgava", "30 km", "anna@x.example"):
        assert words in shown
    assert "anna@x.example" not in text(ask(cast, "people", cast.programme.ref))


def test_columns_that_are_none_are_the_usual_ones() -> None:
    assert columns_asked([]) == columns_asked(["nonsense", "' or 1"]) == USUAL
    assert columns_asked(["email", "place", "email"]) == ("place", "email")


def test_interests_are_named_in_the_readers_language(cast: Cast) -> None:
    told(applicant(cast), interests=["16"])
    seen = set()
    for language in ("lv", "lt", "en"):
        speak(cast, language)
        answer = export(cast, "csv", q="ozola", column="interests")
        seen.add(rows(answer)[1][2])
    assert len(seen) == 3


def test_all_columns_need_the_same_queries_for_one_and_for_thirty(cast: Cast) -> None:
    def count() -> int:
        client = Client()
        client.force_login(cast.inga)
        with clock.moved_to(NOW), CaptureQueriesContext(connection) as caught:
            assert (
                client.get(reverse("applications:people", args=[cast.programme.ref]) + ALL).status_code == 200
            )
        return len(caught)

    told(applicant(cast), languages=["lv"])
    few = count()
    for at in range(30):
        told(applicant(cast, f"Anna{at} Ozola"), languages=["lv"], interests=["16"])
    assert count() == few <= 12


def test_a_file_holds_what_the_list_shows_on_all_its_pages(cast: Cast) -> None:
    for at in range(60):
        applicant(cast, f"Anna{at:02} Ozola")
    answer = export(cast, "csv", q="ozola", state="applied", column=["email", "country"])
    assert answer.content.startswith(b"\xef\xbb\xbf")
    found = rows(answer)
    assert found[0] == ["Vārds, uzvārds", "Loma", "Valsts", "E-pasts"]
    assert len(found) == 61
    assert found[1] == ["Anna00 Ozola", "Audzēknis / audzēkne", "", "anna00@x.example"]
    assert "cilv%C4%93ki-2025-10-14.csv" in answer["Content-Disposition"]


def test_a_workbook_holds_the_same(cast: Cast) -> None:
    told(applicant(cast, role="mentor"), capacity=3)
    answer = export(cast, "xlsx", q="ozola", column=["capacity", "applied"])
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert values[1][0] == "Anna Ozola"
    assert values[1][2] == 3
    assert f"{values[1][3]:%Y-%m-%d}" == "2025-10-14"


@pytest.mark.parametrize("evil", ["=1+1", "+371", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")'])
def test_what_people_write_never_becomes_a_formula(cast: Cast, evil: str) -> None:
    anna = applicant(cast)
    Membership.objects.filter(pk=anna.pk).update(place=evil)
    Person.objects.filter(pk=anna.person_id).update(name=evil)
    found = rows(export(cast, "csv", q="ozola", column="place"))[1]
    assert found[0] == found[2] == f"'{evil}"
    answer = export(cast, "xlsx", q="ozola", column="place")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert [sheet.cell(2, at).data_type for at in (1, 3)] == ["s", "s"]
    assert sheet.cell(2, 3).value == evil
    assert sheet.cell(2, 3).hyperlink is None


def test_the_programme_remembers_who_took_out_how_many(cast: Cast) -> None:
    applicant(cast)
    export(cast, "csv", q="ozola", column="email")
    line = Line.objects.get(verb="programme.export_people")
    assert (line.actor, line.thing_ref) == (cast.inga.pk, cast.programme.ref)
    assert line.details == {"people": 1, "kind": "csv", "columns": "email"}


def test_a_file_of_another_kind_is_refused(cast: Cast) -> None:
    with pytest.raises(NoSuchFile):
        export_people(
            programme=cast.programme, sought=Sought(), columns=USUAL, kind="pdf", by=cast.inga, now=NOW
        )
    assert "CSV vai XLSX" in text(export(cast, "pdf"))
    assert not Line.objects.filter(verb="programme.export_people").exists()


def test_a_file_of_nobody_has_its_headings(cast: Cast) -> None:
    assert len(rows(export(cast, "csv", q="nobody"))) == 1
    assert export(cast, "xlsx", q="nobody").status_code == 200


def test_a_file_needs_the_same_queries_for_one_and_for_many(cast: Cast) -> None:
    def count() -> int:
        client = Client()
        client.force_login(cast.inga)
        data = {"kind": "csv", "column": list(COLUMNS)}
        where = reverse("applications:export", args=[cast.programme.ref])
        with clock.moved_to(NOW), CaptureQueriesContext(connection) as caught:
            assert client.post(where, data).status_code == 200
        return len(caught)

    applicant(cast)
    few = count()
    for at in range(60):
        applicant(cast, f"Anna{at} Ozola")
    assert count() == few


@pytest.mark.parametrize("name", ["export", "keep_view"])
def test_lists_are_handed_out_to_managers_only(cast: Cast, name: str) -> None:
    where = reverse(f"applications:{name}", args=[cast.programme.ref])
    for who, expected in ((cast.andris, 403), (cast.elina, 403), (cast.zane, 404), (cast.tomas, 404)):
        client = Client()
        client.force_login(who)
        assert client.post(where, {"kind": "csv", "name": "x", "ref": new_ref()}).status_code == expected
    assert Client().post(where, {"kind": "csv"}).status_code in (302, 403)
    assert not View.objects.exists()


def test_a_view_is_saved_found_again_and_opened(cast: Cast) -> None:
    asked = "?q=jelgava&state=applied&column=email"
    assert "Saglabāt šo skatu" in text(ask(cast, "people", cast.programme.ref, asked))
    assert 'value="jelgava"' in text(ask(cast, "keep_view", cast.programme.ref, asked))
    data = {"name": "Gaida Jelgavā", "ref": new_ref(), "q": "jelgava", "state": "applied", "column": "email"}
    shown = text(send(cast, "keep_view", cast.programme.ref, data))
    assert "Skats ir saglabāts." in shown
    assert 'aria-current="true">Gaida Jelgavā' in shown
    assert View.objects.get().asked == {"q": ["jelgava"], "state": ["applied"], "column": ["email"]}


def test_a_second_click_saves_no_second_view(cast: Cast) -> None:
    ref = new_ref()
    assert kept(cast, ref=ref).pk == kept(cast, ref=ref).pk
    assert Line.objects.filter(verb="view.keep").count() == 1


def test_two_views_have_two_names_until_one_is_withdrawn(cast: Cast) -> None:
    first = kept(cast)
    with pytest.raises(NameTaken):
        kept(cast)
    other = kept(cast, "Cits")
    with pytest.raises(NameTaken):
        change_view(view=other, name="Jelgava", shared=False, by=cast.inga, now=NOW)
    withdraw_view(view=first, by=cast.inga, now=NOW)
    withdraw_view(view=first, by=cast.inga, now=NOW)
    assert Line.objects.filter(verb="view.withdraw").count() == 1
    with pytest.raises(ViewGone):
        change_view(view=first, name="Jelgava", shared=False, by=cast.inga, now=NOW)
    kept(cast)
    kept(cast, by=cast.dace)


def test_views_do_not_grow_without_end(cast: Cast) -> None:
    for at in range(30):
        kept(cast, f"Skats {at}")
    with pytest.raises(TooManyViews):
        kept(cast, "Vēl viens")


def test_a_view_is_the_others_only_when_it_is_shared(cast: Cast) -> None:
    own, shared = kept(cast), kept(cast, "Visiem", shared=True)
    assert views_for(cast.dace, cast.programme) == [shared]
    assert views_for(cast.inga, cast.programme) == [own, shared]
    for who, expected in ((cast.dace, 403), (cast.tomas, 404), (cast.andris, 404), (cast.zane, 404)):
        client = Client()
        client.force_login(who)
        assert client.get(reverse("applications:view", args=[shared.ref])).status_code == expected
        assert client.post(reverse("applications:withdraw_view", args=[shared.ref])).status_code == expected
    client = Client()
    client.force_login(cast.dace)
    assert client.get(reverse("applications:view", args=[own.ref])).status_code == 404
    assert View.objects.filter(withdrawn_at=None).count() == 2


def test_a_view_is_renamed_shared_and_deleted_on_its_page(cast: Cast) -> None:
    view = kept(cast)
    assert "Visiem" in text(send(cast, "view", view.ref, {"name": "Visiem", "shared": "on"}))
    view.refresh_from_db()
    assert (view.name, view.shared) == ("Visiem", True)
    assert 'class="why"' in text(send(cast, "view", view.ref, {"name": ""}))
    assert "Skats ir izdzēsts." in text(send(cast, "withdraw_view", view.ref, {}))
    assert ask(cast, "view", view.ref).status_code == 404


def test_a_view_with_a_name_that_is_taken_keeps_what_was_typed(cast: Cast) -> None:
    kept(cast)
    shown = text(send(cast, "keep_view", cast.programme.ref, {"name": "Jelgava", "ref": new_ref(), "q": "x"}))
    assert 'class="why"' in shown
    assert 'name="q" value="x"' in shown


def test_the_pages_of_views_speak_three_languages(cast: Cast) -> None:
    view = kept(cast)
    for language in ("lv", "lt", "en"):
        speak(cast, language)
        for name, ref in (("keep_view", cast.programme.ref), ("view", view.ref)):
            answer = ask(cast, name, ref)
            assert answer.status_code == 200
            assert answer["Content-Language"] == language


def test_views_cost_the_list_one_query(cast: Cast) -> None:
    few = queries(cast, "people", cast.programme.ref)
    for at in range(20):
        kept(cast, f"Skats {at}", shared=True)
    assert queries(cast, "people", cast.programme.ref) == few


def test_who_has_no_computer_is_found_and_shown(cast: Cast) -> None:
    told(cast.mentee, computer="phone")
    told(Membership.objects.get(person=cast.gabija), computer="own")
    page = text(ask(cast, "people", cast.programme.ref, "?show=computer&column=computer"))
    assert "Elīna Bērziņa" in page
    assert "tikai tālrunis" in page
    assert "Gabija Petrauskaitė" not in page


def test_the_manager_sees_that_somebody_applied_before(cast: Cast) -> None:
    asks = applicant(cast)
    decide(membership=asks, step="decline", by=cast.inga, now=NOW)
    assert "Agrākais pieteikums" not in text(ask(cast, "member", asks.ref))
    said = {"country": "LV", "place": "", "topic": "", "means": []}
    apply_again(membership=asks, late=False, said=said, by=asks.person, now=NOW)
    page = text(ask(cast, "member", asks.ref))
    told_before = "Agrākais pieteikums: 14. oktobrī. Pieteikums noraidīts: 14. oktobrī."
    assert told_before in page.replace("\xa0", " ")
