"""What is written about the ledger of hours (R2): an objection reaches whoever entered the line."""

from datetime import datetime, timedelta

from varpa.kernel.text import TranslatedText
from varpa.meetings.models import HourLine
from varpa.pairs.letters import reader
from varpa.pairs.queries import other_side
from varpa.pairs.quiet import passed
from varpa.people.access import ReaderAction
from varpa.post import actions as post
from varpa.post.kinds import LetterKind, register
from varpa.programmes.letters import REASON

WAITING_ENDS = timedelta(days=14)

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
            lv="Sveiki!\n\n{{ other }} iebilst pret ierakstu: {{ day|day }}, {{ length|minutes }}.{% if word %}\n\n{{ word }}{% endif %}{% if proposed %}\n\nPiedāvātais ilgums: {{ proposed|minutes }}.{% endif %}\n\n{% if adult %}Pasakiet, cik ilgi tas bija: kad abi sakāt vienu, rinda tiek ieskaitīta.{% else %}Pasaki, cik ilgi tas bija: kad abi sakāt vienu, rinda tiek ieskaitīta.{% endif %}",
            lt="Sveiki!\n\n{{ other }} nesutinka su įrašu: {{ day|day }}, {{ length|minutes }}.{% if word %}\n\n{{ word }}{% endif %}{% if proposed %}\n\nSiūloma trukmė: {{ proposed|minutes }}.{% endif %}\n\n{% if adult %}Pasakykite, kiek tai truko: kai abu sakote tą patį, eilutė įskaitoma.{% else %}Pasakyk, kiek tai truko: kai abu sakote tą patį, eilutė įskaitoma.{% endif %}",
            en="Hello.\n\n{{ other }} objects to a line: {{ day|day }}, {{ length|minutes }}.{% if word %}\n\n{{ word }}{% endif %}{% if proposed %}\n\nThe length proposed: {{ proposed|minutes }}.{% endif %}\n\nSay how long it was: once both of you say the same, the line counts.",
        ),
        button=TranslatedText(lv="Atvērt ierakstu", lt="Atidaryti įrašą", en="Open the line"),
        answer="meetings.hours",
        how=TranslatedText(
            lv="Var arī atbildēt uz šo vēstuli ar ilgumu, piemēram: „50 min.”",
            lt="Galima ir atsakyti į šį laišką nurodant trukmę, pavyzdžiui: „50 min.“",
            en="You can also answer this letter with the length, for example: “50 min.”",
        ),
    )
)

WAITING = register(
    LetterKind(
        key="meetings.hours_waiting",
        essential=False,
        brief=TranslatedText(
            lv="Stundas gaida apstiprinājumu", lt="Valandos laukia patvirtinimo", en="Hours wait for a yes"
        ),
        readers=(ReaderAction.MENTOR, ReaderAction.MENTEE),
        reason=REASON,
        subject=TranslatedText(
            lv="Vai tā bija? {{ day|day }}, {{ length|minutes }}",
            lt="Ar taip buvo? {{ day|day }}, {{ length|minutes }}",
            en="Was it so? {{ day|day }}, {{ length|minutes }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nStundu uzskaitē ir ieraksts: {{ day|day }}, {{ length|minutes }}{% if work %}, {{ work }}{% endif %}. To ierakstīja {{ other }}.\n\nJa tas ir pareizi, nekas nav jādara: pēc divām nedēļām ieraksts tiek ieskaitīts. {% if adult %}Varat to arī apstiprināt jau tagad vai iebilst.{% else %}Vari to arī apstiprināt jau tagad vai iebilst.{% endif %}",
            lt="Sveiki!\n\nValandų apskaitoje yra įrašas: {{ day|day }}, {{ length|minutes }}{% if work %}, {{ work }}{% endif %}. Jį įrašė {{ other }}.\n\nJei viskas teisinga, nieko daryti nereikia: po dviejų savaičių įrašas įskaitomas. {% if adult %}Galite jį patvirtinti jau dabar arba nesutikti.{% else %}Gali jį patvirtinti jau dabar arba nesutikti.{% endif %}",
            en="Hello.\n\nThe hours sheet has a line: {{ day|day }}, {{ length|minutes }}{% if work %}, {{ work }}{% endif %}. {{ other }} wrote it down.\n\nIf it is right, there is nothing to do: after two weeks the line counts. You can also confirm it now, or object.",
        ),
        button=TranslatedText(lv="Atvērt ierakstu", lt="Atidaryti įrašą", en="Open the line"),
        stop=TranslatedText(
            lv="Vairs nesūtīt vēstules par stundu apstiprināšanu",
            lt="Nebesiųsti laiškų apie valandų patvirtinimą",
            en="Send no more letters about confirming hours",
        ),
        answer="meetings.hours",
        how=TranslatedText(
            lv="Var arī atbildēt uz šo vēstuli: „jā”, vai „nē” un kas nav pareizi.",
            lt="Galima ir atsakyti į šį laišką: „taip“ arba „ne“ ir kas neteisinga.",
            en="You can also answer this letter: “yes”, or “no” and what is not right.",
        ),
    )
)


def waiting_key(line: HourLine) -> str:
    """Which letter about a waiting line this is: one for each length that was said."""
    return f"hours-waiting:{line.ref}:{line.minutes}"


def ask_for_yes(line: HourLine, *, now: datetime) -> bool:
    """Ask the side that did not enter a line whether it is right; whether there was a letter to write."""
    side = other_side(line.side)
    to = reader(line.pair, side)
    sent = post.send(
        WAITING,
        to=to,
        context={
            "programme": line.pair.programme.name.within(to.language),
            "other": line.pair.member(line.side).person.name,
            "day": line.day,
            "length": line.minutes,
            "work": passed(line.work, line.pair, by=line.side, to=side),
        },
        link=f"/hours/{line.ref}/",
        about=f"hours:{line.ref}",
        once=waiting_key(line),
        now=now,
        ends=line.at + WAITING_ENDS,
    )
    return sent is not None


def tell_objection(line: HourLine, *, now: datetime) -> None:
    """Tell whoever entered a line that the other objects, with the word and the length that was said.

    The word stays out of it while they want no messages of the other.
    """
    to, by = reader(line.pair, line.side), other_side(line.side)
    post.send(
        OBJECTED,
        to=to,
        context={
            "programme": line.pair.programme.name.within(to.language),
            "other": line.pair.member(by).person.name,
            "day": line.day,
            "length": line.minutes,
            "word": passed(line.objection, line.pair, by=by, to=line.side),
            "proposed": line.settled_minutes,
        },
        link=f"/hours/{line.ref}/",
        about=f"hours:{line.ref}",
        once=f"objected:{line.ref}",
        now=now,
    )
