"""What is written where somebody cannot come to a meeting."""

from datetime import datetime

from varpa.kernel.text import TranslatedText
from varpa.meetings.letters.meetings import context_of, is_near
from varpa.meetings.models import Coming
from varpa.pairs.letters import reader
from varpa.pairs.queries import other_side
from varpa.pairs.quiet import passed
from varpa.post import actions as post
from varpa.post.kinds import LetterKind, register
from varpa.programmes.letters import REASON

CANNOT = register(
    LetterKind(
        key="meetings.cannot_come",
        essential=True,
        brief=TranslatedText(
            lv="Tikšanās laiks neder",
            lt="Susitikimo laikas netinka",
            en="The time of a meeting does not suit",
        ),
        reason=REASON,
        subject=TranslatedText(
            lv="{{ other }}: šis laiks neder, {{ starts|day_time:zone }}",
            lt="{{ other }}: šis laikas netinka, {{ starts|day_time:zone }}",
            en="{{ other }}: this time does not suit, {{ starts|day_time:zone }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ kind }}: {{ starts|day_time:zone }}. {{ other }} šajā laikā nevar piedalīties.{% if word %}\n\n{{ word }}{% endif %}{% if proposed %}\n\nPiedāvātais laiks: {{ proposed|day_time:zone }}.{% endif %}\n\nTikšanās vēl ir ieplānota. {% if adult %}Pārceliet{% else %}Pārcel{% endif %} to, kad der abiem, vai {% if adult %}atceliet{% else %}atcel{% endif %}.",
            lt="Sveiki!\n\n{{ kind }}: {{ starts|day_time:zone }}. {{ other }} šiuo laiku dalyvauti negali.{% if word %}\n\n{{ word }}{% endif %}{% if proposed %}\n\nSiūlomas laikas: {{ proposed|day_time:zone }}.{% endif %}\n\nSusitikimas vis dar suplanuotas. {% if adult %}Perkelkite{% else %}Perkelk{% endif %} jį į abiem tinkamą laiką arba {% if adult %}atšaukite{% else %}atšauk{% endif %}.",
            en="Hello.\n\n{{ kind }}: {{ starts|day_time:zone }}. {{ other }} cannot come at this time.{% if word %}\n\n{{ word }}{% endif %}{% if proposed %}\n\nThe time proposed: {{ proposed|day_time:zone }}.{% endif %}\n\nThe meeting still stands. Move it to a time that suits both, or call it off.",
        ),
        button=TranslatedText(lv="Pārcelt tikšanos", lt="Perkelti susitikimą", en="Move the meeting"),
        # A yes to this letter is one to another time: it goes to whoever proposed it, and stands beside no hour.
        answer="meetings.about",
        how=TranslatedText(
            lv="Var arī vienkārši atbildēt uz šo vēstuli; atbildi izlasīs {{ other }}.",
            lt="Galima ir tiesiog atsakyti į šį laišką; atsakymą perskaitys {{ other }}.",
            en="You can also simply answer this letter; {{ other }} will read it.",
        ),
    )
)


def tell_no(coming: Coming, *, now: datetime) -> None:
    """Tell the other that this time does not suit, with the word that was said, unless the other wants none."""
    meeting, side = coming.meeting, other_side(coming.side)
    to = reader(meeting.pair, side)
    word = passed(coming.word, meeting.pair, by=coming.side, to=side)
    post.send(
        CANNOT,
        to=to,
        context={**context_of(meeting, side, to), "word": word, "proposed": coming.proposed_at},
        link=f"/meetings/{meeting.ref}/move/",
        about=f"meeting:{meeting.ref}",
        once=f"cannot-come:{meeting.ref}:{coming.side}:{now:%Y%m%d%H%M%S%f}",
        now=now,
        urgent=is_near(meeting.starts_at, now),
    )
