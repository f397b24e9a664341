"""What a programme writes to its members."""

from datetime import date, datetime

from django.utils import translation

from varpa.kernel.text import TranslatedText
from varpa.people.queries import recipient
from varpa.post import actions as post
from varpa.post.kinds import LetterKind, register
from varpa.programmes.ages import ages_of
from varpa.programmes.models import Membership, PermissionKind, Role
from varpa.programmes.queries import has_permission
from varpa.ui import words

REASON = TranslatedText(
    lv="Vēstuli sūta programma „{{ programme }}”.",
    lt="Laišką siunčia programa „{{ programme }}“.",
    en="This letter comes from the programme “{{ programme }}”.",
)

ACCEPTED = register(
    LetterKind(
        key="programmes.accepted",
        essential=True,
        reason=REASON,
        subject=TranslatedText(
            lv="Pieteikums ir pieņemts", lt="Paraiška priimta", en="Your application is accepted"
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{% if adult %}Jūs esat programmā „{{ programme }}”. Vispirms izlasiet, kas ir mentorings un kas Jūs sagaida; lasīt var pa daļām.{% else %}Tu esi programmā „{{ programme }}”. Vispirms izlasi, kas ir mentorings un kas tevi sagaida; lasīt var pa daļām.{% endif %}",
            lt="Sveiki!\n\n{% if adult %}Jūs dalyvaujate programoje „{{ programme }}“. Pirmiausia perskaitykite, kas yra mentorystė ir kas Jūsų laukia; skaityti galima dalimis.{% else %}Tu dalyvauji programoje „{{ programme }}“. Pirmiausia perskaityk, kas yra mentorystė ir kas tavęs laukia; skaityti galima dalimis.{% endif %}",
            en="Hello.\n\nYou are in the programme “{{ programme }}”. First read what mentoring is and what to expect; you may read it in parts.",
        ),
        button=TranslatedText(lv="Sākt lasīt", lt="Pradėti skaityti", en="Start reading"),
    )
)

WAITING = register(
    LetterKind(
        key="programmes.waiting",
        essential=True,
        reason=REASON,
        subject=TranslatedText(
            lv="Pieteikums ir gaidītāju sarakstā",
            lt="Paraiška laukiančiųjų sąraše",
            en="Your application is on the waiting list",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nŠobrīd programmā „{{ programme }}” brīvas vietas nav. Pieteikums ir saglabāts; tiklīdz vieta atbrīvosies, uzrakstīsim.",
            lt="Sveiki!\n\nŠiuo metu programoje „{{ programme }}“ laisvų vietų nėra. Paraiška išsaugota; kai vieta atsilaisvins, parašysime.",
            en="Hello.\n\nThere is no free place in the programme “{{ programme }}” now. Your application is kept; as soon as there is a place, we will write.",
        ),
    )
)

DECLINED = register(
    LetterKind(
        key="programmes.declined",
        essential=True,
        reason=REASON,
        subject=TranslatedText(
            lv="Par pieteikumu programmai", lt="Dėl paraiškos programai", en="About your application"
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nPaldies par pieteikumu programmai „{{ programme }}”. Šoreiz vietu piedāvāt nevaram. Tas neko nesaka par ieceri: vietu ir mazāk nekā pieteikumu. Pieteikties var arī nākamreiz.",
            lt="Sveiki!\n\nAčiū už paraišką programai „{{ programme }}“. Šį kartą vietos pasiūlyti negalime. Tai nieko nesako apie sumanymą: vietų mažiau negu paraiškų. Kitą kartą vėl galima teikti paraišką.",
            en="Hello.\n\nThank you for applying to the programme “{{ programme }}”. This time we cannot offer a place. It says nothing about your idea: there are fewer places than applications. You are welcome to apply again.",
        ),
    )
)

APPOINTED = register(
    LetterKind(
        key="programmes.appointed",
        essential=True,
        reason=REASON,
        subject=TranslatedText(
            lv="Jums uzticēta programmas vadība",
            lt="Jums patikėtas vadovavimas programai",
            en="You now manage a programme",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nJums uzticēta programmas „{{ programme }}” vadība. Pieslēgties var ar šo e-pasta adresi: parole nav vajadzīga, kods atnāks vēstulē.",
            lt="Sveiki!\n\nJums patikėta vadovauti programai „{{ programme }}“. Prisijungti galima šiuo el. pašto adresu: slaptažodžio nereikia, kodas ateis laišku.",
            en="Hello.\n\nYou now manage the programme “{{ programme }}”. Sign in with this e-mail address: no password is needed, a code comes by mail.",
        ),
        button=TranslatedText(lv="Atvērt programmu", lt="Atverti programą", en="Open the programme"),
    )
)

