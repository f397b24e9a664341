"""What is written to the two of a pair about the pair and its cooperation plan."""

from datetime import datetime

from varpa.kernel.text import TranslatedText
from varpa.pairs.models import Pair, Plan, Side
from varpa.pairs.queries import other_side
from varpa.people.queries import recipient
from varpa.post import actions as post
from varpa.post.envelope import Recipient
from varpa.post.kinds import LetterKind, register
from varpa.programmes.letters import REASON

PROPOSED = register(
    LetterKind(
        key="pairs.proposed",
        essential=True,
        reason=REASON,
        subject=TranslatedText(
            lv="{% if adult %}Jums ir piedāvāts audzēknis{% else %}Tev ir piedāvāts mentors{% endif %}",
            lt="{% if adult %}Jums siūlomas mokinys{% else %}Tau siūlomas mentorius{% endif %}",
            en="{% if adult %}A mentee is proposed to you{% else %}A mentor is proposed to you{% endif %}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ other }}{% if place %}, {{ place }}{% endif %}.\n\n{% if topic %}Tēma: {{ topic }}\n\n{% endif %}{% if adult %}Izlasiet un atbildiet ar jā vai nē. Ja nē, neviens netiek vainots, un meklēsim citu.{% else %}Izlasi un atbildi ar jā vai nē. Ja nē, neviens netiek vainots, un meklēsim citu.{% endif %}",
            lt="Sveiki!\n\n{{ other }}{% if place %}, {{ place }}{% endif %}.\n\n{% if topic %}Tema: {{ topic }}\n\n{% endif %}{% if adult %}Perskaitykite ir atsakykite taip arba ne. Jei ne, niekas nekaltinamas, ir ieškosime kito.{% else %}Perskaityk ir atsakyk taip arba ne. Jei ne, niekas nekaltinamas, ir ieškosime kito.{% endif %}",
            en="Hello.\n\n{{ other }}{% if place %}, {{ place }}{% endif %}.\n\n{% if topic %}Topic: {{ topic }}\n\n{% endif %}Read it and answer yes or no. If no, nobody is blamed, and we will look for another.",
        ),
        button=TranslatedText(lv="Atbildēt", lt="Atsakyti", en="Answer"),
    )
)

STARTED = register(
    LetterKind(
        key="pairs.started",
        essential=True,
        reason=REASON,
        subject=TranslatedText(
            lv="Var sākt: pirmā tikšanās",
            lt="Galima pradėti: pirmasis susitikimas",
            en="You can begin: the first meeting",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ other }} un {% if adult %}Jūs{% else %}tu{% endif %}: abu piekrišana ir saņemta, un viss ir gatavs.\n\n{% if adult %}Pirmo tikšanos plānojat un vadāt Jūs. Tā var notikt arī elektroniski; pietiek ar stundu.{% else %}Pirmo tikšanos plāno un vada mentors. Padomā, ko gribi pajautāt; pietiek ar trim jautājumiem.{% endif %}",
            lt="Sveiki!\n\n{{ other }} ir {% if adult %}Jūs{% else %}tu{% endif %}: abu sutikimas gautas, viskas paruošta.\n\n{% if adult %}Pirmąjį susitikimą planuojate ir vedate Jūs. Jis gali vykti ir elektroniniu būdu; užtenka valandos.{% else %}Pirmąjį susitikimą planuoja ir veda mentorius. Pagalvok, ko nori paklausti; užtenka trijų klausimų.{% endif %}",
            en="Hello.\n\n{{ other }} and you have both said yes and are both prepared.\n\n{% if adult %}You plan and lead the first meeting. It may be electronic; an hour is enough.{% else %}The mentor plans and leads the first meeting. Think what you want to ask; three questions are enough.{% endif %}",
        ),
        button=TranslatedText(lv="Atvērt", lt="Atidaryti", en="Open"),
    )
)

