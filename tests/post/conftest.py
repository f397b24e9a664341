"""What the tests of post share: a reader, a kind of letter, a moment."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from varpa.kernel.text import TranslatedText
from varpa.post import actions
from varpa.post.envelope import Recipient
from varpa.post.kinds import LetterKind
from varpa.post.models import Letter

NOW = datetime(2025, 10, 14, 6, 0, tzinfo=UTC)

REMINDER = LetterKind(
    key="tests.reminder",
    essential=False,
    reason=TranslatedText(
        lv="Vēstuli sūta programma „{{ programme }}”.",
        lt="Laišką siunčia programa „{{ programme }}“.",
        en="This letter comes from the programme {{ programme }}.",
    ),
    subject=TranslatedText(
        lv="Ko pajautāsi ceturtdien?", lt="Ko paklausi ketvirtadienį?", en="What will you ask on Thursday?"
    ),
    text=TranslatedText(
        lv="Sveiki!\n\n{{ mentor }} gaida tavus jautājumus.\n\n- pirmais\n- otrais",
        lt="Sveiki!\n\n{{ mentor }} laukia tavo klausimų.",
        en="Hello.\n\n{{ mentor }} waits for your questions.",
    ),
    button=TranslatedText(lv="Rakstīt jautājumus", lt="Rašyti klausimus", en="Write questions"),
    stop=TranslatedText(
        lv="Vairs nesūtīt atgādinājumus par jautājumiem",
        lt="Nebesiųsti priminimų apie klausimus",
        en="Send no more reminders about questions",
    ),
)
CODE = replace(REMINDER, key="tests.code", essential=True, stop=None)

ELINA = Recipient(7, "Elīna Bērziņa", "elina@skola.example", "lv", "Europe/Riga", adult=False)
RIMANTAS = Recipient(8, "Rimantas Žukauskas", "rimantas@imone.example", "lt", "Europe/Vilnius", adult=True)


def write(kind: LetterKind = REMINDER, to: Recipient = ELINA, **changes: Any) -> Letter:
    """A letter in the outbox."""
    asked: dict[str, Any] = {
        "context": {"mentor": "Andris Ozols", "programme": "Educate for Business"},
        "link": "/meetings/m4k2/",
        "about": "meeting:m4k2",
        "once": "topics:m4k2",
        "now": NOW,
        **changes,
    }
    letter = actions.send(kind, to=to, **asked)
    assert letter is not None
    return letter


@pytest.fixture(autouse=True)
def _settled(settings: Any) -> None:
    settings.SITE_URL = "https://varpa.example"
    settings.DEFAULT_FROM_EMAIL = "Varpa <varpa@varpa.example>"
    settings.DEMONSTRATION = False
