"""The letters about events, in three languages."""

from varpa.kernel.text import TranslatedText
from varpa.people.access import ReaderAction
from varpa.post.kinds import LetterKind, register
from varpa.programmes.letters import REASON

_READERS = (ReaderAction.MANAGER, ReaderAction.MENTOR, ReaderAction.MENTEE)
_WHERE = "{% if place %}, {{ place }}{% endif %}{% if join %}\n\n{{ join }}{% endif %}"
_WHEN = "{{ title }}: {{ starts|day_time:zone }}, {{ length|minutes }}" + _WHERE
_NEWS = TranslatedText(
    lv="{% if news == 'changed' %}Izmaiņas: {% endif %}",
    lt="{% if news == 'changed' %}Pakeitimai: {% endif %}",
    en="{% if news == 'changed' %}Changed: {% endif %}",
)
# Whoever has answered already is told how that stands: a place is lost neither by a change nor by silence.
_STANDING = TranslatedText(
    lv="{% if standing == 'coming' %}{% if adult %}Jums ir vieta, un tā paliek Jums; ja nevarat būt, lūdzu, pasakiet to.{% else %}Tev ir vieta, un tā paliek tev; ja nevari būt, lūdzu, pasaki to.{% endif %}"
    "{% elif standing == 'waiting' %}{% if adult %}Jūs esat gaidītāju sarakstā, un Jūsu kārta paliek; ja vieta atbrīvosies, būs vēstule. Ja nevarat būt, lūdzu, pasakiet to.{% else %}Tu esi gaidītāju sarakstā, un tava kārta paliek; ja vieta atbrīvosies, būs vēstule. Ja nevari būt, lūdzu, pasaki to.{% endif %}"
    "{% elif standing == 'away' %}{% if adult %}Esat teikuši, ka nevarat būt; ja tomēr varat, lūdzu, pasakiet to.{% else %}No tevis ir ziņa, ka nevari būt; ja tomēr vari, lūdzu, pasaki to.{% endif %}"
    "{% elif adult %}Lūdzu, pasakiet, vai būsiet.{% else %}Lūdzu, pasaki, vai būsi.{% endif %}",
    lt="{% if standing == 'coming' %}{% if adult %}Jūs turite vietą, ir ji lieka Jums; jei negalite dalyvauti, prašome pasakyti.{% else %}Tu turi vietą, ir ji lieka tau; jei negali dalyvauti, pasakyk.{% endif %}"
    "{% elif standing == 'waiting' %}{% if adult %}Jūs esate laukiančiųjų sąraše, ir Jūsų eilė lieka; jei vieta atsilaisvins, ateis laiškas. Jei negalite dalyvauti, prašome pasakyti.{% else %}Tu esi laukiančiųjų sąraše, ir tavo eilė lieka; jei vieta atsilaisvins, ateis laiškas. Jei negali dalyvauti, pasakyk.{% endif %}"
    "{% elif standing == 'away' %}{% if adult %}Esate sakę, kad negalite dalyvauti; jei vis dėlto galite, prašome pasakyti.{% else %}Iš tavęs yra žinia, kad negali dalyvauti; jei vis dėlto gali, pasakyk.{% endif %}"
    "{% elif adult %}Prašome pasakyti, ar dalyvausite.{% else %}Pasakyk, ar dalyvausi.{% endif %}",
    en="{% if standing == 'coming' %}You have a place, and it is kept; if you cannot come, please say so."
    "{% elif standing == 'waiting' %}You are on the waiting list, and your turn is kept; if a place becomes free, a letter comes. If you cannot come, please say so."
    "{% elif standing == 'away' %}You have said that you cannot come; if you can after all, please say so."
    "{% else %}Please say whether you come.{% endif %}",
)
_HOW = TranslatedText(
    lv="Var arī vienkārši atbildēt uz šo vēstuli: „jā”, „nē” vai ar jautājumu; citus vārdus izlasa tikai pasākuma rīkotāji.",
    lt="Galima ir tiesiog atsakyti į šį laišką: „taip“, „ne“ arba klausimu; kitus žodžius perskaito tik renginio rengėjai.",
    en="You can also simply answer this letter: “yes”, “no”, or with a question; other words are read only by those who lead the event.",
)

