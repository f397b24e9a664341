"""What is written to guardians and schools, and to those who run the programme about what they told."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone, translation

from varpa.guardians.models import Guardian, GuardianLink, SchoolContact, SchoolLink, Worry, WorryKind
from varpa.guardians.queries.guardians import all_answered, answers_to
from varpa.guardians.queries.notices import notices_of
from varpa.guardians.queries.schools import pupils_of, waits_for_word
from varpa.kernel.clock import zone_of
from varpa.kernel.text import TranslatedText
from varpa.people.queries import recipient
from varpa.post import actions as post
from varpa.post.envelope import Recipient
from varpa.post.kinds import LetterKind, register
from varpa.post.queries import waiting_about
from varpa.programmes.ages import ages_of
from varpa.programmes.letters import REASON
from varpa.programmes.models import Membership
from varpa.programmes.queries import is_screened
from varpa.ui import words

# After how many days a reminder goes, and when it is withdrawn unsent.
REMINDERS = ((timedelta(days=4), timedelta(days=9)), (timedelta(days=9), timedelta(days=16)))

Reader = Guardian | SchoolContact

SCHOOL_REMINDER_AFTER = timedelta(days=7)

WHY = TranslatedText(
    lv="Vēstuli sūta programma „{{ programme }}”. Jūsu adrese norādīta kā {% if school %}skolas kontaktpersonas{% else %}vecāka vai aizbildņa{% endif %} adrese. Ja tā ir kļūda, vēstuli varat izdzēst.",
    lt="Laišką siunčia programa „{{ programme }}“. Jūsų adresas nurodytas kaip {% if school %}mokyklos atstovo{% else %}tėvų arba globėjo{% endif %} adresas. Jei tai klaida, laišką galite ištrinti.",
    en="This letter comes from the programme “{{ programme }}”. Your address was given as that of {% if school %}a school’s contact{% else %}a parent or guardian{% endif %}. If this is a mistake, you may delete the letter.",
)

LINK = register(
    LetterKind(
        key="applications.guardian_link",
        essential=True,
        reason=WHY,
        subject=TranslatedText(
            lv="{% if asks %}Lūdzam Jūsu piekrišanu: {{ mentee }}{% else %}Jūsu saite: {{ mentee }}{% endif %}",
            lt="{% if asks %}Prašome Jūsų sutikimo: {{ mentee }}{% else %}Jūsų nuoroda: {{ mentee }}{% endif %}",
            en="{% if asks %}We ask for your permission: {{ mentee }}{% else %}Your link: {{ mentee }}{% endif %}",
        ),
        text=TranslatedText(
            lv="{% if also %}{{ also }}\n\n{% endif %}Sveiki!\n\n{{ mentee }} vēlas piedalīties programmā „{{ programme }}”. Tajā mentors vairākus mēnešus palīdz jaunietim.\n\n{% if asks %}Kamēr nav {{ years }} gadu, par dalību izlemjat Jūs. Saitē īsi aprakstīts, kas ir programma, kas notiks, kādi dati tiek glabāti un kam jautāt. Tur var piekrist vai nepiekrist, katrai lietai atsevišķi, un atbildi jebkurā laikā mainīt. Pietiek ar piecām minūtēm; reģistrēties nevajag.{% else %}Saitē redzamas Jūsu atbildes, un tur var pastāstīt, ja kas satrauc.{% endif %}\n\nSaite ir personiska: lūdzu, nepārsūtiet to. Tā der {{ until }}.",
            lt="{% if also %}{{ also }}\n\n{% endif %}Sveiki!\n\n{{ mentee }} nori dalyvauti programoje „{{ programme }}“. Joje mentorius kelis mėnesius padeda jaunuoliui.\n\n{% if asks %}Kol nėra {{ years }} metų, dėl dalyvavimo sprendžiate Jūs. Atvėrę nuorodą trumpai perskaitysite, kas yra ši programa, kas vyks, kokie duomenys saugomi ir į ką kreiptis. Ten galite sutikti arba nesutikti, su kiekvienu dalyku atskirai, ir bet kada atsakymą pakeisti. Užtenka penkių minučių; registruotis nereikia.{% else %}Atvėrę nuorodą matysite, ką atsakėte, ir galėsite parašyti, jei kas nors kelia nerimą.{% endif %}\n\nNuoroda asmeninė, ji galioja {{ until }}; prašome jos nepersiųsti.",
            en="{% if also %}{{ also }}\n\n{% endif %}Hello.\n\n{{ mentee }} would like to take part in the programme “{{ programme }}”. In it a mentor helps a young person for several months.\n\n{% if asks %}Until the age of {{ years }} you decide on taking part. The link says in short what the programme is, what will happen, what data is kept and whom to ask. There you may permit things or not, each on its own, and change the answer at any time. Five minutes are enough; no account is needed.{% else %}The link shows what you have answered, and you can tell us if something worries you.{% endif %}\n\nThe link is personal: please do not pass it on. It opens {{ until }}.",
        ),
        button=TranslatedText(lv="Izlasīt un atbildēt", lt="Perskaityti ir atsakyti", en="Read and answer"),
    )
)

REMINDER = register(
    LetterKind(
        key="applications.guardian_reminder",
        essential=True,
        reason=WHY,
        subject=TranslatedText(
            lv="Vēl gaidām Jūsu atbildi: {{ mentee }}",
            lt="Dar laukiame Jūsų atsakymo: {{ mentee }}",
            en="We are still waiting for your answer: {{ mentee }}",
        ),
        text=TranslatedText(
            lv="{% if also %}{{ also }}\n\n{% endif %}Sveiki!\n\n{{ mentee }} vēlas piedalīties programmā „{{ programme }}”. Kamēr nav Jūsu atbildes, pirmā tikšanās ar mentoru nevar notikt.\n\nAtbilde „nepiekrītu” arī ir atbilde. Reģistrēties nevajag.{% if last %}\n\nTas ir pēdējais atgādinājums.{% endif %}",
            lt="{% if also %}{{ also }}\n\n{% endif %}Sveiki!\n\n{{ mentee }} nori dalyvauti programoje „{{ programme }}“. Kol nėra Jūsų atsakymo, pirmasis susitikimas su mentoriumi negali įvykti.\n\nAtsakymas „nesutinku“ taip pat yra atsakymas. Registruotis nereikia.{% if last %}\n\nTai paskutinis priminimas.{% endif %}",
            en="{% if also %}{{ also }}\n\n{% endif %}Hello.\n\n{{ mentee }} would like to take part in the programme “{{ programme }}”. Until you have answered, the first meeting with the mentor cannot take place.\n\nA no is an answer too. No account is needed.{% if last %}\n\nThis is the last reminder.{% endif %}",
        ),
        button=TranslatedText(lv="Izlasīt un atbildēt", lt="Perskaityti ir atsakyti", en="Read and answer"),
    )
)

MENTOR = register(
    LetterKind(
        key="guardians.mentor",
        essential=True,
        reason=WHY,
        subject=TranslatedText(
            lv="Kas ir mentors: {{ mentee }}, {{ mentor }}",
            lt="Kas yra mentorius: {{ mentee }}, {{ mentor }}",
            en="Who the mentor is: {{ mentee }}, {{ mentor }}",
        ),
        text=TranslatedText(
            lv="{% if also %}{{ also }}\n\n{% endif %}Sveiki!\n\nProgrammā „{{ programme }}” tagad kopā sāk strādāt {{ mentee }} un mentors: {{ mentor }}{% if place %}, {{ place|full_stop }}{% else %}.{% endif %} {% if screened %}Mentors pirms tam ir pārbaudīts, kā to prasa programma, un ir sagatavojies.{% else %}Mentors pirms tam ir sagatavojies.{% endif %}\n\nSaitē redzams, kas ir mentors un ko esat atbildējuši. Tur jebkurā laikā var atsaukt katru piekrišanu un pastāstīt, ja kas satrauc.\n\nSaite ir personiska: lūdzu, nepārsūtiet to. Tā der {{ until }}.",
            lt="{% if also %}{{ also }}\n\n{% endif %}Sveiki!\n\nProgramoje „{{ programme }}“ kartu dirbti dabar pradeda {{ mentee }} ir mentorius: {{ mentor }}{% if place %}, {{ place|full_stop }}{% else %}.{% endif %} {% if screened %}Prieš tai mentorius patikrintas, kaip to reikalauja programa, ir pasirengė.{% else %}Prieš tai mentorius pasirengė.{% endif %}\n\nAtvėrę nuorodą matysite, kas yra mentorius ir ką atsakėte. Ten bet kada galite atšaukti kiekvieną sutikimą ir parašyti, jei kas nors kelia nerimą.\n\nNuoroda asmeninė, ji galioja {{ until }}; prašome jos nepersiųsti.",
            en="{% if also %}{{ also }}\n\n{% endif %}Hello.\n\nIn the programme “{{ programme }}” {{ mentee }} now begins to work with a mentor: {{ mentor }}{% if place %}, {{ place|full_stop }}{% else %}.{% endif %} {% if screened %}The mentor was screened before, as the programme asks, and is prepared.{% else %}The mentor is prepared.{% endif %}\n\nThe link shows who the mentor is and what you have answered. There you can take back each permission at any time, and tell us if something worries you.\n\nThe link is personal: please do not pass it on. It opens {{ until }}.",
        ),
        button=TranslatedText(lv="Apskatīt", lt="Peržiūrėti", en="See it"),
    )
)

WORRY = register(
    LetterKind(
        key="applications.worry",
        essential=True,
        answer="mailroom.on_page",
        prompt=True,
        reason=REASON,
        subject=TranslatedText(
            lv="{% if school %}Skola{% else %}Vecāks vai aizbildnis{% endif %} raksta par bažām: {{ mentee }}",
            lt="{% if school %}Mokykla{% else %}Tėvai arba globėjas{% endif %} rašo apie nerimą: {{ mentee }}",
            en="{% if school %}A school{% else %}A guardian{% endif %} tells of a worry: {{ mentee }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ teller }}{% if school %} ({{ school }}){% endif %} raksta, kas satrauc. Lūdzu, izlasiet to {% if safety %}šodien{% else %}divu darbdienu laikā{% endif %} un atzīmējiet, ka tas izlasīts: rakstītājs par to saņems ziņu. Pats teksts vēstulē nav.",
            lt="Sveiki!\n\n{{ teller }}{% if school %} ({{ school }}){% endif %} rašo, kas kelia nerimą. Prašome perskaityti tai {% if safety %}šiandien{% else %}per dvi darbo dienas{% endif %} ir pažymėti, kad perskaityta: rašiusysis gaus žinią. Paties teksto laiške nėra.",
            en="Hello.\n\n{{ teller }}{% if school %} ({{ school }}){% endif %} has written what is worrying. Please read it {% if safety %}today{% else %}within two working days{% endif %} and mark it as read: whoever wrote it is told. The text itself is not in this letter.",
        ),
        button=TranslatedText(lv="Izlasīt", lt="Perskaityti", en="Read it"),
    )
)

READ = register(
    LetterKind(
        key="applications.worry_read",
        essential=True,
        answer="mailroom.on_page",
        reason=WHY,
        subject=TranslatedText(
            lv="Jūsu rakstīto esam izlasījuši",
            lt="Perskaitėme, ką parašėte",
            en="We have read what you wrote",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ day }} mums rakstījāt par to, kas satrauc. To izlasīja {{ reader }}. Ja vajag, sazināsimies ar Jums; rakstīt varat arī tieši: {{ address }}",
            lt="Sveiki!\n\n{{ day }} mums rašėte apie tai, kas kelia nerimą. Perskaitė {{ reader }}. Jei reikės, su Jumis susisieksime; galite rašyti ir tiesiogiai: {{ address }}",
            en="Hello.\n\nYou told us of a worry, {{ day }}. {{ reader }} has read it. If needed, we will get in touch with you; you may also write directly: {{ address }}",
        ),
    )
)


SCHOOL_LINK = register(
    LetterKind(
        key="guardians.school_link",
        essential=True,
        reason=WHY,
        subject=TranslatedText(
            lv="Audzēkņi no Jūsu skolas: {{ school }}",
            lt="Jūsų mokyklos mokiniai: {{ school }}",
            en="Pupils of your school: {{ school }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nProgrammā „{{ programme }}” piesakās audzēkņi no Jūsu skolas. Saitē redzams, kas ir pieteicies un kuram ir mentors. Par katru lūdzam apstiprināt, ka tas ir Jūsu skolas audzēknis, vai pateikt, kāpēc ne; iemeslu redz tikai programmas vadītāji. Tur var arī pastāstīt, ja kas satrauc. Reģistrēties nevajag.\n\nSaite ir personiska: lūdzu, nepārsūtiet to. Tā der {{ until }}.",
            lt="Sveiki!\n\nĮ programą „{{ programme }}“ kreipiasi Jūsų mokyklos mokiniai. Atvėrę nuorodą matysite, kas kreipėsi ir kas jau turi mentorių. Prašome apie kiekvieną patvirtinti, kad tai Jūsų mokyklos mokinys, arba pasakyti, kodėl ne; priežastį mato tik programos vadovai. Ten galite parašyti ir tai, kas kelia nerimą. Registruotis nereikia.\n\nNuoroda asmeninė, ji galioja {{ until }}; prašome jos nepersiųsti.",
            en="Hello.\n\nPupils of your school apply to the programme “{{ programme }}”. The link shows who has applied and who has a mentor. Please confirm for each that this is a pupil of your school, or say why not; only those who run the programme see the reason. There you can also tell of a worry. No account is needed.\n\nThe link is personal: please do not pass it on. It opens {{ until }}.",
        ),
        button=TranslatedText(lv="Atvērt sarakstu", lt="Atverti sąrašą", en="Open the list"),
    )
)

SCHOOL_REMINDER = register(
    LetterKind(
        key="guardians.school_reminder",
        essential=True,
        reason=WHY,
        subject=TranslatedText(
            lv="Vēl gaidām Jūsu apstiprinājumu: {{ school }}",
            lt="Dar laukiame Jūsų patvirtinimo: {{ school }}",
            en="We are still waiting for your word: {{ school }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nPar dažiem audzēkņiem, kuri piesakās programmā „{{ programme }}”, vēl nav Jūsu vārda. Pietiek ar vienu pieskārienu par katru. Tas ir vienīgais atgādinājums.",
            lt="Sveiki!\n\nApie kai kuriuos mokinius, kurie kreipiasi į programą „{{ programme }}“, Jūsų žodžio dar nėra. Užtenka vieno paspaudimo kiekvienam. Tai vienintelis priminimas.",
            en="Hello.\n\nFor some pupils who apply to the programme “{{ programme }}” your word is still missing. One tap for each is enough. This is the only reminder.",
        ),
        button=TranslatedText(lv="Atvērt sarakstu", lt="Atverti sąrašą", en="Open the list"),
    )
)


def send_school_link(link: SchoolLink, token: str, *, now: datetime) -> None:
    """Mail a new link to a school, and remind of it once while some pupil waits for its word."""
    contact = link.contact
    end_school_links(contact, now=now)
    until = _by_day(link.expires_at, contact)
    programme = contact.programme.name.within(contact.language)
    given: dict[str, Any] = {
        "to": reader_of(contact),
        "context": {"programme": programme, "school": contact.school, "until": until},
        "link": f"/school/{token}/",
        "about": _about(contact),
        "now": now,
    }
    post.send(SCHOOL_LINK, once=f"school:{link.ref}", **given)
    if waits_for_word(contact, pupils_of(contact)):
        after, ends = now + SCHOOL_REMINDER_AFTER, min(now + 2 * SCHOOL_REMINDER_AFTER, link.expires_at)
        post.send(SCHOOL_REMINDER, once=f"school:{link.ref}:1", not_before=after, ends=ends, **given)


def end_school_links(contact: SchoolContact, *, now: datetime) -> None:
    """A school's link no longer counts: what would still carry it is not sent."""
    post.withdraw(about=_about(contact), kinds=[SCHOOL_LINK, SCHOOL_REMINDER], now=now)


