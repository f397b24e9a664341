"""What is written when somebody asks to be erased: to them, and to whoever runs their programmes."""

from collections.abc import Iterator
from datetime import datetime

from varpa.kernel.text import TranslatedText
from varpa.people.models import Person
from varpa.people.queries import recipient
from varpa.post import actions as post
from varpa.post.kinds import LetterKind, register
from varpa.privacy.models import Erasure, Retention
from varpa.programmes.models import Membership, Role
from varpa.programmes.queries import staff_of

PAGE = "/me/data/"
OWN = TranslatedText(
    lv="Vēstule atnāca, jo runa ir par datu dzēšanu.",
    lt="Laiškas atėjo, nes kalbama apie duomenų ištrynimą.",
    en="This letter came because data are to be erased.",
)
CODE = register(
    LetterKind(
        key="privacy.code",
        essential=True,
        prompt=True,
        reason=OWN,
        subject=TranslatedText(
            lv="Kods datu dzēšanai",
            lt="Duomenų ištrynimo kodas",
            en="Code for erasing your data",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nKods: {{ code }}\n\nTas der 10 minūtes. Ar to {% if adult %}Jūs apstiprināt{% else %}tu apstiprini{% endif %}, ka dati jādzēš. Pēc tam vēl 14 dienas to var atsaukt.\n\nJa {% if adult %}Jūs to nelūdzāt, nekas nav jādara{% else %}tu to nelūdzi, nekas nav jādara{% endif %}: bez koda nekas netiek dzēsts.",
            lt="Sveiki!\n\nKodas: {{ code }}\n\nJis galioja 10 minučių. Juo {% if adult %}patvirtinate{% else %}patvirtini{% endif %}, kad duomenys turi būti ištrinti. Po to dar 14 dienų tai galima atšaukti.\n\nJei {% if adult %}to neprašėte{% else %}to neprašei{% endif %}, nieko daryti nereikia: be kodo niekas neištrinama.",
            en="Hello.\n\nThe code: {{ code }}\n\nIt is good for 10 minutes. With it you confirm that your data are to be erased. For 14 days after that you can still take it back.\n\nIf you did not ask for it, there is nothing to do: without the code nothing is erased.",
        ),
    )
)
WAITS = register(
    LetterKind(
        key="privacy.waits",
        essential=True,
        reason=OWN,
        subject=TranslatedText(
            lv="Dati tiks dzēsti",
            lt="Duomenys bus ištrinti",
            en="Your data will be erased",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nDatu dzēšanas diena: {{ due|day|full_stop }} Līdz tam to var atsaukt vienā pieskārienā, un viss paliek, kā bija.\n\nJa {% if adult %}gribat ko paturēt, lejupielādējiet{% else %}gribi ko paturēt, lejupielādē{% endif %} savus datus tajā pašā lapā. Par pašu dzēšanu vēstule vairs neatnāks: adreses tad vairs nebūs.",
            lt="Sveiki!\n\nDuomenų ištrynimo diena: {{ due|day|full_stop }} Iki tol tai galima atšaukti vienu spustelėjimu, ir viskas liks kaip buvę.\n\nJei {% if adult %}norite ką nors pasilikti, atsisiųskite{% else %}nori ką nors pasilikti, atsisiųsk{% endif %} savo duomenis tame pačiame puslapyje. Apie patį ištrynimą laiškas neateis: adreso tada nebebus.",
            en="Hello.\n\nThe day on which your data are erased: {{ due|day|full_stop }} Until then you can take it back with one tap, and everything stays as it was.\n\nIf you want to keep something, download your data on the same page. No letter will come about the erasure itself: there will be no address any more.",
        ),
        button=TranslatedText(lv="Mani dati", lt="Mano duomenys", en="My data"),
    )
)
PLANNED = register(
    LetterKind(
        key="privacy.planned",
        essential=True,
        reason=OWN,
        subject=TranslatedText(
            lv="Tiks dzēsti dati: {{ person }}",
            lt="Bus ištrinti duomenys: {{ person }}",
            en="Data will be erased: {{ person }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nPēc pašas personas vēlēšanās tiks dzēsti dati: {{ person }}. Diena: {{ due|day|full_stop }} Iemesls nav jānorāda.\n\nStundas, datumi un skaitļi paliek. Ja ir pāris, kas vēl darbojas, tā darbs beidzas, nevienu nevainojot, un otram par to pavēsta.",
            lt="Sveiki!\n\nPaties asmens pageidavimu bus ištrinti duomenys: {{ person }}. Diena: {{ due|day|full_stop }} Priežasties nurodyti nereikia.\n\nValandos, datos ir skaičiai lieka. Jei yra dar veikianti pora, jos darbas baigiasi nieko nekaltinant, ir kitam apie tai pranešama.",
            en="Hello.\n\nAs the person wishes, data will be erased: {{ person }}. The day: {{ due|day|full_stop }} No reason has to be given.\n\nHours, dates and counts stay. A pair that still works together ends without blame, and the other one is told.",
        ),
        button=TranslatedText(lv="Apskatīt", lt="Peržiūrėti", en="Have a look"),
    )
)
TAKEN_BACK = register(
    LetterKind(
        key="privacy.taken_back",
        essential=True,
        reason=OWN,
        subject=TranslatedText(
            lv="Dati netiks dzēsti: {{ person }}",
            lt="Duomenys nebus ištrinti: {{ person }}",
            en="Data will not be erased: {{ person }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nLūgums ir atsaukts: {{ person }}. Viss paliek, kā bija.",
            lt="Sveiki!\n\nPrašymas atšauktas: {{ person }}. Viskas lieka kaip buvę.",
            en="Hello.\n\nThe request was taken back: {{ person }}. Everything stays as it was.",
        ),
    )
)


