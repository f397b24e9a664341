"""The pages of conversations: who sees them, who does not, what they cost, in three languages."""

import html
from datetime import date
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Cast
from tests.make import NOW
from tests.messaging.conftest import See, own_thread, queries, write
from tests.messaging.test_actions import VOICE
from tests.programmes.conftest import picture
from varpa.kernel import clock
from varpa.kernel.refs import new_ref
from varpa.messaging import actions
from varpa.messaging.models import Message, Quiet, Thread
from varpa.pairs.actions.pairs import dissolve_pair
from varpa.pairs.actions.plans import (
    agree_on_paper,
    begin_plan,
    confirm_plan,
    write_answers,
    write_own_words,
)
from varpa.pairs.models import Pair, PairState
from varpa.people.models import Person
from varpa.programmes.actions.permissions import record_permission

pytestmark = pytest.mark.django_db


def _words(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def test_before_both_are_prepared_the_page_says_when_one_can_write(cast: Cast, see: See) -> None:
    Pair.objects.filter(pk=cast.pair.pk).update(state=PairState.ACCEPTED)
    words = _words(see(cast.elina, "threads", cast.pair.ref))
    assert "Tas būs pieejams, kad abi būs atbildējuši ar „jā”" in words
    assert "Apturēt" not in words
    Pair.objects.filter(pk=cast.pair.pk).update(state=PairState.ACTIVE)
    assert "Tas būs pieejams" not in _words(see(cast.elina, "threads", cast.pair.ref))


class TestDoors:
    def test_the_two_read_and_nobody_else(self, cast: Cast, see: See) -> None:
        """Managers and lead partners see that a pair meets; never messages (product §2)."""
        thread = own_thread(cast)
        message = write(thread, cast.andris, files=[SimpleUploadedFile("v.webm", VOICE)])
        file = message.attachments.get().file.ref
        pages = [
            ("threads", cast.pair.ref),
            ("new", cast.pair.ref),
            ("quiet", cast.pair.ref),
            ("thread", thread.ref),
            ("fresh", thread.ref),
            ("file", message.ref, file),
        ]
        for name, *args in pages:
            for who in (cast.andris, cast.elina):
                assert see(who, name, *args).status_code == 200, name
            for who in (cast.inga, cast.dace, cast.rimantas, cast.gabija, cast.tomas, cast.zane):
                assert see(who, name, *args).status_code in (403, 404), (name, who)
            assert see(None, name, *args).status_code == 302

    def test_only_the_writer_takes_back_and_only_the_reader_settles(self, cast: Cast, see: See) -> None:
        message = write(own_thread(cast), cast.andris)
        assert see(cast.elina, "take_back", message.ref, post={}).status_code == 403
        assert see(cast.andris, "settle", message.ref, post={}).status_code == 403
        assert see(cast.inga, "take_back", message.ref, post={}).status_code == 404
        assert see(cast.elina, "settle", message.ref, post={}).status_code == 302
        assert see(cast.andris, "take_back", message.ref, post={}).status_code == 302

    def test_a_file_taken_back_is_gone(self, cast: Cast, see: See) -> None:
        message = write(own_thread(cast), cast.andris, files=[SimpleUploadedFile("v.webm", VOICE)])
        file = message.attachments.get().file.ref
        actions.take_back(message=message, by=cast.andris, now=NOW)
        assert see(cast.elina, "file", message.ref, file).status_code == 404


class TestWriting:
    def test_begun_written_read_and_answered(self, cast: Cast, see: See) -> None:
        begun = see(cast.elina, "begin", cast.pair.ref, post={"about": ""})
        thread = Thread.objects.get()
        assert begun.url.endswith(f"/threads/{thread.ref}/")
        sent = see(cast.elina, "thread", thread.ref, post={"ref": new_ref(), "text": "Labdien!"})
        assert sent.status_code == 302
        message = Message.objects.get()
        assert "Labdien!" in _words(see(cast.andris, "thread", thread.ref))
        assert _words(see(cast.andris, "fresh", thread.ref, after=message.ref)).strip() == ""
        write(thread, cast.andris, "Sveika!")
        fresh = _words(see(cast.elina, "fresh", thread.ref, after=message.ref))
        assert "Sveika!" in fresh
        assert "Labdien!" not in fresh

    def test_the_writer_is_told_that_the_letter_waits(self, cast: Cast, see: See) -> None:
        plan = begin_plan(pair=cast.pair, by=cast.andris, now=NOW)
        texts, choices = {"keeping_contact": "Vakaros."}, {"keeping_contact": [18, 20]}
        write_answers(plan=plan, texts=texts, choices=choices, revisions={}, by=cast.andris, now=NOW)
        for who in (cast.andris, cast.elina):
            confirm_plan(plan=plan, by=who, now=NOW)
        thread = own_thread(cast)
        sent = see(cast.elina, "thread", thread.ref, post={"ref": new_ref(), "text": "Labdien!"})
        assert "18.00" in str([str(each) for each in get_messages(sent.wsgi_request)])

    def test_a_refusal_keeps_the_words(self, cast: Cast, see: See) -> None:
        thread = own_thread(cast)
        files = {"attached": SimpleUploadedFile("x.exe", b"MZ not a picture")}
        form = {"ref": new_ref(), "text": "Manas domas", **files}
        page = see(cast.elina, "thread", thread.ref, post=form)
        assert page.status_code == 200
        assert "Manas domas" in _words(page)
        assert not Message.objects.exists()

    def test_a_new_subject(self, cast: Cast, see: See) -> None:
        form = {"ref": new_ref(), "subject": "Cena", "text": "Cik?"}
        for _click in range(2):
            assert see(cast.elina, "new", cast.pair.ref, post=form).status_code == 302
        assert Thread.objects.get().subject == "Cena"
        assert Message.objects.count() == 1

    def test_an_ended_pair_reads_and_writes_no_more(self, cast: Cast, see: See) -> None:
        thread = own_thread(cast)
        write(thread, cast.andris, "Atvadu vārdi")
        dissolve_pair(pair=cast.pair, reason="Abi tā vēlas.", by=cast.inga, now=NOW)
        page = _words(see(cast.elina, "thread", thread.ref))
        assert "Atvadu vārdi" in page
        assert "<textarea" not in page

    def test_stopped_and_opened_again(self, cast: Cast, see: See) -> None:
        thread = own_thread(cast)
        see(cast.elina, "quiet", cast.pair.ref, post={"step": "stop"})
        assert Quiet.objects.get().side == "mentee"
        assert "<textarea" not in _words(see(cast.andris, "thread", thread.ref))
        see(cast.elina, "quiet", cast.pair.ref, post={"step": "lift"})
        assert Quiet.objects.get().lifted_at is not None

    def test_a_broken_form_stops_no_messages(self, cast: Cast, see: See) -> None:
        for sent in ({}, {"step": ""}, {"step": "lif"}):
            page = see(cast.elina, "quiet", cast.pair.ref, post=sent)
            assert (page.status_code, Quiet.objects.count()) == (400, 0)
            assert "Nekas nav mainīts" in _words(page)
        see(cast.elina, "quiet", cast.pair.ref, post={"step": "stop"})
        assert see(cast.elina, "quiet", cast.pair.ref, post={"step": "open"}).status_code == 400
        assert Quiet.objects.get().lifted_at is None

    def test_what_stands_in_the_address_is_no_way_in(self, cast: Cast, see: See) -> None:
        thread = own_thread(cast)
        for after in ("", "x" * 500, "nothing", "'; --"):
            assert see(cast.elina, "fresh", thread.ref, after=after).status_code == 200
        assert see(cast.elina, "begin", cast.pair.ref, post={"about": "diary:abc"}).status_code == 302
        assert see(cast.elina, "threads", cast.pair.ref, search="%_\\").status_code == 200


class TestCost:
    def test_lists_ask_the_same_at_one_and_at_thirty(self, cast: Cast) -> None:
        thread = own_thread(cast)
        found = []
        for rows in (1, 30):
            for number in range(rows):
                write(thread, cast.andris, f"Ziņa {number}")
                subject = f"Par {rows} {number}"
                actions.begin_thread(pair=cast.pair, subject=subject, by=cast.andris, now=NOW)
            actions.see_thread(thread=thread, by=cast.elina, now=NOW)
            pages = (("thread", thread.ref), ("threads", cast.pair.ref))
            found.append([queries(cast.elina, name, ref) for name, ref in pages])
        assert found[0] == found[1]
        assert max(found[0]) <= 12


@pytest.mark.parametrize(
    ("language", "words"),
    [("lv", "Apturēt ziņas"), ("lt", "Sustabdyti žinutes"), ("en", "Stop messages")],
)
def test_each_reads_the_own_language(cast: Cast, see: See, language: str, words: str) -> None:
    thread = own_thread(cast)
    write(thread, cast.andris)
    cast.elina.language = language
    cast.elina.save()
    for name, ref in (("threads", cast.pair.ref), ("new", cast.pair.ref), ("thread", thread.ref)):
        page = see(cast.elina, name, ref, language=language)
        assert f'lang="{language}"' in _words(page)
    assert words in _words(see(cast.elina, "quiet", cast.pair.ref, language=language))


def test_a_picture_to_or_from_a_minor_asks_whether_the_mentee_can_be_recognised(cast: Cast) -> None:
    thread = own_thread(cast)
    client, where = Client(), f"/threads/{thread.ref}/"
    client.force_login(cast.elina)
    with clock.moved_to(NOW):
        assert "faceless" not in client.get(where).content.decode()
        Person.objects.filter(pk=cast.elina.pk).update(born=date(2010, 5, 4), language="en")
        record_permission(membership=cast.mentee, kind="taking_part", guardian="Anna", by=cast.inga, now=NOW)
        assert "I cannot be recognised in the pictures" in client.get(where).content.decode()
        told = client.post(where, {"ref": new_ref(), "text": "", "attached": picture()})
        assert "No parent or guardian has permitted photographs" in told.content.decode()
        assert not thread.messages.exists()
        given = {"ref": new_ref(), "text": "", "attached": picture(), "faceless": "on"}
        assert client.post(where, given).status_code == 302


def test_confidentiality_and_boundaries_are_one_tap_away(cast: Cast, see: See) -> None:
    """R4: what was agreed on both stands folded up beside the messages; before that there is no fold."""
    thread = own_thread(cast)
    pages = [("threads", cast.pair.ref), ("thread", thread.ref), ("new", cast.pair.ref)]
    agreed = {"confidential": "Skolā nestāstām.", "boundaries": "Pēc desmitiem nerakstām."}
    plan = begin_plan(pair=cast.pair, by=cast.andris, now=NOW)
    write_answers(plan=plan, texts=agreed, choices={}, revisions={}, by=cast.elina, now=NOW)
    assert not any("nestāstām" in _words(see(cast.elina, *page)) for page in pages)
    for who in (cast.elina, cast.andris):
        confirm_plan(plan=plan, by=who, now=NOW)
    for who in (cast.elina, cast.andris):
        for page in pages:
            shown = _words(see(who, *page))
            assert all(words in shown for words in agreed.values())
            assert "Konfidencialitāte un robežas" in shown


def test_a_plan_in_own_words_is_one_tap_away_too(cast: Cast, see: See) -> None:
    thread = own_thread(cast)
    plan = begin_plan(pair=cast.pair, by=cast.andris, now=NOW)
    write_own_words(plan=plan, text="Viss paliek starp mums.", revision=0, by=cast.andris, now=NOW)
    for who in (cast.elina, cast.andris):
        confirm_plan(plan=plan, by=who, now=NOW)
    shown = _words(see(cast.elina, "thread", thread.ref))
    assert "Viss paliek starp mums." in shown
    assert f"/pairs/{cast.pair.ref}/plan/" in shown


def test_a_plan_from_paper_is_one_tap_away_too(cast: Cast, see: See) -> None:
    agree_on_paper(pair=cast.pair, day=NOW.date(), choices={}, by=cast.inga, now=NOW)
    shown = _words(see(cast.elina, "thread", own_thread(cast).ref))
    assert "ir uz papīra" in shown
    assert f"/pairs/{cast.pair.ref}/plan/" in shown


def test_a_promise_is_made_out_of_a_message(cast: Cast, see: See) -> None:
    """By who makes it: one's own words come along, the other's do not; after the end none is."""
    thread = own_thread(cast)
    write(thread, cast.elina, "Līdz piektdienai sarakstīšu izmaksas.")
    for who, led in ((cast.elina, True), (cast.andris, False)):
        page = see(who, "thread", thread.ref).content.decode()
        assert f"/pairs/{cast.pair.ref}/promises/" in page
        assert (f"/pairs/{cast.pair.ref}/promises/?words=L%C4%ABdz" in page) == led
    asked = {"words": "Līdz  piektdienai\nsarakstīšu izmaksas."}
    assert "Līdz piektdienai sarakstīšu izmaksas." in _words(
        see(cast.elina, "meetings:promises", cast.pair.ref, **asked)
    )
    dissolve_pair(pair=cast.pair, reason="Abi tā vēlas.", by=cast.inga, now=NOW)
    assert "/promises/" not in see(cast.elina, "thread", thread.ref).content.decode()


def test_after_back_other_words_are_kept_and_go_when_sent_again(cast: Cast) -> None:
    Person.objects.filter(pk=cast.elina.pk).update(language="en")
    client, where = Client(), f"/threads/{own_thread(cast).ref}/"
    client.force_login(cast.elina)
    given = {"ref": new_ref(), "text": "Vai rīt der?"}
    with clock.moved_to(NOW):
        assert client.post(where, given).status_code == 302
        told = client.post(where, {**given, "text": "Vai parīt der?"})
        assert "This page was sent once already" in told.content.decode()
        form = told.context["form"]
        assert form["text"].value() == "Vai parīt der?"
        assert client.post(where, {"ref": form["ref"].value(), "text": "Vai parīt der?"}).status_code == 302
    texts = Message.objects.order_by("pk").values_list("text", flat=True)
    assert list(texts) == ["Vai rīt der?", "Vai parīt der?"]