def end_if_all_said(contact: SchoolContact, *, now: datetime) -> None:
    """Nobody is reminded where no pupil waits for a word."""
    if not waits_for_word(contact, pupils_of(contact)):
        post.withdraw(about=_about(contact), kinds=[SCHOOL_REMINDER], now=now)


def send_link(
    link: GuardianLink, token: str, asks: bool, *, now: datetime, mentor: Membership | None = None
) -> None:
    """Mail a new link, and remind of it until everything is answered. What waited for an earlier one ends.

    `mentor`: it tells who that is with whom the pupil begins.
    """
    guardian = link.guardian
    end_links(guardian, now=now)
    context = {
        **_of(guardian.membership, guardian.language),
        "asks": asks,
        "also": _also(guardian),
        "years": ages_of(guardian.membership.country, guardian.membership.adult).adult,
        "until": _by_day(link.expires_at, guardian),
        **(_about_mentor(mentor) if mentor else {}),
    }
    once = f"guardian:{link.ref}"
    given: dict[str, Any] = {
        "to": reader_of(guardian),
        "link": f"/guardian/{token}/",
        "about": _about(guardian),
        "now": now,
    }
    post.send(MENTOR if mentor else LINK, context=context, once=once, **given)
    if not asks or all_answered(guardian.membership):
        return
    for place, (after, until) in enumerate(REMINDERS, start=1):
        said = {**context, "last": place == len(REMINDERS)}
        ends = min(now + until, link.expires_at)
        post.send(REMINDER, context=said, once=f"{once}:{place}", not_before=now + after, ends=ends, **given)


