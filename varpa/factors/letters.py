"""What is written when something changes of how somebody signs in: whoever did not do it notices."""

from datetime import datetime

from varpa.kernel.text import TranslatedText
from varpa.people.letters import HOW_ONE_SIGNS_IN, LOOK_AT_IT, tell_of_signing_in, told_at_once
from varpa.people.models import Person
from varpa.post.kinds import LetterKind, register

SET_UP = register(
    LetterKind(
        key="factors.set_up",
        essential=True,
        prompt=True,
        reason=HOW_ONE_SIGNS_IN,
        subject=TranslatedText(
            lv="{% if what == 'app' %}Pieslēgšanās otrais solis ir iestatīts{% elif what == 'passkey' %}Pievienota piekļuves atslēga{% else %}Izveidoti jauni rezerves kodi{% endif %}",
            lt="{% if what == 'app' %}Nustatytas antras prisijungimo žingsnis{% elif what == 'passkey' %}Pridėtas prieigos raktas{% else %}Sukurti nauji atsarginiai kodai{% endif %}",
            en="{% if what == 'app' %}The second step of signing in is set up{% elif what == 'passkey' %}A passkey was added{% else %}New recovery codes were made{% endif %}",
        ),
        text=told_at_once(
            "{% if what == 'app' %}Turpmāk pēc koda no vēstules jāieraksta arī kods no lietotnes.{% elif what == 'passkey' %}Ar to var pieslēgties, negaidot kodu vēstulē.{% else %}Iepriekšējie vairs neder.{% endif %}",
            "{% if what == 'app' %}Nuo šiol po kodo iš laiško reikia įrašyti ir kodą iš programėlės.{% elif what == 'passkey' %}Juo galima prisijungti nelaukiant kodo laiške.{% else %}Ankstesnieji nebegalioja.{% endif %}",
            "{% if what == 'app' %}From now on a code of the app is asked for after the one by mail.{% elif what == 'passkey' %}It signs in without waiting for a code by mail.{% else %}The earlier ones stop working.{% endif %}",
        ),
        button=LOOK_AT_IT,
    )
)
REMOVED = register(
    LetterKind(
        key="factors.removed",
        essential=True,
        prompt=True,
        reason=HOW_ONE_SIGNS_IN,
        subject=TranslatedText(
            lv="{% if what == 'app' %}Autentifikācijas lietotne ir noņemta{% else %}Piekļuves atslēga ir noņemta{% endif %}",
            lt="{% if what == 'app' %}Tapatybės nustatymo programėlė pašalinta{% else %}Prieigos raktas pašalintas{% endif %}",
            en="{% if what == 'app' %}The authenticator app was removed{% else %}A passkey was removed{% endif %}",
        ),
        text=told_at_once(
            "Ar to vairs nevar pieslēgties.",
            "{% if what == 'app' %}Ja{% else %}Juo{% endif %} prisijungti nebegalima.",
            "It cannot be used for signing in any more.",
        ),
        button=LOOK_AT_IT,
    )
)
RESET = register(
    LetterKind(
        key="factors.reset",
        essential=True,
        prompt=True,
        reason=HOW_ONE_SIGNS_IN,
        subject=TranslatedText(
            lv="Pieslēgšanās otrais solis ir atcelts",
            lt="Antras prisijungimo žingsnis atšauktas",
            en="The second step of signing in was reset",
        ),
        text=told_at_once(
            "Lietotne, piekļuves atslēgas un rezerves kodi vairs neder{% if by %}. To darīja: {{ by }}{% endif %}. Nākamreiz var pieslēgties ar kodu no vēstules un visu iestatīt no jauna.",
            "Programėlė, prieigos raktai ir atsarginiai kodai nebegalioja{% if by %}. Tai padarė: {{ by }}{% endif %}. Kitą kartą galima prisijungti kodu iš laiško ir viską nustatyti iš naujo.",
            "The app, the passkeys and the recovery codes stop working{% if by %}. Done by: {{ by }}{% endif %}. Next time sign in with the code by mail, and set it up anew.",
        ),
        button=LOOK_AT_IT,
    )
)


def tell_set_up(person: Person, what: str, *, now: datetime) -> None:
    """Tell somebody that an app, a passkey or new codes sign in from now on. `what`: app, passkey, codes."""
    _tell(SET_UP, person, {"what": what}, now)


def tell_removed(person: Person, what: str, *, now: datetime) -> None:
    """Tell somebody that an app or a passkey signs in no more."""
    _tell(REMOVED, person, {"what": what}, now)


def tell_reset(person: Person, by: Person | None, *, now: datetime) -> None:
    """Tell somebody that all was taken off, and by whom."""
    _tell(RESET, person, {"by": by.name if by else ""}, now)


def _tell(kind: LetterKind, person: Person, said: dict[str, object], now: datetime) -> None:
    tell_of_signing_in(kind, person, said, once=str(person.sessions_ended), now=now)
