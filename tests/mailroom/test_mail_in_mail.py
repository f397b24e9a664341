"""What lies in a mail and nobody hears of (R14)."""

import pytest

from tests.cast import Cast
from tests.mailroom.conftest import answer, bring, letter_to, mail
from tests.make import NOW
from varpa.messaging.actions import begin_thread, write_message
from varpa.messaging.models import Message
from varpa.post.models import Letter

pytestmark = pytest.mark.django_db


def test_a_mail_that_lies_in_a_mail_is_not_lost_in_silence(cast: Cast) -> None:
    thread = begin_thread(pair=cast.pair, by=cast.andris, now=NOW)
    write_message(thread=thread, text="Kā iet?", by=cast.andris, now=NOW)
    letter = letter_to(cast.elina, "messaging.written")
    made = answer(letter, "Pārsūtu, ko atbildēja banka.")
    made.add_attachment(mail("Kredīta nebūs.", by="banka@banka.example"))
    bring(made)
    assert Message.objects.latest("pk").attachments.exists() or _told(cast)


def _told(cast: Cast) -> bool:
    return Letter.objects.filter(to_address=cast.elina.email, kind="mailroom.came_back").exists()
