"""Long documents made up for the bench: a report, its DOCX, guidelines, the results of a long survey."""

from datetime import UTC, datetime

from tests.documents.samples import letterhead
from varpa.documents.blocks import blocks
from varpa.documents.chapters import Chapter, Guidelines
from varpa.documents.report_shapes import DrawnChart, Report, ReportPart, Results, ResultsPart, TextTable
from varpa.kernel.text import TranslatedText
from varpa.people.models import Organisation
from varpa.programmes.models import Programme
from varpa.reports.charts import Bar, bars
from varpa.reports.models import Edition
from varpa.reports.models import Report as Made
from varpa.reports.papers import Chart, Paper, Part

TEXT = "Pāri tikās divas reizes mēnesī. Sešpadsmit stundas pietika, un **vizīte** izdevās visiem.\n\n" * 4
LISTED = "- Tikšanās: 214\n- Stundas: 512\n- Vizītes: 32\n\n> Man patika.\n>\n> – Audzēknis, Latvija\n"
SAID = f"{TEXT}\n{LISTED}"
PARTS = 11


def activities() -> TextTable:
    """The calendar of the methodology: 42 rows."""
    row = ["2013. gada jūnijs–jūlijs", "Projekta vadītājs", "Izvēlas mentorus un audzēkņus", "Izdarīts"]
    told = "Pāri, kuros abi ir apstiprinājuši sadarbības plānu. Trūkst: 2. Saskaitīts: 31.03.2014."
    head = ["Kad", "Loma", "Darbība", "Statuss", "Cik tālu", "Kas to rāda"]
    return {"name": "Darbības", "head": head, "rows": [[*row, "12 / 14", told]] * 42}


def charted() -> list[Bar]:
    return [Bar(f"Apsolītais rezultāts {number}", number, 6) for number in range(6)]


def report(edition: str) -> Report:
    """An evaluation report of eleven parts; `edition` makes each one another."""
    svg = bars(charted(), "Rezultāti", "#25221b").encode()
    drawn: DrawnChart = {"name": "Rezultāti", "caption": "Rezultāti", "svg": svg}
    parts: list[ReportPart] = [
        {
            "name": f"Daļa {number}",
            "blocks": blocks(SAID),
            "spoken": "lv",
            "absent": False,
            "charts": [drawn] if number < 3 else [],
            "tables": [activities()] if number == 0 else [],
        }
        for number in range(PARTS)
    ]
    return {
        "letterhead": letterhead(),
        "period": "2013. gada marts – 2014. gada aprīlis",
        "edition": edition,
        "published": "31.03.2014.",
        "as_of": "31.03.2014.",
        "early": "",
        "parts": parts,
    }


def paper(edition: str) -> Paper:
    """The same as an edition keeps it."""
    chart: Chart = {"name": "Rezultāti", "bars": [list(each) for each in charted()]}
    parts: list[Part] = [
        {
            "key": f"part{number}",
            "name": f"Daļa {number}",
            "text": SAID,
            "language": "lv",
            "absent": False,
            "tables": [activities()] if number == 0 else [],
            "charts": [chart] if number < 3 else [],
        }
        for number in range(PARTS)
    ]
    return {
        "title": "Novērtējuma pārskats",
        "programme": edition,
        "organisation": "Jelgavas uzņēmēju atbalsta centrs",
        "period": "2013–2014",
        "as_of": "31.03.2014.",
        "early": "",
        "parts": parts,
    }


def edition(number: int) -> Edition:
    """The edition in which it stands; nothing of it is kept."""
    programme = Programme(name=TranslatedText.same("Educate for Business"), zone="Europe/Riga")
    programme.organisation = Organisation(name="Jelgavas uzņēmēju atbalsta centrs")
    made = Edition(number=number, at=datetime(2014, 3, 31, 9, 0, tzinfo=UTC))
    made.report = Made(programme=programme)
    return made


def guidelines(version: str) -> Guidelines:
    """Guidelines of nine steps."""
    parts = [Chapter(name=f"Posms {number}", spoken="lv", blocks=blocks(SAID)) for number in range(9)]
    return {"letterhead": letterhead(), "version": version, "parts": parts}


def results(day: str, questions: int = 60) -> Results:
    """The results of a survey of sixty questions, each with bars and a table by four groups."""
    return {
        "letterhead": letterhead(),
        "facts": [("Atbildēja", "58 no 64"), ("Saskaitīts", day)],
        "notes": ["Grupas, kurās ir mazāk par piecām atbildēm, nav redzamas."],
        "parts": [_question(number) for number in range(questions)],
    }


def _question(number: int) -> ResultsPart:
    head = ["", *(f"{name}\n29 no 32" for name in ("Visi", "Mentori", "Audzēkņi", "Latvija", "Lietuva"))]
    rows = [[f"Atbilde {place}", *["24 %"] * 5] for place in range(5)]
    drawn = bars([Bar(f"Atbilde {place}", number % 20, 20) for place in range(5)], "Atbildes", "#25221b")
    return {
        "name": f"{number}. Cik lielā mērā mentorings Tev palīdzēja?",
        "said": "58 atbildes no 64. Vidēji: 4,1",
        "svg": drawn.encode(),
        "alt": "Cik lielā mērā",
        "themes": [],
        "tables": [{"name": "", "head": head, "rows": rows}],
        "left": 1,
    }
