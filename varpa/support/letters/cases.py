"""What is written about cases: to whoever handles one, and to whoever told it. Its words stay on the page."""

from collections.abc import Mapping
from datetime import datetime

from varpa.guardians.models import Guardian
from varpa.kernel.text import TranslatedText
from varpa.pairs.models import Side
from varpa.people.models import Person
from varpa.people.queries import recipient
from varpa.post import actions as post
from varpa.post.envelope import Recipient
from varpa.post.kinds import LetterKind, register
from varpa.programmes.letters import REASON
from varpa.programmes.models import Role
from varpa.support.models import Case, CaseLine, Kind
from varpa.support.queries.cases import is_followed_by_both, local_day, name_of_teller

OPEN_IT = TranslatedText(lv="Atvērt", lt="Atidaryti", en="Open")

TOLD = register(
    LetterKind(
        key="support.told",
        essential=True,
        answer="mailroom.on_page",
        reason=REASON,
        subject=TranslatedText(
            lv="{% if safety %}Drošība: {% endif %}vajadzīga palīdzība, raksta {{ teller }}",
            lt="{% if safety %}Saugumas: {% endif %}reikia pagalbos, rašo {{ teller }}",
            en="{% if safety %}Safety: {% endif %}help is needed, {{ teller }} writes",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ teller }} raksta, ka kaut kas nav kārtībā. Izlasiet to {% if safety %}vēl šodien{% else %}{{ until|by_day }}{% endif %}: tiklīdz tas ir izlasīts, {{ teller }} saņems ziņu. Pats teksts šajā vēstulē nav.",
            lt="Sveiki!\n\n{{ teller }} rašo, kad kažkas negerai. Perskaitykite {% if safety %}dar šiandien{% else %}{{ until|by_day }}{% endif %} Kai tik tai bus perskaityta, {{ teller }} gaus žinutę. Paties teksto šiame laiške nėra.",
            en="Hello.\n\n{{ teller }} writes that something is wrong. Please read it {% if safety %}today{% else %}{{ until|by_day }}{% endif %}: once it is read, {{ teller }} gets a letter. The text itself is not in this letter.",
        ),
        button=TranslatedText(lv="Izlasīt", lt="Perskaityti", en="Read it"),
    )
)

DUE = register(
    LetterKind(
        key="support.due",
        essential=True,
        answer="mailroom.on_page",
        reason=REASON,
        subject=TranslatedText(
            lv="Vēl nav izlasīts: raksta {{ teller }}",
            lt="Dar neperskaityta: rašo {{ teller }}",
            en="Not read yet: {{ teller }} writes",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ teller }} gaida, kad kāds izlasīs uzrakstīto. To vajag izlasīt {{ until|by_day|full_stop }}{% if not lead %} Pēc tam par to uzzina vadošais partneris.{% endif %}",
            lt="Sveiki!\n\n{{ teller }} laukia, kol kas nors perskaitys. Perskaityti reikia {{ until|by_day }}{% if not lead %} Vėliau apie tai sužino pagrindinis partneris.{% endif %}",
            en="Hello.\n\n{{ teller }} waits for somebody to read what was written. It is to be read {{ until|by_day|full_stop }}{% if not lead %} After that the lead partner is told.{% endif %}",
        ),
        button=TranslatedText(lv="Izlasīt", lt="Perskaityti", en="Read it"),
    )
)

LATE = register(
    LetterKind(
        key="support.late",
        essential=True,
        answer="mailroom.on_page",
        reason=REASON,
        subject=TranslatedText(
            lv="Termiņš ir pagājis: raksta {{ teller }}",
            lt="Terminas praėjo: rašo {{ teller }}",
            en="Past its time: {{ teller }} writes",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ told|day }} {{ teller }} rakstīja, ka kaut kas nav kārtībā. Noteiktajā laikā to neviens nav izlasījis{% if not lead %}, tāpēc tagad to redzat arī Jūs{% endif %}.",
            lt="Sveiki!\n\n{{ told|day }} {{ teller }} parašė, kad kažkas negerai. Per nustatytą laiką niekas to neperskaitė{% if not lead %}, todėl dabar tai matote ir Jūs{% endif %}.",
            en="Hello.\n\nOn {{ told|day }} {{ teller }} wrote that something is wrong. Nobody has read it in time{% if not lead %}, so now you see it too{% endif %}.",
        ),
        button=TranslatedText(lv="Izlasīt", lt="Perskaityti", en="Read it"),
    )
)

