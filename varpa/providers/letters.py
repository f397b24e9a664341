"""What is written when an account of a school or a company begins or ceases to sign somebody in."""

from datetime import datetime

from varpa.kernel.text import TranslatedText
from varpa.people.letters import HOW_ONE_SIGNS_IN, LOOK_AT_IT, tell_of_signing_in, told_at_once
from varpa.people.models import Person
from varpa.post.kinds import LetterKind, register

LINKED = register(
    LetterKind(
        key="providers.linked",
        essential=True,
        prompt=True,
        reason=HOW_ONE_SIGNS_IN,
        subject=TranslatedText(
            lv="Pieslēgties var arī ar kontu: {{ name }}",
            lt="Prisijungti galima ir paskyra: {{ name }}",
            en="An account signs in: {{ name }}",
        ),
        text=told_at_once(
            "Ar šo kontu tikko pirmo reizi notika pieslēgšanās: {{ name }}. Turpmāk ar to var pieslēgties, negaidot kodu vēstulē.",
            "Šia paskyra ką tik prisijungta pirmą kartą: {{ name }}. Nuo šiol ja galima prisijungti nelaukiant kodo laiške.",
            "Somebody has just signed in by this account for the first time: {{ name }}. From now on it signs in without waiting for a code by mail.",
        ),
        button=LOOK_AT_IT,
    )
)
UNLINKED = register(
    LetterKind(
        key="providers.unlinked",
        essential=True,
        prompt=True,
        reason=HOW_ONE_SIGNS_IN,
        subject=TranslatedText(
            lv="Ar kontu vairs nevar pieslēgties: {{ name }}",
            lt="Paskyra prisijungti nebegalima: {{ name }}",
            en="An account signs in no more: {{ name }}",
        ),
        text=told_at_once(
            "Konts Varpā vairs nav piesaistīts: {{ name }}. Pieslēgties var ar kodu no vēstules.",
            "Paskyros susiejimas panaikintas: {{ name }}. Prisijungti galima kodu iš laiško.",
            "The account was unlinked: {{ name }}. A code by mail signs in.",
        ),
        button=LOOK_AT_IT,
    )
)


def tell_linked(person: Person, name: str, *, now: datetime) -> None:
    """Tell somebody that an account signs in from now on."""
    _tell(LINKED, person, name, now)


def tell_unlinked(person: Person, name: str, *, now: datetime) -> None:
    """Tell somebody that an account signs in no more."""
    _tell(UNLINKED, person, name, now)


def _tell(kind: LetterKind, person: Person, name: str, now: datetime) -> None:
    once = f"{kind.key}:{person.ref}:{now.isoformat()}"
    tell_of_signing_in(kind, person, {"name": name}, once=once, now=now)
