"""What is written about a defence: a guest's link, the order, the words that wait for a mentee."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef
from django.utils import timezone, translation
from django.utils.translation import gettext

from varpa.defence.models import Defence, DefenceState, Juror, JurorLink, Slot
from varpa.defence.queries import length_of
from varpa.kernel.clock import zone_of
from varpa.kernel.text import TranslatedText
from varpa.people.access import ReaderAction
from varpa.people.models import Person
from varpa.people.queries import recipient
from varpa.post import actions as post
from varpa.post.calendar import invitation
from varpa.post.envelope import CalendarPart, Recipient, address_of_house, organizer
from varpa.post.kinds import LetterKind, register
from varpa.post.queries import already, never_went
from varpa.programmes.letters import REASON
from varpa.ui import words

LINK = register(
    LetterKind(
        key="defence.link",
        essential=True,
        reason=TranslatedText(
            lv="Vēstuli sūta programma „{{ programme }}”: Jūs esat uzaicināti vērtēt biznesa plānus. Ja tā ir kļūda, vēstuli varat izdzēst.",
            lt="Laišką siunčia programa „{{ programme }}“: kviečiame Jus vertinti verslo planus. Jei tai klaida, laišką galite ištrinti.",
            en="This letter comes from the programme “{{ programme }}”: you are invited to hear business plans. If this is a mistake, you may delete the letter.",
        ),
        subject=TranslatedText(
            lv="Biznesa plānu aizstāvēšana: {{ when }}",
            lt="Verslo planų gynimas: {{ when }}",
            en="Defence of the business plans: {{ when }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nAicinām Jūs iejusties iedomātā investora lomā programmā „{{ programme }}”. Jaunieši stāsta par saviem biznesa plāniem; Jūs pasakāt, kas pārliecināja un par ko vēl padomāt{% if invests %}, un sadalāt iedomātu naudu{% endif %}.\n\nSākums: {{ when|full_stop }}{% if place %} Vieta: {{ place|full_stop }}{% endif %}\n\nSaite der tikai šajā dienā, reģistrēties nevajag. Tā ir personiska: lūdzu, nepārsūtiet to.",
            lt="Sveiki!\n\nKviečiame Jus pabūti įsivaizduojamu investuotoju programoje „{{ programme }}“. Jaunuoliai pristato savo verslo planus; Jūs pasakote, kas įtikino ir apie ką dar verta pagalvoti{% if invests %}, ir paskirstote įsivaizduojamus pinigus{% endif %}.\n\nPradžia: {{ when|full_stop }}{% if place %} Vieta: {{ place|full_stop }}{% endif %}\n\nNuoroda galioja tik tą dieną, registruotis nereikia. Ji asmeninė: prašome jos nepersiųsti.",
            en="Hello.\n\nWe invite you to be an imaginary investor in the programme “{{ programme }}”. Young people present their business plans; you say what convinced you and what to think of next{% if invests %}, and share out imaginary money{% endif %}.\n\nIt begins: {{ when|full_stop }}{% if place %} Place: {{ place|full_stop }}{% endif %}\n\nThe link opens on that day only, no account is needed. It is personal: please do not pass it on.",
        ),
        button=TranslatedText(lv="Atvērt lapu", lt="Atverti puslapį", en="Open the page"),
    )
)

ANNOUNCED = register(
    LetterKind(
        key="defence.announced",
        essential=True,
        readers=(ReaderAction.MENTEE, ReaderAction.MENTOR, ReaderAction.MANAGER),
        reason=REASON,
        brief=TranslatedText(
            lv="Zināma biznesa plānu aizstāvēšanas kārtība",
            lt="Žinoma verslo planų gynimo tvarka",
            en="The order of the defence is known",
        ),
        subject=TranslatedText(
            lv="Biznesa plānu aizstāvēšana: {{ when }}",
            lt="Verslo planų gynimas: {{ when }}",
            en="Defence of the business plans: {{ when }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nSākums: {{ when|full_stop }}{% if place %} Vieta: {{ place|full_stop }}{% endif %}\n\n{% if juror %}Jūs piedalāties iedomātā investora lomā. Aizstāvēšanas dienā atveriet lapu tālrunī.{% else %}Lapā redzama kārtība un laiks, kad stāstīsi par savu plānu. Pēc aizstāvēšanas tu saņemsi investoru vārdus.{% endif %}",
            lt="Sveiki!\n\nPradžia: {{ when|full_stop }}{% if place %} Vieta: {{ place|full_stop }}{% endif %}\n\n{% if juror %}Jūs dalyvaujate kaip įsivaizduojamas investuotojas. Gynimo dieną atverkite puslapį telefone.{% else %}Puslapyje matysi tvarką ir laiką, kada pristatysi savo planą. Po gynimo gausi investuotojų žodžius.{% endif %}",
            en="Hello.\n\nIt begins: {{ when|full_stop }}{% if place %} Place: {{ place|full_stop }}{% endif %}\n\n{% if juror %}You take part as an imaginary investor. On the day, open the page on your phone.{% else %}The page shows the order, and when you present your plan. After the defence you get the words of the investors.{% endif %}",
        ),
        button=TranslatedText(lv="Atvērt lapu", lt="Atverti puslapį", en="Open the page"),
    )
)

MOVED = register(
    LetterKind(
        key="defence.moved",
        essential=True,
        readers=(ReaderAction.MENTEE, ReaderAction.MENTOR, ReaderAction.MANAGER),
        reason=TranslatedText(
            lv="Vēstuli sūta programma „{{ programme }}”: kalendārā var būt šīs dienas agrākais laiks.",
            lt="Laišką siunčia programa „{{ programme }}“: kalendoriuje gali būti ankstesnis šios dienos laikas.",
            en="This letter comes from the programme “{{ programme }}”: your calendar may hold the earlier time of this day.",
        ),
        brief=TranslatedText(
            lv="Biznesa plānu aizstāvēšanai cits laiks vai vieta",
            lt="Pasikeitė verslo planų gynimo laikas arba vieta",
            en="The defence has another time or place",
        ),
        subject=TranslatedText(
            lv="Biznesa plānu aizstāvēšana pārcelta: {{ when }}",
            lt="Verslo planų gynimas perkeltas: {{ when }}",
            en="The defence of the business plans has moved: {{ when }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nBiznesa plānu aizstāvēšanai ir cits laiks vai vieta.\n\nSākums: {{ when|full_stop }}{% if place %} Vieta: {{ place|full_stop }}{% endif %}\n\n{% if guest %}Saite, kas Jums ir, atvērsies jaunajā dienā; jauna nav vajadzīga.{% elif juror %}Jūs piedalāties iedomātā investora lomā, kā bija paredzēts.{% else %}Lapā redzama kārtība un laiks, kad stāstīsi par savu plānu.{% endif %}",
            lt="Sveiki!\n\nPasikeitė verslo planų gynimo laikas arba vieta.\n\nPradžia: {{ when|full_stop }}{% if place %} Vieta: {{ place|full_stop }}{% endif %}\n\n{% if guest %}Jūsų turima nuoroda atsivers naująją dieną; naujos nereikia.{% elif juror %}Jūs dalyvaujate kaip įsivaizduojamas investuotojas, kaip ir buvo numatyta.{% else %}Puslapyje matysi tvarką ir laiką, kada pristatysi savo planą.{% endif %}",
            en="Hello.\n\nThe defence of the business plans has another time or place.\n\nIt begins: {{ when|full_stop }}{% if place %} Place: {{ place|full_stop }}{% endif %}\n\n{% if guest %}The link that you have opens on the new day; no other is needed.{% elif juror %}You take part as an imaginary investor, as before.{% else %}The page shows the order, and when you present your plan.{% endif %}",
        ),
        button=TranslatedText(lv="Atvērt lapu", lt="Atverti puslapį", en="Open the page"),
    )
)

CALLED_OFF = register(
    LetterKind(
        key="defence.called_off",
        essential=True,
        readers=(ReaderAction.MENTEE, ReaderAction.MENTOR, ReaderAction.MANAGER),
        reason=TranslatedText(
            lv="Vēstuli sūta programma „{{ programme }}”: kalendārā var būt šī diena.",
            lt="Laišką siunčia programa „{{ programme }}“: kalendoriuje gali būti ši diena.",
            en="This letter comes from the programme “{{ programme }}”: your calendar may hold this day.",
        ),
        brief=TranslatedText(
            lv="Biznesa plānu aizstāvēšana ir atcelta",
            lt="Verslo planų gynimas atšauktas",
            en="The defence is called off",
        ),
        subject=TranslatedText(
            lv="Biznesa plānu aizstāvēšana nenotiks: {{ when }}",
            lt="Verslo planų gynimas neįvyks: {{ when }}",
            en="The defence of the business plans is called off: {{ when }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nBiznesa plānu aizstāvēšana šajā laikā nenotiks: {{ when|full_stop }} Kāpēc: {{ why|full_stop }}\n\n{% if guest %}Saite, kas Jums ir, vairs neder. Ja būs cita diena, par to rakstīs atsevišķi.{% elif juror %}Ja būs cita diena, par to būs vēstule.{% else %}Tavs plāns paliek iesniegts. Kad būs zināma cita diena, saņemsi vēstuli.{% endif %}",
            lt="Sveiki!\n\nVerslo planų gynimas šiuo laiku neįvyks: {{ when|full_stop }} Kodėl: {{ why|full_stop }}\n\n{% if guest %}Jūsų turima nuoroda nebegalioja. Jei bus kita diena, apie ją parašysime atskirai.{% elif juror %}Jei bus kita diena, apie ją ateis laiškas.{% else %}Tavo planas lieka pateiktas. Kai bus žinoma kita diena, gausi laišką.{% endif %}",
            en="Hello.\n\nThe defence of the business plans does not take place at this time: {{ when|full_stop }} Why: {{ why|full_stop }}\n\n{% if guest %}The link that you have opens no more. If there is another day, you are written to about it.{% elif juror %}If there is another day, a letter comes.{% else %}Your plan stays submitted. Once another day is known, you get a letter.{% endif %}",
        ),
        button=TranslatedText(lv="Atvērt lapu", lt="Atverti puslapį", en="Open the page"),
    )
)

RESULT = register(
    LetterKind(
        key="defence.result",
        essential=True,
        readers=(ReaderAction.MENTEE,),
        reason=REASON,
        brief=TranslatedText(
            lv="Tevi gaida investoru vārdi",
            lt="Tavęs laukia investuotojų žodžiai",
            en="The words of the investors wait for you",
        ),
        subject=TranslatedText(
            lv="Ko par tavu plānu saka investori",
            lt="Ką apie tavo planą sako investuotojai",
            en="What the investors say about your plan",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nPaldies, ka pastāstīji par savu plānu: {{ title }}. Lapā ir tas, kas investorus pārliecināja, par ko padomāt tālāk, un tavs apliecinājums.",
            lt="Sveiki!\n\nAčiū, kad pristatei savo planą: {{ title }}. Puslapyje rasi, kas investuotojus įtikino, apie ką verta pagalvoti toliau, ir savo pažymėjimą.",
            en="Hello.\n\nThank you for presenting your plan: {{ title }}. The page holds what convinced the investors, what to think of next, and your certificate.",
        ),
        button=TranslatedText(lv="Lasīt", lt="Skaityti", en="Read"),
    )
)


DAY: Final = (ANNOUNCED, MOVED)
"""What tells somebody with an account when and where the day is."""


def send_link(juror: Juror, link: JurorLink, token: str, *, now: datetime) -> None:
    """Mail a guest the link; earlier letters with a link are not sent any more."""
    end_links(juror, now=now)
    defence = juror.defence
    to = _guest(juror, defence)
    context = of_day(defence, juror.language)
    post.send(
        LINK,
        to=to,
        context=context,
        link=f"/juror/{token}/",
        about=_about(juror),
        once=_key_of(link.ref),
        now=now,
        ends=link.expires_at,
        calendar=part(defence, to, now),
    )


def end_links(juror: Juror, *, now: datetime) -> None:
    """A link no longer counts: what would still carry it is not sent."""
    post.withdraw(about=_about(juror), kinds=[LINK], now=now)


def move_links(defence: Defence, until: datetime) -> None:
    """The day has another date: links open on that day."""
    JurorLink.objects.filter(juror__defence=defence, revoked_at=None).update(expires_at=until)


def tell_announced(defence: Defence, *, now: datetime) -> None:
    """Tell everybody with an account when and where, once an hour of beginning."""
    for person, judges in asked(defence):
        _tell(ANNOUNCED, defence, person, judges=judges, now=now)


def tell_late(defence: Defence, people: Iterable[tuple[Person | None, bool]], *, now: datetime) -> None:
    """Tell whoever has got a slot or a seat after the day was announced: each, and whether as a juror."""
    for person, judges in people:
        if person:
            _tell(ANNOUNCED, defence, person, judges=judges, now=now)


def tell_moved(defence: Defence, was_at: datetime, *, now: datetime) -> None:
    """The day has another time or place: one letter each; whoever has heard of no day hears of this one."""
    for person, judges in asked(defence):
        heard = _has_heard(defence, person, defence.sequence, now)
        _tell(MOVED if heard else ANNOUNCED, defence, person, judges=judges, now=now, was_at=was_at)


def heard_of(defence: Defence, *, now: datetime) -> list[tuple[Person, bool]]:
    """Whoever was told of the day, and whether as a juror; what still waits to go is taken back by this."""
    forget_unsent(defence, now=now)
    return [
        (person, judges)
        for person, judges in asked(defence, taken_off=True)
        if _has_heard(defence, person, defence.sequence + 1, now)
    ]


def tell_called_off(
    defence: Defence, told: Iterable[tuple[Person, bool]], guests: Iterable[Juror], *, now: datetime
) -> None:
    """The day will not be: whoever has heard of it is told why, guests too."""
    for person, judges in told:
        _tell(CALLED_OFF, defence, person, judges=judges, now=now)
    for juror in guests:
        post.withdraw(about=_about(juror), kinds=[LINK, MOVED], now=now)
        links = juror.links.values_list("ref", flat=True)
        if not never_went([_key_of(ref) for ref in links], now):
            _tell_guest(CALLED_OFF, juror, defence, now=now)


def _has_heard(defence: Defence, person: Person, sequence: int, now: datetime) -> bool:
    """Whether a person was told of the day as it was before its calendar part had this number."""
    keys = [key_of_day(kind, defence, each, person.ref) for kind in DAY for each in range(sequence)]
    return bool(already(keys)) and not never_went(keys, now)


def invited_guests(defence: Defence) -> list[Juror]:
    """Guests who have been asked by a link that counts."""
    links = JurorLink.objects.filter(juror=OuterRef("pk"), revoked_at=None)
    return list(defence.jurors.filter(Exists(links), withdrawn_at=None, person=None).exclude(address=""))


def tell_guest_moved(juror: Juror, defence: Defence, *, now: datetime) -> bool:
    """Tell a guest; False where the letter with the link has not gone yet, so that it has to be made anew."""
    about = _about(juror)
    post.withdraw(about=about, kinds=[MOVED], now=now)
    if post.withdraw(about=about, kinds=[LINK], now=now):
        return False
    _tell_guest(MOVED, juror, defence, now=now)
    return True


def _tell_guest(kind: LetterKind, juror: Juror, defence: Defence, *, now: datetime) -> None:
    to = _guest(juror, defence)
    post.send(
        kind,
        to=to,
        context={**of_day(defence, juror.language), "guest": True},
        about=_about(juror),
        once=key_of_day(kind, defence, defence.sequence, juror.ref),
        now=now,
        calendar=part(defence, to, now),
    )


def forget_unsent(defence: Defence, *, now: datetime) -> None:
    """The day was moved: what was written of the earlier one and has not gone yet does not go any more."""
    post.withdraw(about=about(defence), kinds=DAY, now=now)


def asked(defence: Defence, *, taken_off: bool = False) -> list[tuple[Person, bool]]:
    """Whoever presents, and whoever judges with an account; those `taken_off` the jury too."""
    jurors = defence.jurors.filter(person__isnull=False).select_related("person")
    if not taken_off:
        jurors = jurors.filter(withdrawn_at=None)
    presenting = [(slot.member.person, False) for slot in _slots(defence)]
    return presenting + [(juror.person, True) for juror in jurors if juror.person]


def _tell(
    kind: LetterKind,
    defence: Defence,
    person: Person,
    *,
    judges: bool,
    now: datetime,
    was_at: datetime | None = None,
) -> None:
    to = recipient(person, adult=judges)
    post.send(
        kind,
        to=to,
        context={**of_day(defence, person.language), "juror": judges},
        link=f"/defences/{defence.ref}/",
        about=about(defence),
        once=key_of_day(kind, defence, defence.sequence, person.ref),
        now=now,
        hours=(defence.starts_at, was_at),
        calendar=part(defence, to, now),
    )


def key_of_day(kind: LetterKind, defence: Defence, sequence: int, who: str) -> str:
    return f"{kind.key}:{defence.ref}:{sequence}:{who}"


def _key_of(link: str) -> str:
    return f"juror:{link}"


def part(defence: Defence, to: Recipient, now: datetime, *, off: bool = False) -> CalendarPart | None:
    """The day for a calendar, by the same UID for all of its life; nobody is asked to answer there.

    `off`: its reader does not present on it any more.
    """
    if not to.address:
        return None
    method = "CANCEL" if off or defence.state == DefenceState.OFF else "PUBLISH"
    with translation.override(to.language):
        summary = gettext("Defence of the business plans")
    text = invitation(
        uid=f"defence-{defence.ref}@{address_of_house()[1].rpartition('@')[2]}",
        sequence=defence.sequence,
        summary=f"{summary}: {defence.programme.name.within(to.language)}",
        description="",
        location=defence.place,
        starts_local=defence.starts_local,
        zone=defence.zone,
        minutes=length_of(defence),
        organizer=organizer(),
        attendees=[],
        method=method,
        now=now,
    )
    return CalendarPart(method, text)


def tell_result(slot: Slot, defence: Defence, *, now: datetime) -> None:
    """Tell a mentee that own result and words can be read."""
    person = slot.member.person
    post.send(
        RESULT,
        to=recipient(person, adult=False),
        context={**of_day(defence, person.language), "title": slot.title},
        link=f"/slots/{slot.ref}/result/",
        about=f"slot:{slot.ref}",
        once=f"slot-result:{slot.ref}",
        now=now,
    )


def _slots(defence: Defence) -> list[Slot]:
    return list(defence.slots.select_related("plan__membership__person"))


def _guest(juror: Juror, defence: Defence) -> Recipient:
    return Recipient(None, juror.name, juror.address, juror.language, defence.zone, adult=True)


def about(defence: Defence) -> str:
    """What letters about a day say that they are about."""
    return f"defence:{defence.ref}"


def _about(juror: Juror) -> str:
    return f"juror:{juror.ref}"


def of_day(defence: Defence, language: str) -> dict[str, object]:
    with translation.override(language), timezone.override(zone_of(defence.zone)):
        when = words.day_time(defence.starts_at)
    return {
        "programme": defence.programme.name.within(language),
        "when": when,
        "place": defence.place,
        "why": defence.reason,
        "invests": defence.invests,
    }
