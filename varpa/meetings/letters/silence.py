"""The words of the reminder that no next meeting is planned."""

from varpa.kernel.text import TranslatedText
from varpa.people.access import ReaderAction
from varpa.post.kinds import LetterKind, register
from varpa.programmes.letters import REASON

NO_MEETING = register(
    LetterKind(
        key="meetings.none_planned",
        essential=False,
        brief=TranslatedText(
            lv="Nākamā tikšanās vēl nav ieplānota",
            lt="Kitas susitikimas dar nesuplanuotas",
            en="No next meeting is planned",
        ),
        readers=(ReaderAction.MENTOR, ReaderAction.MENTEE),
        reason=REASON,
        subject=TranslatedText(
            lv="Nākamā tikšanās vēl nav ieplānota",
            lt="Kitas susitikimas dar nesuplanuotas",
            en="No next meeting is planned",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ other }} un {% if adult %}Jūs{% else %}tu{% endif %}: pietiek izvēlēties dienu un stundu. {% if adult %}Ja ir grūti vienoties, rakstiet projekta vadītājam.{% else %}Ja ir grūti vienoties, raksti projekta vadītājam.{% endif %}",
            lt="Sveiki!\n\n{{ other }} ir {% if adult %}Jūs{% else %}tu{% endif %}: užtenka pasirinkti dieną ir valandą. {% if adult %}Jei sunku susitarti, parašykite projekto vadovui.{% else %}Jei sunku susitarti, parašyk projekto vadovui.{% endif %}",
            en="Hello.\n\n{{ other }} and you: choosing a day and an hour is enough. If it is hard to agree, write to the project manager.",
        ),
        button=TranslatedText(lv="Ieplānot tikšanos", lt="Suplanuoti susitikimą", en="Plan a meeting"),
        stop=TranslatedText(
            lv="Vairs nesūtīt atgādinājumus par nākamo tikšanos",
            lt="Nebesiųsti priminimų apie kitą susitikimą",
            en="Send no more reminders about the next meeting",
        ),
        answer="meetings.pair",
        how=TranslatedText(
            lv="Ja uz šo vēstuli atbildēs, atbildi saņems {{ other }}.",
            lt="Jei į šį laišką bus atsakyta, atsakymą gaus {{ other }}.",
            en="If you answer this letter, {{ other }} gets the answer.",
        ),
    )
)
