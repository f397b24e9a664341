"""The letter that tells together what could wait."""

from varpa.kernel.text import TranslatedText
from varpa.post.kinds import LetterKind, register

GATHERED = register(
    LetterKind(
        key="notices.gathered",
        essential=False,
        # Offered to nobody beforehand: whoever stopped it finds it on the own page.
        readers=("notices.gathered",),
        reason=TranslatedText(
            lv="Šeit vienkopus ir tas, kas varēja pagaidīt. Kad un kā par to tiek rakstīts, var mainīt Varpā: „Mana lapa”, „Paziņojumi”.",
            lt="Čia kartu sudėta tai, kas galėjo palaukti. Kada ir kaip apie tai rašoma, galima pakeisti Varpoje: „Mano puslapis“, „Pranešimai“.",
            en="Here stands together what could wait. When and how it is told can be changed in Varpa: My page, Notifications.",
        ),
        subject=TranslatedText(
            lv="Kas jauns Varpā ({{ count }})",
            lt="Kas naujo Varpoje ({{ count }})",
            en="What is new in Varpa ({{ count }})",
        ),
        text=TranslatedText(lv="Sveiki!", lt="Sveiki!", en="Hello."),
        # What is said to one of those of whom it tells is not the others' to read, nor the manager's.
        answer="mailroom.many_things",
        button=TranslatedText(lv="Atvērt Varpu", lt="Atidaryti Varpą", en="Open Varpa"),
        stop=TranslatedText(
            lv="Nesūtīt kopīgās vēstules par to, kas var pagaidīt",
            lt="Nesiųsti bendrų laiškų apie tai, kas gali palaukti",
            en="Send no letters that tell together what can wait",
        ),
    )
)
