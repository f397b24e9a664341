"""What a manager writes to people: an invitation to talk before a decision, a letter in own words."""

from datetime import datetime

from varpa.applications.models import Interview
from varpa.kernel.text import TranslatedText
from varpa.people.models import Person
from varpa.people.queries import recipient
from varpa.post import actions as post
from varpa.post.kinds import LetterKind, register
from varpa.post.queries import written_to
from varpa.programmes.letters import REASON
from varpa.programmes.models import Membership, Role

TALK = register(
    LetterKind(
        key="applications.talk",
        essential=True,
        reason=REASON,
        subject=TranslatedText(
            lv="Aicinām uz sarunu: {{ programme }}",
            lt="Kviečiame pokalbio: {{ programme }}",
            en="An invitation to talk: {{ programme }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nPaldies par pieteikumu programmai „{{ programme }}”. Pirms lēmuma {% if adult %}vēlamies ar Jums aprunāties{% else %}gribam ar tevi aprunāties{% endif %}.\n\n{{ words }}\n\n{% if times %}Piedāvātie laiki:\n\n{{ times }}\n\n{% endif %}{% if adult %}Lūdzu, atbildiet, kurš laiks Jums der{% else %}Atbildi, kurš laiks tev der{% endif %}: {{ contact }}",
            lt="Sveiki!\n\nAčiū už paraišką programai „{{ programme }}“. Prieš priimdami sprendimą {% if adult %}norėtume su Jumis pasikalbėti{% else %}norime su tavimi pasikalbėti{% endif %}.\n\n{{ words }}\n\n{% if times %}Siūlomi laikai:\n\n{{ times }}\n\n{% endif %}{% if adult %}Prašome parašyti, kuris laikas Jums tinka{% else %}Parašyk, kuris laikas tau tinka{% endif %}: {{ contact }}",
            en="Hello.\n\nThank you for applying to the programme “{{ programme }}”. Before it is decided, we would like to talk with you.\n\n{{ words }}\n\n{% if times %}Times that we propose:\n\n{{ times }}\n\n{% endif %}Please answer which time suits you: {{ contact }}",
        ),
    )
)

# To people who were chosen because it concerns them, so it always goes; news for everybody can be stopped.
WRITTEN = register(
    LetterKind(
        key="applications.written",
        essential=True,
        reason=REASON,
        subject=TranslatedText(lv="{{ subject }}", lt="{{ subject }}", en="{{ subject }}"),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ words }}\n\nAtbildes un jautājumi: {{ contact }}",
            lt="Sveiki!\n\n{{ words }}\n\nAtsakymai ir klausimai: {{ contact }}",
            en="Hello.\n\n{{ words }}\n\nAnswers and questions: {{ contact }}",
        ),
    )
)


def ask_talk(interview: Interview, *, by: Person, now: datetime) -> None:
    """Invite an applicant to a talk, in the applicant's language; the manager's words stand as written."""
    membership = interview.membership
    reader = recipient(membership.person, adult=membership.role != Role.MENTEE)
    post.send(
        TALK,
        to=reader,
        context={
            "programme": membership.programme.name.within(reader.language),
            "words": interview.words,
            "times": "\n".join(f"- {line.strip()}" for line in interview.times.splitlines() if line.strip()),
            "contact": _contact(by),
        },
        about=f"membership:{membership.ref}",
        once=f"talk:{interview.asked}:{membership.ref}",
        now=now,
    )


def write(
    membership: Membership,
    subject: TranslatedText,
    words: TranslatedText,
    *,
    asked: str,
    by: Person,
    now: datetime,
) -> bool:
    """A manager's own words in the reader's language; answers whether they are new to this person."""
    person, about = membership.person, f"written:{asked}"
    if person.pk in written_to([about]):
        return False
    reader = recipient(person, adult=membership.role != Role.MENTEE)
    context = {
        "programme": membership.programme.name.within(reader.language),
        "subject": subject.within(reader.language),
        "words": words.within(reader.language),
        "contact": _contact(by),
    }
    post.send(WRITTEN, to=reader, context=context, about=about, once=f"{about}:{person.pk}", now=now)
    return True


def _contact(by: Person) -> str:
    return ", ".join(part for part in (by.name, by.email or by.phone) if part)
