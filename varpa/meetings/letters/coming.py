"""What is written where somebody cannot come to a meeting, or proposes something else."""

from datetime import datetime

from varpa.kernel.text import TranslatedText
from varpa.meetings.comings import AS_PLANNED, proposed_in
from varpa.meetings.letters.after_all import COMES, tell_after_all
from varpa.meetings.letters.answered import answered, stays
from varpa.meetings.letters.meetings import ANSWER_IN_WORDS, WHEN, context_of, uid
from varpa.meetings.models import Coming, Said
from varpa.pairs.letters import reader
from varpa.pairs.queries import other_side
from varpa.pairs.quiet import passed
from varpa.post import actions as post
from varpa.post.calendar import declined_proposal
from varpa.post.envelope import CalendarPart, organizer
from varpa.post.kinds import LetterKind, register
from varpa.post.queries import last_told
from varpa.programmes.letters import REASON

CANNOT = register(
    LetterKind(
        key="meetings.cannot_come",
        essential=True,
        brief=TranslatedText(
            lv="{% if hour %}Tikšanās laiks neder{% else %}Tikšanos piedāvā mainīt{% endif %}",
            lt="{% if hour %}Susitikimo laikas netinka{% else %}Susitikimą siūloma pakeisti{% endif %}",
            en="{% if hour %}The time of a meeting does not suit{% else %}A change of a meeting is proposed{% endif %}",
        ),
        reason=REASON,
        subject=TranslatedText(
            lv="{{ other }}: {% if hour %}šis laiks neder{% else %}priekšlikums par tikšanos{% endif %}, {{ starts|day_time:zone }}",
            lt="{{ other }}: {% if hour %}šis laikas netinka{% else %}pasiūlymas dėl susitikimo{% endif %}, {{ starts|day_time:zone }}",
            en="{{ other }}: {% if hour %}this time does not suit{% else %}a proposal about the meeting{% endif %}, {{ starts|day_time:zone }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ kind }}: {{ starts|day_time:zone|full_stop }} {% if hour %}{{ other }} šajā laikā nevar piedalīties.{% else %}{{ other }} piedāvā kaut ko mainīt.{% endif %}{% if word %}\n\n{{ word }}{% endif %}{% if proposed %}\n\nPiedāvātais laiks: {{ proposed|day_time:zone|full_stop }}{% endif %}{% if proposed_minutes %}\n\nPiedāvātais ilgums: {{ proposed_minutes|minutes }}.{% endif %}{% if proposed_place %}\n\nPiedāvātā vieta: {{ proposed_place }}{% endif %}\n\nTikšanās vēl ir ieplānota. {% if offered %}Lapā, ko atver poga, piedāvātais jau ir ierakstīts: {% if adult %}saglabājiet{% else %}saglabā{% endif %} to, ja tas der. {% endif %}{% if adult %}Pārceliet{% else %}Pārcel{% endif %} to, kad der abiem, vai {% if adult %}atceliet{% else %}atcel{% endif %}.",
            lt="Sveiki!\n\n{{ kind }}: {{ starts|day_time:zone|full_stop }} {% if hour %}{{ other }} šiuo laiku dalyvauti negali.{% else %}{{ other }} siūlo kai ką pakeisti.{% endif %}{% if word %}\n\n{{ word }}{% endif %}{% if proposed %}\n\nSiūlomas laikas: {{ proposed|day_time:zone|full_stop }}{% endif %}{% if proposed_minutes %}\n\nSiūloma trukmė: {{ proposed_minutes|minutes }}.{% endif %}{% if proposed_place %}\n\nSiūloma vieta: {{ proposed_place }}{% endif %}\n\nSusitikimas vis dar suplanuotas. {% if offered %}Puslapyje, kurį atveria mygtukas, pasiūlymas jau įrašytas: {% if adult %}išsaugokite{% else %}išsaugok{% endif %} jį, jei tinka. {% endif %}{% if adult %}Perkelkite{% else %}Perkelk{% endif %} jį į abiem tinkamą laiką arba {% if adult %}atšaukite{% else %}atšauk{% endif %}.",
            en="Hello.\n\n{{ kind }}: {{ starts|day_time:zone|full_stop }} {% if hour %}{{ other }} cannot come at this time.{% else %}{{ other }} proposes a change.{% endif %}{% if word %}\n\n{{ word }}{% endif %}{% if proposed %}\n\nThe time proposed: {{ proposed|day_time:zone|full_stop }}{% endif %}{% if proposed_minutes %}\n\nThe length proposed: {{ proposed_minutes|minutes }}.{% endif %}{% if proposed_place %}\n\nThe place proposed: {{ proposed_place }}{% endif %}\n\nThe meeting still stands. {% if offered %}On the page that the button opens, the proposal is filled in already: save it if it suits. {% endif %}Move it to a time that suits both, or call it off.",
        ),
        button=TranslatedText(lv="Pārcelt tikšanos", lt="Perkelti susitikimą", en="Move the meeting"),
        # A yes to this letter is one to another time: it goes to whoever proposed it, and stands beside no hour.
        answer="meetings.answered",
        how=TranslatedText(
            lv="Var arī vienkārši atbildēt uz šo vēstuli; atbildi izlasīs {{ other }}.",
            lt="Galima ir tiesiog atsakyti į šį laišką; atsakymą perskaitys {{ other }}.",
            en="You can also simply answer this letter; {{ other }} will read it.",
        ),
    )
)


