"""What is written about a defence: a guest's link, the order, the words that wait for a mentee."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone, translation

from varpa.defence.models import Defence, Juror, JurorLink, Slot
from varpa.kernel.text import TranslatedText
from varpa.people.access import ReaderAction
from varpa.people.queries import recipient
from varpa.post import actions as post
from varpa.post.envelope import Recipient
from varpa.post.kinds import LetterKind, register
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
            lv="Sveiki!\n\nAicinām Jūs iejusties iedomātā investora lomā programmā „{{ programme }}”. Jaunieši stāsta par saviem biznesa plāniem; Jūs pasakāt, kas pārliecināja un par ko vēl padomāt{% if invests %}, un sadalāt iedomātu naudu{% endif %}.\n\nSākums: {{ when }}.{% if place %} Vieta: {{ place }}.{% endif %}\n\nSaite der tikai šajā dienā, reģistrēties nevajag. Tā ir personiska: lūdzu, nepārsūtiet to.",
            lt="Sveiki!\n\nKviečiame Jus pabūti įsivaizduojamu investuotoju programoje „{{ programme }}“. Jaunuoliai pristato savo verslo planus; Jūs pasakote, kas įtikino ir apie ką dar verta pagalvoti{% if invests %}, ir paskirstote įsivaizduojamus pinigus{% endif %}.\n\nPradžia: {{ when }}.{% if place %} Vieta: {{ place }}.{% endif %}\n\nNuoroda galioja tik tą dieną, registruotis nereikia. Ji asmeninė: prašome jos nepersiųsti.",
            en="Hello.\n\nWe invite you to be an imaginary investor in the programme “{{ programme }}”. Young people present their business plans; you say what convinced you and what to think of next{% if invests %}, and share out imaginary money{% endif %}.\n\nIt begins: {{ when }}.{% if place %} Place: {{ place }}.{% endif %}\n\nThe link opens on that day only, no account is needed. It is personal: please do not pass it on.",
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
            lv="Sveiki!\n\nSākums: {{ when }}.{% if place %} Vieta: {{ place }}.{% endif %}\n\n{% if juror %}Jūs piedalāties iedomātā investora lomā. Aizstāvēšanas dienā atveriet lapu tālrunī.{% else %}Lapā redzama kārtība un laiks, kad stāstīsi par savu plānu. Pēc aizstāvēšanas tu saņemsi investoru vārdus.{% endif %}",
            lt="Sveiki!\n\nPradžia: {{ when }}.{% if place %} Vieta: {{ place }}.{% endif %}\n\n{% if juror %}Jūs dalyvaujate kaip įsivaizduojamas investuotojas. Gynimo dieną atverkite puslapį telefone.{% else %}Puslapyje matysi tvarką ir laiką, kada pristatysi savo planą. Po gynimo gausi investuotojų žodžius.{% endif %}",
            en="Hello.\n\nIt begins: {{ when }}.{% if place %} Place: {{ place }}.{% endif %}\n\n{% if juror %}You take part as an imaginary investor. On the day, open the page on your phone.{% else %}The page shows the order, and when you present your plan. After the defence you get the words of the investors.{% endif %}",
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


def send_link(juror: Juror, link: JurorLink, token: str, *, now: datetime) -> None:
    """Mail a guest the link; earlier letters with a link are not sent any more."""
    end_links(juror, now=now)
    defence = juror.defence
    to = Recipient(None, juror.name, juror.address, juror.language, defence.zone, adult=True)
    context = _of(defence, juror.language)
    post.send(
        LINK,
        to=to,
        context=context,
        link=f"/juror/{token}/",
        about=_about(juror),
        once=f"juror:{link.ref}",
        now=now,
        ends=link.expires_at,
    )


def end_links(juror: Juror, *, now: datetime) -> None:
    """A link no longer counts: what would still carry it is not sent."""
    post.withdraw(about=_about(juror), kinds=[LINK], now=now)


def move_links(defence: Defence, until: datetime) -> None:
    """The day has another date: links open on that day."""
    JurorLink.objects.filter(juror__defence=defence, revoked_at=None).update(expires_at=until)


def tell_announced(defence: Defence, *, now: datetime) -> None:
    """Tell everybody with an account when and where, once an hour of beginning."""
    link = f"/defences/{defence.ref}/"
    once = f"defence:{defence.ref}:{defence.starts_at:%Y%m%d%H%M}"
    presenting = [slot.member.person for slot in _slots(defence)]
    jurors = defence.jurors.filter(withdrawn_at=None, person__isnull=False).select_related("person")
    judging = [juror.person for juror in jurors if juror.person]
    for person, judges in [(each, False) for each in presenting] + [(each, True) for each in judging]:
        context = {**_of(defence, person.language), "juror": judges}
        post.send(
            ANNOUNCED,
            to=recipient(person, adult=judges),
            context=context,
            link=link,
            about=f"defence:{defence.ref}",
            once=f"{once}:{person.ref}",
            now=now,
        )


def tell_result(slot: Slot, defence: Defence, *, now: datetime) -> None:
    """Tell a mentee that own result and words can be read."""
    person = slot.member.person
    post.send(
        RESULT,
        to=recipient(person, adult=False),
        context={**_of(defence, person.language), "title": slot.title},
        link=f"/slots/{slot.ref}/result/",
        about=f"slot:{slot.ref}",
        once=f"slot-result:{slot.ref}",
        now=now,
    )


def _slots(defence: Defence) -> list[Slot]:
    return list(defence.slots.select_related("plan__membership__person"))


def _about(juror: Juror) -> str:
    return f"juror:{juror.ref}"


def _of(defence: Defence, language: str) -> dict[str, object]:
    with translation.override(language), timezone.override(ZoneInfo(defence.zone)):
        when = words.day_time(defence.starts_at)
    return {
        "programme": defence.programme.name.within(language),
        "when": when,
        "place": defence.place,
        "invests": defence.invests,
    }
