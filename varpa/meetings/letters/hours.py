"""What is written about the ledger of hours (R2): an objection reaches whoever entered the line."""

from datetime import datetime

from varpa.kernel.text import TranslatedText
from varpa.meetings.models import HourLine
from varpa.pairs.letters import reader
from varpa.pairs.queries import other_side
from varpa.post import actions as post
from varpa.post.kinds import LetterKind, register
from varpa.programmes.letters import REASON

OBJECTED = register(
    LetterKind(
        key="meetings.hours_objected",
        essential=True,
        reason=REASON,
        subject=TranslatedText(
            lv="Jāvienojas par ilgumu: {{ day|day }}",
            lt="Reikia susitarti dėl trukmės: {{ day|day }}",
            en="A length to agree on: {{ day|day }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ other }} iebilst pret ierakstu: {{ day|day }}, {{ length|minutes }}.\n\n{{ word }}{% if proposed %}\n\nPiedāvātais ilgums: {{ proposed|minutes }}.{% endif %}\n\n{% if adult %}Pasakiet, cik ilgi tas bija: kad abi sakāt vienu, rinda tiek ieskaitīta.{% else %}Pasaki, cik ilgi tas bija: kad abi sakāt vienu, rinda tiek ieskaitīta.{% endif %}",
            lt="Sveiki!\n\n{{ other }} nesutinka su įrašu: {{ day|day }}, {{ length|minutes }}.\n\n{{ word }}{% if proposed %}\n\nSiūloma trukmė: {{ proposed|minutes }}.{% endif %}\n\n{% if adult %}Pasakykite, kiek tai truko: kai abu sakote tą patį, eilutė įskaitoma.{% else %}Pasakyk, kiek tai truko: kai abu sakote tą patį, eilutė įskaitoma.{% endif %}",
            en="Hello.\n\n{{ other }} objects to a line: {{ day|day }}, {{ length|minutes }}.\n\n{{ word }}{% if proposed %}\n\nThe length proposed: {{ proposed|minutes }}.{% endif %}\n\nSay how long it was: once both of you say the same, the line counts.",
        ),
        button=TranslatedText(lv="Atvērt ierakstu", lt="Atidaryti įrašą", en="Open the line"),
    )
)


def tell_objection(line: HourLine, *, now: datetime) -> None:
    """Tell whoever entered a line that the other objects, with the word and the length that was said."""
    to = reader(line.pair, line.side)
    post.send(
        OBJECTED,
        to=to,
        context={
            "programme": line.pair.programme.name.within(to.language),
            "other": line.pair.member(other_side(line.side)).person.name,
            "day": line.day,
            "length": line.minutes,
            "word": line.objection,
            "proposed": line.settled_minutes,
        },
        link=f"/hours/{line.ref}/",
        about=f"hours:{line.ref}",
        once=f"objected:{line.ref}",
        now=now,
    )
