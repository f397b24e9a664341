"""Words written into a quotation, between its lines or below it, are words like others: none is lost."""

from collections.abc import Callable
from typing import Final

import pytest

from tests.cast import Cast
from tests.mailroom.conftest import bring, letter_to, mail
from tests.make import NOW
from varpa.messaging.actions import begin_thread, write_message
from varpa.messaging.models import Message
from varpa.post.envelope import reply_address
from varpa.post.models import Inbound, InboundState, Letter
from varpa.post.pages import read_page

pytestmark = pytest.mark.django_db
ADDRESS: Final = "varpa@varpa.example"
OWN: Final = "Jā, bet tikai pēc 16, jo man ir treniņš."
Write = Callable[[Letter], str]


@pytest.fixture
def letter(cast: Cast) -> Letter:
    """Andris has asked something, and the letter of it went to Elīna."""
    thread = begin_thread(pair=cast.pair, by=cast.andris, now=NOW)
    question = "Vai ceturtdien der tikties bibliotēkā?\n\nKuru grāmatu lai paņemu līdzi?"
    write_message(thread=thread, text=question, by=cast.andris, now=NOW)
    return letter_to(cast.elina, "messaging.written")


def page_of(letter: Letter) -> str:
    return letter.html.split("<body>")[1].split("</body>")[0]


def as_page(letter: Letter, page: str) -> Inbound:
    made = mail("", by=letter.to_address, to=reply_address(letter.ref))
    made.clear_content()
    made.set_content(f"<html><body>{page}</body></html>", subtype="html")
    return bring(made)[0]


def as_text(letter: Letter, text: str) -> Inbound:
    return bring(mail(text, by=letter.to_address, to=reply_address(letter.ref)))[0]


def gmail(letter: Letter, above: str = "", below: str = "") -> str:
    attr = f'<div class="gmail_attr">otrd., 2025. g. 14. okt. &lt;{ADDRESS}&gt; rakstīja:<br></div>'
    quote = f'<blockquote class="gmail_quote">{page_of(letter)}</blockquote>'
    return f'<div dir="ltr">{above}<br><div class="gmail_quote">{attr}{quote}{below}</div></div>'


def outlook(letter: Letter, above: str = "", below: str = "") -> str:
    block = (
        f"<b>No:</b> Varpa &lt;{ADDRESS}&gt;<br><b>Nosūtīts:</b> otrdiena<br><b>Tēma:</b> {letter.subject}"
    )
    head = f'<div id="appendonsend"></div><hr><div id="divRplyFwdMsg">{block}</div>'
    return f"<div>{above}</div>{head}{page_of(letter)}{below}"


def telephone(letter: Letter, above: str = "", below: str = "") -> str:
    sign = '<div id="ms-outlook-mobile-signature"><div>Iegūstiet Outlook darbam ar iOS</div></div>'
    return f"{sign}<div>{above}</div>{outlook(letter, '', below)}"


PAGES = [gmail, outlook, telephone]
each_page = pytest.mark.parametrize("page", PAGES, ids=[each.__name__ for each in PAGES])