TERM = register(
    LetterKind(
        key="privacy.term",
        essential=True,
        reason=OWN,
        subject=TranslatedText(
            lv="Glabāšanas laiks ir beidzies: {{ programme }}",
            lt="Saugojimo laikas baigėsi: {{ programme }}",
            en="Kept long enough: {{ programme }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nProgrammas „{{ programme }}” dalībnieku datu glabāšanas laiks ir beidzies. Apskatiet, kas tiks dzēsts, un apstipriniet. Stundas, datumi un skaitļi paliek.",
            lt="Sveiki!\n\nProgramos „{{ programme }}“ dalyvių duomenų saugojimo laikas baigėsi. Peržiūrėkite, kas bus ištrinta, ir patvirtinkite. Valandos, datos ir skaičiai lieka.",
            en="Hello.\n\nThe data of those who took part in “{{ programme }}” have been kept long enough. Look at what will be erased, and confirm it. Hours, dates and counts stay.",
        ),
        button=TranslatedText(lv="Apskatīt", lt="Peržiūrėti", en="Have a look"),
    )
)


def send_code(wish: Erasure, code: str, *, now: datetime) -> None:
    """The code, to the person alone; a newer one ends it."""
    _to_person(CODE, wish, now, code=code)


def tell_waiting(wish: Erasure, *, now: datetime) -> None:
    """The day, to the person, and to whoever runs their programmes: that it will happen, never why."""
    _to_person(WAITS, wish, now, due=wish.due_at)
    _to_staff(PLANNED, wish, now, due=wish.due_at)


def tell_taken_back(wish: Erasure, *, now: datetime) -> None:
    """Whoever was told of the day is told that it is off."""
    if wish.due_at:
        _to_person(TAKEN_BACK, wish, now)
        _to_staff(TAKEN_BACK, wish, now)


def _to_person(kind: LetterKind, wish: Erasure, now: datetime, **context: object) -> None:
    person = wish.person
    adult = not Membership.objects.filter(person=person, role=Role.MENTEE).exists()
    _send(kind, wish, person, adult, PAGE, now, **context)


def _to_staff(kind: LetterKind, wish: Erasure, now: datetime, **context: object) -> None:
    for each in _staff(wish.person):
        _send(kind, wish, each.person, True, f"/programmes/{each.programme.ref}/erasures/", now, **context)


def _staff(person: Person) -> Iterator[Membership]:
    """Of each programme who runs it; nobody twice."""
    told = {person.pk}
    for mine in Membership.objects.filter(person=person).select_related("programme"):
        for each in staff_of(mine.programme):
            if each.person_id not in told:
                told.add(each.person_id)
                yield each


def _send(
    kind: LetterKind, wish: Erasure, to: Person, adult: bool, link: str, now: datetime, **context: object
) -> None:
    post.send(
        kind,
        to=recipient(to, adult=adult),
        context={"person": wish.person.name, **context},
        link=link if kind.button else "",
        about=f"erasure:{wish.ref}",
        once=f"{kind.key}:{wish.ref}:{to.pk}",
        now=now,
    )


def tell_term(retention: Retention, *, now: datetime) -> None:
    """The years are over: whoever runs the programme is asked to confirm."""
    programme = retention.programme
    for each in staff_of(programme):
        post.send(
            TERM,
            to=recipient(each.person, adult=True),
            context={"programme": programme.name.within(each.person.language)},
            link=f"/programmes/{programme.ref}/retention/",
            about=f"retention:{programme.ref}",
            once=f"{TERM.key}:{programme.ref}:{retention.years}:{each.person_id}",
            now=now,
        )
