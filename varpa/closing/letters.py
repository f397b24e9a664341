"""What is written about the end of a pair."""

from datetime import datetime

from varpa.kernel.text import TranslatedText
from varpa.pairs.letters import reader
from varpa.pairs.models import Pair
from varpa.pairs.queries import other_side
from varpa.pairs.quiet import wants_quiet
from varpa.people.access import ReaderAction
from varpa.people.queries import recipient
from varpa.post import actions as post
from varpa.post.kinds import LetterKind, register
from varpa.programmes.letters import REASON
from varpa.programmes.queries import staff_of

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

WHETHER_SO = register(
    LetterKind(
        key="closing.whether_so",
        essential=True,
        answer="mailroom.on_page",
        reason=REASON,
        subject=TranslatedText(
            lv="Kas nenotika: {{ other }}",
            lt="Kas neįvyko: {{ other }}",
            en="What did not happen: {{ other }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ other }} raksta, ka kaut kas no saraksta nenotika, un kāpēc. {% if adult %}Apskatiet{% else %}Apskati{% endif %}, vai tā ir: tas jāsaka abiem. Ja tas vēl var notikt, to tur var norādīt. Ja divas nedēļas nekas netiek teikts, tas skaitās; tikai to, ka nebija noslēguma pārskata, vienmēr apstiprina abi.",
            lt="Sveiki!\n\n{{ other }} rašo, kad kažkas iš sąrašo neįvyko ir kodėl. {% if adult %}Pažiūrėkite{% else %}Pažiūrėk{% endif %}, ar taip yra: tai turi pasakyti abu. Jei tai dar gali įvykti, ten galima tai nurodyti. Jei dvi savaites nieko nepasakoma, tai įsigalioja; tik tai, kad nebuvo baigiamosios apžvalgos, visada patvirtina abu.",
            en="Hello.\n\n{{ other }} writes that something on the list did not happen, and why. Look whether it is so: both of you have to say it. If it may still happen, you can say that there. If nothing is said for two weeks, it counts; only that there was no closing review is always confirmed by both.",
        ),
        button=TranslatedText(lv="Apskatīt", lt="Pažiūrėti", en="Look"),
    )
)


ENDED = register(
    LetterKind(
        key="closing.ended",
        essential=False,
        readers=(ReaderAction.MANAGER,),
        reason=REASON,
        subject=TranslatedText(
            lv="Sadarbība ir noslēgusies: {{ mentor }}, {{ mentee }}",
            lt="Bendradarbiavimas baigėsi: {{ mentor }}, {{ mentee }}",
            en="A cooperation has ended: {{ mentor }}, {{ mentee }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ mentor }}, {{ mentee }}: sadarbība ir pabeigta, un abi par to zina.{% if not_done %} Abi apstiprina, ka nenotika: {{ not_done|full_stop }}{% else %} Paveikts ir viss no saraksta.{% endif %}",
            lt="Sveiki!\n\n{{ mentor }}, {{ mentee }}: bendradarbiavimas užbaigtas, ir abu apie tai žino.{% if not_done %} Abu patvirtina, kad neįvyko: {{ not_done|full_stop }}{% else %} Padaryta viskas, kas buvo sąraše.{% endif %}",
            en="Hello.\n\n{{ mentor }}, {{ mentee }}: the cooperation is complete, and both know it.{% if not_done %} By the word of both this did not happen: {{ not_done|full_stop }}{% else %} Everything on the list was done.{% endif %}",
        ),
        button=TranslatedText(lv="Atvērt", lt="Atidaryti", en="Open"),
        stop=TranslatedText(
            lv="Vairs nesūtīt vēstules par sadarbību, kas ir noslēgusies",
            lt="Nebesiųsti laiškų apie pasibaigusį bendradarbiavimą",
            en="Send no more letters about pairs that have ended",
        ),
    )
)


def ask_whether_so(pair: Pair, side: str, *, now: datetime) -> None:
    """One side, whether it is so that something did not happen: once a day, and never who wants no words."""
    if wants_quiet(pair, side):
        return
    to = reader(pair, side)
    other = pair.member(other_side(side)).person
    post.send(
        WHETHER_SO,
        to=to,
        context={"programme": pair.programme.name.within(to.language), "other": other.name},
        link=f"/pairs/{pair.ref}/closing/",
        about=f"pair:{pair.ref}",
        once=f"whether_so:{pair.ref}:{side}:{now:%Y%m%d}",
        now=now,
    )


def tell_staff(pair: Pair, not_done: list[TranslatedText], *, now: datetime) -> None:
    """The programme's managers, that a pair has gone the whole way, and what did not happen; never why."""
    for membership in staff_of(pair.programme):
        to = recipient(membership.person, adult=True)
        context = {
            "programme": pair.programme.name.within(to.language),
            "mentor": pair.mentor.person.name,
            "mentee": pair.mentee.person.name,
            "not_done": "; ".join(name.within(to.language) for name in not_done),
        }
        post.send(
            ENDED,
            to=to,
            context=context,
            link=f"/pairs/{pair.ref}/",
            about=f"pair:{pair.ref}",
            once=f"closing.ended:{pair.ref}:{membership.ref}",
            now=now,
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
