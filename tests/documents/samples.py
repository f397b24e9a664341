"""Documents as the rooms would fill them, in three languages."""

from io import BytesIO

from PIL import Image

from varpa.documents.shapes import (
    Diary,
    DiaryAnswer,
    DiaryEntry,
    Hours,
    Letterhead,
    Plan,
    PlanVersion,
)


def picture(width: int = 300, height: int = 90, kind: str = "PNG") -> bytes:
    """An emblem or a photographed paper."""
    out = BytesIO()
    Image.new("RGB", (width, height), (59, 70, 158)).save(out, kind)
    return out.getvalue()


def letterhead(emblem: bytes | None = None) -> Letterhead:
    return {
        "programme": "Educate for Business",
        "organisation": "Ķekavas attīstības biedrība",
        "funder_text": "Projektu līdzfinansē Eiropas Savienība.\nPar saturu atbild tikai biedrība.",
        "emblem": emblem,
        "emblem_text": "Eiropas Savienības karogs" if emblem else "",
        "mentor": "Mentors / mentore",
        "mentee": "Audzēknis / audzēkne",
    }


def entry(**changes: object) -> DiaryEntry:
    made: dict[str, object] = {
        "date": "2013. gada 17. oktobris",
        "kind": "kārtējā tikšanās",
        "means": "videozvans",
        "length": "50 min",
        "language": "lv",
        "results": "Pārrunājām sākuma izdevumus; saraksts ir gatavs.",
        "notes": "Cena par kameras maiņu ir par zemu.\n\nJāpajautā otrai darbnīcai.",
        "recommendations": "Nākamreiz sākt ar naudas plūsmas prognozi.",
        "on_mentee": "Pati pamanīja kļūdu aprēķinā un izlaboja to.",
        "on_self": "Runāju par daudz. 🙂",
        "on_effectiveness": "",
        "answers": answers(),
        "pages": [],
        "papers": [],
        "left_out": 0,
    }
    return {**made, **changes}  # type: ignore[typeddict-item]


def answers() -> list[DiaryAnswer]:
    return [
        {
            "question": "Vai abi ieradāties laikā?",
            "answers": [
                {"about": "Elīna Bērziņa", "text": "Jā, piecas minūtes agrāk."},
                {"about": "Andris Ozols", "text": "Nokavēju un atvainojos."},
            ],
        },
        {"question": "Kā veidojas jūsu attiecības?", "answers": [{"about": "", "text": "Uzticēšanās aug."}]},
        {"question": "Bez atbildes?", "answers": [{"about": "", "text": ""}]},
    ]


def diary(**changes: object) -> Diary:
    made: dict[str, object] = {
        "letterhead": letterhead(),
        "mentor": "Andris Ozols",
        "mentee": "Elīna Bērziņa",
        "years": "2013–2014",
        "period": "2013. gada jūlijs – 2014. gada marts",
        "handed_over_on": "2014. gada 12. marts",
        "entries": [
            entry(left_out=2),
            entry(
                date="2013. gada 14. novembris",
                kind="vizīte uzņēmumā",
                means="klātienē",
                length="2 h",
                language="lt",
                results="Aplankėme dirbtuves: ąžuolas, įrankiai, žmonės.",
                left_out=1,
            ),
        ],
        "reply": "Paldies! Izlasīju visu divreiz.",
        "reply_on": "2014. gada 20. marts",
        "reply_language": "lv",
    }
    return {**made, **changes}  # type: ignore[typeddict-item]


def version(number: int, *, agreed: bool = True, **changes: object) -> PlanVersion:
    made: dict[str, object] = {
        "number": number,
        "language": "lt",
        "answers": [
            {
                "question": "Kokia veikla ir kokios bendravimo priemonės bus mentorystėje?",
                "answer": "Vaizdo skambutis kas dvi savaites, ketvirtadieniais.",
            },
            {"question": "Ko abi pusės tikisi iš mentorystės?", "answer": ""},
        ],
        "own_words": "",
        "paper": None,
        "confirmations": [
            {"name": "Rimantas Žukauskas", "on": "2013 m. rugsėjo 5 d."},
            {"name": "Gabija Šimkutė", "on": "2013 m. rugsėjo 6 d." if agreed else ""},
        ],
    }
    return {**made, **changes}  # type: ignore[typeddict-item]


def plan(**changes: object) -> Plan:
    made: dict[str, object] = {
        "letterhead": letterhead(picture()),
        "mentor": "Rimantas Žukauskas",
        "mentee": "Gabija Šimkutė",
        "versions": [
            version(2, agreed=False, own_words="Susitinkame dažniau.\n\nRašome trumpai."),
            version(1, answers=[], paper=picture(400, 560, "JPEG")),
        ],
    }
    return {**made, **changes}  # type: ignore[typeddict-item]


def hours(lines: int = 3, **changes: object) -> Hours:
    made: dict[str, object] = {
        "letterhead": letterhead(picture()),
        "mentor": "Andris Ozols",
        "mentee": "Elīna Bērziņa",
        "period": "July 2013 to March 2014",
        "lines": [
            {
                "date": "17 October 2013",
                "what": "Regular meeting",
                "means": "Video",
                "length": "50 min",
                "entered": "Andris Ozols, 17 October 2013",
                "confirmed": "Elīna Bērziņa, 18 October 2013",
            }
        ]
        * lines,
        "as_of": "31 March 2014",
        "waiting": [],
        "objected": [],
        "totals": [{"label": "Confirmed", "length": "16 h 20 min"}, {"label": "Target", "length": "16 h"}],
        "signatures": True,
    }
    return {**made, **changes}  # type: ignore[typeddict-item]
