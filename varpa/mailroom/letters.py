"""What is written back to somebody whose mail could not be placed: kindly, once, with their own words."""

from datetime import datetime

from varpa.kernel.text import TranslatedText
from varpa.post import actions as post
from varpa.post.envelope import Recipient
from varpa.post.kinds import LetterKind, register
from varpa.post.models import Inbound

REASON = TranslatedText(
    lv="Šī vēstule ir atbilde uz vēstuli, ko saņēmām no šīs adreses.",
    lt="Šis laiškas yra atsakymas į laišką, kurį gavome iš šio adreso.",
    en="This letter answers a mail that reached us from this address.",
)

CAME_BACK = register(
    LetterKind(
        key="mailroom.came_back",
        essential=True,
        prompt=True,
        reason=REASON,
        subject=TranslatedText(
            lv="{% if landed %}Vēstule ir saņemta{% else %}Atbildi neizdevās saglabāt{% endif %}{% if wrote %}: {{ wrote }}{% endif %}",
            lt="{% if landed %}Laiškas gautas{% else %}Atsakymo išsaugoti nepavyko{% endif %}{% if wrote %}: {{ wrote }}{% endif %}",
            en="{% if landed %}Your mail has arrived{% else %}Your answer could not be kept{% endif %}{% if wrote %}: {{ wrote }}{% endif %}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ sentence }}{% if text %}\n\nLai nekas nepazustu, šeit ir rakstītais:\n\n{{ text }}{% endif %}",
            lt="Sveiki!\n\n{{ sentence }}{% if text %}\n\nKad niekas nedingtų, štai kas buvo parašyta:\n\n{{ text }}{% endif %}",
            en="Hello.\n\n{{ sentence }}{% if text %}\n\nSo that nothing is lost, here is what was written:\n\n{{ text }}{% endif %}",
        ),
        button=TranslatedText(lv="Atvērt lapu", lt="Atidaryti puslapį", en="Open the page"),
        answer="mailroom.again",
    )
)

NO_PLACE = register(
    LetterKind(
        key="mailroom.no_place",
        essential=True,
        prompt=True,
        reason=REASON,
        subject=TranslatedText(
            lv="Vēstule ir saņemta, to izlasīs cilvēks",
            lt="Laiškas gautas, jį perskaitys žmogus",
            en="Your mail has arrived; a person will read it",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nVēstule{% if wrote %} „{{ wrote }}”{% endif %} ir saņemta. Tai neatradās vieta pašai no sevis, tāpēc to izlasīs projekta vadītājs un, ja vajadzēs, atbildēs.",
            lt="Sveiki!\n\nLaiškas{% if wrote %} „{{ wrote }}“{% endif %} gautas. Jam vieta savaime neatsirado, todėl jį perskaitys projekto vadovas ir, jei reikės, atsakys.",
            en="Hello.\n\nYour mail{% if wrote %} “{{ wrote }}”{% endif %} has arrived. It found no place by itself, so the project manager will read it and answer if need be.",
        ),
    )
)

OTHER_ADDRESS = register(
    LetterKind(
        key="mailroom.other_address",
        essential=True,
        prompt=True,
        reason=REASON,
        subject=TranslatedText(
            lv="Atbildei jānāk no tās pašas adreses",
            lt="Atsakymas turi ateiti iš to paties adreso",
            en="The answer has to come from the same address",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nVēstule{% if wrote %} „{{ wrote }}”{% endif %} nāca no citas adreses nekā tā, uz kuru rakstījām, tāpēc tā nekur nav ievietota un to neviens nav lasījis. {% if adult %}Lūdzu, atbildiet{% else %}Lūdzu, atbildi{% endif %} no adreses, uz kuru atnāca mūsu vēstule.",
            lt="Sveiki!\n\nLaiškas{% if wrote %} „{{ wrote }}“{% endif %} atėjo ne iš to adreso, kuriuo rašėme, todėl niekur neįdėtas ir niekieno neskaitytas. {% if adult %}Prašome atsakyti{% else %}Atsakyk, prašau,{% endif %} iš adreso, kuriuo atėjo mūsų laiškas.",
            en="Hello.\n\nYour mail{% if wrote %} “{{ wrote }}”{% endif %} came from another address than the one to which we wrote, so it was put nowhere and nobody has read it. Please answer from the address to which our letter came.",
        ),
    )
)


def about(inbound: Inbound) -> str:
    """What a letter about a mail that came is about."""
    return f"mail:{inbound.ref}"


def send_back(
    inbound: Inbound, to: Recipient, *, sentence: str, text: str, link: str, landed: bool, now: datetime
) -> None:
    """Tell why an answer could not be kept, with all that was written; or what did not come with it."""
    context = {"sentence": sentence, "text": text, "wrote": inbound.subject, "landed": landed}
    once = f"came-back:{inbound.ref}"
    post.send(CAME_BACK, to=to, context=context, link=link, about=about(inbound), once=once, now=now)


def tell_forged(inbound: Inbound, to: Recipient, *, sentence: str, now: datetime) -> None:
    """Tell somebody that a mail bears their address and was not theirs; its words are not repeated."""
    context = {"sentence": sentence, "text": "", "wrote": "", "landed": False}
    once = f"forged:{to.person_id}:{now:%Y%m%d}"
    post.send(CAME_BACK, to=to, context=context, about=about(inbound), once=once, now=now)


def tell_no_place(inbound: Inbound, to: Recipient, *, kind: LetterKind, now: datetime) -> None:
    """Tell that a person will see to it, or that it came from the wrong address."""
    post.send(
        kind,
        to=to,
        context={"wrote": inbound.subject},
        about=about(inbound),
        once=f"no-place:{inbound.ref}",
        now=now,
    )