GROWN = register(
    LetterKind(
        key="programmes.grown",
        essential=True,
        reason=REASON,
        subject=TranslatedText(
            lv="Tagad par dalību izlem tu",
            lt="Dabar dėl dalyvavimo sprendi tu",
            en="Now you decide on taking part yourself",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nTev ir {{ years }}. {% if permitted %}Līdz šim programmā „{{ programme }}” tavai dalībai piekrita vecāki vai aizbildnis; tagad izlem tu.{% else %}Tagad par dalību programmā „{{ programme }}” izlem tu.{% endif %} Ja gribi turpināt, nospied vienu pogu.\n\n{% if until %}Ja {{ until }} atbildes nav, tikšanās ar mentoru tiek apturētas, līdz dalību apstiprināsi.{% else %}Kamēr dalība nav apstiprināta, tikšanās ar mentoru nenotiek.{% endif %} Nekas neizzūd.",
            lt="Sveiki!\n\nTau {{ years }} metų. {% if permitted %}Iki šiol dėl tavo dalyvavimo programoje „{{ programme }}“ sutiko tėvai arba globėjas; dabar sprendi tu.{% else %}Dabar dėl dalyvavimo programoje „{{ programme }}“ sprendi tu.{% endif %} Jei nori tęsti, paspausk vieną mygtuką.\n\n{% if until %}Jei atsakymo nebus {{ until }}, susitikimai su mentoriumi sustos, kol patvirtinsi dalyvavimą.{% else %}Kol dalyvavimas nepatvirtintas, susitikimai su mentoriumi nevyksta.{% endif %} Niekas nedings.",
            en="Hello.\n\nYou are {{ years }}. {% if permitted %}Until now a parent or guardian permitted that you take part in the programme “{{ programme }}”; now you decide.{% else %}Now you decide on taking part in the programme “{{ programme }}”.{% endif %} If you want to go on, press one button.\n\n{% if until %}Without an answer {{ until }} the meetings with the mentor stop until you confirm.{% else %}Until you confirm, there are no meetings with the mentor.{% endif %} Nothing is lost.",
        ),
        button=TranslatedText(lv="Apstiprināt dalību", lt="Patvirtinti dalyvavimą", en="Confirm taking part"),
    )
)

_DECISIONS = {"accept": ACCEPTED, "wait": WAITING, "decline": DECLINED}


def tell_decision(membership: Membership, step: str, *, now: datetime) -> None:
    """Tell an applicant what was decided, in the applicant's language."""
    if membership.role not in (Role.MENTOR, Role.MENTEE):
        return
    reader = recipient(membership.person, adult=membership.role != Role.MENTEE)
    post.send(
        _DECISIONS[step],
        to=reader,
        context={"programme": membership.programme.name.within(reader.language)},
        link=f"/memberships/{membership.ref}/preparation/",
        about=f"membership:{membership.ref}",
        # Whoever has applied again is decided on again.
        once=f"decision:{step}:{membership.ref}:{membership.applied_at:%Y%m%d%H%M%S}",
        now=now,
    )


def ask_grown(membership: Membership, until: date | None, *, now: datetime) -> None:
    """Ask who has come of age to confirm taking part; `until`: the last day on which nothing stops."""
    reader = recipient(membership.person, adult=False)
    with translation.override(reader.language):
        last = words.by_day(until) if until else ""
    post.send(
        GROWN,
        to=reader,
        context={
            "programme": membership.programme.name.within(reader.language),
            "until": last,
            "permitted": has_permission(membership, PermissionKind.TAKING_PART),
            "years": ages_of(membership.country, membership.adult).adult,
        },
        link=f"/memberships/{membership.ref}/preparation/",
        about=f"grown:{membership.ref}",
        once=f"grown:{membership.ref}",
        now=now,
    )


def end_grown(membership: Membership, *, now: datetime) -> None:
    """The question is answered: a letter that has not gone yet is not needed."""
    post.withdraw(about=f"grown:{membership.ref}", now=now)


def tell_appointed(membership: Membership, *, now: datetime) -> None:
    """Tell a manager of the appointment, and how to sign in."""
    reader = recipient(membership.person, adult=True)
    post.send(
        APPOINTED,
        to=reader,
        context={"programme": membership.programme.name.within(reader.language)},
        link=f"/programmes/{membership.programme.ref}/",
        about=f"membership:{membership.ref}",
        once=f"appointed:{membership.ref}:{now.isoformat()}",
        now=now,
    )
