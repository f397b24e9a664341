"""What a mentee makes, and the papers of an event and of a defence, in the sizes of a whole programme."""

from dataclasses import replace

from tests.documents.samples import letterhead, picture
from tests.money.plans import CAKES
from varpa.businessplans.figures import shown
from varpa.businessplans.papers import drawings, figure_facts, figure_tables
from varpa.businessplans.typed import typed_tables
from varpa.documents.blocks import blocks
from varpa.documents.shapes import AmountRow, Attendance, Certificate, EventFacts, Protocol
from varpa.documents.works import BusinessPlan, CompanyProfile, Slides

SENTENCE = "Kokmateriālus pērkam no kaimiņiem un pārdodam galdus ar stāstu. "
LIST = "\n\n- viens\n- divi\n- trīs\n"
TABLE = "\n\n| Kas | Cik |\n|---|---|\n| galds | 120 |\n| krēsls | 40 |\n"
PARTS = 11


def business(number: int, *, words: int, years: int) -> BusinessPlan:
    """A plan of eleven parts with so many words; its figures have three products, VAT and so many years."""
    products = tuple(replace(each, price=each.price + number) for each in CAKES.products * 3)
    of = shown(replace(CAKES, years=years, vat=True, products=products), {})
    paragraph = SENTENCE * (words // PARTS // 3 // len(SENTENCE.split()))
    text = "\n\n".join(f"{number}, {place}. {paragraph}" for place in (1, 2, 3))
    after = (LIST, TABLE, "")
    return {
        "letterhead": letterhead(picture()),
        "writer": "Elīna Bērziņa",
        "version": "3. redakcija",
        "spoken": "lv",
        "parts": [
            {
                "name": f"Daļa {part}",
                "blocks": blocks(f"Daļa {part}: {text}{after[part % 3]}"),
                "pictures": [],
            }
            for part in range(PARTS)
        ],
        "facts": figure_facts(of),
        "drawings": drawings(of),
        "tables": [*typed_tables(of), *figure_tables(of)],
        "source": "\n".join(of.source),
    }


def profile(number: int) -> CompanyProfile:
    """A profile of nine parts."""
    return {
        "letterhead": letterhead(picture()),
        "mentor": "Andris Ozols",
        "mentee": "Elīna Bērziņa",
        "stands": "2013. gada 17. oktobris",
        "spoken": "lv",
        "parts": [
            {
                "name": f"Daļa {part}",
                "blocks": blocks(f"{number}, {part}. {SENTENCE * 12}"),
                "pictures": [],
                "notes": ["Avots: teikts"],
            }
            for part in range(9)
        ],
    }


def slides(number: int) -> Slides:
    """Nine slides, three with figures."""
    rows: list[AmountRow] = [
        {"cells": [f"{month}.2026", f"{number * month} 320,00"], "sum": False} for month in range(1, 13)
    ]
    return {
        "letterhead": letterhead(picture()),
        "maker": "Elīna Bērziņa",
        "spoken": "lv",
        "slides": [
            {
                "name": f"{number}. stāsts, {place}",
                "blocks": blocks(f"- {number} {place} galdi\n- trīs krēsli\n- viens soliņš"),
                "figure": {
                    "name": "Kase",
                    "sentence": "Naudas pietiek.",
                    "svg": None,
                    "drawn": "",
                    "head": ["Mēnesis", "Atlikums"],
                    "rows": rows,
                }
                if place % 3 == 0
                else None,
            }
            for place in range(1, 10)
        ],
    }


def attendance(number: int) -> Attendance:
    """The list of an event for sixty people."""
    event: EventFacts = {
        "title": f"Kopīgā tikšanās {number}",
        "when": "2013. gada 17. oktobris, 10:00–16:00",
        "place": "Rēzeknes pamatskola",
        "link": "",
        "languages": "latviešu, lietuviešu",
    }
    return {
        "letterhead": letterhead(picture()),
        "event": event,
        "agenda": [
            {"begins": f"{hour}:00", "topic": "Biznesa ideja", "leads": "Inga Liepa", "materials": []}
            for hour in range(10, 16)
        ],
        "lines": [
            {
                "name": f"Dalībnieks {number} {row}",
                "role": "mentorējamais",
                "country": "Latvija",
                "present": "",
            }
            for row in range(60)
        ],
        "empty": 10,
    }


def protocol(number: int) -> Protocol:
    """Thirty presentations before sixty jurors."""
    return {
        "letterhead": letterhead(picture()),
        "rules": [("Diena", "2014. gada 12. marts"), ("Budžets", "100 000,00 €")],
        "lines": [
            {
                "place": str(row),
                "name": f"Mentorējamais {number} {row}",
                "plan": "Keramikas darbnīca",
                "received": f"{number + row} 000,00 €",
                "eligible": "5 900 000,00 €",
                "share": "12,5 %",
                "fair": "12,4 %",
            }
            for row in range(1, 31)
        ],
        "invests": True,
        "stated": "Ne visi varēja finansēt visus plānus.",
        "absent": [],
        "jurors": [f"Žūrijas loceklis {number} {row}" for row in range(60)],
        "digest": f"{number:064x}",
    }


def certificate(number: int) -> Certificate:
    """The certificate of one mentee."""
    return {
        "letterhead": letterhead(picture()),
        "name": f"Elīna Bērziņa {number}",
        "said": "ir prezentējis un aizstāvējis biznesa plānu",
        "plan": "Keramikas darbnīca",
        "day": "2014. gada 12. marts",
        "hours": "",
        "number": f"{number:06}",
        "address": f"https://varpa.example/certificates/{number:06}/",
        "signer": "Inga Liepa",
    }