PASSED = register(
    LetterKind(
        key="support.passed",
        essential=True,
        answer="mailroom.on_page",
        reason=REASON,
        subject=TranslatedText(
            lv="Nodots Jums: raksta {{ teller }}",
            lt="Perduota Jums: rašo {{ teller }}",
            en="Passed on to you: {{ teller }} writes",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ teller }} rakstīja, ka kaut kas nav kārtībā. {% if by %}{{ by }} nodod to tālāk.{% else %}Cilvēks, kas ar to strādāja, programmā vairs nav.{% endif %} Tagad tas ir pie Jums. Izlasiet to {% if safety %}vēl šodien{% else %}{{ until|by_day }}{% endif %}; paveiktais ir redzams lapā.",
            lt="Sveiki!\n\n{{ teller }} parašė, kad kažkas negerai. {% if by %}{{ by }} perduoda tai toliau.{% else %}Žmogaus, kuris tuo rūpinosi, programoje nebėra.{% endif %} Dabar tai pas Jus. Perskaitykite {% if safety %}dar šiandien{% else %}{{ until|by_day }}{% endif %} Kas padaryta, matyti puslapyje.",
            en="Hello.\n\n{{ teller }} wrote that something is wrong. {% if by %}{{ by }} passes it on.{% else %}Whoever worked on it is no longer in the programme.{% endif %} Now it is with you. Please read it {% if safety %}today{% else %}{{ until|by_day }}{% endif %}; what was done stands on the page.",
        ),
        button=OPEN_IT,
    )
)

TAKEN_BACK = register(
    LetterKind(
        key="support.taken_back",
        essential=True,
        answer="mailroom.on_page",
        reason=REASON,
        subject=TranslatedText(
            lv="{% if safety %}Drošība: {% endif %}atsaukts, raksta {{ teller }}",
            lt="{% if safety %}Saugumas: {% endif %}atsiimta, rašo {{ teller }}",
            en="{% if safety %}Safety: {% endif %}taken back, {{ teller }} writes",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ told|day }} {{ teller }} rakstīja, ka kaut kas nav kārtībā, un tagad to atsauc: tas ir nokārtots vai bija kļūda. Uzrakstītais paliek izlasāms.{% if safety %} Ja šaubāties, vai viss ir droši, pajautājiet.{% endif %}",
            lt="Sveiki!\n\n{{ told|day }} {{ teller }} parašė, kad kažkas negerai, o dabar tai atsiima: tai išspręsta arba buvo klaida. Kas parašyta, galima skaityti ir toliau.{% if safety %} Jei abejojate, ar viskas saugu, paklauskite.{% endif %}",
            en="Hello.\n\nOn {{ told|day }} {{ teller }} wrote that something is wrong, and takes it back now: it is settled, or was a mistake. What was written can still be read.{% if safety %} If you doubt that all is safe, please ask.{% endif %}",
        ),
        button=OPEN_IT,
    )
)

ADDED = register(
    LetterKind(
        key="support.added",
        essential=True,
        answer="mailroom.on_page",
        reason=REASON,
        subject=TranslatedText(
            lv="{% if safety %}Drošība: {% endif %}papildinājums, raksta {{ by }}",
            lt="{% if safety %}Saugumas: {% endif %}papildymas, rašo {{ by }}",
            en="{% if safety %}Safety: {% endif %}something was added, {{ by }} writes",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ by }} pa pastu papildināja to, kas ir pie Jums. Pats teksts šajā vēstulē nav.",
            lt="Sveiki!\n\n{{ by }} paštu papildė tai, kas yra pas Jus. Paties teksto šiame laiške nėra.",
            en="Hello.\n\n{{ by }} has added something by mail to what you see to. The text itself is not in this letter.",
        ),
        button=TranslatedText(lv="Izlasīt", lt="Perskaityti", en="Read it"),
    )
)