def _about_mentor(mentor: Membership) -> dict[str, object]:
    return {"mentor": mentor.person.name, "place": mentor.place, "screened": is_screened(mentor)}


def _also(guardian: Guardian) -> str:
    """What the letters say first in the language that the guardian reads besides those of the house."""
    own = notices_of(guardian.membership).get(guardian.also_in) if guardian.also_in else None
    return own.letter if own else ""


def end_reminders(guardians: Collection[Guardian], *, now: datetime) -> int:
    """Whoever is asked nothing any more is reminded of nothing; answers how many letters."""
    return post.withdraw(about=[_about(each) for each in guardians], kinds=[REMINDER], now=now)


def reminded() -> set[str]:
    """The references of guardians for whom a reminder waits."""
    return {about.partition(":")[2] for about in waiting_about([REMINDER])}


def end_links(guardian: Guardian, *, now: datetime) -> None:
    """A link no longer counts: what would still carry it is not sent."""
    post.withdraw(about=_about(guardian), kinds=[LINK, REMINDER], now=now)


def end_if_answered(membership: Membership, *, now: datetime) -> None:
    """Nobody is reminded of what is answered."""
    if all_answered(membership):
        about = [_about(each) for each in membership.guardians.all()]
        post.withdraw(about=about, kinds=[REMINDER], now=now)


