"""What is written to whoever applies: the link to go on, the receipt, and that an application was withdrawn."""

from datetime import datetime, timedelta

from django.utils import timezone, translation

from varpa.calls.models import Application
from varpa.calls.queries import LINK_DAYS, contact_of, sign_link
from varpa.kernel.clock import zone_of
from varpa.kernel.text import TranslatedText
from varpa.post import actions as post
from varpa.post.envelope import Recipient
from varpa.post.kinds import LetterKind, register
from varpa.programmes.models import Role
from varpa.ui import words

WHY = TranslatedText(
    lv="Vēstuli sūta programma „{{ programme }}”, jo šī adrese norādīta pieteikumā. Ja tā ir kļūda, vēstuli var izdzēst: bez saites atvēršanas nekas nenotiek.",
    lt="Laišką siunčia programa „{{ programme }}“, nes šis adresas nurodytas paraiškoje. Jei tai klaida, laišką galima ištrinti: neatvėrus nuorodos nieko nevyksta.",
    en="This letter comes from the programme “{{ programme }}”, because this address was given in an application. If this is a mistake, you may delete the letter: nothing happens unless the link is opened.",
)

BEGUN = register(
    LetterKind(
        key="calls.begun",
        essential=True,
        reason=WHY,
        subject=TranslatedText(
            lv="Saite uz pieteikumu: {{ programme }}",
            lt="Nuoroda į paraišką: {{ programme }}",
            en="The link to your application: {{ programme }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{% if adult %}Jūs sākāt pieteikumu programmai „{{ programme }}”. Ar šo saiti varat to turpināt citā dienā vai citā ierīcē; viss rakstītais ir saglabāts. Ar to Jūs arī apstiprināt, ka adrese ir Jūsu: bez tā pieteikumu nevar nosūtīt.\n\nSaite ir personiska: lūdzu, nepārsūtiet to.{% else %}Tu sāki pieteikumu programmai „{{ programme }}”. Ar šo saiti vari to turpināt citā dienā vai citā ierīcē; viss rakstītais ir saglabāts. Ar to tu arī apstiprini, ka adrese ir tava: bez tā pieteikumu nevar nosūtīt.\n\nSaite ir personiska: nepārsūti to.{% endif %} Tā der {{ until }}.",
            lt="Sveiki!\n\n{% if adult %}Jūs pradėjote pildyti paraišką programai „{{ programme }}“. Su šia nuoroda galite ją tęsti kitą dieną ar kitame įrenginyje; viskas, kas parašyta, išsaugota. Ja taip pat patvirtinate, kad adresas yra Jūsų: be to paraiškos išsiųsti negalima.\n\nNuoroda asmeninė, prašome jos nepersiųsti.{% else %}Tu pradėjai pildyti paraišką programai „{{ programme }}“. Su šia nuoroda gali ją tęsti kitą dieną ar kitame įrenginyje; viskas, kas parašyta, išsaugota. Ja taip pat patvirtini, kad adresas yra tavo: be to paraiškos išsiųsti negalima.\n\nNuoroda asmeninė, nepersiųsk jos.{% endif %} Ji galioja {{ until }}",
            en="Hello.\n\nYou have begun an application to the programme “{{ programme }}”. With this link you can go on another day or on another device; all you wrote is kept. It also confirms that the address is yours: without that the application cannot be sent.\n\nThe link is personal: please do not pass it on. It opens {{ until }}.",
        ),
        button=TranslatedText(lv="Atvērt pieteikumu", lt="Atverti paraišką", en="Open the application"),
    )
)

