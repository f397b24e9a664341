"""A message of the other is reported (S10): opened to whoever handles it, and to nobody else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import Cast
from tests.make import NOW
from tests.messaging.conftest import own_thread, write
from tests.messaging.test_actions import VOICE
from tests.support.conftest import See, queries, told
from tests.support.test_pages import words_of
from varpa.history.models import Line
from varpa.kernel.refs import new_ref
from varpa.messaging.actions import take_back
from varpa.messaging.models import Attachment, Message
from varpa.support.actions import cases
from varpa.support.models import Case, Door, Kind, Reported

pytestmark = pytest.mark.django_db
WORDS = "Nesaki nevienam."


@pytest.fixture
def message(cast: Cast) -> Message:
    """What Andris wrote to Elīna."""
    return write(own_thread(cast), cast.andris, WORDS)


class TestReporting:
    def test_it_needs_no_words_beside_it(self, cast: Cast, message: Message) -> None:
        case = told(cast, text="", reports=message)
        assert case.reported.text == WORDS
        assert Line.objects.get(verb="case.tell").details["message"] == message.ref

    def test_history_never_holds_the_words(self, cast: Cast, message: Message) -> None:
        told(cast, reports=message)
        assert WORDS not in str(list(Line.objects.values()))

    def test_not_ones_own_nor_of_another_pair(self, cast: Cast, message: Message) -> None:
        own = write(message.thread, cast.elina, "Es.")
        with pytest.raises(cases.NotToReport):
            told(cast, reports=own)
        with pytest.raises(cases.NotToReport):
            told(cast, pair=None, reports=message)
        assert not Case.objects.exists()

    def test_what_was_taken_back_before_is_told_in_own_words(self, cast: Cast, message: Message) -> None:
        take_back(message=message, by=cast.andris, now=NOW)
        with pytest.raises(cases.NotToReport):
            told(cast, reports=message)

    def test_a_second_click_reports_once(self, cast: Cast, message: Message) -> None:
        ref = new_ref()
        assert told(cast, ref=ref, reports=message) == told(cast, ref=ref, reports=message)
        assert Reported.objects.count() == 1

    def test_what_was_reported_stays_though_it_is_taken_back(
        self, cast: Cast, message: Message, see: See
    ) -> None:
        case = told(cast, reports=message)
        take_back(message=message, by=cast.andris, now=NOW)
        assert WORDS in words_of(see(cast.inga, "case", case.ref))


class TestPages:
    def test_from_the_message_to_whoever_handles_it(self, cast: Cast, message: Message, see: See) -> None:
        thread = words_of(see(cast.elina, "messaging:thread", message.thread.ref))
        assert f"/messages/{message.ref}/report/" in thread
        assert WORDS in words_of(see(cast.elina, "report", message.ref))
        post = {"kind": Kind.SAFETY, "text": "", "confidential": "on", "ref": new_ref()}
        sent = see(cast.elina, "report", message.ref, post=post)
        case = Case.objects.get()
        assert sent.url == f"/cases/{case.ref}/"
        for who in (cast.inga, cast.elina):
            assert WORDS in words_of(see(who, "case", case.ref))

    def test_to_the_lead_partner(self, cast: Cast, message: Message, see: See) -> None:
        assert "/report/lead_partner/" in words_of(see(cast.elina, "report", message.ref))
        post = {"kind": Kind.SAFETY, "concerns": "us", "confidential": "on", "ref": new_ref()}
        see(cast.elina, "report_to", message.ref, Door.LEAD_PARTNER, post=post)
        case = Case.objects.get()
        assert WORDS in words_of(see(cast.dace, "case", case.ref))
        assert see(cast.inga, "case", case.ref).status_code == 404

    def test_only_its_reader_reports_it(self, cast: Cast, message: Message, see: See) -> None:
        assert "/report/" not in words_of(see(cast.andris, "messaging:thread", message.thread.ref))
        assert see(cast.andris, "report", message.ref).status_code == 403
        for who in (cast.inga, cast.dace, cast.rimantas, cast.tomas):
            assert see(who, "report", message.ref).status_code == 404
        assert see(cast.elina, "report_to", message.ref, "nobody").status_code == 404
        assert see(None, "report", message.ref).status_code == 302

    def test_one_message_opens_no_other(self, cast: Cast, message: Message, see: See) -> None:
        write(message.thread, cast.andris, "Cita ziņa.")
        case = told(cast, reports=message)
        assert "Cita ziņa." not in words_of(see(cast.inga, "case", case.ref))
        assert see(cast.inga, "messaging:thread", message.thread.ref).status_code in (403, 404)

    def test_its_files_open_to_the_handler_while_it_stands(self, cast: Cast, see: See) -> None:
        message = write(own_thread(cast), cast.andris, "", files=[SimpleUploadedFile("v.webm", VOICE)])
        case, file = told(cast, reports=message), Attachment.objects.get().file
        assert file.name in words_of(see(cast.inga, "case", case.ref))
        assert see(cast.inga, "reported_file", case.ref, file.ref).status_code == 200
        assert see(cast.elina, "reported_file", case.ref, file.ref).status_code == 403
        assert see(cast.andris, "reported_file", case.ref, file.ref).status_code == 404
        assert see(cast.inga, "reported_file", told(cast).ref, file.ref).status_code == 404
        take_back(message=message, by=cast.andris, now=NOW)
        assert see(cast.inga, "reported_file", case.ref, file.ref).status_code == 404

    def test_the_other_learns_of_it_only_where_it_is_not_confidential(
        self, cast: Cast, message: Message, see: See
    ) -> None:
        assert see(cast.andris, "case", told(cast, reports=message).ref).status_code == 404
        case = told(cast, reports=message, confidential=False, text="Slepeni vārdi")
        page = words_of(see(cast.andris, "case", case.ref))
        assert WORDS in page
        assert "Slepeni" not in page

    def test_after_the_end_too(self, cast: Cast, message: Message, see: See) -> None:
        cast.pair.state, cast.pair.outcome = "ended", "completed"
        cast.pair.save()
        assert f"/messages/{message.ref}/report/" in words_of(
            see(cast.elina, "messaging:thread", message.thread.ref)
        )

    @pytest.mark.parametrize(
        ("language", "words"),
        [("lv", "Ziņot par šo ziņu"), ("lt", "Pranešti apie šią žinutę"), ("en", "Report this message")],
    )
    def test_three_languages(self, cast: Cast, message: Message, see: See, language: str, words: str) -> None:
        cast.elina.language = language
        cast.elina.save()
        assert words in words_of(see(cast.elina, "report", message.ref))

    def test_it_costs_as_much_as_telling(self, cast: Cast, message: Message) -> None:
        plain = queries(cast.inga, "support:case", told(cast).ref)
        assert queries(cast.inga, "support:case", told(cast, reports=message).ref) <= plain + 1
