"""What the two are told when somebody of the staff opens what they write."""

from datetime import datetime

from varpa.kernel.text import TranslatedText
from varpa.pairs.models import Side
from varpa.people.queries import recipient
from varpa.post import actions as post
from varpa.post.kinds import LetterKind, register
from varpa.programmes.letters import REASON
from varpa.support.models import Opening

OPENED = register(
    LetterKind(
        key="support.opened",
        essential=True,
        answer="mailroom.on_page",
        reason=REASON,
        subject=TranslatedText(
            lv="{{ by }} atvēra {% if adult %}Jūsu{% else %}jūsu{% endif %} saraksti",
            lt="{{ by }} atvėrė {% if adult %}Jūsų{% else %}jūsų{% endif %} žinutes",
            en="{{ by }} has opened your messages",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ at|day_time }} {{ by }} atvēra saraksti un tikšanās piezīmes, ko rakstāt kopā: {{ other }} un {% if adult %}Jūs{% else %}tu{% endif %}. Tas ir atļauts tikai ar rakstisku iemeslu un līdz {{ until|day_time|full_stop }} Dienasgrāmata paliek slēgta.\n\nIemesls: {{ why }}",
            lt="Sveiki!\n\n{{ at|day_time }} {{ by }} atvėrė žinutes ir susitikimų užrašus, kuriuos rašote kartu: {{ other }} ir {% if adult %}Jūs{% else %}tu{% endif %}. Tai leidžiama tik nurodžius priežastį raštu ir iki {{ until|day_time }} Dienoraštis lieka uždarytas.\n\nPriežastis: {{ why }}",
            en="Hello.\n\nOn {{ at|day_time }} {{ by }} opened the messages and the notes of meetings of {{ other }} and you. This is allowed only with a written reason, and until {{ until|day_time|full_stop }} The diary stays closed.\n\nReason: {{ why }}",
        ),
        button=TranslatedText(lv="Skatīt", lt="Žiūrėti", en="See it"),
    )
)


def tell_opened(opening: Opening, *, now: datetime) -> None:
    """Tell each of the two who, when and why."""
    for side in Side.values:
        to = recipient(opening.pair.member(side).person, adult=side == Side.MENTOR)
        other = opening.pair.mentee if side == Side.MENTOR else opening.pair.mentor
        context = {
            "programme": opening.pair.programme.name.within(to.language),
            "by": opening.by.name,
            "other": other.person.name,
            "at": opening.at,
            "until": opening.until,
            "why": opening.reason,
        }
        post.send(
            OPENED,
            to=to,
            context=context,
            link=f"/pairs/{opening.pair.ref}/help/#openings",
            about=f"opening:{opening.ref}",
            once=f"opening:{opening.ref}:{side}",
            now=now,
        )