RECEIVED = register(
    LetterKind(
        key="calls.received",
        essential=True,
        reason=WHY,
        subject=TranslatedText(
            lv="Pieteikums ir saņemts: {{ programme }}",
            lt="Paraiška gauta: {{ programme }}",
            en="Your application has arrived: {{ programme }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nPaldies, pieteikums programmai „{{ programme }}” ir saņemts.{% if late %} Pieteikšanās laiks jau ir beidzies, bet pieteikumu saglabājām: ja atbrīvosies vieta vai sāksies nākamā programma, uzrakstīsim.{% else %} To izlasīs cilvēks, un par lēmumu pienāks vēstule.{% endif %}{% if guardian %}\n\n{% if adult %}Vecākam vai aizbildnim arī nosūtīsim vēstuli.{% else %}Vecākam vai aizbildnim arī nosūtīsim vēstuli. Pasaki mājās, ka tā atnāks.{% endif %}{% endif %}\n\n{% if adult %}Ar saiti varat izlasīt, ko rakstījāt, un, kamēr nav izlemts, to izlabot vai pieteikumu atsaukt. Tā der {{ until }}.{% else %}Ar saiti vari izlasīt, ko rakstīji, un, kamēr nav izlemts, to izlabot vai pieteikumu atsaukt. Tā der {{ until }}.{% endif %}{% if contact %}\n\nJautājumi: {{ contact }}{% endif %}",
            lt="Sveiki!\n\nAčiū, paraiška programai „{{ programme }}“ gauta.{% if late %} Paraiškų teikimo laikas jau baigėsi, bet paraišką išsaugojome: jei atsilaisvins vieta ar prasidės kita programa, parašysime.{% else %} Ją perskaitys žmogus, o apie sprendimą ateis laiškas.{% endif %}{% if guardian %}\n\n{% if adult %}Tėvams arba globėjui taip pat išsiųsime laišką.{% else %}Tėvams arba globėjui taip pat išsiųsime laišką. Pasakyk namuose, kad jis ateis.{% endif %}{% endif %}\n\n{% if adult %}Su nuoroda galite perskaityti, ką parašėte, o kol nenuspręsta – tai pataisyti ar paraišką atsiimti. Ji galioja {{ until }}{% else %}Su nuoroda gali perskaityti, ką parašei, o kol nenuspręsta – tai pataisyti ar paraišką atsiimti. Ji galioja {{ until }}{% endif %}{% if contact %}\n\nKlausimai: {{ contact }}{% endif %}",
            en="Hello.\n\nThank you, your application to the programme “{{ programme }}” has arrived.{% if late %} The time of applying is over, so it is kept as interest: if a place becomes free or the next programme begins, we will write.{% else %} A person reads it, and a letter tells you what was decided.{% endif %}{% if guardian %}\n\nA letter also goes to your parent or guardian. Tell them that it is coming.{% endif %}\n\nWith the link you can read what you wrote, correct it until it is decided, and withdraw the application. It opens {{ until }}.{% if contact %}\n\nQuestions: {{ contact }}{% endif %}",
        ),
        button=TranslatedText(lv="Atvērt pieteikumu", lt="Atverti paraišką", en="Open the application"),
    )
)

WITHDRAWN = register(
    LetterKind(
        key="calls.withdrawn",
        essential=True,
        reason=WHY,
        subject=TranslatedText(
            lv="Pieteikums ir atsaukts: {{ programme }}",
            lt="Paraiška atsiimta: {{ programme }}",
            en="Your application is withdrawn: {{ programme }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nPieteikums programmai „{{ programme }}” ir atsaukts. Nekas vairāk nav jādara.{% if contact %}\n\nJautājumi: {{ contact }}{% endif %}",
            lt="Sveiki!\n\nParaiška programai „{{ programme }}“ atsiimta. Daugiau nieko daryti nereikia.{% if contact %}\n\nKlausimai: {{ contact }}{% endif %}",
            en="Hello.\n\nYour application to the programme “{{ programme }}” is withdrawn. Nothing more has to be done.{% if contact %}\n\nQuestions: {{ contact }}{% endif %}",
        ),
    )
)


def send_link(application: Application, *, now: datetime) -> None:
    """Mail the newest link; what waited for an earlier one is not sent."""
    end_links(application, now=now)
    _send(BEGUN, application, f"link:{application.link}", now, link=True)


def end_links(application: Application, *, now: datetime) -> None:
    """The links so far no longer count."""
    post.withdraw(about=_about(application), kinds=[BEGUN], now=now)


def tell_received(application: Application, guardian: bool, *, now: datetime) -> None:
    """The receipt, with a link that opens what was sent."""
    _send(RECEIVED, application, "received", now, link=True, late=application.late, guardian=guardian)


def tell_withdrawn(application: Application, *, now: datetime) -> None:
    _send(WITHDRAWN, application, "withdrawn", now)


def _send(
    kind: LetterKind, application: Application, what: str, now: datetime, *, link: bool = False, **told: bool
) -> None:
    programme, language = application.programme, application.language
    adult = application.role != Role.MENTEE
    contact = contact_of(programme)
    to = Recipient(None, application.name, application.address, language, programme.zone, adult)
    with translation.override(language), timezone.override(zone_of(programme.zone)):
        until = words.by_day(now + timedelta(days=LINK_DAYS))
    context = {
        "programme": programme.name.within(language),
        "until": until,
        "contact": ", ".join(filter(None, contact)),
        **told,
    }
    post.send(
        kind,
        to=to,
        context=context,
        link=f"/apply/link/{sign_link(application, now)}/" if link else "",
        about=_about(application),
        once=f"application:{application.ref}:{what}",
        now=now,
    )


def _about(application: Application) -> str:
    return f"application:{application.ref}"