INVITED = register(
    LetterKind(
        key="events.invited",
        essential=True,
        brief=TranslatedText(
            lv="{% if news == 'changed' %}Izmaiņas pasākumā{% else %}Uzaicinājums uz pasākumu{% endif %}",
            lt="{% if news == 'changed' %}Renginio pakeitimai{% else %}Kvietimas į renginį{% endif %}",
            en="{% if news == 'changed' %}An event was changed{% else %}An invitation to an event{% endif %}",
        ),
        readers=_READERS,
        reason=REASON,
        subject=TranslatedText(
            lv=_NEWS.lv + "{{ title }}, {{ starts|day_time:zone }}",
            lt=_NEWS.lt + "{{ title }}, {{ starts|day_time:zone }}",
            en=_NEWS.en + "{{ title }}, {{ starts|day_time:zone }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n"
            + _WHEN
            + "\n\n{% if news == 'changed' %}Laiks, vieta vai nosaukums ir mainīts; šeit ir tas, kas ir spēkā tagad. {% endif %}"
            + _STANDING.lv
            + " Darba kārtība un jautājumi, kas vēl nav skaidri, ir pasākuma lapā.",
            lt="Sveiki!\n\n"
            + _WHEN
            + "\n\n{% if news == 'changed' %}Laikas, vieta arba pavadinimas pasikeitė; čia yra tai, kas galioja dabar. {% endif %}"
            + _STANDING.lt
            + " Darbotvarkė ir neaiškūs klausimai yra renginio puslapyje.",
            en="Hello.\n\n"
            + _WHEN
            + "\n\n{% if news == 'changed' %}The time, the place or the name has changed; this is what holds now. {% endif %}"
            + _STANDING.en
            + " The agenda, and questions that are still unclear, are on the page of the event.",
        ),
        button=TranslatedText(lv="Atbildēt", lt="Atsakyti", en="Answer"),
        answer="events.invitation",
        how=_HOW,
    )
)

CANCELLED = register(
    LetterKind(
        key="events.cancelled",
        essential=True,
        brief=TranslatedText(lv="Pasākums nenotiks", lt="Renginys neįvyks", en="An event was cancelled"),
        readers=_READERS,
        reason=REASON,
        subject=TranslatedText(
            lv="Nenotiks: {{ title }}, {{ starts|day_time:zone }}",
            lt="Neįvyks: {{ title }}, {{ starts|day_time:zone }}",
            en="Cancelled: {{ title }}, {{ starts|day_time:zone }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nŠis pasākums nenotiks: {{ title }}, {{ starts|day_time:zone|full_stop }}{% if why %}\n\n{{ why }}{% endif %}",
            lt="Sveiki!\n\nŠis renginys neįvyks: {{ title }}, {{ starts|day_time:zone|full_stop }}{% if why %}\n\n{{ why }}{% endif %}",
            en="Hello.\n\nThis event will not take place: {{ title }}, {{ starts|day_time:zone|full_stop }}{% if why %}\n\n{{ why }}{% endif %}",
        ),
        button=TranslatedText(lv="Atvērt", lt="Atidaryti", en="Open"),
    )
)

