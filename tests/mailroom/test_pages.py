"""Letters that found no place: who sees them, what they show, and that they are seen to once."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.cast import Cast
from tests.mailroom.conftest import answer, bring, letter_to, mail
from tests.make import NOW
from varpa.history.models import Line
from varpa.kernel import clock
from varpa.messaging.actions import begin_thread, write_message
from varpa.people.models import Person
from varpa.post.inbound import undeliverable
from varpa.post.models import Inbound, InboundState, LetterState

pytestmark = pytest.mark.django_db


def see(who: Person | None, address: str, *, language: str = "lv", post: bool = False) -> Any:
    client = Client(headers={"accept-language": language})
    if who is not None:
        client.force_login(who)
    with clock.moved_to(NOW):
        return client.post(address) if post else client.get(address)


@pytest.fixture
def came(cast: Cast) -> Inbound:
    """Elīna asks the house something."""
    [inbound] = bring(mail("Kad sākas apmācības?", by=cast.elina.email or "", subject="Jautājums"))
    return inbound


def of(cast: Cast) -> str:
    return f"/programmes/{cast.programme.ref}/mail/"


class TestProgramme:
    @pytest.mark.parametrize("who", ["inga", "dace"])
    def test_whoever_manages_it_reads_it(self, cast: Cast, came: Inbound, who: str) -> None:
        page = see(getattr(cast, who), of(cast)).content.decode()
        assert "Kad sākas apmācības?" in page
        assert "Elīna Bērziņa" in page

    @pytest.mark.parametrize(
        ("who", "status"), [("elina", 403), ("andris", 403), ("tomas", 404), ("zane", 404)]
    )
    def test_nobody_else(self, cast: Cast, came: Inbound, who: str, status: int) -> None:
        assert see(getattr(cast, who), of(cast)).status_code == status
        assert see(getattr(cast, who), f"/mail/{came.ref}/settled/", post=True).status_code == 404
        assert see(None, of(cast)).status_code == 302

    def test_it_is_seen_to_once(self, cast: Cast, came: Inbound) -> None:
        for _click in range(2):
            assert see(cast.inga, f"/mail/{came.ref}/settled/", post=True).status_code == 302
        came.refresh_from_db()
        assert (came.state, came.settled_by) == (InboundState.SETTLED, cast.inga.pk)
        assert Line.objects.filter(verb="mail.settle").count() == 1
        assert "Kad sākas" not in see(cast.inga, of(cast)).content.decode()

    @pytest.mark.parametrize(
        ("language", "words"), [("lv", "neatradās"), ("lt", "neatsirado"), ("en", "no place")]
    )
    def test_three_languages(self, cast: Cast, came: Inbound, language: str, words: str) -> None:
        cast.inga.language = language
        cast.inga.save()
        assert words in see(cast.inga, of(cast), language=language).content.decode()

    def test_the_week_leads_there(self, cast: Cast, came: Inbound) -> None:
        page = see(cast.inga, f"/programmes/{cast.programme.ref}/").content.decode()
        assert of(cast) in page

    def test_private_words_are_shown_to_nobody(self, cast: Cast) -> None:
        thread = begin_thread(pair=cast.pair, by=cast.andris, now=NOW)
        write_message(thread=thread, text="Vai der?", by=cast.andris, now=NOW)
        letter = letter_to(cast.elina, "messaging.written")
        bring(answer(letter, "Slepeni vārdi", by="x@else.example", key=False))
        page = see(cast.inga, of(cast)).content.decode()
        assert "x@else.example" in page
        assert "Slepeni" not in page
        assert "Elīna" not in page

    def test_as_many_queries_for_one_as_for_thirty(self, cast: Cast, came: Inbound) -> None:
        def queries() -> int:
            client = Client()
            client.force_login(cast.inga)
            with clock.moved_to(NOW), CaptureQueriesContext(connection) as asked:
                assert client.get(of(cast)).status_code == 200
            return len(asked)

        one = queries()
        bring(*(mail(f"Jautājums {number}", by=cast.elina.email or "") for number in range(30)))
        assert queries() == one <= 12


class TestOrganisation:
    def test_strangers_write_to_the_organisation(self, cast: Cast) -> None:
        [came] = bring(mail("Vēlos atbalstīt.", by="uznemejs@else.example"))
        assert "Vēlos" not in see(cast.inga, of(cast)).content.decode()
        own = f"/organisations/{cast.organisation.ref}/mail/"
        assert "Vēlos atbalstīt." in see(cast.dace, own).content.decode()
        assert see(cast.inga, own).status_code == 404
        assert see(cast.inga, f"/mail/{came.ref}/settled/", post=True).status_code == 404
        assert see(cast.dace, f"/mail/{came.ref}/settled/", post=True).status_code == 302


BOUNCE = """From: MAILER-DAEMON@mail.example
Message-ID: <bounce{number}@mail.example>
Content-Type: multipart/report; report-type=delivery-status; boundary="b"
MIME-Version: 1.0

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; elina@varpa.example
Action: failed
Status: {status}

--b
Content-Type: text/rfc822-headers

Message-ID: {letter}
--b--
"""


class TestBounces:
    def test_the_letter_has_failed_and_the_manager_sees_it(self, cast: Cast) -> None:
        make.meeting(cast.pair)
        letter = letter_to(cast.elina, "meetings.invited")
        type(letter).objects.filter(pk=letter.pk).update(state=LetterState.SENT)
        raw = BOUNCE.format(number=1, status="5.1.1", letter=letter.message_id)
        [came] = bring(raw.encode())
        assert came.state == InboundState.PASSED_OVER
        letter.refresh_from_db()
        assert (letter.state, letter.error) == (LetterState.FAILED, "bounced 5.1.1")
        assert undeliverable([cast.elina.email or "", "a@b.example"]) == {cast.elina.email}
        member = see(cast.inga, f"/memberships/{cast.mentee.ref}/").content.decode()
        assert "Vēstules uz šo adresi nepienāk" in member
        people = see(cast.inga, f"/programmes/{cast.programme.ref}/people/").content.decode()
        assert people.count("nepienāk") == 1

    def test_what_is_only_late_has_not_failed(self, cast: Cast) -> None:
        make.meeting(cast.pair)
        letter = letter_to(cast.elina, "meetings.invited")
        type(letter).objects.filter(pk=letter.pk).update(state=LetterState.SENT)
        late = BOUNCE.format(number=2, status="4.4.1", letter=letter.message_id)
        bring(late.replace("Action: failed", "Action: delayed").encode())
        letter.refresh_from_db()
        assert letter.state == LetterState.SENT
