"""What is written about reports of pairs: that one is asked for, and that the other has handed it over."""

from datetime import datetime

from varpa.kernel.text import TranslatedText
from varpa.pairreports.models import PairReport
from varpa.pairs.letters import reader
from varpa.pairs.models import Side
from varpa.pairs.queries import other_side
from varpa.people.access import ReaderAction
from varpa.post import actions as post
from varpa.post.kinds import LetterKind, register
from varpa.programmes.letters import REASON

_READERS = (ReaderAction.MENTOR, ReaderAction.MENTEE)

ASKED = register(
    LetterKind(
        key="pairreports.asked",
        essential=False,
        brief=TranslatedText(
            lv="Ko abi esat paveikuši?", lt="Ką abu nuveikėte?", en="What have the two of you done?"
        ),
        readers=_READERS,
        reason=REASON,
        subject=TranslatedText(
            lv="Ko abi esat paveikuši? {{ title }}",
            lt="Ką abu nuveikėte? {{ title }}",
            en="What have the two of you done? {{ title }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nKopīgajā tikšanās reizē pāri stāsta, ko ir paveikuši: {{ title }}, {{ starts|day_time:zone|full_stop }} Melnraksts ir gatavs: tikšanās reizes, stundas un viss pārējais, kas jau ir zināms, tajā jau stāv. {{ other }} un {% if adult %}Jūs{% else %}tu{% endif %} varat tam kopīgi pielikt dažus teikumus, ko nevajag, izlaist, un ziņojumu nodot.",
            lt="Sveiki!\n\nPer bendrą susitikimą poros pasakoja, ką nuveikė: {{ title }}, {{ starts|day_time:zone|full_stop }} Juodraštis parengtas: susitikimai, valandos ir visa, kas jau žinoma, jame yra. {{ other }} ir {% if adult %}Jūs{% else %}tu{% endif %} galite kartu pridėti kelis sakinius, praleisti, ko nereikia, ir pranešimą perduoti.",
            en="Hello.\n\nAt the joint meeting pairs tell what they have done: {{ title }}, {{ starts|day_time:zone|full_stop }} The draft is ready: meetings, hours and whatever else is known already stand in it. {{ other }} and you can add a few sentences together, leave out what is not needed, and hand the report over.",
        ),
        button=TranslatedText(lv="Atvērt melnrakstu", lt="Atidaryti juodraštį", en="Open the draft"),
        stop=TranslatedText(
            lv="Vairs neatgādināt par ziņojumiem par paveikto",
            lt="Nebesiųsti priminimų apie tai, kas nuveikta",
            en="Send no more reminders about reports on what has been done",
        ),
    )
)

HANDED = register(
    LetterKind(
        key="pairreports.handed",
        essential=True,
        brief=TranslatedText(
            lv="Ziņojums par paveikto ir nodots",
            lt="Pranešimas apie tai, kas nuveikta, perduotas",
            en="The report on what has been done is handed over",
        ),
        readers=_READERS,
        reason=REASON,
        subject=TranslatedText(
            lv="Ziņojums par paveikto ir nodots: {{ title }}",
            lt="Pranešimas apie tai, kas nuveikta, perduotas: {{ title }}",
            en="The report on what has been done is handed over: {{ title }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nJūsu abu ziņojumu par paveikto nodeva {{ other }}. To redz projekta vadītājs; pasākuma dalībniekiem to rāda tikai tad, ja piekrītat abi. Līdz pasākumam to var ņemt atpakaļ un labot.",
            lt="Sveiki!\n\nJūsų abiejų pranešimą apie tai, kas nuveikta, perdavė {{ other }}. Jį mato projekto vadovas; renginio dalyviams jis rodomas tik tada, kai sutinkate abu. Iki renginio jį galima atsiimti ir taisyti.",
            en="Hello.\n\nThe report of the two of you on what has been done was handed over by {{ other }}. The project manager sees it; those at the event see it only if both of you agree. Until the event it can be taken back and changed.",
        ),
        button=TranslatedText(lv="Lasīt ziņojumu", lt="Skaityti pranešimą", en="Read the report"),
    )
)


def ask_both(report: PairReport, *, now: datetime) -> None:
    """Each of the two is asked once, until the event begins."""
    for side in Side.values:
        _send(ASKED, report, side, now=now, ends=report.event.starts_at)


def tell_other(report: PairReport, side: str, *, now: datetime) -> None:
    """One of the two handed it over: the other reads it too. Nobody needs to be asked for it any more."""
    post.withdraw(about=_about(report), now=now)
    _send(HANDED, report, other_side(side), now=now)


def forget_unsent(report: PairReport, *, now: datetime) -> None:
    """It was taken back: what says that it is handed over does not go any more."""
    post.withdraw(about=_about(report), kinds=[HANDED], now=now)


def _send(
    kind: LetterKind, report: PairReport, side: str, *, now: datetime, ends: datetime | None = None
) -> None:
    pair, event = report.pair, report.event
    to = reader(pair, side)
    context = {
        "programme": pair.programme.name.within(to.language),
        "other": pair.member(other_side(side)).person.name,
        "title": event.title.within(to.language),
        "starts": event.starts_at,
        "zone": event.zone,
    }
    # Handed over anew after it was taken back is told anew; twice at once is told once.
    times = f":{report.revision}:{now:%Y%m%d%H%M%S}" if kind is HANDED else ""
    post.send(
        kind,
        to=to,
        context=context,
        link=f"/pair-reports/{report.ref}/",
        about=_about(report),
        once=f"{kind.key}:{report.ref}:{side}{times}",
        now=now,
        ends=ends,
    )


def _about(report: PairReport) -> str:
    return f"pair_report:{report.ref}"
