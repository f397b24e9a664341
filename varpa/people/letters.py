"""What is written about signing in, and to whoever begins to work for the lead partner."""

from datetime import datetime, timedelta

from varpa.kernel.text import TranslatedText
from varpa.people.models import Organisation, Person
from varpa.people.queries import recipient
from varpa.post import actions as post
from varpa.post.envelope import Recipient
from varpa.post.kinds import LetterKind, register

CODE_LASTS = timedelta(minutes=10)

CODE = register(
    LetterKind(
        key="people.code",
        essential=True,
        prompt=True,
        reason=TranslatedText(
            lv="Kodu kāds pieprasīja Varpas pieslēgšanās lapā. Ja kods nav vajadzīgs, nekas nav jādara.",
            lt="Kodo kažkas paprašė Varpos prisijungimo puslapyje. Jei kodo nereikia, nieko daryti nereikia.",
            en="Somebody asked for this code on Varpa's sign-in page. If you do not need it, there is nothing to do.",
        ),
        subject=TranslatedText(
            lv="{{ code }} ir pieslēgšanās kods",
            lt="{{ code }} – prisijungimo kodas",
            en="{{ code }} is the code for signing in",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nKods: {{ code }}\n\nTas der desmit minūtes un vienu reizi.",
            lt="Sveiki!\n\nKodas: {{ code }}\n\nJis galioja dešimt minučių ir vieną kartą.",
            en="Hello.\n\nThe code: {{ code }}\n\nIt is good for ten minutes, once.",
        ),
    )
)

APPOINTED = register(
    LetterKind(
        key="people.appointed",
        essential=True,
        reason=TranslatedText(
            lv="Vēstuli sūta „{{ organisation }}”.",
            lt="Laišką siunčia „{{ organisation }}“.",
            en="This letter comes from “{{ organisation }}”.",
        ),
        subject=TranslatedText(
            lv="Jums ir pieejamas organizācijas programmas",
            lt="Jums prieinamos organizacijos programos",
            en="You now run the programmes of an organisation",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nJūs varat sākt un vadīt organizācijas „{{ organisation }}” mentoringa programmas. Pieslēgties var ar šo e-pasta adresi: parole nav vajadzīga, kods atnāks vēstulē.",
            lt="Sveiki!\n\nGalite pradėti organizacijos „{{ organisation }}“ mentorystės programas ir joms vadovauti. Prisijungti galima šiuo el. pašto adresu: slaptažodžio nereikia, kodas ateis laišku.",
            en="Hello.\n\nYou can begin and run the mentoring programmes of “{{ organisation }}”. Sign in with this e-mail address: no password is needed, a code comes by mail.",
        ),
        button=TranslatedText(lv="Atvērt programmas", lt="Atverti programas", en="Open the programmes"),
    )
)


def tell_appointed(organisation: Organisation, person: Person, *, now: datetime) -> None:
    """Tell somebody of the appointment, and how to sign in."""
    post.send(
        APPOINTED,
        to=recipient(person, adult=True),
        context={"organisation": organisation.name},
        link="/programmes/",
        about=f"organisation:{organisation.ref}",
        once=f"staff:{organisation.ref}:{person.ref}:{now.isoformat()}",
        now=now,
    )


def send_code(to: Recipient, code: str, *, once: str, now: datetime) -> None:
    """Mail a sign-in code; unsent after ten minutes it is withdrawn.

    Each stands alone (`thread`): a code never waits for an earlier one that could not be delivered.
    """
    post.send(
        CODE,
        to=to,
        context={"code": code},
        about="sign-in",
        thread=once,
        once=once,
        now=now,
        ends=now + CODE_LASTS,
    )
