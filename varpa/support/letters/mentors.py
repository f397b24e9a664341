"""What is written about mentors' questions."""

from datetime import datetime

from varpa.kernel.text import TranslatedText
from varpa.people.access import ReaderAction
from varpa.people.models import Person
from varpa.people.queries import recipient
from varpa.post import actions as post
from varpa.post.kinds import LetterKind, register
from varpa.programmes.letters import REASON
from varpa.support.models import MentorQuestion

ASKED = register(
    LetterKind(
        key="support.asked",
        essential=False,
        readers=(ReaderAction.MANAGER,),
        reason=REASON,
        subject=TranslatedText(
            lv="Mentora jautājums: {{ mentor }}",
            lt="Mentoriaus klausimas: {{ mentor }}",
            en="A mentor’s question: {{ mentor }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ mentor }} jautā:\n\n{{ text }}",
            lt="Sveiki!\n\n{{ mentor }} klausia:\n\n{{ text }}",
            en="Hello.\n\n{{ mentor }} asks:\n\n{{ text }}",
        ),
        button=TranslatedText(lv="Atbildēt", lt="Atsakyti", en="Answer"),
        stop=TranslatedText(
            lv="Vairs nesūtīt mentoru jautājumus e-pastā",
            lt="Nebesiųsti mentorių klausimų el. paštu",
            en="Send no more questions of mentors by mail",
        ),
    )
)

ANSWERED = register(
    LetterKind(
        key="support.answered",
        essential=True,
        reason=REASON,
        subject=TranslatedText(
            lv="Atbilde uz Jūsu jautājumu", lt="Atsakymas į Jūsų klausimą", en="An answer to your question"
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nJūs jautājāt: {{ text }}\n\n{{ by }} atbild:\n\n{{ answer }}",
            lt="Sveiki!\n\nJūs klausėte: {{ text }}\n\n{{ by }} atsako:\n\n{{ answer }}",
            en="Hello.\n\nYou asked: {{ text }}\n\n{{ by }} answers:\n\n{{ answer }}",
        ),
        button=TranslatedText(lv="Atvērt", lt="Atidaryti", en="Open"),
    )
)


def tell_asked(question: MentorQuestion, people: list[Person], *, now: datetime) -> None:
    """The question, to everybody who may answer it."""
    for person in people:
        _send(ASKED, question, person, once=f"asked:{person.ref}", now=now)


def tell_answered(question: MentorQuestion, *, now: datetime) -> None:
    """The answer, to the mentor."""
    _send(ANSWERED, question, question.mentor.person, once="answered", now=now)


def _send(kind: LetterKind, question: MentorQuestion, person: Person, *, once: str, now: datetime) -> None:
    to = recipient(person, adult=True)
    context = {
        "programme": question.programme.name.within(to.language),
        "mentor": question.mentor.person.name,
        "text": question.text,
        "answer": question.answer,
        "by": question.answered_by.name if question.answered_by else "",
    }
    about, link = f"question:{question.ref}", f"/questions/{question.ref}/"
    post.send(kind, to=to, context=context, link=link, about=about, once=f"{about}:{once}", now=now)
