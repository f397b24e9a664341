"""The answer to the letter of a message is a message; whatever else comes does no harm (R14)."""

from datetime import datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from tests.cast import Cast
from tests.mailroom.conftest import answer, bring, letter_to, mail
from tests.make import NOW
from varpa.history.models import Channel, Line
from varpa.messaging.actions import begin_thread, want_quiet, write_message
from varpa.messaging.models import Message
from varpa.notices.actions import choose_pace, tell_gathered
from varpa.pairs.actions.pairs import dissolve_pair
from varpa.post.models import InboundState, Letter, Pace, Why

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)
FOUR = datetime(2025, 10, 14, 16, 0, tzinfo=ZoneInfo("Europe/Riga"))


def picture() -> bytes:
    content = BytesIO()
    Image.new("RGB", (4, 4), "green").save(content, "PNG")
    return content.getvalue()


def written(cast: Cast, text: str = "Vai ceturtdien der?") -> Letter:
    """Andris has written to Elīna; the letter that tells her."""
    thread = begin_thread(pair=cast.pair, by=cast.andris, now=NOW)
    write_message(thread=thread, text=text, by=cast.andris, now=NOW, urgent=True)
    return letter_to(cast.elina, "messaging.written")


def gathered(cast: Cast) -> Letter:
    """Andris has written to Elīna twice; the one letter of that day."""
    choose_pace(person=cast.elina, pace=Pace.DAILY, tell_at=FOUR.time(), tell_on=0, now=NOW)
    thread = begin_thread(pair=cast.pair, by=cast.andris, now=NOW)
    for text in ("Vai der?", "Vai piektdien?"):
        write_message(thread=thread, text=text, by=cast.andris, now=NOW)
    tell_gathered(FOUR)
    return letter_to(cast.elina, "notices.gathered")


def said() -> list[tuple[str, str]]:
    return list(Message.objects.values_list("side", "text"))


class TestLanding:
    def test_an_answer_is_a_message_of_its_conversation(self, cast: Cast) -> None:
        [came] = bring(answer(written(cast), "Jā, der!\n\nElīna"))
        assert came.state == InboundState.PLACED
        message = Message.objects.latest("pk")
        assert (message.side, message.text, message.by_mail) == ("mentee", "Jā, der!\n\nElīna", True)
        assert letter_to(cast.andris, "messaging.written").text.startswith("Jā, der!")

    def test_history_says_that_it_came_by_mail(self, cast: Cast) -> None:
        bring(answer(written(cast), "Jā"))
        line = Line.objects.filter(verb="message.write").latest("pk")
        assert (line.actor, line.channel) == (cast.elina.pk, Channel.MAIL)

    def test_the_words_are_kept_in_one_place_only(self, cast: Cast) -> None:
        [came] = bring(answer(written(cast), "Slepeni vārdi"))
        assert came.text == ""

    def test_without_the_key_the_own_address_is_enough(self, cast: Cast) -> None:
        [came] = bring(answer(written(cast), "Der", key=False))
        assert came.state == InboundState.PLACED

    def test_with_the_key_another_address_of_hers_is_enough(self, cast: Cast) -> None:
        [came] = bring(answer(written(cast), "Der", by="elina.privati@inbox.example"))
        assert came.state == InboundState.PLACED
        assert said()[-1] == ("mentee", "Der")

    def test_files_come_along(self, cast: Cast) -> None:
        bring(answer(written(cast), "Lūk", files=(("skice.png", "image/png", picture()),)))
        assert Message.objects.latest("pk").attachments.get().file.name == "skice.png"

    def test_the_same_mail_twice_is_once(self, cast: Cast) -> None:
        twice = answer(written(cast), "Der")
        bring(twice)
        bring(twice, twice)
        assert len(said()) == 2


