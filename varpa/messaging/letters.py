"""What is written about messages: that one has come, that an answer is looked for, that somebody wants quiet."""

from datetime import datetime, timedelta

from varpa.kernel.text import TranslatedText
from varpa.messaging import queries
from varpa.messaging.models import Message, Quiet
from varpa.messaging.queries import ABOUT
from varpa.pairs.letters import reader
from varpa.pairs.models import Pair
from varpa.pairs.queries import other_side
from varpa.people.access import ReaderAction
from varpa.people.queries import recipient
from varpa.post import actions as post
from varpa.post.kinds import LetterKind, register
from varpa.programmes.letters import REASON
from varpa.programmes.queries import staff_of

REMINDER_ENDS = timedelta(days=5)

HOW = TranslatedText(
    lv="Var arī vienkārši atbildēt uz šo vēstuli: atbilde nonāks sarakstē.",
    lt="Galima ir tiesiog atsakyti į šį laišką: atsakymas atsiras žinutėse.",
    en="You can also simply answer this letter: the answer goes into your messages.",
)

WRITTEN = register(
    LetterKind(
        key="messaging.written",
        essential=False,
        brief=TranslatedText(lv="{{ first }} raksta", lt="{{ first }} rašo", en="{{ first }} wrote to you"),
        readers=(ReaderAction.MENTOR, ReaderAction.MENTEE),
        reason=REASON,
        subject=TranslatedText(
            lv="{{ other }}{% if subject %}: {{ subject }}{% else %} raksta{% endif %}",
            lt="{{ other }}{% if subject %}: {{ subject }}{% else %} rašo{% endif %}",
            en="{{ other }}{% if subject %}: {{ subject }}{% else %} writes{% endif %}",
        ),
        text=TranslatedText(
            lv="{{ text }}{% if files %}\n\nPielikumi: {{ files }}.{% endif %}",
            lt="{{ text }}{% if files %}\n\nPriedai: {{ files }}.{% endif %}",
            en="{{ text }}{% if files %}\n\nFiles: {{ files }}.{% endif %}",
        ),
        button=TranslatedText(lv="Atbildēt", lt="Atsakyti", en="Answer"),
        stop=TranslatedText(
            lv="Nesūtīt ziņas e-pastā", lt="Nesiųsti žinučių el. paštu", en="Send no messages by mail"
        ),
        answer="messaging.message",
        how=HOW,
    )
)

ANSWER_DUE = register(
    LetterKind(
        key=queries.ANSWER_DUE,
        essential=False,
        brief=TranslatedText(
            lv="{{ first }} gaida atbildi",
            lt="{{ first }} laukia atsakymo",
            en="{{ first }} waits for an answer",
        ),
        readers=(ReaderAction.MENTOR, ReaderAction.MENTEE),
        reason=REASON,
        subject=TranslatedText(
            lv="{{ other }} gaida atbildi",
            lt="{{ other }} laukia atsakymo",
            en="{{ other }} waits for an answer",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ other }} rakstīja {{ written|day|full_stop }} {% if adult %}Pietiek ar vienu teikumu, arī ar tādu: „Atbildēšu pirmdien.” Ja atbilde nav vajadzīga, to var atzīmēt ar vienu pieskārienu.{% else %}Pietiek ar vienu teikumu, arī ar tādu: „Atbildēšu pirmdien.” Ja atbilde nav vajadzīga, atzīmē to ar vienu pieskārienu.{% endif %}",
            lt="Sveiki!\n\n{{ other }} rašė {{ written|day|full_stop }} {% if adult %}Užtenka vieno sakinio, kad ir tokio: „Atsakysiu pirmadienį.“ Jei atsakymo nereikia, tai galima pažymėti vienu prisilietimu.{% else %}Užtenka vieno sakinio, kad ir tokio: „Atsakysiu pirmadienį.“ Jei atsakymo nereikia, pažymėk tai vienu prisilietimu.{% endif %}",
            en="Hello.\n\n{{ other }} wrote on {{ written|day|full_stop }} One sentence is enough, even this one: “I will answer on Monday.” If no answer is needed, mark it with one tap.",
        ),
        button=TranslatedText(lv="Atbildēt", lt="Atsakyti", en="Answer"),
        answer="messaging.message",
        how=HOW,
    )
)