READ = register(
    LetterKind(
        key="support.read",
        essential=True,
        answer="support.case",
        reason=REASON,
        subject=TranslatedText(
            lv="{{ reader }} izlasīja {% if adult %}Jūsu{% else %}tavu{% endif %} ziņu",
            lt="{{ reader }} perskaitė {% if adult %}Jūsų{% else %}tavo{% endif %} žinutę",
            en="{{ reader }} has read what you wrote",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ reader }} izlasīja {% if adult %}Jūsu{% else %}tavu{% endif %} ziņu un domā, ko darīt. Kas notiek tālāk, redzams lapā. Ja vajag steidzami, var rakstīt arī tieši: {{ address }}",
            lt="Sveiki!\n\n{{ reader }} perskaitė {% if adult %}Jūsų{% else %}tavo{% endif %} žinutę ir galvoja, ką daryti. Kas vyksta toliau, matyti puslapyje. Jei skubu, galima rašyti ir tiesiogiai: {{ address }}",
            en="Hello.\n\n{{ reader }} has read what you wrote and thinks about what to do. What happens next stands on the page. If it is urgent, you may also write directly: {{ address }}",
        ),
        button=OPEN_IT,
    )
)

STEP = register(
    LetterKind(
        key="support.step",
        essential=True,
        answer="support.case",
        reason=REASON,
        subject=TranslatedText(lv="Kas tiek darīts", lt="Kas daroma", en="What is being done"),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ by }} raksta:\n\n{{ text }}",
            lt="Sveiki!\n\n{{ by }} rašo:\n\n{{ text }}",
            en="Hello.\n\n{{ by }} writes:\n\n{{ text }}",
        ),
        button=OPEN_IT,
    )
)

CLOSED = register(
    LetterKind(
        key="support.closed",
        essential=True,
        answer="support.case",
        reason=REASON,
        subject=TranslatedText(
            lv="Ar ko tas beidzās: {{ outcome }}",
            lt="Kuo tai baigėsi: {{ outcome }}",
            en="What came of it: {{ outcome }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{% if text %}{{ by }} raksta:\n\n{{ text }}\n\n{% endif %}{% if adult %}Ja labāk nekļūst, rakstiet vēlreiz.{% else %}Ja labāk nekļūst, raksti vēlreiz.{% endif %}",
            lt="Sveiki!\n\n{% if text %}{{ by }} rašo:\n\n{{ text }}\n\n{% endif %}{% if adult %}Jei negerėja, parašykite dar kartą.{% else %}Jei negerėja, parašyk dar kartą.{% endif %}",
            en="Hello.\n\n{% if text %}{{ by }} writes:\n\n{{ text }}\n\n{% endif %}If it does not get better, write once more.",
        ),
        button=OPEN_IT,
    )
)


def about(case: Case) -> str:
    """What the letters of a case are about."""
    return f"case:{case.ref}"


def tell(case: Case, people: list[Person], *, now: datetime) -> None:
    """That something was told, to everybody who may handle it."""
    _staff(TOLD, case, people, once="told", now=now)


def remind(case: Case, people: list[Person], *, now: datetime) -> None:
    """That its clock runs out."""
    _staff(DUE, case, people, once=f"due:{_clock(case)}", now=now, lead=case.with_lead)


def tell_late(case: Case, people: list[Person], *, had: bool, now: datetime) -> None:
    """That nobody has read it in time, to the lead partner; `had`: it was told to them before."""
    _staff(LATE, case, people, once=f"late:{_clock(case)}", now=now, lead=had)