PLACE = register(
    LetterKind(
        key="events.place",
        essential=True,
        brief=TranslatedText(lv="Ir atbrīvojusies vieta", lt="Atsirado laisva vieta", en="A place is free"),
        readers=_READERS,
        reason=REASON,
        subject=TranslatedText(
            lv="Vieta ir: {{ title }}, {{ starts|day_time:zone }}",
            lt="Vieta yra: {{ title }}, {{ starts|day_time:zone }}",
            en="There is a place: {{ title }}, {{ starts|day_time:zone }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nViena vieta ir atbrīvojusies, un tā tagad ir {% if adult %}Jūsu{% else %}tava{% endif %}.\n\n"
            + _WHEN
            + "\n\n{% if adult %}Ja nevarat būt, pasakiet to, lai vietu iegūst nākamais.{% else %}Ja nevari būt, pasaki to, lai vietu iegūst nākamais.{% endif %}",
            lt="Sveiki!\n\nViena vieta atsilaisvino, ir ji dabar {% if adult %}Jūsų{% else %}tavo{% endif %}.\n\n"
            + _WHEN
            + "\n\n{% if adult %}Jei negalite dalyvauti, pasakykite, kad vieta atitektų kitam.{% else %}Jei negali dalyvauti, pasakyk, kad vieta atitektų kitam.{% endif %}",
            en="Hello.\n\nA place has become free, and it is yours now.\n\n"
            + _WHEN
            + "\n\nIf you cannot come, say so, and the next one gets the place.",
        ),
        button=TranslatedText(lv="Atvērt pasākumu", lt="Atidaryti renginį", en="Open the event"),
        answer="events.invitation",
        how=_HOW,
    )
)

REMINDER = register(
    LetterKind(
        key="events.reminder",
        essential=False,
        brief=TranslatedText(
            lv="Drīz būs pasākums", lt="Netrukus bus renginys", en="An event is coming soon"
        ),
        readers=_READERS,
        reason=REASON,
        subject=TranslatedText(
            lv="Drīz: {{ title }}, {{ starts|day_time:zone }}",
            lt="Netrukus: {{ title }}, {{ starts|day_time:zone }}",
            en="Soon: {{ title }}, {{ starts|day_time:zone }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n"
            + _WHEN
            + "\n\n{% if asked %}{% if adult %}Vēl nezinām, vai būsiet: pietiek ar vienu pieskārienu.{% else %}Vēl nezinām, vai būsi: pietiek ar vienu pieskārienu.{% endif %}{% elif waits %}{% if adult %}Jūs esat gaidītāju sarakstā; ja vieta atbrīvosies, būs vēstule.{% else %}Tu esi gaidītāju sarakstā; ja vieta atbrīvosies, būs vēstule.{% endif %}{% else %}{% if adult %}Ja kaut kas vēl nav skaidrs, uzrakstiet to pasākuma lapā.{% else %}Ja kaut kas vēl nav skaidrs, uzraksti to pasākuma lapā.{% endif %}{% endif %}",
            lt="Sveiki!\n\n"
            + _WHEN
            + "\n\n{% if asked %}{% if adult %}Dar nežinome, ar dalyvausite: užtenka vieno prisilietimo.{% else %}Dar nežinome, ar dalyvausi: užtenka vieno prisilietimo.{% endif %}{% elif waits %}{% if adult %}Jūs esate laukiančiųjų sąraše; jei vieta atsilaisvins, ateis laiškas.{% else %}Tu esi laukiančiųjų sąraše; jei vieta atsilaisvins, ateis laiškas.{% endif %}{% else %}{% if adult %}Jei kas nors dar neaišku, parašykite renginio puslapyje.{% else %}Jei kas nors dar neaišku, parašyk renginio puslapyje.{% endif %}{% endif %}",
            en="Hello.\n\n"
            + _WHEN
            + "\n\n{% if asked %}We do not know yet whether you come: one tap is enough.{% elif waits %}You are on the waiting list; if a place becomes free, a letter comes.{% else %}If something is still unclear, write it on the page of the event.{% endif %}",
        ),
        button=TranslatedText(lv="Atvērt pasākumu", lt="Atidaryti renginį", en="Open the event"),
        stop=TranslatedText(
            lv="Vairs nesūtīt atgādinājumus par pasākumiem",
            lt="Nebesiųsti priminimų apie renginius",
            en="Send no more reminders about events",
        ),
        answer="events.invitation",
        how=_HOW,
    )
)

