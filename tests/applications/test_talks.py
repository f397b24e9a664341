"""Before a decision: what is sent to whom, asking for a talk, notes that only managers see (S4)."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from tests.applications.conftest import applicant
from tests.applications.test_pages import MOST_QUERIES, ask, queries, send, speak, text
from tests.cast import Cast
from tests.make import NOW
from varpa.applications.actions.decisions import ChangedSince, DecidedMeanwhile, decide, decide_all
from varpa.applications.actions.talks import (
    DecidedAlready,
    add_note,
    ask_all_for_talk,
    ask_for_talk,
    withdraw_note,
)
from varpa.applications.models import Interview, Note
from varpa.applications.queries.members import stands_as
from varpa.applications.queries.notes import kept_of
from varpa.applications.queries.people import Sought, people_sought
from varpa.applications.queries.sending import sending_of
from varpa.history.models import Line
from varpa.kernel.refs import new_ref
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.programmes.actions.memberships import add_member
from varpa.programmes.models import Membership, MembershipState, Role

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def invite(cast: Cast, membership: Membership, asked: str = "") -> None:
    ask_for_talk(
        membership=membership,
        words="Par Jūsu ieceri.",
        times="Otrdien 16.00\n\nTrešdien 10.00",
        asked=asked or new_ref(),
        by=cast.inga,
        now=NOW,
    )


def several(cast: Cast) -> list[Membership]:
    """Two who read Latvian, one who reads Lithuanian, one without an address."""
    found = [applicant(cast, "Anna Ozola"), applicant(cast, "Ieva Ozola")]
    found.append(applicant(cast, "Rasa Ozola", language="lt"))
    person = make.person("Zane Ozola", "zane.z@x.example")
    type(person).objects.filter(pk=person.pk).update(email=None)
    person.refresh_from_db()
    found.append(add_member(programme=cast.programme, person=person, role=Role.MENTEE, by=cast.inga, now=NOW))
    return found


def test_the_preview_counts_letters_by_language_and_who_has_no_address(cast: Cast) -> None:
    chosen = several(cast)
    sending = sending_of(chosen, "accept")
    assert (sending.letters, sending.languages, sending.silent) == (3, [("lv", 2), ("lt", 1)], 1)
    query = "?step=accept&" + "&".join(f"who={each.ref}" for each in chosen)
    shown = text(ask(cast, "decide_all", cast.programme.ref, query))
    assert "Tiks nosūtītas 3 vēstules: 2 latviešu valodā, 1 lietuviešu valodā." in shown
    assert "1 cilvēkam nav e-pasta adreses" in shown


def test_the_preview_counts_nobody_on_whom_it_is_decided(cast: Cast) -> None:
    anna = applicant(cast)
    decide(membership=anna, step="accept", by=cast.inga, now=NOW)
    manager = Membership.objects.get(person=cast.inga)
    assert sending_of([anna, cast.mentee, manager], "accept").letters == 0
    assert sending_of([anna, cast.mentee, manager], "talk").letters == 0
    query = f"?step=accept&who={anna.ref}"
    assert "Neviena vēstule netiks nosūtīta." in text(ask(cast, "decide_all", cast.programme.ref, query))


def test_as_many_letters_go_as_were_said(cast: Cast) -> None:
    chosen = several(cast)
    decide_all(memberships=chosen, step="wait", by=cast.inga, now=NOW)
    letters = Letter.objects.filter(kind="programmes.waiting")
    assert sorted(letters.values_list("language", flat=True)) == ["lt", "lv", "lv"]


def test_who_was_decided_meanwhile_is_told_with_how_and_by_whom(cast: Cast) -> None:
    chosen = several(cast)
    decide(membership=Membership.objects.get(pk=chosen[0].pk), step="decline", by=cast.dace, now=NOW)
    outcome = decide_all(memberships=chosen, step="accept", by=cast.inga, now=NOW)
    assert len(outcome.done) == 3
    ((who, why),) = outcome.refused
    assert who == chosen[0]
    assert "Dace Kalniņa" in why
    assert Membership.objects.get(pk=chosen[0].pk).state == MembershipState.DECLINED
    assert Letter.objects.filter(about=f"membership:{chosen[0].ref}", kind="programmes.accepted").count() == 0
    with pytest.raises(DecidedMeanwhile):
        decide(membership=chosen[1], step="accept", by=cast.inga, now=NOW)


def test_asking_for_a_talk_leaves_the_application_undecided(cast: Cast) -> None:
    anna = applicant(cast)
    invite(cast, anna)
    anna.refresh_from_db()
    assert anna.state == MembershipState.APPLIED
    letter = Letter.objects.get(kind="applications.talk")
    assert "Par Jūsu ieceri." in letter.text
    for words in ("Otrdien 16.00", "Trešdien 10.00", "Inga Liepa", "aprunāties"):
        assert words in letter.text, words
    assert Line.objects.filter(verb="membership.talk", actor=cast.inga.pk).count() == 1
    decide(membership=anna, step="accept", by=cast.inga, now=NOW)


def test_a_second_click_asks_nobody_twice(cast: Cast) -> None:
    anna, asked = applicant(cast), new_ref()
    invite(cast, anna, asked)
    invite(cast, anna, asked)
    assert Interview.objects.count() == 1
    assert Letter.objects.filter(kind="applications.talk").count() == 1
    invite(cast, anna)
    assert Interview.objects.count() == 2


def test_two_managers_never_ask_for_a_talk_that_the_other_does_not_know_of(cast: Cast) -> None:
    anna, asked = applicant(cast), new_ref()
    seen = {anna.ref: stands_as(anna)}

    def ask_them(form: str, by: Person) -> tuple[int, list[str]]:
        given = {"words": "Nāc aprunāties.", "times": "", "asked": form, "by": by, "now": NOW}
        outcome = ask_all_for_talk(memberships=[anna], seen=seen, **given)
        return len(outcome.done), [why for _who, why in outcome.refused]

    assert ask_them(asked, cast.inga) == (1, [])
    assert ask_them(asked, cast.inga) == (1, [])
    assert ask_them(new_ref(), cast.dace) == (0, [str(ChangedSince())])
    assert Interview.objects.count() == Letter.objects.filter(kind="applications.talk").count() == 1
    with pytest.raises(ChangedSince):
        decide(membership=anna, step="decline", by=cast.dace, now=NOW, seen=seen[anna.ref])
    anna.refresh_from_db()
    seen = {anna.ref: stands_as(anna)}
    assert ask_them(new_ref(), cast.dace) == (1, [])


def test_a_page_opened_before_the_other_asked_for_a_talk_says_so(cast: Cast) -> None:
    anna = applicant(cast)
    data = {"step": "talk", "who": [anna.ref], "words": "Nāc!", "times": "Otrdien", "asked": new_ref()}
    data["seen"] = f"{anna.ref}.{stands_as(anna)} "
    assert data["seen"] in text(ask(cast, "decide_all", cast.programme.ref, f"?step=talk&who={anna.ref}"))
    invite(cast, anna)
    shown = text(send(cast, "decide_all", cast.programme.ref, data))
    assert "Kopš atvērāt lapu" in shown
    assert Interview.objects.count() == 1


def test_nobody_is_asked_for_a_talk_once_it_is_decided(cast: Cast) -> None:
    anna = applicant(cast)
    Membership.objects.filter(pk=anna.pk).update(state=MembershipState.DECLINED)
    with pytest.raises(DecidedAlready):
        invite(cast, anna)
    manager = Membership.objects.get(person=cast.inga)
    chosen = [anna, cast.mentee, manager, applicant(cast, "Ieva Ozola")]
    outcome = ask_all_for_talk(
        memberships=chosen, words="Nāciet!", times="", asked=new_ref(), by=cast.inga, now=NOW
    )
    assert len(outcome.done) == 1
    assert len(outcome.refused) == 3


def test_who_was_asked_for_a_talk_is_found_in_the_list(cast: Cast) -> None:
    anna = applicant(cast)
    applicant(cast, "Ieva Ozola")
    invite(cast, anna)
    found = people_sought(cast.programme, Sought.read({"show": "talk"}), TODAY, cast.inga)
    assert list(found) == [anna]
    shown = text(ask(cast, "people", cast.programme.ref, "?show=talk&column=talk"))
    assert "14.10.2025." in shown


def test_a_talk_is_asked_for_on_the_pages(cast: Cast) -> None:
    anna = applicant(cast)
    assert f"?step=talk&amp;who={anna.ref}" in text(ask(cast, "member", anna.ref))
    assert "Uzaicināt uz sarunu 1 cilvēku?" in text(
        ask(cast, "decide_all", cast.programme.ref, f"?step=talk&who={anna.ref}")
    )
    data = {"step": "talk", "who": [anna.ref], "asked": new_ref(), "words": "", "times": "Otrdien"}
    refused = text(send(cast, "decide_all", cast.programme.ref, data))
    assert 'class="why"' in refused
    assert "Otrdien" in refused
    assert not Interview.objects.exists()
    shown = text(send(cast, "decide_all", cast.programme.ref, {**data, "words": "Par ieceri"}))
    assert "Uz sarunu uzaicināts 1 cilvēks." in shown
    assert "Par ieceri" in text(ask(cast, "member", anna.ref))


def test_a_note_stands_on_the_page_until_it_is_taken_off(cast: Cast) -> None:
    anna, ref = applicant(cast), new_ref()
    shown = text(send(cast, "note", anna.ref, {"ref": ref, "text": "Zvanīja skola."}))
    assert "Zvanīja skola." in shown
    assert "Inga Liepa" in shown
    send(cast, "note", anna.ref, {"ref": ref, "text": "Zvanīja skola."})
    note = Note.objects.get()
    assert 'class="why"' in text(send(cast, "note", anna.ref, {"ref": new_ref(), "text": ""}))
    assert "Zvanīja skola." not in text(send(cast, "unnote", note.ref, {}))
    note.refresh_from_db()
    assert (note.text, note.withdrawn_at) == ("Zvanīja skola.", NOW)
    withdraw_note(note=note, by=cast.inga, now=NOW)
    verbs = Line.objects.filter(thing_ref=anna.ref).values_list("verb", flat=True)
    assert sorted(verbs)[1:] == ["membership.note", "membership.note_withdrawn"]


def test_notes_and_talks_stand_in_the_order_of_time(cast: Cast) -> None:
    anna = applicant(cast)
    add_note(membership=anna, text="Pirmā", ref=new_ref(), by=cast.dace, now=NOW.replace(hour=7))
    invite(cast, anna)
    add_note(membership=anna, text="Pēdējā", ref=new_ref(), by=cast.inga, now=NOW.replace(hour=11))
    kept = kept_of(anna)
    assert [(each.text, each.by) for each in kept] == [
        ("Pēdējā", "Inga Liepa"),
        ("Par Jūsu ieceri.", "Inga Liepa"),
        ("Pirmā", "Dace Kalniņa"),
    ]
    assert [bool(each.ref) for each in kept] == [True, False, True]


def test_notes_are_for_the_managers_only(cast: Cast) -> None:
    note = add_note(membership=cast.mentee, text="Slepeni", ref=new_ref(), by=cast.inga, now=NOW)
    addresses = [
        (reverse("applications:note", args=[cast.mentee.ref]), {"ref": new_ref(), "text": "x"}),
        (reverse("applications:unnote", args=[note.ref]), {}),
    ]
    for who in (cast.elina, cast.andris, cast.zane, cast.tomas):
        client = Client()
        client.force_login(who)
        for where, data in addresses:
            assert client.post(where, data).status_code in (403, 404), who.name
        for page in ("/me/", f"/memberships/{cast.mentee.ref}/preparation/", "/"):
            assert "Slepeni" not in client.get(page).content.decode()
    assert Note.objects.filter(withdrawn_at=None).count() == 1


def test_notes_and_talks_cost_a_persons_page_one_query(cast: Cast) -> None:
    few = queries(cast, "member", cast.mentee.ref)
    for at in range(30):
        add_note(membership=cast.mentee, text=f"Nr. {at}", ref=new_ref(), by=cast.inga, now=NOW)
    assert queries(cast, "member", cast.mentee.ref) <= min(few + 1, MOST_QUERIES)


def test_talks_and_notes_speak_three_languages(cast: Cast) -> None:
    anna = applicant(cast)
    invite(cast, anna)
    for language in ("lv", "lt", "en"):
        speak(cast, language)
        for name, ref, query in (
            ("decide_all", cast.programme.ref, f"?step=talk&who={anna.ref}"),
            ("member", anna.ref, ""),
        ):
            answer = ask(cast, name, ref, query)
            assert answer.status_code == 200
            assert answer["Content-Language"] == language
