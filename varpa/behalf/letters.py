"""What the two are told of an entry on their behalf: what stands there now, and where to object."""

from datetime import datetime

from varpa.kernel.text import TranslatedText
from varpa.meetings.models import HourLine
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
            lv="Sveiki!\n\nNo papīra, ko {% if both %}parakstījāt abi{% else %}parakstīja viens no abiem{% endif %}, ir ierakstīta tikšanās: {{ day }}, {{ length }}. Ierakstīja {{ staff }}.\n\n{% if both %}Šīs stundas ir ieskaitītas.{% else %}Šīs stundas gaida otra apstiprinājumu.{% endif %} Ja kaut kas nav pareizi, {% if adult %}rakstiet{% else %}raksti{% endif %} projekta vadītājam.",
            lt="Sveiki!\n\nIš popieriaus, kurį {% if both %}pasirašėte abu{% else %}pasirašė vienas iš jūsų{% endif %}, įrašytas susitikimas: {{ day }}, {{ length }}. Įrašė {{ staff }}.\n\n{% if both %}Šios valandos įskaitytos.{% else %}Šios valandos laukia kito patvirtinimo.{% endif %} Jei kas nors neteisinga, {% if adult %}parašykite{% else %}parašyk{% endif %} projekto vadovui.",
            en="Hello.\n\n{{ staff }} has entered a meeting from a paper that {% if both %}both of you{% else %}one of you{% endif %} signed: {{ day }}, {{ length }}.\n\n{% if both %}These hours count.{% else %}These hours wait for the other's yes.{% endif %} If something is not right, write to the project manager.",
        ),
        button=TranslatedText(lv="Stundu lapa", lt="Valandų lapas", en="Hours sheet"),
    )
)


def tell_entered(line: HourLine, *, both: bool, by: Person, now: datetime) -> None:
    """Both read what staff have entered, whoever has signed."""
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
                "programme": line.pair.programme.name.within(to.language),
            },
            link=f"/pairs/{line.pair.ref}/hours/",
            about=f"hours:{line.ref}",
            once=f"{ENTERED.key}:{line.ref}:{side}",
            now=now,
        )
