"""What is written to a minor's guardian, and to those who run the programme about what a guardian told."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone, translation

from varpa.guardians.models import Guardian, GuardianLink, Worry
from varpa.guardians.queries.guardians import all_answered
from varpa.kernel.text import TranslatedText
from varpa.people.models import Appointment, Person
from varpa.people.queries import recipient
from varpa.post import actions as post
from varpa.post.envelope import Recipient
from varpa.post.kinds import LetterKind, register
from varpa.programmes.letters import REASON
from varpa.programmes.models import Membership
from varpa.programmes.queries import staff_of
from varpa.ui import words

# After how many days a reminder goes, and when it is withdrawn unsent.
REMINDERS = ((timedelta(days=4), timedelta(days=9)), (timedelta(days=9), timedelta(days=16)))

WHY = TranslatedText(
    lv="Vēstuli sūta programma „{{ programme }}”. Jūsu adrese norādīta kā vecāka vai aizbildņa adrese. Ja tā ir kļūda, vēstuli varat izdzēst.",
    lt="Laišką siunčia programa „{{ programme }}“. Jūsų adresas nurodytas kaip tėvų arba globėjo adresas. Jei tai klaida, laišką galite ištrinti.",
    en="This letter comes from the programme “{{ programme }}”. Your address was given as that of a parent or guardian. If this is a mistake, you may delete the letter.",
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
            lv="Sveiki!\n\n{{ mentee }} vēlas piedalīties programmā „{{ programme }}”. Tajā uzņēmējs kā mentors vairākus mēnešus palīdz jaunietim attīstīt biznesa ideju.\n\n{% if asks %}Kamēr nav 18 gadu, par dalību izlemjat Jūs. Saitē īsi aprakstīts, kas ir programma, kas notiks, kādi dati tiek glabāti un kam jautāt. Tur var piekrist vai nepiekrist četrām lietām, katrai atsevišķi, un atbildi jebkurā laikā mainīt. Pietiek ar piecām minūtēm; reģistrēties nevajag.{% else %}Saitē redzamas Jūsu atbildes, un tur var pastāstīt, ja kas satrauc.{% endif %}\n\nSaite ir personiska: lūdzu, nepārsūtiet to. Tā der {{ until }}.",
            lt="Sveiki!\n\n{{ mentee }} nori dalyvauti programoje „{{ programme }}“. Joje verslininkas kaip mentorius kelis mėnesius padeda jaunuoliui plėtoti verslo idėją.\n\n{% if asks %}Kol nėra 18 metų, dėl dalyvavimo sprendžiate Jūs. Atvėrę nuorodą trumpai perskaitysite, kas yra ši programa, kas vyks, kokie duomenys saugomi ir į ką kreiptis. Ten galite sutikti arba nesutikti su keturiais dalykais, su kiekvienu atskirai, ir bet kada atsakymą pakeisti. Užtenka penkių minučių; registruotis nereikia.{% else %}Atvėrę nuorodą matysite, ką atsakėte, ir galėsite parašyti, jei kas nors kelia nerimą.{% endif %}\n\nNuoroda asmeninė, ji galioja {{ until }}; prašome jos nepersiųsti.",
            en="Hello.\n\n{{ mentee }} would like to take part in the programme “{{ programme }}”. In it an entrepreneur, as a mentor, helps a young person with a business idea for several months.\n\n{% if asks %}Until the age of 18 you decide on taking part. The link says in short what the programme is, what will happen, what data is kept and whom to ask. There you may permit four things or not, each on its own, and change the answer at any time. Five minutes are enough; no account is needed.{% else %}The link shows what you have answered, and you can tell us if something worries you.{% endif %}\n\nThe link is personal: please do not pass it on. It opens {{ until }}.",
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
            lv="Sveiki!\n\n{{ mentee }} vēlas piedalīties programmā „{{ programme }}”. Kamēr nav Jūsu atbildes, pirmā tikšanās ar mentoru nevar notikt.\n\nAtbilde „nepiekrītu” arī ir atbilde. Reģistrēties nevajag.{% if last %}\n\nTas ir pēdējais atgādinājums.{% endif %}",
            lt="Sveiki!\n\n{{ mentee }} nori dalyvauti programoje „{{ programme }}“. Kol nėra Jūsų atsakymo, pirmasis susitikimas su mentoriumi negali įvykti.\n\nAtsakymas „nesutinku“ taip pat yra atsakymas. Registruotis nereikia.{% if last %}\n\nTai paskutinis priminimas.{% endif %}",
            en="Hello.\n\n{{ mentee }} would like to take part in the programme “{{ programme }}”. Until you have answered, the first meeting with the mentor cannot take place.\n\nA no is an answer too. No account is needed.{% if last %}\n\nThis is the last reminder.{% endif %}",
        ),
        button=TranslatedText(lv="Izlasīt un atbildēt", lt="Perskaityti ir atsakyti", en="Read and answer"),
    )
)

WORRY = register(
    LetterKind(
        key="applications.worry",
        essential=True,
        reason=REASON,
        subject=TranslatedText(
            lv="Vecāks vai aizbildnis raksta par bažām: {{ mentee }}",
            lt="Tėvai arba globėjas rašo apie nerimą: {{ mentee }}",
            en="A guardian tells of a worry: {{ mentee }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ guardian }} raksta, kas satrauc. Lūdzu, izlasiet to šodien un atzīmējiet, ka tas izlasīts: vecāks vai aizbildnis par to saņems ziņu. Pats teksts vēstulē nav.",
            lt="Sveiki!\n\n{{ guardian }} rašo, kas kelia nerimą. Prašome perskaityti tai šiandien ir pažymėti, kad perskaityta: tėvai arba globėjas gaus žinią. Paties teksto laiške nėra.",
            en="Hello.\n\n{{ guardian }} has written what is worrying. Please read it today and mark it as read: the guardian is told. The text itself is not in this letter.",
        ),
        button=TranslatedText(lv="Izlasīt", lt="Perskaityti", en="Read it"),
    )
)

READ = register(
    LetterKind(
        key="applications.worry_read",
        essential=True,
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


def send_link(link: GuardianLink, token: str, asks: bool, *, now: datetime) -> None:
    """Mail a new link, and remind of it until everything is answered. What waited for an earlier one ends."""
    guardian = link.guardian
    end_links(guardian, now=now)
    address = f"/guardian/{token}/"
    context = {**_context(guardian), "asks": asks, "until": _by_day(link.expires_at, guardian)}
    about = _about(guardian)
    once = f"guardian:{link.ref}"
    to = _reader(guardian)
    post.send(LINK, to=to, context=context, link=address, about=about, once=once, now=now)
    if not asks or all_answered(guardian.membership):
        return
    for place, (after, until) in enumerate(REMINDERS, start=1):
        post.send(
            REMINDER,
            to=to,
            context={**context, "last": place == len(REMINDERS)},
            link=address,
            about=about,
            once=f"{once}:{place}",
            now=now,
            not_before=now + after,
            ends=min(now + until, link.expires_at),
        )


def end_links(guardian: Guardian, *, now: datetime) -> None:
    """A link no longer counts: what would still carry it is not sent."""
    post.withdraw(about=_about(guardian), kinds=[LINK, REMINDER], now=now)


def end_if_answered(membership: Membership, *, now: datetime) -> None:
    """Nobody is reminded of what is answered."""
    if all_answered(membership):
        about = [_about(each) for each in membership.guardians.all()]
        post.withdraw(about=about, kinds=[REMINDER], now=now)


def tell_worry(worry: Worry, *, now: datetime) -> None:
    """Tell everybody who runs the programme that a guardian has written; the words stay on the page."""
    guardian = worry.guardian
    membership = guardian.membership
    for person in _who_answers(membership):
        reader = recipient(person, adult=True)
        context = {**_context(guardian, reader.language), "guardian": guardian.name}
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
    """Tell the guardian who has read it."""
    guardian, by = worry.guardian, worry.read_by
    if by is None:
        return
    given = {"reader": by.name, "address": by.email or "", "day": _day(worry.at, guardian)}
    post.send(
        READ,
        to=_reader(guardian),
        context={**_context(guardian), **given},
        about=f"worry:{worry.ref}",
        once=f"worry:{worry.ref}:read",
        now=now,
    )


def _who_answers(membership: Membership) -> list[Person]:
    """Who runs the programme; where nobody is appointed, the lead partner's people: a worry reaches somebody."""
    staff = [each.person for each in staff_of(membership.programme)]
    lead = Appointment.objects.filter(organisation=membership.programme.organisation, ended_at=None)
    return staff or [each.person for each in lead.select_related("person")]


def _about(guardian: Guardian) -> str:
    return f"guardian:{guardian.ref}"


def _reader(guardian: Guardian) -> Recipient:
    zone = guardian.membership.programme.zone
    return Recipient(None, guardian.name, guardian.address, guardian.language, zone, adult=True)


def _context(guardian: Guardian, language: str = "") -> dict[str, str]:
    membership = guardian.membership
    programme = membership.programme.name.within(language or guardian.language)
    return {"programme": programme, "mentee": membership.person.name}


def _by_day(when: datetime, guardian: Guardian) -> str:
    with translation.override(guardian.language), timezone.override(_zone(guardian)):
        return words.by_day(when)


def _day(when: datetime, guardian: Guardian) -> str:
    with translation.override(guardian.language), timezone.override(_zone(guardian)):
        return words.day(when)


def _zone(guardian: Guardian) -> ZoneInfo:
    return ZoneInfo(guardian.membership.programme.zone)
