"""What is written where somebody comes to a meeting who had said that they cannot."""

from datetime import datetime

from varpa.kernel.text import TranslatedText
from varpa.meetings.letters.answered import answered
from varpa.meetings.letters.meetings import context_of
from varpa.meetings.models import Coming, Said
from varpa.pairs.letters import reader
from varpa.pairs.queries import other_side
from varpa.post import actions as post
from varpa.post.kinds import LetterKind, register
from varpa.programmes.letters import REASON

COMES = register(
    LetterKind(
        key="meetings.comes_after_all",
        essential=True,
        brief=TranslatedText(
            lv="{% if perhaps %}Varbūt tikšanās tomēr notiks{% else %}Tikšanās tomēr notiks{% endif %}",
            lt="{% if perhaps %}Galbūt susitikimas vis dėlto įvyks{% else %}Susitikimas vis dėlto įvyks{% endif %}",
            en="{% if perhaps %}A meeting may take place after all{% else %}A meeting takes place after all{% endif %}",
        ),
        reason=REASON,
        subject=TranslatedText(
            lv="{{ other }}: {% if perhaps %}šis laiks varbūt tomēr der{% else %}šis laiks tomēr der{% endif %}, {{ starts|day_time:zone }}",
            lt="{{ other }}: {% if perhaps %}šis laikas galbūt vis dėlto tinka{% else %}šis laikas vis dėlto tinka{% endif %}, {{ starts|day_time:zone }}",
            en="{{ other }}: {% if perhaps %}this time may suit after all{% else %}this time suits after all{% endif %}, {{ starts|day_time:zone }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ kind }}: {{ starts|day_time:zone|full_stop }} {% if perhaps %}{{ other }} varbūt tomēr varēs piedalīties.{% else %}{{ other }} tomēr piedalīsies.{% endif %}\n\nIepriekš teiktais „nē” vairs neskaitās; tikšanās paliek, kā plānots.",
            lt="Sveiki!\n\n{{ kind }}: {{ starts|day_time:zone|full_stop }} {% if perhaps %}{{ other }} galbūt vis dėlto galės dalyvauti.{% else %}{{ other }} vis dėlto dalyvaus.{% endif %}\n\nAnksčiau pasakytas „ne“ nebegalioja; susitikimas lieka, kaip suplanuota.",
            en="Hello.\n\n{{ kind }}: {{ starts|day_time:zone|full_stop }} {% if perhaps %}{{ other }} may be able to come after all.{% else %}{{ other }} will come after all.{% endif %}\n\nThe earlier no counts no more; the meeting stays as planned.",
        ),
        button=TranslatedText(lv="Atvērt tikšanos", lt="Atidaryti susitikimą", en="Open the meeting"),
        answer="meetings.answered",
        how=TranslatedText(
            lv="Var arī vienkārši atbildēt uz šo vēstuli; atbildi izlasīs {{ other }}.",
            lt="Galima ir tiesiog atsakyti į šį laišką; atsakymą perskaitys {{ other }}.",
            en="You can also simply answer this letter; {{ other }} will read it.",
        ),
    )
)


def tell_after_all(coming: Coming, *, now: datetime) -> None:
    """Tell the other that the no which they were told counts no more."""
    meeting, side = coming.meeting, other_side(coming.side)
    to = reader(meeting.pair, side)
    post.send(
        COMES,
        to=to,
        context={**context_of(meeting, side, to), "perhaps": coming.said == Said.MAYBE},
        link=f"/meetings/{meeting.ref}/",
        about=answered(meeting),
        thread=f"meeting:{meeting.ref}",
        once=f"comes-after-all:{meeting.ref}:{coming.side}:{now:%Y%m%d%H%M%S%f}",
        now=now,
        ends=meeting.starts_at,
        hours=(meeting.starts_at,),
    )
