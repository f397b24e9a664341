"""What is written about the end of a pair."""

from datetime import datetime

from varpa.kernel.text import TranslatedText
from varpa.pairs.letters import reader
from varpa.pairs.models import Pair
from varpa.pairs.queries import other_side
from varpa.post import actions as post
from varpa.post.kinds import LetterKind, register
from varpa.programmes.letters import REASON

APART = register(
    LetterKind(
        key="closing.apart",
        essential=True,
        answer="mailroom.on_page",
        reason=REASON,
        subject=TranslatedText(
            lv="Palikt saziņā: {{ other }} to atsauc",
            lt="Palaikyti ryšį: {{ other }} to atsisako",
            en="Staying in touch: {{ other }} takes it back",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ other }} vairs nevēlas palikt saziņā. Kā sasniegt otru, lapā tagad nelasa neviens no abiem.",
            lt="Sveiki!\n\n{{ other }} nebenori palaikyti ryšio. Kaip pasiekti kitą, puslapyje dabar neskaito nė vienas iš dviejų.",
            en="Hello.\n\n{{ other }} would rather not stay in touch any more. Neither of you reads on the page now how to reach the other.",
        ),
        button=TranslatedText(lv="Atvērt", lt="Atidaryti", en="Open"),
    )
)


WORDS = register(
    LetterKind(
        key="closing.words",
        essential=True,
        answer="mailroom.on_page",
        reason=REASON,
        subject=TranslatedText(
            lv="Noslēguma vārdi: {{ other }}",
            lt="Baigiamieji žodžiai: {{ other }}",
            en="Closing words: {{ other }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nSavus noslēguma vārdus uzrakstīja arī {{ other }}. Tagad abu vārdus var izlasīt.",
            lt="Sveiki!\n\nSavo baigiamuosius žodžius parašė ir {{ other }}. Dabar abiejų žodžius galima perskaityti.",
            en="Hello.\n\n{{ other }} has written closing words too. Both can be read now.",
        ),
        button=TranslatedText(lv="Lasīt", lt="Skaityti", en="Read"),
    )
)


def tell_words(pair: Pair, side: str, *, now: datetime) -> None:
    """A side that wrote first, that the closing words of both can be read."""
    to = reader(pair, side)
    other = pair.member(other_side(side)).person.name
    post.send(
        WORDS,
        to=to,
        context={"programme": pair.programme.name.within(to.language), "other": other},
        link=f"/pairs/{pair.ref}/closing/",
        about=f"pair:{pair.ref}",
        once=f"closing_words:{pair.ref}",
        now=now,
    )


def tell_apart(pair: Pair, side: str, *, now: datetime) -> None:
    """The other of the two, that this side stays in touch no more."""
    other = other_side(side)
    to = reader(pair, other)
    post.send(
        APART,
        to=to,
        context={
            "programme": pair.programme.name.within(to.language),
            "other": pair.member(side).person.name,
        },
        link=f"/pairs/{pair.ref}/closing/",
        about=f"pair:{pair.ref}",
        once=f"apart:{pair.ref}:{side}",
        now=now,
    )
