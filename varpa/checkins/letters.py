"""What is written about looking at the cooperation: that it is time, and that both have answered."""

from datetime import datetime

from varpa.checkins.models import Checkin
from varpa.checkins.queries import OPEN_FOR
from varpa.kernel.text import TranslatedText
from varpa.pairs.letters import reader
from varpa.pairs.models import Side
from varpa.pairs.queries import other_side
from varpa.people.access import ReaderAction
from varpa.post import actions as post
from varpa.post.kinds import LetterKind, register
from varpa.programmes.letters import REASON

ASKED = register(
    LetterKind(
        key="checkins.asked",
        answer="mailroom.on_page",
        essential=False,
        brief=TranslatedText(lv="Trīs īsi jautājumi", lt="Trys trumpi klausimai", en="Three short questions"),
        readers=(ReaderAction.MENTOR, ReaderAction.MENTEE),
        reason=REASON,
        subject=TranslatedText(
            lv="Kā sokas sadarbība? Trīs īsi jautājumi",
            lt="Kaip sekasi bendradarbiauti? Trys trumpi klausimai",
            en="How is the cooperation going? Three short questions",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nSadarbības plānā abi esat norunājuši ik pa laikam atskatīties. Pietiek ar divām minūtēm. {{ other }} {% if adult %}Jūsu{% else %}tavu{% endif %} atbildi redzēs tikai tad, kad būs atbildējuši abi; uzrakstīto neviens cits neredzēs.",
            lt="Sveiki!\n\nBendradarbiavimo plane abu susitarėte kartkartėmis pažvelgti atgal. Užtenka dviejų minučių. {{ other }} {% if adult %}Jūsų{% else %}tavo{% endif %} atsakymą matys tik tada, kai atsakys abu; to, kas parašyta, niekas kitas nematys.",
            en="Hello.\n\nIn the cooperation plan both of you agreed to look back from time to time. Two minutes are enough. {{ other }} sees your answer only once both have answered; nobody else sees what is written.",
        ),
        button=TranslatedText(lv="Atbildēt", lt="Atsakyti", en="Answer"),
    )
)

BOTH = register(
    LetterKind(
        key="checkins.both",
        answer="mailroom.on_page",
        essential=False,
        readers=(ReaderAction.MENTOR, ReaderAction.MENTEE),
        reason=REASON,
        subject=TranslatedText(
            lv="Abi ir atbildējuši: kā sokas sadarbība",
            lt="Atsakėte abu: kaip sekasi bendradarbiauti",
            en="Both have answered: how the cooperation is going",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ other }} un {% if adult %}Jūs{% else %}tu{% endif %}: atbildes tagad stāv blakus. Ja kaut ko gribat mainīt, par to var parunāt nākamajā tikšanās reizē.",
            lt="Sveiki!\n\n{{ other }} ir {% if adult %}Jūs{% else %}tu{% endif %}: atsakymai dabar matomi greta. Jei norite ką nors keisti, apie tai galima pasikalbėti per kitą susitikimą.",
            en="Hello.\n\n{{ other }} and you: the answers now stand side by side. If there is something to change, the next meeting is a good place to talk about it.",
        ),
        button=TranslatedText(lv="Lasīt", lt="Skaityti", en="Read"),
    )
)


def tell_both(kind: LetterKind, checkin: Checkin, *, now: datetime) -> None:
    """The same letter to each of the two; a question ends when it may no longer be answered."""
    pair = checkin.pair
    for side in Side.values:
        to = reader(pair, side)
        context = {
            "programme": pair.programme.name.within(to.language),
            "other": pair.member(other_side(side)).person.name,
        }
        post.send(
            kind,
            to=to,
            context=context,
            link=f"/checkins/{checkin.ref}/",
            about=f"checkin:{checkin.ref}",
            once=f"{kind.key}:{checkin.ref}:{side}",
            ends=now + OPEN_FOR if kind is ASKED else None,
            now=now,
        )
