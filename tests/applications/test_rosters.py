"""Taking in a roster: shown first, taken in whole or not at all, repeatable without doubles (S4)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.applications.conftest import (
    PUPILS,
    hold,
    known,
    member,
    notes,
    problems,
    take,
    text_of,
    workbook_of,
)
from tests.cast import Cast
from tests.make import NOW
from tests.methodology.conftest import OTHER
from varpa.applications.actions.rosters import (
    LARGEST,
    NoNewPeople,
    RosterChanged,
    RosterTooLarge,
    StillWrong,
    drop_roster,
    forget_old_rosters,
    hold_roster,
    take_roster,
)
from varpa.applications.models import Roster, RosterState
from varpa.history.models import Channel, Line
from varpa.kernel.refs import new_ref
from varpa.kernel.states import AlreadyMoved
from varpa.methodology import load
from varpa.people.models import Person
from varpa.programmes.actions.memberships import withdraw_member
from varpa.programmes.actions.programmes import take_methodology, take_step
from varpa.programmes.models import Membership, MembershipState, Role

pytestmark = pytest.mark.django_db


def people() -> int:
    return Person.objects.count()


def test_a_list_is_shown_before_anybody_is_added(cast: Cast) -> None:
    before = people()
    roster = hold(cast, text_of(PUPILS))
    assert people() == before
    assert roster.preview["counts"] == {"new": 3}
    assert [line["name"] for line in roster.preview["first"]] == [row[0] for row in PUPILS[1:]]
    assert tuple(roster.preview["columns"][0]) == ("name", "Vārds, uzvārds")
    line = Line.objects.get(verb="roster.show")
    assert (line.actor, line.channel, line.programme_ref) == (
        cast.inga.pk,
        Channel.IMPORT,
        cast.programme.ref,
    )


@pytest.mark.parametrize(
    "content", [text_of(PUPILS).encode("cp1257"), workbook_of(PUPILS)], ids=["csv", "xlsx"]
)
def test_a_list_is_taken_in(cast: Cast, content: bytes) -> None:
    assert take(cast, content) == {"new": 3}
    karlis, zanete, martins = (member(row[0]) for row in PUPILS[1:])
    assert (karlis.role, karlis.state, karlis.place, karlis.topic, karlis.means) == (
        Role.MENTEE,
        MembershipState.APPLIED,
        "Jelgavas ģimnāzija",
        "Medus",
        ["email"],
    )
    assert (karlis.person.email, karlis.person.born) == ("karlis@skola.example", date(2008, 5, 14))
    assert (zanete.person.email, zanete.means) == (None, ["phone", "fax"])
    assert not zanete.person.has_usable_password()
    assert (martins.role, martins.place) == (Role.MENTOR, "SIA „Māls un uguns”")
    assert (martins.person.zone, martins.person.language) == ("Europe/Riga", "lv")


def test_every_person_added_has_a_line_of_history(cast: Cast) -> None:
    before = Line.objects.count()
    take(cast, text_of(PUPILS))
    lines = list(Line.objects.all()[before:])
    verbs = [line.verb for line in lines]
    assert verbs == ["roster.show", *["person.add"] * 3, *["membership.add"] * 3, "roster.take"]
    assert {(line.actor, line.channel) for line in lines} == {(cast.inga.pk, Channel.IMPORT)}
    karlis = member("Kārlis Šķēle")
    of_karlis = Line.objects.get(thing_kind="membership", thing_ref=karlis.ref)
    assert (of_karlis.behalf, of_karlis.details) == (karlis.person_id, {"role": "mentee"})
    assert Line.objects.get(verb="roster.take").details == {"new": 3}


def test_the_same_list_again_adds_nobody(cast: Cast) -> None:
    take(cast, text_of(PUPILS))
    before, lines = people(), Line.objects.filter(verb__in=["person.correct", "membership.change"]).count()
    assert take(cast, text_of(PUPILS)) == {"same": 3}
    assert take(cast, workbook_of(PUPILS)) == {"same": 3}
    assert people() == before
    assert Line.objects.filter(verb__in=["person.correct", "membership.change"]).count() == lines


def test_a_list_of_many_people_and_again(cast: Cast) -> None:
    rows = [["key", "name", "e-mail", "role", "born", "school"]]
    for at in range(5000):
        key, email = (str(at) if at % 3 else ""), (f"p{at}@x.lv" if at % 2 else "")
        rows.append([key, f"Jānis Bērziņš {at}", email, "mentee", f"2008-01-{at % 28 + 1:02}", "Ģimnāzija"])
    with CaptureQueriesContext(connection) as first:
        assert take(cast, text_of(rows)) == {"new": 5000}
    assert Membership.objects.filter(programme=cast.programme, role=Role.MENTEE).count() == 5002
    assert take(cast, text_of(rows)) == {"same": 5000}
    # SQLite takes so many values at once, and a person has two more: when sessions ended, what was asked.
    assert len(first) < 420


def test_recognised_by_key_else_by_email_else_by_name_and_birth(cast: Cast) -> None:
    head = ["key", "name", "e-mail", "born", "role"]
    first = [
        head,
        ["K1", "Anna Ozola", "anna@x.lv", "2008-01-01", "mentee"],
        ["", "Ieva Liepa", "ieva@x.lv", "", "mentee"],
        ["", "Jana Egle", "", "2008-03-03", "mentee"],
        ["", "Līga Osis", "", "", "mentee"],
    ]
    take(cast, text_of(first))
    again = [
        head,
        ["K1", "Anna Kalniņa", "anna@x.lv", "2008-01-01", "mentee"],
        ["", "Ieva Liepa-Ozola", "IEVA@X.LV", "2008-02-02", "mentee"],
        ["K3", "Jana Egle", "jana@x.lv", "2008-03-03", "mentee"],
        ["", "Līga Osis", "liga@x.lv", "", "mentee"],
    ]
    before = people()
    roster = hold(cast, text_of(again))
    assert roster.preview["counts"] == {"changed": 4}
    assert roster.preview["changes"][0] == {
        "line": 2,
        "who": "Anna Kalniņa",
        "fields": [["name", "Anna Ozola", "Anna Kalniņa"]],
    }
    take_roster(roster=roster, by=cast.inga, now=NOW)
    assert people() == before
    jana = known("Jana Egle")
    assert (jana.email, jana.roster_key) == ("jana@x.lv", f"{cast.organisation.ref}:K3")
    assert known("Ieva Liepa-Ozola").born == date(2008, 2, 2)
    assert Line.objects.get(verb="person.correct", thing_ref=jana.ref).details == {
        "fields": "email, roster_key"
    }


def test_two_of_one_name_are_told_apart_by_what_is_known(cast: Cast) -> None:
    head = ["name", "born", "role"]
    rows = [head, ["Anna Ozola", "2008-01-01", "mentee"], ["Anna Ozola", "2008-02-02", "mentee"]]
    take(cast, text_of(rows))
    assert take(cast, text_of(rows)) == {"same": 2}
    roster = hold(cast, text_of([head, ["Anna Ozola", "", "mentee"]]))
    assert problems(roster) == [(2, "two_known")]


def test_a_key_counts_within_one_organisation(cast: Cast) -> None:
    take(cast, text_of([["key", "name", "role"], ["1", "Anna Ozola", "mentee"]]))
    elsewhere = cast.elsewhere.programme
    content = text_of([["key", "name", "role"], ["1", "Jonas Jonaitis", "mentee"]]).encode()
    given: dict[str, Any] = {"content": content, "role": "", "country": "LT", "by": cast.tomas, "now": NOW}
    roster = hold_roster(programme=elsewhere, name="x", **given)
    assert roster.preview["counts"] == {"new": 1}
    take_roster(roster=roster, by=cast.tomas, now=NOW)
    assert {each.name for each in Person.objects.filter(roster_key__endswith=":1")} == {
        "Anna Ozola",
        "Jonas Jonaitis",
    }


def test_a_person_known_elsewhere_comes_in_as_they_are(cast: Cast) -> None:
    before = people()
    rows = [
        ["name", "e-mail", "phone", "born", "role"],
        ["Ieva Stankute", "ieva@varpa.example", "+370 6", "1990-01-01", "mentee"],
    ]
    assert take(cast, text_of(rows)) == {"new": 1}
    ieva = known("Ieva Stankutė")
    assert people() == before
    assert (ieva.phone, ieva.born) == ("", date(2006, 1, 9))
    assert Membership.objects.filter(person=ieva).count() == 2


def test_nobody_gets_the_address_of_another(cast: Cast) -> None:
    """Whoever could change an address could sign in as its owner."""
    head = ["key", "name", "e-mail", "role"]
    take(cast, text_of([head, ["K1", "Anna Ozola", "", "mentee"]]))
    wrong = hold(
        cast,
        text_of(
            [
                head,
                ["K1", "Anna Ozola", "inga@varpa.example", "mentee"],
                ["", "Zane Egle", "dace@varpa.example", "mentee"],
                ["", "Zane Liepa", "andris@varpa.example", "mentee"],
                ["K1x", "Inga Liepa", "inga@varpa.example", "mentor"],
            ]
        ),
    )
    assert (2, "taken_email") in problems(wrong) or (2, "twice") in problems(wrong)
    assert (4, "other_name") in problems(wrong)
    with pytest.raises(StillWrong):
        take_roster(roster=wrong, by=cast.inga, now=NOW)
    cast.inga.refresh_from_db()
    assert (cast.inga.email, cast.inga.roster_key) == ("inga@varpa.example", "")


def test_a_key_of_somebody_with_another_name_is_told(cast: Cast) -> None:
    take(cast, text_of([["key", "name", "role"], ["1", "Anna Ozola", "mentee"]]))
    roster = hold(cast, text_of([["key", "name", "role"], ["1", "Jana Egle", "mentee"]]))
    assert problems(roster) == [(2, "other_key")]
    assert known("Anna Ozola").roster_key.endswith(":1")


def test_what_people_have_written_themselves_stays(cast: Cast) -> None:
    take(cast, text_of(PUPILS))
    karlis = member("Kārlis Šķēle")
    Person.objects.filter(pk=karlis.person_id).update(last_login=NOW, language="lt", phone="+371 1")
    Membership.objects.filter(pk=karlis.pk).update(topic="Bites", means=["chat"])
    rows = [
        ["name", "e-mail", "key", "phone", "language", "role", "topic", "school", "means"],
        [
            "Karlis Skele",
            "karlis@skola.example",
            "9",
            "+371 2",
            "en",
            "mentee",
            "Medus",
            "Jelgavas 4. vidusskola",
            "fakss",
        ],
    ]
    roster = hold(cast, text_of(rows))
    assert notes(roster) == [(2, "topic_stays")]
    take_roster(roster=roster, by=cast.inga, now=NOW)
    karlis = member("Kārlis Šķēle")
    assert (karlis.topic, karlis.means, karlis.place) == ("Bites", ["chat"], "Jelgavas 4. vidusskola")
    assert (karlis.person.language, karlis.person.phone) == ("lt", "+371 1")
    rows[1][1] = "other@skola.example"
    roster = hold(cast, text_of(rows))
    assert (2, "own_address") in notes(roster)
    take_roster(roster=roster, by=cast.inga, now=NOW)
    assert known("Kārlis Šķēle").email == "karlis@skola.example"


def test_who_has_left_stays_away(cast: Cast) -> None:
    take(cast, text_of(PUPILS))
    withdraw_member(membership=member("Kārlis Šķēle"), by=cast.inga, now=NOW)
    roster = hold(cast, text_of(PUPILS))
    assert notes(roster) == [(2, "left")]
    take_roster(roster=roster, by=cast.inga, now=NOW)
    assert member("Kārlis Šķēle").state == MembershipState.WITHDRAWN


def test_somebody_may_be_mentor_and_mentee(cast: Cast) -> None:
    take(cast, text_of([["name", "e-mail", "role"], ["Anna Ozola", "anna@x.lv", "mentee"]]))
    assert take(cast, text_of([["name", "e-mail", "role"], ["Anna Ozola", "anna@x.lv", "mentor"]])) == {
        "new": 1
    }
    assert Membership.objects.filter(person=known("Anna Ozola")).count() == 2


def test_a_language_is_taken_from_the_country_where_the_list_says_none(cast: Cast) -> None:
    rows = [["name", "role", "country", "language"]]
    rows += [
        ["Anna A", "mentee", "LV", ""],
        ["Ona B", "mentee", "Lietuva", ""],
        ["Mary C", "mentee", "", "EN"],
    ]
    take(cast, text_of(rows))
    assert [known(name).language for name in ("Anna A", "Ona B", "Mary C")] == ["lv", "lt", "en"]


def test_means_that_the_programme_does_not_know_are_left_out_and_told(cast: Cast) -> None:
    roster = hold(cast, "name;role;means\nAnna Ozola;mentee;Skype, e-pasts un fakss\n")
    assert notes(roster) == [(2, "means")]
    take_roster(roster=roster, by=cast.inga, now=NOW)
    assert member("Anna Ozola").means == ["email", "fax"]


def test_one_wrong_line_keeps_all_of_the_list_out(cast: Cast) -> None:
    before = people()
    roster = hold(cast, text_of([*PUPILS, ["Anna Ozola", "anna", "mentee", "", "", "", ""]]))
    assert problems(roster) == [(5, "email")]
    with pytest.raises(StillWrong):
        take_roster(roster=roster, by=cast.inga, now=NOW)
    assert people() == before
    roster.refresh_from_db()
    assert roster.state == RosterState.SHOWN


def test_what_changed_since_it_was_shown_is_shown_again(cast: Cast) -> None:
    roster = hold(cast, text_of(PUPILS))
    make.person("Kārlis Šķēle", "karlis@skola.example")
    before = people()
    with pytest.raises(RosterChanged):
        take_roster(roster=roster, by=cast.inga, now=NOW)
    assert people() == before
    assert not Membership.objects.filter(person__name="Žanete Ķirse").exists()
    roster.refresh_from_db()
    assert roster.state == RosterState.SHOWN
    assert dict(take_roster(roster=roster, by=cast.inga, now=NOW)) == {"new": 3}
    assert people() == before + 2


def test_a_failure_in_the_middle_leaves_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    roster = hold(cast, text_of([["name", "role"], *[[f"Anna {at}", "mentee"] for at in range(1200)]]))
    calls: list[int] = []

    def fail(**given: Any) -> None:
        calls.append(len(given["memberships"]))
        if len(calls) == 2:
            raise RuntimeError("the power went")

    before = people(), Line.objects.count()
    monkeypatch.setattr("varpa.applications.actions.rosters.add_members", fail)
    with pytest.raises(RuntimeError):
        take_roster(roster=roster, by=cast.inga, now=NOW)
    assert calls == [500, 500]
    assert (people(), Line.objects.count()) == before
    roster.refresh_from_db()
    assert (roster.state, len(bytes(roster.content)) > 0) == (RosterState.SHOWN, True)


def test_a_second_click_takes_nothing_in_twice(cast: Cast) -> None:
    roster = hold(cast, text_of(PUPILS))
    second = Roster.objects.get(pk=roster.pk)
    take_roster(roster=roster, by=cast.inga, now=NOW)
    before = people()
    with pytest.raises(AlreadyMoved):
        take_roster(roster=second, by=cast.inga, now=NOW)
    assert people() == before


def test_a_second_upload_of_one_form_is_one_roster(cast: Cast) -> None:
    ref = new_ref()
    one, two = (hold(cast, text_of(PUPILS), ref=ref) for _turn in range(2))
    assert one.pk == two.pk


def test_the_file_is_emptied_once_it_has_served(cast: Cast) -> None:
    taken, dropped = hold(cast, text_of(PUPILS)), hold(cast, text_of(PUPILS))
    take_roster(roster=taken, by=cast.inga, now=NOW)
    drop_roster(roster=dropped, by=cast.inga, now=NOW)
    for roster in (taken, dropped):
        roster.refresh_from_db()
        assert (bytes(roster.content), roster.preview) == (b"", {})
    with pytest.raises(AlreadyMoved):
        drop_roster(roster=dropped, by=cast.inga, now=NOW)


def test_what_nobody_confirms_within_a_day_is_forgotten(cast: Cast) -> None:
    roster = hold(cast, text_of(PUPILS))
    assert forget_old_rosters(NOW + timedelta(hours=23)) == 0
    assert forget_old_rosters(NOW + timedelta(hours=25)) == 1
    assert forget_old_rosters(NOW + timedelta(hours=25)) == 0
    roster.refresh_from_db()
    assert (roster.state, bytes(roster.content)) == (RosterState.DROPPED, b"")


def test_a_file_that_is_too_large_is_refused_kindly(cast: Cast) -> None:
    with pytest.raises(RosterTooLarge, match="16 MB"):
        hold(cast, b"name;role\n" + b"x" * LARGEST)
    assert not Roster.objects.exists()


def test_nobody_is_added_to_a_closed_programme(cast: Cast) -> None:
    roster = hold(cast, text_of(PUPILS))
    for step in ("close", "finish"):
        take_step(programme=cast.programme, step=step, by=cast.dace, now=NOW)
    roster.refresh_from_db()
    with pytest.raises(NoNewPeople):
        take_roster(roster=roster, by=cast.inga, now=NOW)
    with pytest.raises(NoNewPeople):
        hold(cast, text_of(PUPILS))


def test_a_list_may_call_the_roles_as_the_methodology_does(cast: Cast) -> None:
    """And as ever as well: a school that has both in its files need not know which one it is."""
    cast.programme.methodology_version = take_methodology(methodology=load(OTHER), now=NOW)
    cast.programme.save()
    rows = "name,role\nAnna Egle,Apprentice\nJānis Egle,Meistars\nMāra Egle,mentee\n"
    take(cast, rows)
    found = dict(
        Membership.objects.filter(person__name__endswith=" Egle").values_list("person__name", "role")
    )
    assert found == {"Anna Egle": Role.MENTEE, "Jānis Egle": Role.MENTOR, "Māra Egle": Role.MENTEE}
