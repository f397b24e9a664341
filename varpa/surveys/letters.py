"""What is written about a survey: that it is there, and two reminders to who has not answered."""

from datetime import datetime, time, timedelta

from varpa.kernel.clock import zone_of
from varpa.kernel.text import TranslatedText
from varpa.people.access import ReaderAction
from varpa.people.queries import recipient
from varpa.post import actions as post
from varpa.post.days import day_part
from varpa.post.envelope import CalendarPart, Recipient
from varpa.post.kinds import LetterKind, register
from varpa.programmes.letters import REASON
from varpa.programmes.models import Membership, Role
from varpa.surveys.links import token_of
from varpa.surveys.models import Invitation, Survey

_READERS = (ReaderAction.MENTOR, ReaderAction.MENTEE)
LAST_DAY = TranslatedText(
    lv="Pēdējā diena atbildēt: {survey}",
    lt="Paskutinė diena atsakyti: {survey}",
    en="Last day to answer: {survey}",
)
_STOP = TranslatedText(
    lv="Nesūtīt aicinājumus atbildēt uz aptaujām",
    lt="Nesiųsti kvietimų atsakyti į apklausas",
    en="Send no invitations to surveys",
)
_STOP_REMINDERS = TranslatedText(
    lv="Nesūtīt atgādinājumus par aptaujām",
    lt="Nesiųsti priminimų apie apklausas",
    en="Send no reminders of surveys",
)
_BUTTON = TranslatedText(lv="Atbildēt", lt="Atsakyti", en="Answer")
_SECRECY = TranslatedText(
    lv="{% if anonymous %}Atbildes ir anonīmas: ir zināms tikai tas, kurš ir atbildējis, bet ne kura atbildes ir kuras.{% else %}Atbildes ir konfidenciālas: tās rāda tikai kopā ar vismaz četru citu atbildēm.{% endif %}",
    lt="{% if anonymous %}Atsakymai anoniminiai: žinoma tik tai, kas atsakė, bet ne kieno kurie atsakymai.{% else %}Atsakymai konfidencialūs: jie rodomi tik kartu su bent keturių kitų atsakymais.{% endif %}",
    en="{% if anonymous %}Answers are anonymous: it is known who has answered, but not whose answers are which.{% else %}Answers are confidential: they are shown only together with those of at least four others.{% endif %}",
)

ASKED = register(
    LetterKind(
        key="surveys.asked",
        answer="mailroom.on_page",
        essential=False,
        readers=_READERS,
        reason=REASON,
        stop=_STOP,
        brief=TranslatedText(
            lv="Aptauja: {{ minutes }} min",
            lt="Apklausa: {{ minutes }} min.",
            en="A survey: {{ minutes }} min",
        ),
        subject=TranslatedText(
            lv="{{ survey }}: {{ minutes }} min",
            lt="{{ survey }}: {{ minutes }} min.",
            en="{{ survey }}: {{ minutes }} min",
        ),
        text=TranslatedText(
            lv=f"Sveiki!\n\n{{{{ text }}}}\n\n{_SECRECY.lv}\n\nSaite ir personiska, pieslēgties nevajag. Atbildēt var {{{{ last|by_day|full_stop }}}}",
            lt=f"Sveiki!\n\n{{{{ text }}}}\n\n{_SECRECY.lt}\n\nNuoroda asmeninė, prisijungti nereikia. Atsakyti galima {{{{ last|by_day|full_stop }}}}",
            en=f"Hello.\n\n{{{{ text }}}}\n\n{_SECRECY.en}\n\nThe link is personal, no sign-in is needed. You can answer {{{{ last|by_day|full_stop }}}}",
        ),
        button=_BUTTON,
    )
)

REMINDER = register(
    LetterKind(
        key="surveys.reminder",
        answer="mailroom.on_page",
        essential=False,
        readers=_READERS,
        reason=REASON,
        stop=_STOP_REMINDERS,
        brief=TranslatedText(
            lv="Aptauja vēl gaida", lt="Apklausa dar laukia", en="A survey is still waiting"
        ),
        subject=TranslatedText(
            lv="Vēl var atbildēt: {{ survey }}",
            lt="Dar galima atsakyti: {{ survey }}",
            en="You can still answer: {{ survey }}",
        ),
        text=TranslatedText(
            lv=f"Sveiki!\n\nAizņem {{{{ minutes }}}} min; iesāktais ir saglabāts. {_SECRECY.lv}\n\nAtbildēt var {{{{ last|by_day|full_stop }}}}",
            lt=f"Sveiki!\n\nUžtrunka {{{{ minutes }}}} min.; kas pradėta, išsaugota. {_SECRECY.lt}\n\nAtsakyti galima {{{{ last|by_day|full_stop }}}}",
            en=f"Hello.\n\nIt takes {{{{ minutes }}}} min; what you have begun is kept. {_SECRECY.en}\n\nYou can answer {{{{ last|by_day|full_stop }}}}",
        ),
        button=_BUTTON,
    )
)


def ask(invitation: Invitation, *, now: datetime) -> bool:
    """The first letter to who is asked; whether one was written."""
    return _write(ASKED, invitation, "0", now)


def remind(invitation: Invitation, number: int, *, now: datetime) -> bool:
    """The first or the second reminder; whether one was written."""
    return _write(REMINDER, invitation, str(number), now)


def forget(invitation: Invitation, *, now: datetime) -> None:
    """What has not gone yet does not go any more."""
    post.withdraw(about=f"survey:{invitation.ref}", now=now)


def forget_link(invitation: Invitation, token: str) -> None:
    """No kept letter holds the personal link of who has answered: it would name whose the token was."""
    post.empty_sent(person_id=invitation.membership.person_id, holding=token)


def reader(membership: Membership) -> Recipient:
    """A member as a reader of letters."""
    return recipient(membership.person, adult=membership.role != Role.MENTEE)


def _write(kind: LetterKind, invitation: Invitation, which: str, now: datetime) -> bool:
    survey, to = invitation.survey, reader(invitation.membership)
    letter = post.send(
        kind,
        to=to,
        context={
            "programme": survey.programme.name.within(to.language),
            "survey": survey.name.within(to.language),
            "text": survey.text.within(to.language),
            "minutes": survey.minutes,
            "anonymous": survey.anonymous,
            "last": survey.closes_on,
        },
        link=f"/answer/{token_of(invitation)}/",
        about=f"survey:{invitation.ref}",
        once=f"survey:{invitation.ref}:{which}:{survey.closes_on}",
        now=now,
        ends=_closes(survey),
        calendar=_last_day(invitation, which, to.language, now),
    )
    return letter is not None


def _last_day(invitation: Invitation, which: str, language: str, now: datetime) -> CalendarPart | None:
    """The last day of answering, without the personal link: a calendar may be read by others."""
    survey = invitation.survey
    if survey.closes_on is None:
        return None
    summary = LAST_DAY.within(language).format(survey=survey.name.within(language))
    name, sequence = f"survey-{invitation.ref}", int(which)
    return day_part(name, sequence=sequence, summary=summary, day=survey.closes_on, now=now)


def _closes(survey: Survey) -> datetime | None:
    """The moment after the last day."""
    if survey.closes_on is None:
        return None
    return datetime.combine(survey.closes_on + timedelta(days=1), time(), zone_of(survey.programme.zone))