STAYS = register(
    LetterKind(
        key="meetings.stays",
        essential=True,
        brief=TranslatedText(
            lv="Tikšanās paliek, kā plānots",
            lt="Susitikimas lieka, kaip suplanuota",
            en="A meeting stays as planned",
        ),
        reason=REASON,
        subject=TranslatedText(
            lv="{{ other }}: tikšanās paliek, kā plānots, {{ starts|day_time:zone }}",
            lt="{{ other }}: susitikimas lieka, kaip suplanuota, {{ starts|day_time:zone }}",
            en="{{ other }}: the meeting stays as planned, {{ starts|day_time:zone }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ other }} lūdz atstāt tikšanos, kā plānots.\n\n"
            + WHEN
            + "\n\nJa tā neder, {% if adult %}pārceliet{% else %}pārcel{% endif %} tikšanos vai {% if adult %}atceliet{% else %}atcel{% endif %} to.",
            lt="Sveiki!\n\n{{ other }} prašo palikti susitikimą, kaip suplanuota.\n\n"
            + WHEN
            + "\n\nJei taip netinka, {% if adult %}perkelkite{% else %}perkelk{% endif %} susitikimą arba {% if adult %}atšaukite{% else %}atšauk{% endif %} jį.",
            en="Hello.\n\n{{ other }} asks that the meeting stays as planned.\n\n"
            + WHEN
            + "\n\nIf that does not suit you, move the meeting or call it off.",
        ),
        button=TranslatedText(lv="Atvērt tikšanos", lt="Atidaryti susitikimą", en="Open the meeting"),
        answer="meetings.stays",
        how=ANSWER_IN_WORDS,
    )
)


def tell_answer(coming: Coming, *, now: datetime) -> None:
    """Tell the other of a no, and of another answer where they were told of a no to the same hour.

    What still waits of the answer before is taken back: only the last one counts.
    """
    meeting = coming.meeting
    about, person = answered(meeting), meeting.pair.member(other_side(coming.side)).person_id
    before = COMES if coming.said == Said.NO else CANNOT
    post.withdraw(about=about, kinds=[before], people=[person], now=now)
    if coming.said == Said.NO:
        tell_no(coming, now=now)
        return
    told = last_told(about, person)
    if told and told.kind == CANNOT.key and not meeting.moves.filter(at__gt=told.created_at).exists():
        tell_after_all(coming, now=now)


def tell_no(coming: Coming, *, now: datetime) -> None:
    """Tell the other that this time does not suit, or what is proposed instead, with the word that was said.

    Neither words nor a place go to whoever wants none.
    """
    meeting, side = coming.meeting, other_side(coming.side)
    to = reader(meeting.pair, side)
    word = passed(coming.word, meeting.pair, by=coming.side, to=side)
    proposed = proposed_in(coming, side)
    told = {
        "word": word,
        "proposed": proposed.at,
        "proposed_minutes": proposed.minutes,
        "proposed_place": proposed.place,
        "offered": proposed != AS_PLANNED,
        "hour": coming.is_of_the_hour,
    }
    post.send(
        CANNOT,
        to=to,
        context={**context_of(meeting, side, to), **told},
        link=f"/meetings/{meeting.ref}/move/",
        about=answered(meeting),
        thread=f"meeting:{meeting.ref}",
        once=f"cannot-come:{meeting.ref}:{coming.side}:{now:%Y%m%d%H%M%S%f}",
        now=now,
        ends=meeting.starts_at,
        hours=(meeting.starts_at,),
    )


def tell_declined(coming: Coming, *, now: datetime) -> None:
    """Tell whoever proposed something that the meeting stays as planned; the calendar program, too.

    Only they are told: the invitation that both have stands as it is.
    """
    meeting, person = coming.meeting, coming.meeting.pair.member(coming.side).person
    to = reader(meeting.pair, coming.side)
    text = declined_proposal(
        uid=uid(meeting),
        sequence=coming.sequence,
        organizer=organizer(),
        attendee=(person.name, person.email or ""),
        now=now,
    )
    post.send(
        STAYS,
        to=to,
        context=context_of(meeting, coming.side, to),
        link=f"/meetings/{meeting.ref}/",
        about=stays(meeting),
        thread=f"meeting:{meeting.ref}",
        once=f"stays:{meeting.ref}:{coming.side}:{now:%Y%m%d%H%M%S%f}",
        now=now,
        calendar=CalendarPart("DECLINECOUNTER", text) if person.email else None,
        hours=(meeting.starts_at,),
    )