DECLINED = register(
    LetterKind(
        key="pairs.declined",
        essential=True,
        reason=REASON,
        subject=TranslatedText(
            lv="Šis pāris neizveidosies", lt="Ši pora nesusidarys", en="This pair will not come about"
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ other }} un {% if adult %}Jūs{% else %}tu{% endif %}: šoreiz kopā nestrādāsiet. Neviens netiek vainots. Projekta vadītājs meklēs citu iespēju un uzrakstīs.",
            lt="Sveiki!\n\n{{ other }} ir {% if adult %}Jūs{% else %}tu{% endif %}: šį kartą kartu nedirbsite. Niekas nekaltinamas. Projekto vadovas ieškos kitos galimybės ir parašys.",
            en="Hello.\n\n{{ other }} and you will not work together this time. Nobody is blamed. The project manager will look for another possibility and write to you.",
        ),
    )
)

ENDED = register(
    LetterKind(
        key="pairs.ended",
        essential=True,
        reason=REASON,
        subject=TranslatedText(
            lv="Sadarbība ir beigusies", lt="Bendradarbiavimas baigėsi", en="The cooperation has ended"
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ other }} un {% if adult %}Jūs{% else %}tu{% endif %}: mentorings ir noslēdzies. Paveiktais un stundas paliek.{% if completed %} Paldies par kopīgo ceļu.{% else %} Neviens netiek vainots. Ja kas nav skaidrs, {% if adult %}rakstiet{% else %}raksti{% endif %} projekta vadītājam.{% endif %}",
            lt="Sveiki!\n\n{{ other }} ir {% if adult %}Jūs{% else %}tu{% endif %}: mentorystė baigėsi. Tai, kas padaryta, ir valandos lieka.{% if completed %} Ačiū už bendrą kelią.{% else %} Niekas nekaltinamas. Jei kas neaišku, {% if adult %}parašykite{% else %}parašyk{% endif %} projekto vadovui.{% endif %}",
            en="Hello.\n\nThe mentoring of {{ other }} and you has ended. What was done and the hours stay.{% if completed %} Thank you for the way you went together.{% else %} Nobody is blamed. If anything is unclear, write to the project manager.{% endif %}",
        ),
        button=TranslatedText(lv="Atvērt", lt="Atidaryti", en="Open"),
    )
)

PLAN_WAITS = register(
    LetterKind(
        key="pairs.plan_waits",
        essential=False,
        reason=REASON,
        subject=TranslatedText(
            lv="Sadarbības plāns gaida apstiprinājumu",
            lt="Bendradarbiavimo planas laukia patvirtinimo",
            en="The cooperation plan waits for a confirmation",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nSadarbības plānu no savas puses jau apstiprināja {{ other }}. {% if adult %}Izlasiet to un apstipriniet vai labojiet.{% else %}Izlasi to un apstiprini vai labo.{% endif %}",
            lt="Sveiki!\n\n{{ other }} bendradarbiavimo planą jau patvirtino. {% if adult %}Perskaitykite jį ir patvirtinkite arba pataisykite.{% else %}Perskaityk jį ir patvirtink arba pataisyk.{% endif %}",
            en="Hello.\n\n{{ other }} has confirmed the cooperation plan. Read it and confirm it, or change it.",
        ),
        button=TranslatedText(lv="Lasīt plānu", lt="Skaityti planą", en="Read the plan"),
        stop=TranslatedText(
            lv="Vairs nesūtīt vēstules par sadarbības plānu",
            lt="Nebesiųsti laiškų apie bendradarbiavimo planą",
            en="Send no more letters about the cooperation plan",
        ),
    )
)

