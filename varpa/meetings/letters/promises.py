"""What is written about promises: to their maker, and nobody else."""

from datetime import datetime, timedelta

from varpa.kernel.text import TranslatedText
from varpa.meetings.models import Promise
from varpa.pairs.letters import reader
from varpa.people.access import ReaderAction
from varpa.post import actions as post
from varpa.post.days import day_part
from varpa.post.envelope import CalendarPart
from varpa.post.kinds import LetterKind, register
from varpa.programmes.letters import REASON
from varpa.programmes.queries import today_of

PROMISE_ENDS = timedelta(days=3)
THE_DAY = TranslatedText(lv="Solītā diena", lt="Pažadėta diena", en="The day of a promise")

PROMISE_DUE = register(
    LetterKind(
        key="meetings.promise_due",
        essential=False,
        brief=TranslatedText(
            lv="{% if tomorrow %}Rīt ir solījuma diena{% else %}Tuvojas solījuma diena{% endif %}",
            lt="{% if tomorrow %}Rytoj – pažado diena{% else %}Artėja pažado diena{% endif %}",
            en="{% if tomorrow %}Tomorrow is the day of a promise{% else %}The day of a promise is near{% endif %}",
        ),
        readers=(ReaderAction.MENTOR, ReaderAction.MENTEE),
        reason=REASON,
        subject=TranslatedText(
            lv="{% if tomorrow %}Rīt pienāk solītā diena{% else %}Tuvojas solītā diena: {{ due|day }}{% endif %}",
            lt="{% if tomorrow %}Rytoj pažadėta diena{% else %}Artėja pažadėta diena: {{ due|day }}{% endif %}",
            en="{% if tomorrow %}Tomorrow is the day you promised{% else %}The day you promised is near: {{ due|day }}{% endif %}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n- {{ promise }}\n\n{% if adult %}Ja nepagūstat, pasakiet to laikus un izvēlieties citu dienu.{% else %}Ja nepagūsti, pasaki to laikus un izvēlies citu dienu.{% endif %}",
            lt="Sveiki!\n\n- {{ promise }}\n\n{% if adult %}Jei nespėjate, pasakykite laiku ir pasirinkite kitą dieną.{% else %}Jei nespėji, pasakyk laiku ir pasirink kitą dieną.{% endif %}",
            en="Hello.\n\n- {{ promise }}\n\nIf you cannot make it, say so in time and choose another day.",
        ),
        button=TranslatedText(lv="Atzīmēt", lt="Pažymėti", en="Mark it"),
        stop=TranslatedText(
            lv="Vairs nesūtīt atgādinājumus par solījumiem",
            lt="Nebesiųsti priminimų apie pažadus",
            en="Send no more reminders about promises",
        ),
        answer="meetings.promise",
        how=TranslatedText(
            lv="Ja ir izdarīts, var arī atbildēt uz šo vēstuli: „Izdarīts”.",
            lt="Jei padaryta, galima ir atsakyti į šį laišką: „Padaryta“.",
            en="If it is done, you can also answer this letter: “Done”.",
        ),
    )
)


def remind_of_promise(promise: Promise, *, now: datetime) -> bool:
    """Remind the maker, and nobody else, of a promise that is due tomorrow, or after the holidays that begin."""
    to = reader(promise.pair, promise.side)
    programme = promise.pair.programme
    tomorrow = promise.due == today_of(programme, now) + timedelta(days=1)
    context = {
        "programme": programme.name.within(to.language),
        "promise": promise.text,
        "due": promise.due,
        "tomorrow": tomorrow,
    }
    sent = post.send(
        PROMISE_DUE,
        to=to,
        context=context,
        link=f"/promises/{promise.ref}/",
        about=f"promise:{promise.ref}",
        once=promise_key(promise),
        now=now,
        ends=now + PROMISE_ENDS,
        calendar=_day(promise, to.language, now),
    )
    return sent is not None


def _day(promise: Promise, language: str, now: datetime) -> CalendarPart | None:
    """The day without its words: a calendar may be read by others."""
    if promise.due is None:
        return None
    return day_part(
        f"promise-{promise.ref}",
        sequence=(now - promise.at).days,
        summary=THE_DAY.within(language),
        day=promise.due,
        link=f"/promises/{promise.ref}/",
        now=now,
    )


def promise_key(promise: Promise) -> str:
    """Which reminder of a promise this is: one for each day that was promised."""
    return f"promise:{promise.ref}:{promise.due}"


def end_promise_reminder(promise: Promise, *, now: datetime) -> None:
    """The promise is kept, withdrawn, or has another day."""
    post.withdraw(about=f"promise:{promise.ref}", now=now)
