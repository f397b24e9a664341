"""What is written when something changes of how somebody signs in: whoever did not do it notices."""

from datetime import datetime

from varpa.factors.links import Link, address_of
from varpa.kernel.text import TranslatedText
from varpa.people.letters import HOW_ONE_SIGNS_IN, LOOK_AT_IT, tell_of_signing_in, told_at_once
from varpa.people.models import Person
from varpa.post import actions as post
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

PROVE = register(
    LetterKind(
        key="factors.prove_address",
        essential=True,
        prompt=True,
        reason=TranslatedText(
            lv="Kāds Varpā lūdza turpmāk sūtīt vēstules uz šo adresi. Ja {% if adult %}tas neesat Jūs{% else %}tas neesi tu{% endif %}, nekas nav jādara: nekas netiek mainīts.",
            lt="Kažkas Varpoje paprašė nuo šiol siųsti laiškus šiuo adresu. Jei tai ne {% if adult %}Jūs{% else %}tu{% endif %}, nieko daryti nereikia: niekas nekeičiama.",
            en="Somebody at Varpa asked for letters to come to this address. If it was not you, there is nothing to do: nothing is changed.",
        ),
        subject=TranslatedText(
            lv="Jaunā adrese jāapstiprina",
            lt="Naują adresą reikia patvirtinti",
            en="Confirm your new address",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nTurpmāk vēstules un pieslēgšanās kodi nāks uz šo adresi, tiklīdz tā būs apstiprināta. Saite der vienu dienu.",
            lt="Sveiki!\n\nLaiškai ir prisijungimo kodai ateis šiuo adresu, kai tik jis bus patvirtintas. Nuoroda galioja vieną dieną.",
            en="Hello.\n\nLetters and codes for signing in come to this address as soon as it is confirmed. The link is good for one day.",
        ),
        button=TranslatedText(lv="Apstiprināt adresi", lt="Patvirtinti adresą", en="Confirm the address"),
    )
)
TAKEN = register(
    LetterKind(
        key="factors.address_taken",
        essential=True,
        prompt=True,
        reason=PROVE.reason,
        subject=TranslatedText(
            lv="Šī adrese Varpā jau tiek izmantota",
            lt="Šis adresas Varpoje jau naudojamas",
            en="This address is in use at Varpa already",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nAr šo adresi Varpā jau ir cits ieraksts, tāpēc nekas netika mainīts. Ja abi ieraksti ir {% if adult %}Jūsu{% else %}tavi{% endif %}, to var pateikt projekta vadītājam: tos var apvienot.",
            lt="Sveiki!\n\nŠis adresas Varpoje jau priklauso kitam įrašui, todėl niekas nepakeista. Jei abu įrašai {% if adult %}Jūsų{% else %}tavo{% endif %}, galima pasakyti projekto vadovui: juos galima sujungti.",
            en="Hello.\n\nSomebody is here with this address already, so nothing was changed. If both are you, tell the project manager: the two can be put together.",
        ),
    )
)
ADDRESS = register(
    LetterKind(
        key="factors.address_changed",
        essential=True,
        prompt=True,
        reason=HOW_ONE_SIGNS_IN,
        subject=TranslatedText(
            lv="Vēstules turpmāk nāks uz citu adresi",
            lt="Laiškai nuo šiol ateis kitu adresu",
            en="Letters go to another address from now on",
        ),
        text=told_at_once(
            "Uz šo adresi vēstules un pieslēgšanās kodi vairs nenāks{% if by %}. Adresi mainīja: {{ by }}{% endif %}.",
            "Šiuo adresu laiškai ir prisijungimo kodai daugiau neateis{% if by %}. Adresą pakeitė: {{ by }}{% endif %}.",
            "Letters and codes for signing in come to this address no more{% if by %}. Changed by: {{ by }}{% endif %}.",
        ),
    )
)


def ask_to_prove(person: Person, link: Link, *, now: datetime) -> None:
    """Write to a new address, to prove that whoever asked reads it."""
    once = f"{PROVE.key}:{person.ref}:{now.isoformat()}"
    _tell(PROVE, person, {}, now, once=once, to_address=link.address, link=address_of(link))


def tell_address_taken(person: Person, address: str, *, now: datetime) -> None:
    """Write to an address that is somebody's already; nobody else learns that it is."""
    _tell(
        TAKEN,
        person,
        {},
        now,
        once=f"{TAKEN.key}:{person.ref}:{now.isoformat()}",
        to_address=address,
        link="",
    )


def tell_address_changed(person: Person, was: str, by: Person | None, *, now: datetime) -> None:
    """Tell the address that was in use, if there was one, that another one is."""
    _tell(ADDRESS, person, {"by": by.name if by else ""}, now, to_address=was, link="")


def forget_asked(person: Person, *, now: datetime) -> None:
    """What waits of an address that was asked for goes no more, once another one is changed to."""
    post.withdraw(about=f"sign-in:{person.ref}", kinds=[PROVE, TAKEN], now=now)


def tell_set_up(person: Person, what: str, *, now: datetime) -> None:
    """Tell somebody that an app, a passkey or new codes sign in from now on. `what`: app, passkey, codes."""
    _tell(SET_UP, person, {"what": what}, now)


def tell_removed(person: Person, what: str, *, now: datetime) -> None:
    """Tell somebody that an app or a passkey signs in no more."""
    _tell(REMOVED, person, {"what": what}, now)


def tell_reset(person: Person, by: Person | None, *, now: datetime) -> None:
    """Tell somebody that all was taken off, and by whom."""
    _tell(RESET, person, {"by": by.name if by else ""}, now)


def _tell(
    kind: LetterKind,
    person: Person,
    said: dict[str, object],
    now: datetime,
    *,
    once: str = "",
    to_address: str | None = None,
    link: str = "/me/sign-in/",
) -> None:
    tell_of_signing_in(
        kind,
        person,
        said,
        once=once or f"{kind.key}:{person.ref}:{person.sessions_ended}",
        to_address=to_address,
        link=link,
        now=now,
    )