PLAN_AGREED = register(
    LetterKind(
        key="pairs.plan_agreed",
        essential=True,
        reason=REASON,
        subject=TranslatedText(
            lv="Sadarbības plāns ir apstiprināts",
            lt="Bendradarbiavimo planas patvirtintas",
            en="The cooperation plan is agreed",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nSadarbības plānu apstiprināja abi: {{ other }} un {% if adult %}Jūs{% else %}tu{% endif %}. To var lasīt, izdrukāt un mainīt, ja abi tam piekrīt.",
            lt="Sveiki!\n\nBendradarbiavimo planą patvirtino abu: {{ other }} ir {% if adult %}Jūs{% else %}tu{% endif %}. Jį galima skaityti, išspausdinti ir keisti, jei abu sutinkate.",
            en="Hello.\n\n{{ other }} and you have both confirmed the cooperation plan. You can read it, print it, and change it if both agree.",
        ),
        button=TranslatedText(lv="Lasīt plānu", lt="Skaityti planą", en="Read the plan"),
    )
)


def reader(pair: Pair, side: str) -> Recipient:
    """One of the two as a reader: a mentor is addressed with Jūs, a mentee with tu."""
    return recipient(pair.member(side).person, adult=side == Side.MENTOR)


def both(
    kind: LetterKind, pair: Pair, *, about: str, once: str, link: str, now: datetime, **more: object
) -> None:
    """The same letter to each of the two, in each one's language; `other` is the other's name."""
    for side in Side.values:
        to = reader(pair, side)
        other = pair.member(other_side(side)).person
        context = {"programme": pair.programme.name.within(to.language), "other": other.name, **more}
        post.send(kind, to=to, context=context, link=link, about=about, once=f"{once}:{side}", now=now)


def ask_both(pair: Pair, *, now: datetime) -> None:
    """Ask each for a yes, with what the other has said of place and topic."""
    for side in Side.values:
        to = reader(pair, side)
        other = pair.member(other_side(side))
        context = {
            "programme": pair.programme.name.within(to.language),
            "other": other.person.name,
            "place": other.place,
            "topic": other.topic,
        }
        post.send(
            PROPOSED,
            to=to,
            context=context,
            link=f"/pairs/{pair.ref}/",
            about=f"pair:{pair.ref}",
            once=f"pair.proposed:{pair.ref}:{side}",
            now=now,
        )


def tell_started(pair: Pair, *, now: datetime) -> None:
    """Both are prepared: the first meeting may be planned."""
    both(
        STARTED,
        pair,
        about=f"pair:{pair.ref}",
        once=f"pair.started:{pair.ref}",
        link=f"/pairs/{pair.ref}/",
        now=now,
    )


def tell_declined(pair: Pair, *, now: datetime) -> None:
    """One of the two said no."""
    both(DECLINED, pair, about=f"pair:{pair.ref}", once=f"pair.declined:{pair.ref}", link="", now=now)


def tell_ended(pair: Pair, *, now: datetime) -> None:
    """The pair has ended, with whatever outcome."""
    both(
        ENDED,
        pair,
        about=f"pair:{pair.ref}",
        once=f"pair.ended:{pair.ref}",
        link=f"/pairs/{pair.ref}/",
        now=now,
        completed=pair.outcome == "completed",
    )


def ask_confirmation(plan: Plan, side: str, *, now: datetime) -> None:
    """The other side of the one that confirmed is asked."""
    pair = plan.pair
    to = reader(pair, other_side(side))
    post.send(
        PLAN_WAITS,
        to=to,
        context={
            "programme": pair.programme.name.within(to.language),
            "other": pair.member(side).person.name,
        },
        link=f"/pairs/{pair.ref}/plan/",
        about=f"plan:{plan.ref}",
        once=f"plan.waits:{plan.ref}:{plan.revision}:{now:%Y%m%d%H}",
        now=now,
    )


def tell_agreed(plan: Plan, *, now: datetime) -> None:
    """Both have confirmed."""
    pair = plan.pair
    both(
        PLAN_AGREED,
        pair,
        about=f"plan:{plan.ref}",
        once=f"plan.agreed:{plan.ref}",
        link=f"/pairs/{pair.ref}/plan/",
        now=now,
    )
