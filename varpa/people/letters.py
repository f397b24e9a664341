"""What is written about signing in, and to whoever begins to work for the lead partner."""

from dataclasses import replace
from datetime import datetime, timedelta

from varpa.kernel.text import TranslatedText
from varpa.people.access import ReaderAction, reads_as
from varpa.people.models import Organisation, Person
from varpa.people.queries import recipient
from varpa.post import actions as post
from varpa.post.envelope import Recipient
from varpa.post.kinds import LetterKind, register

CODE_LASTS = timedelta(minutes=10)

HOW_ONE_SIGNS_IN = TranslatedText(
    lv="Vēstuli sūta Varpa, jo kaut kas mainījies pieslēgšanās kārtībā.",
    lt="Laišką siunčia Varpa, nes kažkas pasikeitė prisijungimo tvarkoje.",
    en="This letter comes because something has changed in how one signs in.",
)
LOOK_AT_IT = TranslatedText(lv="Skatīt pieslēgšanos", lt="Peržiūrėti prisijungimą", en="Look at signing in")
_NOT_ME = TranslatedText(
    lv="Ja to darīja kāds cits, {% if adult %}lūdzu, uzreiz pasakiet{% else %}uzreiz pasaki{% endif %} projekta vadītājam.",
    lt="Jei tai padarė kas nors kitas, {% if adult %}prašome iš karto pasakyti{% else %}iš karto pasakyk{% endif %} projekto vadovui.",
    en="If somebody else did this, tell the project manager at once.",
)


def told_at_once(lv: str, lt: str, en: str) -> TranslatedText:
    """What has changed in how somebody signs in: whoever did not do it notices."""
    return TranslatedText(
        lv=f"Sveiki!\n\n{lv}\n\n{_NOT_ME.lv}",
        lt=f"Sveiki!\n\n{lt}\n\n{_NOT_ME.lt}",
        en=f"Hello.\n\n{en}\n\n{_NOT_ME.en}",
    )


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


def tell_of_signing_in(
    kind: LetterKind,
    person: Person,
    said: dict[str, object],
    *,
    once: str,
    now: datetime,
    to_address: str | None = None,
    link: str = "/me/sign-in/",
) -> None:
    """Tell somebody that something has changed in how one signs in; at another address where one is given."""
    to = recipient(person, adult=reads_as(person) != {ReaderAction.MENTEE})
    post.send(
        kind,
        to=to if to_address is None else replace(to, address=to_address),
        context=said,
        link=link,
        about=f"sign-in:{person.ref}",
        once=once,
        now=now,
    )
