"""What is written to an observer: the link to one dossier."""

from datetime import datetime

from django.utils import timezone, translation

from varpa.dossier.models import ObserverLink
from varpa.dossier.queries import closes_at
from varpa.kernel.clock import zone_of
from varpa.kernel.text import TranslatedText
from varpa.post import actions as post
from varpa.post.envelope import Recipient
from varpa.post.kinds import LetterKind, register
from varpa.ui import words

LINK = register(
    LetterKind(
        key="dossier.link",
        essential=True,
        reason=TranslatedText(
            lv="Vēstuli sūta programma „{{ programme }}”: Jums ir ļauts apskatīt tās lietu. Ja tā ir kļūda, vēstuli varat izdzēst.",
            lt="Laišką siunčia programa „{{ programme }}“: Jums leista peržiūrėti jos bylą. Jei tai klaida, laišką galite ištrinti.",
            en="This letter comes from the programme “{{ programme }}”: you may look at its dossier. If this is a mistake, you may delete the letter.",
        ),
        subject=TranslatedText(
            lv="Programmas lieta: {{ programme }}",
            lt="Programos byla: {{ programme }}",
            en="The dossier of the programme: {{ programme }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nŠeit ir programmas „{{ programme }}” lieta: skaitļi un arhīvs ar satura rādītāju un kontrolsummām. Tajā nekas nav maināms; katra atvēršana tiek pierakstīta.\n\nSaite der {{ until }}, reģistrēties nevajag. Tā ir personiska: lūdzu, nepārsūtiet to.",
            lt="Sveiki!\n\nČia yra programos „{{ programme }}“ byla: skaičiai ir archyvas su turiniu ir kontrolinėmis sumomis. Joje nieko pakeisti negalima; kiekvienas atvėrimas užrašomas.\n\nNuoroda galioja {{ until }}, registruotis nereikia. Ji asmeninė: prašome jos nepersiųsti.",
            en="Hello.\n\nHere is the dossier of the programme “{{ programme }}”: figures, and an archive with an index and checksums. Nothing in it can be changed; each opening is written down.\n\nThe link opens {{ until }}, no account is needed. It is personal: please do not pass it on.",
        ),
        button=TranslatedText(lv="Atvērt lietu", lt="Atverti bylą", en="Open the dossier"),
    )
)


def send_link(link: ObserverLink, token: str, *, now: datetime) -> None:
    """Mail an observer the link; after its last day the letter is not sent any more."""
    programme = link.dossier.programme
    to = Recipient(None, link.name, link.address, link.language, programme.zone, adult=True)
    with translation.override(link.language), timezone.override(zone_of(programme.zone)):
        until = words.by_day(link.expires_on)
    post.send(
        LINK,
        to=to,
        context={"programme": programme.name.within(link.language), "until": until},
        link=f"/observer/{token}/",
        about=_about(link),
        once=f"observer:{link.ref}",
        now=now,
        ends=closes_at(link),
    )


def end_link(link: ObserverLink, *, now: datetime) -> None:
    """A link no longer counts: what would still carry it is not sent."""
    post.withdraw(about=_about(link), kinds=[LINK], now=now)


def _about(link: ObserverLink) -> str:
    return f"observerlink:{link.ref}"