def tell_worry(worry: Worry, *, now: datetime) -> None:
    """Tell everybody whom it was written for that a guardian has; the words stay on the page."""
    membership, teller = worry.membership, worry.teller
    for person in answers_to(membership, worry.to):
        reader = recipient(person, adult=True)
        context: dict[str, object] = {**_of(membership, reader.language), "teller": teller.name}
        context["school"] = worry.contact.school if worry.contact else ""
        context["safety"] = worry.kind == WorryKind.SAFETY
        post.send(
            WORRY,
            to=reader,
            context=context,
            link=f"/memberships/{membership.ref}/#worries",
            about=f"worry:{worry.ref}",
            once=f"worry:{worry.ref}:{person.ref}",
            now=now,
        )


def tell_read(worry: Worry, *, now: datetime) -> None:
    """Tell whoever told it who has read it."""
    teller, by = worry.teller, worry.read_by
    if by is None:
        return
    given = {"reader": by.name, "address": by.email or "", "day": _day(worry.at, teller)}
    post.send(
        READ,
        to=reader_of(teller),
        context={**_of(worry.membership, teller.language), **given, "school": bool(worry.contact)},
        about=f"worry:{worry.ref}",
        once=f"worry:{worry.ref}:read",
        now=now,
    )


def _about(one: Reader) -> str:
    return f"{'guardian' if isinstance(one, Guardian) else 'school'}:{one.ref}"


def reader_of(one: Reader) -> Recipient:
    """A guardian, or a school's contact, as the reader of a letter."""
    return Recipient(None, one.name, one.address, one.language, str(_zone(one)), adult=True)


def _of(membership: Membership, language: str) -> dict[str, str]:
    return {"programme": membership.programme.name.within(language), "mentee": membership.person.name}


def _by_day(when: datetime, one: Reader) -> str:
    with translation.override(one.language), timezone.override(_zone(one)):
        return words.by_day(when)


def _day(when: datetime, one: Reader) -> str:
    with translation.override(one.language), timezone.override(_zone(one)):
        return words.day(when)


def _zone(one: Reader) -> ZoneInfo:
    programme = one.membership.programme if isinstance(one, Guardian) else one.programme
    return zone_of(programme.zone)