ANSWERED = register(
    LetterKind(
        key="events.answered",
        essential=False,
        brief=TranslatedText(
            lv="Uz jautājumu ir atbildēts", lt="Į klausimą atsakyta", en="Your question is answered"
        ),
        readers=_READERS,
        reason=REASON,
        subject=TranslatedText(
            lv="Uz jautājumu ir atbildēts: {{ title }}",
            lt="Į klausimą atsakyta: {{ title }}",
            en="Your question is answered: {{ title }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nUz {% if adult %}Jūsu{% else %}tavu{% endif %} jautājumu ir atbildēts; atbilde ir pasākuma lapā.",
            lt="Sveiki!\n\nĮ {% if adult %}Jūsų{% else %}tavo{% endif %} klausimą atsakyta; atsakymas yra renginio puslapyje.",
            en="Hello.\n\nYour question is answered; the answer is on the page of the event.",
        ),
        button=TranslatedText(lv="Lasīt atbildi", lt="Skaityti atsakymą", en="Read the answer"),
    )
)

TALKED = register(
    LetterKind(
        key="events.talked",
        essential=False,
        brief=TranslatedText(
            lv="Pasākuma sarunā ir jauni vārdi",
            lt="Renginio pokalbyje yra naujų žodžių",
            en="There are new words in the talk of an event",
        ),
        readers=_READERS,
        reason=REASON,
        subject=TranslatedText(
            lv="Jauni vārdi sarunā: {{ title }}",
            lt="Nauji žodžiai pokalbyje: {{ title }}",
            en="New words in the talk: {{ title }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{% if raised %}Kāds uzticas programmas vadītājiem un lūdz padomu; to redz tikai tie, kas vada programmu.{% else %}Uz {% if adult %}Jūsu{% else %}tavu{% endif %} teikto ir atbildēts.{% endif %} Vārdi ir pasākuma lapā.",
            lt="Sveiki!\n\n{% if raised %}Kažkas kreipiasi į programos vadovus ir prašo patarimo; tai mato tik programos vadovai.{% else %}Į {% if adult %}Jūsų{% else %}tavo{% endif %} žodžius atsakyta.{% endif %} Žodžiai yra renginio puslapyje.",
            en="Hello.\n\n{% if raised %}Somebody confides in those who run the programme and asks for advice; nobody else reads it.{% else %}There is an answer to what you said.{% endif %} The words are on the page of the event.",
        ),
        button=TranslatedText(lv="Lasīt", lt="Skaityti", en="Read"),
    )
)

FEEDBACK = register(
    LetterKind(
        key="events.feedback",
        essential=False,
        brief=TranslatedText(lv="Kā bija pasākumā?", lt="Kaip buvo renginyje?", en="How was the event?"),
        readers=_READERS,
        reason=REASON,
        subject=TranslatedText(
            lv="Viena minūte: kā bija? {{ title }}",
            lt="Viena minutė: kaip buvo? {{ title }}",
            en="One minute: how was it? {{ title }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nViena atzīme un, ja {% if adult %}gribat{% else %}gribi{% endif %}, viens teikums. Vārda pie atbildes nav; rezultātus rāda tikai tad, kad atbildējuši vismaz pieci.",
            lt="Sveiki!\n\nVienas pasirinkimas ir, jei {% if adult %}norite{% else %}nori{% endif %}, vienas sakinys. Vardo prie atsakymo nėra; rezultatai rodomi tik tada, kai atsakė bent penki.",
            en="Hello.\n\nOne choice and, if you like, one sentence. No name stands beside it; results are shown only once at least five have answered.",
        ),
        button=TranslatedText(lv="Atbildēt", lt="Atsakyti", en="Answer"),
    )
)
