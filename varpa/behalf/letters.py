"""What the two are told of an entry on their behalf: what stands there now, and where to object."""

from datetime import datetime

from varpa.kernel.text import TranslatedText
from varpa.meetings.models import HourLine, LineState
from varpa.pairs.letters import reader
from varpa.pairs.models import Side
from varpa.people.access import ReaderAction
from varpa.people.models import Person
from varpa.post import actions as post
from varpa.post.kinds import LetterKind, register
from varpa.programmes.letters import REASON
from varpa.ui import words

ENTERED = register(
    LetterKind(
        key="behalf.meeting",
        essential=True,
        readers=(ReaderAction.MENTOR, ReaderAction.MENTEE),
        reason=REASON,
        subject=TranslatedText(
            lv="No papīra ierakstīta tikšanās: {{ day }}",
            lt="Iš popieriaus įrašytas susitikimas: {{ day }}",
            en="A meeting entered from paper: {{ day }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nNo papīra, ko {% if both %}parakstījāt abi{% else %}parakstīja viens no abiem{% endif %}, ir ierakstīta tikšanās: {{ day }}, {{ length }}. Ierakstīja {{ staff }}.\n\n{% if both %}Šīs stundas ir ieskaitītas. Ja kaut kas nav pareizi, {{ who }} tās var atsaukt stundu lapā.{% else %}Šīs stundas gaida otra apstiprinājumu stundu lapā; tur var arī iebilst.{% endif %}",
            lt="Sveiki!\n\nIš popieriaus, kurį {% if both %}pasirašėte abu{% else %}pasirašė vienas iš jūsų{% endif %}, įrašytas susitikimas: {{ day }}, {{ length }}. Įrašė {{ staff }}.\n\n{% if both %}Šios valandos įskaitytos. Jei kas nors neteisinga, {{ who }} gali jas atšaukti valandų lape.{% else %}Šios valandos laukia kito patvirtinimo valandų lape; ten galima ir paprieštarauti.{% endif %}",
            en="Hello.\n\n{{ staff }} has entered a meeting from a paper that {% if both %}both of you{% else %}one of you{% endif %} signed: {{ day }}, {{ length }}.\n\n{% if both %}These hours count. If something is not right, {{ who }} can take them back in the hours sheet.{% else %}These hours wait in the hours sheet for the other's yes; there one may also object.{% endif %}",
        ),
        button=TranslatedText(lv="Stundu lapa", lt="Valandų lapas", en="Hours sheet"),
    )
)


def tell_entered(line: HourLine, *, by: Person, now: datetime) -> None:
    """Both read what staff have entered, whoever has signed."""
    both = line.state == LineState.CONFIRMED
    for side in Side.values:
        to = reader(line.pair, side)
        with words.on_paper(to.language, to.zone):
            told = {"day": words.day(line.day), "length": words.minutes(line.minutes)}
        post.send(
            ENTERED,
            to=to,
            context={
                **told,
                "staff": by.name,
                "both": both,
                "who": line.pair.member(line.side).person.name,
                "programme": line.pair.programme.name.within(to.language),
            },
            link=f"/pairs/{line.pair.ref}/hours/",
            about=f"hours:{line.ref}",
            once=f"{ENTERED.key}:{line.ref}:{line.state}:{side}",
            now=now,
        )
