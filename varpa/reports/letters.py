"""What is written about the report: that it is open for comments, and what became of a comment."""

from datetime import datetime

from varpa.kernel.text import TranslatedText
from varpa.people.access import ReaderAction
from varpa.people.queries import recipient
from varpa.post import actions as post
from varpa.post.days import day_part
from varpa.post.envelope import CalendarPart
from varpa.post.kinds import LetterKind, register
from varpa.programmes.letters import REASON
from varpa.programmes.models import Membership, Role
from varpa.reports.models import Comment, CommentState, Report

STOP = TranslatedText(
    lv="Nesūtīt vēstules par novērtējuma pārskata melnrakstu",
    lt="Nesiųsti laiškų apie vertinimo ataskaitos juodraštį",
    en="Send no letters about the draft of the evaluation report",
)
STOP_ANSWERS = TranslatedText(
    lv="Nesūtīt atbildes uz komentāriem par pārskatu",
    lt="Nesiųsti atsakymų į komentarus apie ataskaitą",
    en="Send no answers to comments on the report",
)

LAST_DAY = TranslatedText(
    lv="Pēdējā diena rakstīt par novērtējuma pārskatu",
    lt="Paskutinė diena parašyti apie vertinimo ataskaitą",
    en="Last day to say what you think of the evaluation report",
)

OPENED = register(
    LetterKind(
        key="reports.opened",
        essential=False,
        readers=(ReaderAction.MENTOR, ReaderAction.MENTEE),
        reason=REASON,
        brief=TranslatedText(
            lv="Novērtējuma pārskats gaida {% if adult %}Jūsu{% else %}tavu{% endif %} vārdu",
            lt="Vertinimo ataskaita laukia {% if adult %}Jūsų{% else %}tavo{% endif %} žodžio",
            en="The evaluation report waits for your word",
        ),
        subject=TranslatedText(
            lv="{% if adult %}Izlasiet novērtējuma pārskatu un pasakiet, ko domājat{% else %}Izlasi novērtējuma pārskatu un pasaki, ko domā{% endif %}",
            lt="{% if adult %}Perskaitykite vertinimo ataskaitą ir pasakykite, ką manote{% else %}Perskaityk vertinimo ataskaitą ir pasakyk, ką manai{% endif %}",
            en="Read the evaluation report and say what you think",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nProgrammas „{{ programme }}” novērtējuma pārskats vēl ir melnraksts. Pirms to publicē, {% if adult %}izlasiet to un pasakiet{% else %}izlasi to un pasaki{% endif %}, vai tā tas bija: par katru daļu var rakstīt, un pietiek arī ar „jā”. Vārdu gaidām {{ until|by_day|full_stop }}\n\nKatrs komentārs tiek izlasīts, un redzams, kas ar to izdarīts.",
            lt="Sveiki!\n\nProgramos „{{ programme }}“ vertinimo ataskaita dar yra juodraštis. Prieš ją paskelbiant {% if adult %}perskaitykite ir pasakykite{% else %}perskaityk ir pasakyk{% endif %}, ar taip ir buvo: galima rašyti apie kiekvieną dalį, o užtenka ir „taip“. Žodžio laukiame {{ until|by_day }}\n\nKiekvienas komentaras perskaitomas, ir matyti, kas su juo padaryta.",
            en="Hello.\n\nThe evaluation report of the programme “{{ programme }}” is still a draft. Before it is published, read it and say whether that is how it was: you may write about each part, and a yes is enough too. We wait for your word {{ until|by_day|full_stop }}\n\nEvery comment is read, and you see what was done with it.",
        ),
        button=TranslatedText(lv="Lasīt melnrakstu", lt="Skaityti juodraštį", en="Read the draft"),
        stop=STOP,
    )
)

ANSWERED = register(
    LetterKind(
        key="reports.answered",
        essential=False,
        readers=(ReaderAction.MENTOR, ReaderAction.MENTEE),
        reason=REASON,
        brief=TranslatedText(
            lv="Komentārs par pārskatu ir izlasīts",
            lt="Komentaras apie ataskaitą perskaitytas",
            en="Your comment on the report was read",
        ),
        subject=TranslatedText(
            lv="{% if taken_up %}Komentārs pārskatā ir ņemts vērā{% else %}Atbilde uz komentāru par pārskatu{% endif %}",
            lt="{% if taken_up %}Į komentarą ataskaitoje atsižvelgta{% else %}Atsakymas į komentarą apie ataskaitą{% endif %}",
            en="{% if taken_up %}Your comment was taken up in the report{% else %}An answer to your comment on the report{% endif %}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{% if taken_up %}Paldies par komentāru: tas pārskatā ir ņemts vērā.{% endif %}{% if answer %}\n\n{{ answer }}{% endif %}",
            lt="Sveiki!\n\n{% if taken_up %}Ačiū už komentarą: ataskaitoje į jį atsižvelgta.{% endif %}{% if answer %}\n\n{{ answer }}{% endif %}",
            en="Hello.\n\n{% if taken_up %}Thank you for the comment: it was taken up in the report.{% endif %}{% if answer %}\n\n{{ answer }}{% endif %}",
        ),
        button=TranslatedText(lv="Atvērt pārskatu", lt="Atverti ataskaitą", en="Open the report"),
        stop=STOP_ANSWERS,
    )
)


def about(report: Report) -> str:
    """What the letters about the opening are about: closed, those unsent are withdrawn."""
    return f"report:{report.ref}"


def tell_opened(report: Report, member: Membership, *, now: datetime) -> None:
    """Ask one member for a word; each opening asks once."""
    to = recipient(member.person, adult=member.role != Role.MENTEE)
    opened = report.opened_at.isoformat() if report.opened_at else ""
    post.send(
        OPENED,
        to=to,
        context={"programme": report.programme.name.within(to.language), "until": report.comments_until},
        link=f"/programmes/{report.programme.ref}/report/",
        about=about(report),
        once=f"report-opened:{report.ref}:{opened}:{member.person_id}",
        now=now,
        calendar=_last_day(report, to.language, now),
    )


def _last_day(report: Report, language: str, now: datetime) -> CalendarPart | None:
    if report.comments_until is None or report.opened_at is None:
        return None
    return day_part(
        f"report-{report.ref}",
        sequence=(now - report.asked_at).days,
        summary=LAST_DAY.within(language),
        day=report.comments_until,
        link=f"/programmes/{report.programme.ref}/report/",
        now=now,
    )


def tell_answered(comment: Comment, *, now: datetime) -> None:
    """Tell whoever commented what became of it."""
    member = comment.membership
    to = recipient(member.person, adult=member.role != Role.MENTEE)
    programme = comment.report.programme
    post.send(
        ANSWERED,
        to=to,
        context={
            "programme": programme.name.within(to.language),
            "taken_up": comment.state == CommentState.TAKEN_UP,
            "answer": comment.answer,
        },
        link=f"/programmes/{programme.ref}/report/",
        about=f"report_comment:{comment.ref}",
        once=f"report-answered:{comment.ref}",
        now=now,
    )
