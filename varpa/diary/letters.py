"""What is written about the diary: that it was handed over, that it was answered; never what stands in it."""

from datetime import datetime

from varpa.diary.models import Diary
from varpa.kernel.text import TranslatedText
from varpa.pairs.letters import reader
from varpa.pairs.models import Side
from varpa.pairs.queries import other_side
from varpa.post import actions as post
from varpa.post.kinds import LetterKind, register
from varpa.programmes.letters import REASON

HANDED_OVER = register(
    LetterKind(
        key="diary.handed_over",
        essential=True,
        reason=REASON,
        subject=TranslatedText(
            lv="Mentora dienasgrāmata tagad ir tava",
            lt="Mentoriaus dienoraštis dabar tavo",
            en="The mentor's diary is yours now",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ other }} tev nodod dienasgrāmatu: kas darīts, kas izdevās, ko iesaka tālāk. To vari lasīt, saglabāt kā PDF un uz to atbildēt. Bez jūsu abu piekrišanas to nelasa neviens cits.",
            lt="Sveiki!\n\n{{ other }} tau perduoda dienoraštį: kas daryta, kas pavyko, ką pataria toliau. Jį gali skaityti, išsisaugoti kaip PDF ir į jį atsakyti. Be jūsų abiejų sutikimo jo neskaito niekas kitas.",
            en="Hello.\n\n{{ other }} hands the diary over to you: what was done, what went well, what to do next. You can read it, keep it as a PDF and answer it. Nobody else reads it unless you both agree.",
        ),
        button=TranslatedText(lv="Lasīt dienasgrāmatu", lt="Skaityti dienoraštį", en="Read the diary"),
    )
)

ANSWERED = register(
    LetterKind(
        key="diary.answered",
        essential=False,
        reason=REASON,
        subject=TranslatedText(
            lv="Atbilde uz Jūsu dienasgrāmatu", lt="Atsakymas į Jūsų dienoraštį", en="An answer to your diary"
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nUz Jūsu dienasgrāmatu ir atnākusi atbilde. Raksta {{ other }}.",
            lt="Sveiki!\n\nJūsų dienoraštis sulaukė atsakymo. Rašo {{ other }}.",
            en="Hello.\n\n{{ other }} has answered the diary.",
        ),
        button=TranslatedText(lv="Lasīt atbildi", lt="Skaityti atsakymą", en="Read the answer"),
        stop=TranslatedText(
            lv="Vairs nesūtīt vēstules par atbildēm uz dienasgrāmatu",
            lt="Nebesiųsti laiškų apie atsakymus į dienoraštį",
            en="Send no more letters about answers to the diary",
        ),
    )
)


def tell_handed_over(diary: Diary, *, now: datetime) -> None:
    """Tell the mentee that the diary is theirs."""
    _tell(HANDED_OVER, diary, Side.MENTEE, f"diary.handed_over:{diary.ref}", now=now)


def tell_answered(diary: Diary, *, now: datetime) -> None:
    """Tell the mentor that the mentee has answered."""
    _tell(ANSWERED, diary, Side.MENTOR, f"diary.answered:{diary.ref}:{now:%Y%m%d%H}", now=now)


def _tell(kind: LetterKind, diary: Diary, side: str, once: str, *, now: datetime) -> None:
    to = reader(diary.pair, side)
    post.send(
        kind,
        to=to,
        context={
            "programme": diary.pair.programme.name.within(to.language),
            "other": diary.pair.member(other_side(side)).person.name,
        },
        link=f"/pairs/{diary.pair.ref}/diary/",
        about=f"diary:{diary.ref}",
        once=once,
        now=now,
    )
