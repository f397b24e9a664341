"""What an applicant is written before a decision: an invitation to talk."""

from datetime import datetime

from varpa.applications.models import Interview
from varpa.kernel.text import TranslatedText
from varpa.people.models import Person
from varpa.people.queries import recipient
from varpa.post import actions as post
from varpa.post.kinds import LetterKind, register
from varpa.programmes.letters import REASON
from varpa.programmes.models import Role

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
            "contact": ", ".join(part for part in (by.name, by.email or by.phone) if part),
        },
        about=f"membership:{membership.ref}",
        once=f"talk:{interview.asked}:{membership.ref}",
        now=now,
    )