QUIET = register(
    LetterKind(
        key="messaging.quiet",
        essential=True,
        reason=REASON,
        subject=TranslatedText(
            lv="Ziņas apturētas: {{ pair }}",
            lt="Žinutės sustabdytos: {{ pair }}",
            en="Messages stopped: {{ pair }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ who }} pašlaik nevēlas saņemt ziņas šajā pārī. Iemesls nav prasīts. Varbūt ir vērts piezvanīt un pajautāt, vai viss kārtībā.",
            lt="Sveiki!\n\n{{ who }} šiuo metu nenori gauti žinučių šioje poroje. Priežasties neklausta. Galbūt verta paskambinti ir paklausti, ar viskas gerai.",
            en="Hello.\n\n{{ who }} wants no messages in this pair for now. No reason was asked. It may be worth a call to ask whether all is well.",
        ),
        button=TranslatedText(lv="Atvērt pāri", lt="Atidaryti porą", en="Open the pair"),
    )
)


def about(message: Message) -> str:
    """What the letters of a message are about."""
    return about_ref(message.ref)


def about_ref(ref: str) -> str:
    """The same, by the reference of the message."""
    return f"{ABOUT}{ref}"


def tell(message: Message, *, files: list[str], not_before: datetime, now: datetime) -> None:
    """Bring the message to the other; unsent, it is withdrawn once it has been read on the page."""
    thread, side = message.thread, other_side(message.side)
    to = reader(thread.pair, side)
    context = {
        "programme": thread.pair.programme.name.within(to.language),
        "other": thread.pair.member(message.side).person.name,
        "first": thread.pair.member(message.side).person.first_name,
        "subject": thread.subject,
        "text": message.text,
        "files": ", ".join(files),
    }
    post.send(
        WRITTEN,
        to=to,
        context=context,
        link=f"/threads/{thread.ref}/",
        about=about(message),
        thread=f"thread:{thread.ref}",
        once=written_key(message),
        not_before=not_before,
        now=now,
        urgent=message.urgent,
    )


def written_key(message: Message) -> str:
    """Which letter brings a message."""
    return f"written:{message.ref}"


def answer_key(message: Message) -> str:
    """Which letter the reminder of a message is."""
    return f"answer-due:{message.ref}"


def remind_of_answer(message: Message, *, now: datetime) -> bool:
    """Tell whoever owes the answer that the other waits; whether there was a letter to write."""
    thread, side = message.thread, other_side(message.side)
    to = reader(thread.pair, side)
    context = {
        "programme": thread.pair.programme.name.within(to.language),
        "other": thread.pair.member(message.side).person.name,
        "first": thread.pair.member(message.side).person.first_name,
        "written": message.at,
    }
    sent = post.send(
        ANSWER_DUE,
        to=to,
        context=context,
        link=f"/threads/{thread.ref}/",
        about=about(message),
        thread=f"thread:{thread.ref}",
        once=answer_key(message),
        ends=now + REMINDER_ENDS,
        now=now,
    )
    return sent is not None


def tell_of_quiet(quiet: Quiet, *, now: datetime) -> None:
    """Tell the programme's managers that one of the two wants no messages; never why."""
    pair: Pair = quiet.pair
    for membership in staff_of(pair.programme):
        to = recipient(membership.person, adult=True)
        names = f"{pair.mentor.person.name}, {pair.mentee.person.name}"
        context = {
            "programme": pair.programme.name.within(to.language),
            "who": pair.member(quiet.side).person.name,
            "pair": names,
        }
        once = f"quiet:{quiet.pk}:{membership.pk}"
        post.send(
            QUIET,
            to=to,
            context=context,
            link=f"/pairs/{pair.ref}/",
            about=f"pair:{pair.ref}",
            once=once,
            now=now,
        )
