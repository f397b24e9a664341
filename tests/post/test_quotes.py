"""What people's mail programs add to an answer, as they write it in four languages; samples made up by us."""

from typing import NamedTuple

import pytest

from varpa.post.pages import read_page
from varpa.post.quotes import own_words

HOUSE = ("varpa@v.test", "atbildes+", "Varpa")


class Sample(NamedTuple):
    name: str
    mail: str
    own: str = "Jā, der!\n\nElīna"


OURS = "> Sveiki!\n>\n> Vai ceturtdien der?\n>\n> --\n> Vēstuli sūta programma."
BARE = "Sveiki!\n\nVai ceturtdien der?\n\n--\nVēstuli sūta programma."

PLAIN = [
    Sample("nothing quoted", "Jā, der!\n\nElīna\n"),
    Sample(
        "Gmail, lv",
        "Jā, der!\n\nElīna\n\notrd., 2025. g. 14. okt., plkst. 09:00 — lietotājs Varpa (<\n"
        f"varpa@v.test>) rakstīja:\n\n{OURS}\n",
    ),
    Sample(
        "Gmail, lt",
        "Taip, tinka!\n\n2025-10-14, an, 09:00 Varpa <varpa@v.test> rašė:\n\n" + OURS,
        "Taip, tinka!",
    ),
    Sample(
        "Gmail, en",
        f"Yes\n\nOn Tue, Oct 14, 2025 at 9:00 AM Varpa <varpa@v.test> wrote:\n\n{OURS}",
        "Yes",
    ),
    Sample(
        "Gmail, en, its introduction broken by the width of the line",
        "Yes\n\nOn Tue, Oct 14, 2025 at 9:00 AM Varpa, the programme of mentors and pupils <\n"
        f"varpa@v.test> wrote:\n\n{OURS}",
        "Yes",
    ),
    Sample("Gmail, ru", f"Да\n\nвт, 14 окт. 2025 г. в 09:00, Varpa <varpa@v.test>:\n\n{OURS}", "Да"),
    Sample(
        "Outlook, lv",
        "Jā, der!\n\nElīna\n\nNo: Varpa <varpa@v.test>\nNosūtīts: otrdiena, 2025. gada 14. oktobris 09:00\n"
        f"Kam: Elīna Bērziņa <elina@skola.example>\nTēma: Vai ceturtdien der?\n\n{BARE}",
    ),
    Sample(
        "Outlook, lt",
        "Taip\n\nNuo: Varpa <varpa@v.test>\nIšsiųsta: 2025 m. spalio 14 d., antradienis 09:00\n"
        f"Kam: Gabija <gabija@mokykla.example>\nTema: Ar tinka?\n\n{BARE}",
        "Taip",
    ),
    Sample(
        "Outlook, en",
        "Yes\n\nFrom: Varpa <varpa@v.test>\nSent: Tuesday, October 14, 2025 9:00 AM\n"
        f"To: Elina <elina@skola.example>\nSubject: Thursday?\n\n{BARE}",
        "Yes",
    ),
    Sample(
        "Outlook, ru, headers in bold",
        "Да\n\n*От:* Varpa <varpa@v.test>\n*Отправлено:* 14 октября 2025 г. 9:00\n*Кому:* Elīna\n"
        f"*Тема:* Четверг?\n\n{BARE}",
        "Да",
    ),
    Sample(
        "Outlook of old, en",
        f"Yes\n\n-----Original Message-----\nFrom: Varpa\nSent: Tuesday\n\n{BARE}",
        "Yes",
    ),
    Sample("Outlook of old, lv", f"Jā\n\n-----Sākotnējais ziņojums-----\nNo: Varpa\n\n{BARE}", "Jā"),
    Sample("Outlook of old, lt", f"Taip\n\n-----Pradinis pranešimas-----\nNuo: Varpa\n\n{BARE}", "Taip"),
    Sample(
        "Outlook on a telephone, lv",
        "Jā, der!\n\nElīna\n\nIegūstiet Outlook darbam ar iOS<https://aka.ms/o0ukef>\n"
        "________________________________\nNo: Varpa <varpa@v.test>\nNosūtīts: otrdiena\n"
        f"Kam: Elīna\nTēma: Vai der?\n\n{BARE}",
    ),
    Sample(
        "Outlook on a telephone, lt",
        "Taip\n\nGaukite „Outlook“, skirta „Android“<https://aka.ms/AAb9ysg>\n"
        f"________________________________\nNuo: Varpa <varpa@v.test>\nIšsiųsta: antradienis\n\n{BARE}",
        "Taip",
    ),
    Sample(
        "Apple Mail, lv",
        f"Jā, der!\n\nElīna\n\n> 14.10.2025., plkst. 09:00, Varpa <varpa@v.test> rakstīja:\n> \n{OURS}",
    ),
    Sample(
        "Apple Mail, lt, on a telephone",
        "Taip\n\nIšsiųsta iš mano „iPhone“\n\n> 2025-10-14 09:00 Varpa <varpa@v.test> parašė:\n> \n" + OURS,
        "Taip",
    ),
    Sample(
        "iPhone, lv",
        "Jā, der!\n\nElīna\n\nNosūtīts no mana iPhone\n\n"
        "> Varpa <varpa@v.test> (14.10.2025., 09:00) rakstīja:\n> \n" + OURS,
    ),
    Sample(
        "iPhone, en",
        "Yes\n\nSent from my iPhone\n\n> On 14 Oct 2025, at 09:00, Varpa <varpa@v.test> wrote:\n> \n" + OURS,
        "Yes",
    ),
    Sample(
        "iPhone, ru",
        "Да\n\nОтправлено с iPhone\n\n> 14 окт. 2025 г., в 09:00, Varpa <varpa@v.test> написал(а):\n> \n"
        + OURS,
        "Да",
    ),
    Sample("Thunderbird, lv", f"Jā, der!\n\nElīna\n\nVarpa rakstīja 14.10.2025. 09:00:\n{OURS}\n"),
    Sample("Thunderbird, lt, the answer below", f"2025-10-14 09:00, Varpa rašė:\n{OURS}\n\nTaip\n", "Taip"),
    Sample("Thunderbird, en, the answer below", f"On 14/10/2025 09:00, Varpa wrote:\n{OURS}\nYes", "Yes"),
    Sample(
        "Thunderbird, ru, with a signature",
        f"Да\n\n14.10.2025 09:00, Varpa пишет:\n{OURS}\n\n-- \nЭлина\nШкола",
        "Да",
    ),
    Sample(
        "Thunderbird, en, answers between the lines",
        "On 14/10/2025 09:00, Varpa wrote:\n> Thursday?\nYes\n> At ten?\nEleven, please.\n",
        "Yes\nEleven, please.",
    ),
    Sample(
        "Yahoo, en",
        "Yes\n\n    On Tuesday, October 14, 2025 at 09:00:00 AM GMT+3, Varpa <varpa@v.test> wrote:  \n \n "
        + BARE.replace("\n", "\n "),
        "Yes",
    ),
    Sample(
        "Yahoo on a telephone, lt",
        "Taip\n\nIšsiųsta iš Yahoo Mail, skirto Android\n\n"
        "  2025-10-14, an, 09:00, Varpa<varpa@v.test> rašė:   " + BARE,
        "Taip",
    ),
    Sample("inbox.lv, lv", f"Jā, der!\n\nElīna\n\nCitējot Varpa <varpa@v.test>:\n\n{OURS}"),
    Sample(
        "inbox.lv, lv, by headers",
        "Jā, der!\n\nElīna\n\n--- Oriģinālā vēstule ---\nSūtītājs: Varpa <varpa@v.test>\n" + BARE,
    ),
    Sample("inbox.lv, ru", f"Да\n\nЦитирую Varpa <varpa@v.test>:\n{OURS}", "Да"),
    Sample("inbox.lt, lt", f"Taip\n\nVarpa <varpa@v.test> 2025-10-14 09:00 rašė:\n\n{BARE}", "Taip"),
    Sample(
        "Mail.ru, ru",
        f"Да\n\n\n--\nЭлина\n\n>Вторник, 14 октября 2025, 9:00 +03:00 от Varpa <varpa@v.test>:\n>\n{OURS}",
        "Да",
    ),
    Sample(
        "a colon of one's own",
        "Jautājumi:\n- Cik maksā?\n- Kur pērk?",
        "Jautājumi:\n- Cik maksā?\n- Kur pērk?",
    ),
    Sample(
        "words that look like headers",
        "Laiks: 10.00\nVieta: bibliotēka\nTēma: budžets",
        "Laiks: 10.00\nVieta: bibliotēka\nTēma: budžets",
    ),
    Sample("a sum in the middle", "Cena > 5 eiro, tad pērku.", "Cena > 5 eiro, tad pērku."),
]


