"""What is written about the diary: that it was handed over, that it was answered; never what stands in it."""

from datetime import datetime, timedelta

from varpa.diary import links
from varpa.diary.models import Diary
from varpa.kernel.clock import zone_of
from varpa.kernel.text import TranslatedText
from varpa.kernel.times import to_local
from varpa.meetings.models import Meeting
from varpa.pairs.letters import reader
from varpa.pairs.models import Side
from varpa.pairs.queries import other_side
from varpa.people.access import ReaderAction
from varpa.post import actions as post
from varpa.post.days import day_part
from varpa.post.kinds import LetterKind, register
from varpa.programmes.letters import REASON

WRITE_ENDS = timedelta(days=9)
EVENING = 18
LAST_DAY = TranslatedText(
    lv="Pēdējā diena nodot dienasgrāmatu",
    lt="Paskutinė diena perduoti dienoraštį",
    en="Last day to hand the diary over",
)

HANDED_OVER = register(
    LetterKind(
        key="diary.handed_over",
        answer="mailroom.on_page",
        essential=True,
        reason=REASON,
        subject=TranslatedText(
            lv="Dienasgrāmata tagad ir tava",
            lt="Dienoraštis dabar tavo",
            en="The diary is yours now",
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
        answer="mailroom.on_page",
        essential=False,
        readers=(ReaderAction.MENTOR,),
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


WRITE = register(
    LetterKind(
        key="diary.write",
        essential=False,
        readers=(ReaderAction.MENTOR,),
        reason=REASON,
        subject=TranslatedText(
            lv="Ko vērts atcerēties? {{ starts|day }}",
            lt="Ką verta prisiminti? {{ starts|day }}",
            en="What is worth remembering? {{ starts|day }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ other }} un Jūs tikāties {{ starts|day|full_stop }} Viena rindkopa dienasgrāmatā: kas izdevās, ko pamanījāt, ko ieteiktu tālāk. Kamēr dienasgrāmata nav nodota, to redzat tikai Jūs.",
            lt="Sveiki!\n\n{{ other }} ir Jūs susitikote {{ starts|day|full_stop }} Viena pastraipa dienoraštyje: kas pavyko, ką pastebėjote, ką patartumėte toliau. Kol dienoraštis neperduotas, jį matote tik Jūs.",
            en="Hello.\n\n{{ other }} and you met on {{ starts|day|full_stop }} One paragraph in the diary: what went well, what you noticed, what you would advise next. Until the diary is handed over, only you see it.",
        ),
        button=TranslatedText(lv="Rakstīt dienasgrāmatā", lt="Rašyti dienoraštyje", en="Write in the diary"),
        stop=TranslatedText(
            lv="Vairs nesūtīt vēstules par ierakstiem dienasgrāmatā",
            lt="Nebesiųsti laiškų apie dienoraščio įrašus",
            en="Send no more letters about entries in the diary",
        ),
        answer="diary.entry",
        how=TranslatedText(
            lv="Var arī vienkārši atbildēt uz šo vēstuli: teksts būs dienasgrāmatā kā melnraksts.",
            lt="Galima ir tiesiog atsakyti į šį laišką: tekstas atsidurs dienoraštyje kaip juodraštis.",
            en="You can also simply answer this letter: the text goes into the diary, as a draft.",
        ),
    )
)


def write_key(ref: str) -> str:
    """Which letter asks for an entry about a meeting: one each, however often it is moved."""
    return f"diary.write:{ref}"


def ask_for_entry(meeting: Meeting, *, now: datetime) -> bool:
    """Ask the mentor for an entry about a meeting, in the evening of the mentor's day."""
    to = reader(meeting.pair, Side.MENTOR)
    here = now.astimezone(zone_of(to.zone))
    evening = here.replace(hour=EVENING, minute=0, second=0, microsecond=0)
    sent = post.send(
        WRITE,
        to=to,
        context={
            "programme": meeting.pair.programme.name.within(to.language),
            "other": meeting.pair.mentee.person.name,
            "starts": meeting.starts_at,
        },
        link=f"/pairs/{meeting.pair.ref}/diary/new/?meeting={meeting.ref}",
        about=f"diary-of:{meeting.ref}",
        once=write_key(meeting.ref),
        not_before=max(evening, here),
        now=now,
        ends=meeting.starts_at + WRITE_ENDS,
    )
    return sent is not None


def end_asking(meeting: Meeting, *, now: datetime) -> None:
    """There is an entry now: a letter that has not gone out has lost its reason."""
    post.withdraw(about=f"diary-of:{meeting.ref}", now=now)


def left_key(diary: Diary) -> str:
    """Which letter this is, and what it is about: one a diary."""
    return f"diary.left:{diary.ref}"


def offer_link(diary: Diary, *, until: datetime, now: datetime, once: str = "") -> bool:
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
        link=links.address(links.Link(diary.ref, diary.pair.mentor.person_id, until, diary.link_number)),
        about=left_key(diary),
        once=once or left_key(diary),
        now=now,
        ends=until,
        calendar=day_part(
            f"diary-{diary.ref}",
            sequence=0,
            summary=LAST_DAY.within(to.language),
            day=to_local(until, to.zone).date(),
            now=now,
        ),
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
