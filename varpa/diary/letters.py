"""What is written about the diary: that it was handed over, that it was answered; never what stands in it."""

from datetime import datetime

from varpa.diary import links
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


LEFT = register(
    LetterKind(
        key="diary.left",
        essential=True,
        reason=REASON,
        subject=TranslatedText(
            lv="Dienasgrāmatu vēl var nodot",
            lt="Dienoraštį dar galima perduoti",
            en="The diary can still be handed over",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ other }} un Jūs: mentorings ir noslēdzies, bet Jūsu dienasgrāmata vēl nav nodota. To var izdarīt {{ until|by_day }}, arī nepieslēdzoties: pietiek ar šo saiti. Izlasiet dienasgrāmatu{% if may_leave_out %}, ja vajag, izlaidiet atsevišķas vietas{% endif %} un nododiet.\n\nJa tas nenotiks, dienasgrāmatu aizzīmogos, un to vairs nelasīs neviens.\n\nSaite atver Jūsu dienasgrāmatu ikvienam, kam tā ir: lūdzu, nepārsūtiet to.",
            lt="Sveiki!\n\n{{ other }} ir Jūs: mentorystė baigėsi, bet Jūsų dienoraštis dar neperduotas. Tai galima padaryti {{ until|by_day }}, taip pat ir neprisijungus: užtenka šios nuorodos. Perskaitykite dienoraštį{% if may_leave_out %}, jei reikia, praleiskite atskiras vietas{% endif %} ir perduokite.\n\nJei tai neįvyks, dienoraštis bus užantspauduotas ir jo niekas nebeskaitys.\n\nNuoroda atveria Jūsų dienoraštį kiekvienam, kas ją turi: prašome jos nepersiųsti.",
            en="Hello.\n\nThe mentoring of {{ other }} and you has ended, but your diary is not handed over yet. You can do so {{ until|by_day }}, also without signing in: this link is enough. Read the diary{% if may_leave_out %}, leave out single passages if need be,{% endif %} and hand it over.\n\nIf not, the diary is sealed, and nobody reads it any more.\n\nThe link opens your diary to anybody who has it: please do not pass it on.",
        ),
        button=TranslatedText(lv="Lasīt un nodot", lt="Skaityti ir perduoti", en="Read and hand over"),
    )
)


def left_key(diary: Diary) -> str:
    """Which letter this is, and what it is about: one a diary."""
    return f"diary.left:{diary.ref}"


def offer_link(diary: Diary, *, until: datetime, now: datetime) -> bool:
    """Tell the mentor of an ended pair that the diary can be handed over by a link; False where none goes."""
    to = reader(diary.pair, Side.MENTOR)
    sent = post.send(
        LEFT,
        to=to,
        context={
            "programme": diary.pair.programme.name.within(to.language),
            "other": diary.pair.mentee.person.name,
            "until": until,
            "may_leave_out": diary.pair.programme.passages_may_be_left_out,
        },
        link=links.address(links.Link(diary.ref, diary.pair.mentor.person_id, until)),
        about=left_key(diary),
        once=left_key(diary),
        now=now,
        ends=until,
    )
    return sent is not None


def end_offer(diary: Diary, *, now: datetime) -> None:
    """The diary is handed over: a link that has not gone out yet has lost its reason."""
    post.withdraw(about=left_key(diary), now=now)


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