@pytest.mark.parametrize("sample", PLAIN, ids=lambda sample: sample.name)
def test_plain(sample: Sample) -> None:
    assert own_words(sample.mail, HOUSE) == sample.own


@pytest.mark.parametrize("sample", PLAIN, ids=lambda sample: sample.name)
def test_the_same_with_ends_of_lines_of_the_net(sample: Sample) -> None:
    assert own_words(sample.mail.replace("\n", "\r\n"), HOUSE) == sample.own


PAGES = [
    Sample(
        "Gmail, lv",
        '<div dir="ltr">Jā, der!<div><br></div><div>Elīna</div></div><br><div class="gmail_quote">'
        '<div dir="ltr" class="gmail_attr">otrd., 2025. g. 14. okt. — Varpa rakstīja:<br></div>'
        "<blockquote>Sveiki!</blockquote></div>",
    ),
    Sample(
        "Outlook of the web",
        "<div>Jā, der!</div><div><br></div><div>Elīna</div><div id='appendonsend'></div><hr>"
        '<div id="divRplyFwdMsg"><b>No:</b> Varpa<br><b>Kam:</b> Elīna</div><div>Sveiki!</div>',
    ),
    Sample(
        "Outlook",
        "<html><head><style>p {color: red}</style></head><body><p class=MsoNormal>Jā, der!</p>"
        "<p class=MsoNormal>&nbsp;</p><p>Elīna</p>"
        "<div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'>"
        "<p><b>From:</b> Varpa</p></div><p>Sveiki!</p></body></html>",
    ),
    Sample(
        "Apple Mail",
        "<body>Jā, der!<div><br></div><div>Elīna<br><div><br><blockquote type='cite'>"
        "<div>Sveiki!</div></blockquote></div></div></body>",
    ),
    Sample(
        "Thunderbird",
        '<p>Jā, der!</p><p>Elīna</p><div class="moz-cite-prefix">14.10.2025 Varpa rakstīja:<br></div>'
        '<blockquote type="cite" cite="mid:x"><p>Sveiki!</p></blockquote>',
    ),
    Sample(
        "Yahoo",
        '<div>Jā, der!</div><div><br></div><div>Elīna</div><div id="ydp1yahoo_quoted_1" class="yahoo_quoted">'
        "<div>On Tuesday, Varpa wrote:</div><div>Sveiki!</div></div>",
    ),
    Sample("tags that were never closed", "<p>Jā, der!<p>Elīna<div><span>"),
    Sample("tags that were never opened", "</div></td>Jā, der!<br><br>Elīna</b></p>"),
]


@pytest.mark.parametrize("sample", PAGES, ids=lambda sample: sample.name)
def test_pages(sample: Sample) -> None:
    assert own_words(read_page(sample.mail).own, HOUSE).split() == sample.own.split()


def test_a_quotation_of_ones_own_stays() -> None:
    assert read_page("<blockquote>Kas netiek mērīts, tas netiek darīts.</blockquote>Patiesi?").own == (
        "Kas netiek mērīts, tas netiek darīts.\nPatiesi?"
    )


def test_lists_stay_lists() -> None:
    assert read_page("<ul><li>Cena</li><li>Vieta</li></ul>").own.split("\n") == ["- Cena", "", "- Vieta"]