def _clock(case: Case) -> str:
    """The clock that runs out: what was passed on has another one."""
    return local_day(case, case.read_by)


def tell_passed(case: Case, people: list[Person], by: Person | None, *, now: datetime) -> None:
    """That somebody else works on it from now."""
    _staff(PASSED, case, people, once=f"passed:{now:%Y%m%d%H%M}", now=now, by=by.name if by else "")


def tell_taken_back(case: Case, people: list[Person], *, now: datetime) -> None:
    """That whoever told it has taken it back."""
    _staff(TAKEN_BACK, case, people, once="taken_back", now=now)


def tell_added(case: Case, line: CaseLine, people: list[Person], *, now: datetime) -> None:
    """That whoever follows a case has added words to it."""
    _staff(ADDED, case, people, once=f"added:{line.ref}", now=now, by=line.by.name)


def _staff(
    kind: LetterKind, case: Case, people: list[Person], *, once: str, now: datetime, **more: object
) -> None:
    for person in people:
        to = recipient(person, adult=True)
        context = {
            "programme": case.programme.name.within(to.language),
            "teller": name_of_teller(case),
            "safety": case.kind == Kind.SAFETY,
            "until": case.read_by,
            "told": case.told_at,
            **more,
        }
        key = f"case:{case.ref}:{once}:{person.ref}"
        post.send(
            kind,
            to=to,
            context=context,
            link=f"/cases/{case.ref}/",
            about=about(case),
            once=key,
            now=now,
            urgent=case.kind == Kind.SAFETY,
        )


def tell_read(case: Case, by: Person, *, now: datetime) -> None:
    """Whoever told it, that it is read; a guardian or a school gets first the letter of guardians."""
    context = {"reader": by.name, "address": by.email or ""}
    _send(READ, case, [_teller(case)], context, once=f"read:{by.ref}:{local_day(case, now)}", now=now)


def tell_step(case: Case, line: CaseLine, *, now: datetime) -> None:
    """What is being done, to whoever told it; to the other of the two only what was written for both."""
    context = {"by": line.by.name, "text": line.text}
    to = followers(case) if line.both else [_teller(case)]
    _send(STEP, case, to, context, once=f"line:{line.ref}", now=now)


def tell_closed(case: Case, line: CaseLine | None, by: Person, *, now: datetime) -> None:
    """What came of it; the last words with it only to whoever told it."""
    context = {"by": by.name, "text": line.text if line else "", "outcome": case.get_outcome_display}
    teller, *others = followers(case)
    _send(CLOSED, case, [teller], context, once="closed", now=now)
    _send(CLOSED, case, others, {**context, "text": ""}, once="closed:other", now=now)


def followers(case: Case) -> list[Recipient]:
    """Who told it, and where it is not confidential the other of the two."""
    found = [_teller(case)]
    if case.pair and is_followed_by_both(case):
        sides = [side for side in Side.values if case.pair.member(side).pk != case.teller_id]
        found += [recipient(case.pair.member(side).person, adult=side == Side.MENTOR) for side in sides]
    return found


def _teller(case: Case) -> Recipient:
    if case.teller:
        return recipient(case.teller.person, adult=case.teller.role != Role.MENTEE)
    assert case.worry
    told = case.worry.teller
    zone = told.membership.programme.zone if isinstance(told, Guardian) else told.programme.zone
    return Recipient(None, told.name, told.address, told.language, zone, adult=True)


def _send(
    kind: LetterKind,
    case: Case,
    to: list[Recipient],
    context: Mapping[str, object],
    *,
    once: str,
    now: datetime,
) -> None:
    for number, one in enumerate(to):
        given = {"programme": case.programme.name.within(one.language), **context}
        # Without an account there is no page to open.
        link = f"/cases/{case.ref}/" if one.person_id else ""
        key = f"case:{case.ref}:{once}:{number}"
        post.send(
            kind,
            to=one,
            context=given,
            link=link,
            about=about(case),
            once=key,
            now=now,
            urgent=case.kind == Kind.SAFETY,
        )