class TestPages:
    @each_page
    def test_an_answer_above_is_all(self, letter: Letter, page: Callable[..., str]) -> None:
        came = as_page(letter, page(letter, above=OWN))
        assert came.state == InboundState.PLACED
        assert Message.objects.latest("pk").text == OWN

    @each_page
    def test_an_answer_below_alone_arrives(self, letter: Letter, page: Callable[..., str]) -> None:
        came = as_page(letter, page(letter, below=f"<div>{OWN}</div>"))
        assert came.state == InboundState.PLACED
        assert Message.objects.latest("pk").text == OWN

    @each_page
    @pytest.mark.parametrize("yes", ["Jā", "Jā, der!"])
    def test_a_short_one_too(self, letter: Letter, page: Callable[..., str], yes: str) -> None:
        as_page(letter, page(letter, below=f"<div>{yes}</div>"))
        assert Message.objects.latest("pk").text == yes

    @each_page
    def test_answers_above_and_below_arrive(self, letter: Letter, page: Callable[..., str]) -> None:
        as_page(letter, page(letter, above="Atbildes zemāk.", below=f"<div>{OWN}</div>"))
        assert Message.objects.latest("pk").text == f"Atbildes zemāk.\n\n{OWN}"

    @each_page
    def test_answers_between_the_lines_arrive(self, letter: Letter, page: Callable[..., str]) -> None:
        written = page(letter, above="Atbildes zemāk.")
        question = "Vai ceturtdien der tikties bibliotēkā?"
        assert question in written
        as_page(letter, written.replace(question, f"{question}<p>{OWN}</p>"))
        assert Message.objects.latest("pk").text == f"Atbildes zemāk.\n\n{OWN}"

    @each_page
    def test_nothing_but_the_letter_goes_back_whole(
        self, cast: Cast, letter: Letter, page: Callable[..., str]
    ) -> None:
        came = as_page(letter, page(letter))
        assert came.state == InboundState.CAME_BACK
        assert "Kuru grāmatu lai paņemu līdzi?" in letter_to(cast.elina, "mailroom.came_back").text

    def test_what_is_refused_goes_back_with_every_word(self, cast: Cast, letter: Letter) -> None:
        Letter.objects.filter(pk=letter.pk).update(about="message:gone")
        as_page(letter, gmail(letter, above="Atbildes zemāk.", below=f"<div>{OWN}</div>"))
        back = letter_to(cast.elina, "mailroom.came_back").text
        assert "Atbildes zemāk." in back
        assert OWN in back

    def test_without_the_letter_all_stays(self, letter: Letter) -> None:
        """Half a year later the words of the letter are gone."""
        page = gmail(letter, below=f"<div>{OWN}</div>")
        Letter.objects.filter(pk=letter.pk).update(text="", html="", subject="")
        as_page(letter, page)
        assert OWN in Message.objects.latest("pk").text


HEADERS = (
    f"No: Varpa <{ADDRESS}>\nNosūtīts: otrdiena, 2025. gada 14. oktobris 12:00\nKam: Elīna\nTēma: Jautājums"
)


class TestText:
    @pytest.mark.parametrize("above", ["", "Atbildes zemāk.\n\n"])
    def test_answers_below_the_headers_of_outlook(self, letter: Letter, above: str) -> None:
        first, rest = letter.text.split("\n", 1)
        as_text(letter, f"{above}{HEADERS}\n\n{first}\n{OWN}\n{rest}\n\nPaldies par jautājumu!")
        assert Message.objects.latest("pk").text == f"{above}{OWN}\n\nPaldies par jautājumu!"

    def test_what_stands_as_outlook_writes_links(self, letter: Letter) -> None:
        """Of a page with a button it makes words with an address in brackets; servers change addresses."""
        seen = read_page(letter.html).whole.replace("\n", "<https://safe.example/?url=x&data=05>\n", 3)
        as_text(letter, f"{OWN}\n\n{HEADERS}\n\n{seen}")
        assert Message.objects.latest("pk").text == OWN

    @pytest.mark.parametrize(
        "warning",
        [
            "CAUTION: This email originated from outside of the organization.",
            "UZMANĪBU: ārējs sūtītājs. Neatveriet pielikumus, ja to nepazīstat.",
            "DĖMESIO: laiškas iš išorinio siuntėjo.",
        ],
    )
    def test_the_warning_of_a_server_is_nobodys_words(self, letter: Letter, warning: str) -> None:
        as_text(letter, f"Jā\n\n{HEADERS}\n\n{warning}\n\n{letter.text}")
        assert Message.objects.latest("pk").text == "Jā"

    def test_an_answer_in_a_line_of_the_letter_is_kept_with_it(self, letter: Letter) -> None:
        asked = "Kuru grāmatu lai paņemu līdzi?"
        as_text(
            letter, f"Skat. zemāk\n\n{HEADERS}\n\n{letter.text.replace(asked, f'{asked} Vienalga kuru.')}"
        )
        assert Message.objects.latest("pk").text == f"Skat. zemāk\n\n{asked} Vienalga kuru."

    def test_below_a_signature_too(self, letter: Letter) -> None:
        text = (
            f"Skat. zemāk\n-- \nElīna Bērziņa\n\n{HEADERS}\n\n{letter.text}\n{OWN}\n\nNosūtīts no mana iPhone"
        )
        as_text(letter, text)
        assert Message.objects.latest("pk").text == f"Skat. zemāk\n\n{OWN}"
