"""What is written about mentors' questions."""

from datetime import datetime

from varpa.kernel.text import TranslatedText
from varpa.people.access import ReaderAction
from varpa.people.models import Person
from varpa.people.queries import recipient
from varpa.post import actions as post
from varpa.post.kinds import LetterKind, register
from varpa.programmes.letters import REASON
from varpa.support.models import CircleWord, MentorQuestion

ASKED = register(
    LetterKind(
        key="support.asked",
        essential=False,
        answer="mailroom.on_page",
        readers=(ReaderAction.MANAGER,),
        reason=REASON,
        subject=TranslatedText(
            lv="Jautājums: {{ mentor }}",
            lt="Klausimas: {{ mentor }}",
            en="A question: {{ mentor }}",
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
        answer="mailroom.on_page",
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

NEWS = register(
    LetterKind(
        key="support.circle",
        essential=False,
        answer="mailroom.on_page",
        readers=(ReaderAction.MENTOR, ReaderAction.MANAGER),
        reason=REASON,
        subject=TranslatedText(
            lv="{% if answered %}Mentora jautājums ar atbildi{% else %}Jaunums mentoru lokā{% endif %}",
            lt="{% if answered %}Mentoriaus klausimas su atsakymu{% else %}Naujiena mentorių rate{% endif %}",
            en="{% if answered %}A mentor’s question with its answer{% else %}News in the mentors’ circle{% endif %}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{% if answered %}Ir jautājums ar atbildi, ko tagad var lasīt visi programmas mentori. Varbūt tas noder arī Jums.{% else %}Mentoru lokā raksta {{ by }}. To lasa programmas mentori un tās vadītāji; tur var arī atbildēt.{% endif %}",
            lt="Sveiki!\n\n{% if answered %}Yra klausimas su atsakymu, kurį dabar gali skaityti visi programos mentoriai. Galbūt jis pravers ir Jums.{% else %}Mentorių rate rašo {{ by }}. Tai skaito programos mentoriai ir jos vadovai; ten galima ir atsakyti.{% endif %}",
            en="Hello.\n\n{% if answered %}There is a question with its answer that all mentors of the programme may read now. Perhaps it helps you too.{% else %}{{ by }} has written in the mentors’ circle. The mentors of the programme and those who run it read it; you can answer there.{% endif %}",
        ),
        button=TranslatedText(lv="Lasīt", lt="Skaityti", en="Read it"),
        stop=TranslatedText(
            lv="Vairs nesūtīt mentoru loka jaunumus",
            lt="Nebesiųsti mentorių rato naujienų",
            en="Send no more news of the mentors’ circle",
        ),
    )
)


def news_key(news: CircleWord | MentorQuestion, person: Person) -> str:
    """Which letter it is: of each thing one to each reader."""
    return f"circle:{news.ref}:{person.ref}"


def tell_news(news: CircleWord | MentorQuestion, person: Person, *, now: datetime) -> bool:
    """That something was said, never what: it may be taken back. Without the name of whoever asked."""
    to, programme = recipient(person, adult=True), news.programme
    answered = isinstance(news, MentorQuestion)
    context = {
        "programme": programme.name.within(to.language),
        "answered": answered,
        "by": news.by.name if isinstance(news, CircleWord) else "",
    }
    link = f"/questions/{news.ref}/" if answered else f"/programmes/{programme.ref}/circle/"
    about, once = f"circle:{programme.ref}", news_key(news, person)
    return post.send(NEWS, to=to, context=context, link=link, about=about, once=once, now=now) is not None


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