class TestGoingBack:
    def test_an_ended_pair_a_year_later(self, cast: Cast) -> None:
        letter = written(cast)
        dissolve_pair(pair=cast.pair, by=cast.andris, now=NOW, reason="Pārcēlos.")
        [came] = bring(answer(letter, "Sen neesam runājuši."), now=NOW + YEAR)
        assert came.state == InboundState.CAME_BACK
        back = letter_to(cast.elina, "mailroom.came_back")
        assert "Mentorings ir beidzies" in back.text
        assert "Sen neesam runājuši." in back.text
        assert len(said()) == 1

    def test_what_a_refusal_sends_back_no_manager_reads(self, cast: Cast) -> None:
        letter = written(cast)
        want_quiet(pair=cast.pair, by=cast.andris, now=NOW)
        [came] = bring(answer(letter, "Kāpēc tu klusē?"))
        assert (came.state, came.text) == (InboundState.CAME_BACK, "")

    def test_no_text(self, cast: Cast) -> None:
        [came] = bring(answer(written(cast), ""))
        assert came.state == InboundState.CAME_BACK

    def test_40_megabytes(self, cast: Cast) -> None:
        heavy = answer(written(cast), "Lūk", files=(("video.mp4", "video/mp4", b"\0" * 30 * 1024 * 1024),))
        [came] = bring(heavy)
        assert came.size > 40 * 1024 * 1024
        assert len(came.raw) < 100 * 1024
        assert "25 MB" in letter_to(cast.elina, "mailroom.came_back").text

    def test_a_file_that_cannot_be_kept(self, cast: Cast) -> None:
        bring(answer(written(cast), "Lūk", files=(("a.docx", "application/msword", b"PK\x03\x04"),)))
        back = letter_to(cast.elina, "mailroom.came_back")
        assert "PDF" in back.text
        assert len(said()) == 1

    def test_answered_once_more_it_lands_where_the_first_was_meant(self, cast: Cast) -> None:
        bring(answer(written(cast), ""))
        [came] = bring(answer(letter_to(cast.elina, "mailroom.came_back"), "Tagad ar vārdiem."))
        assert came.state == InboundState.PLACED
        assert said()[-1] == ("mentee", "Tagad ar vārdiem.")

    @pytest.mark.parametrize("again", [False, True])
    def test_the_letter_that_tells_of_several_things_is_answered_by_nobody(
        self, cast: Cast, again: bool
    ) -> None:
        """Whom the words were for nobody knows, so nobody reads them."""
        [came] = bring(answer(gathered(cast), "To lai zina tikai Andris."), now=FOUR)
        if again:
            back = letter_to(cast.elina, "mailroom.came_back")
            [came] = bring(answer(back, "To lai zina tikai Andris."), now=FOUR)
        assert (came.state, came.text) == (InboundState.CAME_BACK, "")
        back = letter_to(cast.elina, "mailroom.came_back")
        assert "To lai zina tikai Andris." in back.text
        assert "nav parādīta" in back.text
        assert back.link == "https://varpa.example/"
        assert len(said()) == 2


class TestReachingAPerson:
    def test_forged(self, cast: Cast) -> None:
        [came] = bring(answer(written(cast), "Dod naudu", by="ļaundaris@else.example", key=False))
        assert (came.state, came.why, came.text) == (InboundState.NO_PLACE, Why.OTHER_ADDRESS, "")
        assert len(said()) == 1

    def test_somebody_else_of_the_house_with_her_key(self, cast: Cast) -> None:
        [came] = bring(answer(written(cast), "Es?", by=f"Zane <{cast.zane.email}>"))
        assert (came.state, came.why) == (InboundState.NO_PLACE, Why.OTHER_ADDRESS)
        assert len(said()) == 1

    def test_a_changed_key_is_no_key(self, cast: Cast) -> None:
        letter = written(cast)
        forged = answer(letter, "Es", by="x@else.example")
        forged.replace_header("To", forged["To"].replace("@", "0@"))
        [came] = bring(forged)
        assert came.why == Why.NO_LETTER

    def test_a_letter_that_asks_for_no_answer(self, cast: Cast) -> None:
        [came] = bring(answer(letter_to(cast.elina, "pairs.started"), "Paldies, bet kad?"))
        assert (came.state, came.why) == (InboundState.NO_PLACE, Why.TO_THE_HOUSE)
        assert came.text == "Paldies, bet kad?"
        assert came.programme_ref == cast.programme.ref
        assert letter_to(cast.elina, "mailroom.no_place")

    def test_the_writer_is_told_once_a_day(self, cast: Cast) -> None:
        bring(mail("Viens", by=cast.elina.email or ""), mail("Divi", by=cast.elina.email or ""))
        assert Letter.objects.filter(kind="mailroom.no_place").count() == 1

    def test_a_stranger_is_shown_but_not_written_to(self, cast: Cast) -> None:
        [came] = bring(mail("Pērciet!", by="kads@spam.example"))
        assert (came.state, came.programme_ref) == (InboundState.NO_PLACE, "")
        assert not Letter.objects.filter(to_address="kads@spam.example").exists()


class TestMachines:
    @pytest.mark.parametrize(
        "headers",
        [
            {"Auto_Submitted": "auto-replied"},
            {"Precedence": "bulk"},
            {"X_Autoreply": "yes"},
            {"Return_Path": "<>"},
            {"subject": "Automātiska atbilde: Vai der?"},
            {"subject": "Automatinis atsakymas: Ar tinka?"},
        ],
    )
    def test_nobody_is_answered_and_nothing_lands(self, cast: Cast, headers: dict[str, str]) -> None:
        letter = written(cast)
        before = Letter.objects.count()
        [came] = bring(answer(letter, "Esmu atvaļinājumā.", **headers))
        assert came.state == InboundState.PASSED_OVER
        assert (len(said()), Letter.objects.count()) == (1, before)

    def test_a_person_is_no_machine(self, cast: Cast) -> None:
        [came] = bring(answer(written(cast), "Der", Auto_Submitted="no"))
        assert came.state == InboundState.PLACED
