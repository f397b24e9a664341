"""What is written about meetings: invitations with their calendar part, and reminders that end."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from varpa.kernel.text import TranslatedText
from varpa.meetings.letters.answered import end_answers
from varpa.meetings.letters.silence import NO_MEETING
from varpa.meetings.models import Meeting
from varpa.meetings.permitted import why_not
from varpa.meetings.queries import LED_BY_MENTOR, kind_of
from varpa.meetings.video import video_link
from varpa.methodology.marks import KindAct
from varpa.pairs.letters import reader
from varpa.pairs.models import Pair, PairState, Side
from varpa.pairs.queries import other_side
from varpa.pairs.quiet import passed
from varpa.people.access import ReaderAction
from varpa.post import actions as post
from varpa.post.calendar import invitation
from varpa.post.envelope import CalendarPart, Recipient, absolute, address_of_house, organizer
from varpa.post.kinds import LetterKind, register
from varpa.post.queries import never_went
from varpa.programmes.letters import REASON
from varpa.programmes.queries import methodology_of, today_of
from varpa.programmes.working_days import is_holiday

TOPICS_BEFORE = 2
"""How many days before a meeting topics are asked for, where the pair has agreed on nothing else."""
REVIEW_AFTER = timedelta(days=1)
REVIEW_ENDS = timedelta(days=8)
SILENCE_ENDS = timedelta(days=7)

WHEN = "{{ kind }}: {{ starts|day_time:zone }}, {{ length|minutes }}, {{ means }}{% if place %}, {{ place|full_stop }}{% else %}.{% endif %}"

ANSWER_IN_WORDS = TranslatedText(
    lv="Var arī vienkārši atbildēt uz šo vēstuli: „jā”, „nē” vai ar citiem vārdiem; tos izlasīs {{ other }}.",
    lt="Galima ir tiesiog atsakyti į šį laišką: „taip“, „ne“ ar kitais žodžiais; juos perskaitys {{ other }}.",
    en="You can also simply answer this letter: “yes”, “no” or in other words, which {{ other }} will read.",
)

INVITED = register(
    LetterKind(
        key="meetings.invited",
        essential=True,
        brief=TranslatedText(
            lv="{% if news == 'moved' %}Tikšanās pārcelta{% elif news == 'changed' %}Izmaiņas tikšanās reizē{% else %}Tikšanās ieplānota{% endif %}",
            lt="{% if news == 'moved' %}Susitikimas perkeltas{% elif news == 'changed' %}Susitikimo pakeitimai{% else %}Susitikimas suplanuotas{% endif %}",
            en="{% if news == 'moved' %}A meeting was moved{% elif news == 'changed' %}A meeting was changed{% else %}A meeting is planned{% endif %}",
        ),
        reason=REASON,
        subject=TranslatedText(
            lv="{% if news == 'moved' %}Tikšanās pārcelta{% elif news == 'changed' %}Izmaiņas tikšanās reizē{% else %}Tikšanās ieplānota{% endif %}: {{ starts|day_time:zone }}",
            lt="{% if news == 'moved' %}Susitikimas perkeltas{% elif news == 'changed' %}Susitikimo pakeitimai{% else %}Susitikimas suplanuotas{% endif %}: {{ starts|day_time:zone }}",
            en="{% if news == 'moved' %}Meeting moved{% elif news == 'changed' %}Meeting changed{% else %}Meeting planned{% endif %}: {{ starts|day_time:zone }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ other }} un {% if adult %}Jūs{% else %}tu{% endif %}.\n\n"
            + WHEN
            + "\n\nJa laiks neder, tikšanos var pārcelt vai atcelt: pietiek ar vienu pieskārienu.",
            lt="Sveiki!\n\n{{ other }} ir {% if adult %}Jūs{% else %}tu{% endif %}.\n\n"
            + WHEN
            + "\n\nJei laikas netinka, susitikimą galima perkelti arba atšaukti: užtenka vieno prisilietimo.",
            en="Hello.\n\n{{ other }} and you.\n\n"
            + WHEN
            + "\n\nIf the time does not suit you, the meeting can be moved or cancelled with one tap.",
        ),
        button=TranslatedText(lv="Atvērt tikšanos", lt="Atidaryti susitikimą", en="Open the meeting"),
        answer="meetings.invitation",
        how=ANSWER_IN_WORDS,
    )
)

CANCELLED = register(
    LetterKind(
        key="meetings.cancelled",
        essential=True,
        brief=TranslatedText(lv="Tikšanās atcelta", lt="Susitikimas atšauktas", en="A meeting was cancelled"),
        reason=REASON,
        subject=TranslatedText(
            lv="Tikšanās atcelta: {{ starts|day_time:zone }}",
            lt="Susitikimas atšauktas: {{ starts|day_time:zone }}",
            en="Meeting cancelled: {{ starts|day_time:zone }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ other }} un {% if adult %}Jūs{% else %}tu{% endif %}: šī tikšanās nenotiks.{% if not over %} {% if adult %}Ieplānojiet{% else %}Ieplāno{% endif %} citu, kad der abiem.{% endif %}{% if why %}\n\n{{ why }}{% endif %}",
            lt="Sveiki!\n\n{{ other }} ir {% if adult %}Jūs{% else %}tu{% endif %}: šis susitikimas neįvyks.{% if not over %} {% if adult %}Suplanuokite{% else %}Suplanuok{% endif %} kitą, kai tiks abiem.{% endif %}{% if why %}\n\n{{ why }}{% endif %}",
            en="Hello.\n\nThis meeting of {{ other }} and you will not take place.{% if not over %} Plan another when it suits both.{% endif %}{% if why %}\n\n{{ why }}{% endif %}",
        ),
        button=TranslatedText(
            lv="{% if over %}Atvērt{% else %}Ieplānot tikšanos{% endif %}",
            lt="{% if over %}Atidaryti{% else %}Suplanuoti susitikimą{% endif %}",
            en="{% if over %}Open{% else %}Plan a meeting{% endif %}",
        ),
        answer="meetings.about",
    )
)

TOPICS_DUE = register(
    LetterKind(
        key="meetings.topics_due",
        essential=False,
        brief=TranslatedText(lv="Drīz būs tikšanās", lt="Netrukus susitikimas", en="A meeting is coming"),
        readers=(ReaderAction.MENTEE,),
        reason=REASON,
        subject=TranslatedText(
            lv="Ko gribi pajautāt? {{ starts|day_time:zone }}",
            lt="Ko nori paklausti? {{ starts|day_time:zone }}",
            en="What do you want to ask? {{ starts|day_time:zone }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n"
            + WHEN
            + "\n\n{{ other }} gaida tavus jautājumus. Pietiek ar trim; ja ir viens, raksti vienu.\n\nJa nevari piedalīties vai slikti jūties, pārcel tikšanos laikus. Tas ir pavisam normāli.",
            lt="Sveiki!\n\n"
            + WHEN
            + "\n\n{{ other }} laukia tavo klausimų. Užtenka trijų; jei turi vieną, rašyk vieną.\n\nJei negali dalyvauti arba blogai jautiesi, perkelk susitikimą iš anksto. Tai visai normalu.",
            en="Hello.\n\n"
            + WHEN
            + "\n\n{{ other }} waits for your questions. Three are enough; if you have one, write one.\n\nIf you cannot come or do not feel well, move the meeting in time. That is quite all right.",
        ),
        button=TranslatedText(lv="Rakstīt jautājumus", lt="Rašyti klausimus", en="Write questions"),
        stop=TranslatedText(
            lv="Vairs nesūtīt atgādinājumus par jautājumiem",
            lt="Nebesiųsti priminimų apie klausimus",
            en="Send no more reminders about questions",
        ),
        answer="meetings.topics",
        how=TranslatedText(
            lv="Jautājumus var rakstīt arī kā atbildi uz šo vēstuli: katru savā rindkopā.",
            lt="Klausimus galima rašyti ir atsakant į šį laišką: kiekvieną atskiroje pastraipoje.",
            en="You can also write the questions as an answer to this letter, each in a paragraph of its own.",
        ),
    )
)

REVIEW_DUE = register(
    LetterKind(
        key="meetings.review_due",
        essential=False,
        brief=TranslatedText(lv="Kā pagāja tikšanās?", lt="Kaip sekėsi susitikime?", en="How did it go?"),
        readers=(ReaderAction.MENTOR, ReaderAction.MENTEE),
        reason=REASON,
        subject=TranslatedText(
            lv="Kā pagāja tikšanās? {{ starts|day }}",
            lt="Kaip praėjo susitikimas? {{ starts|day }}",
            en="How was the meeting? {{ starts|day }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n"
            + WHEN
            + "\n\nPietiek ar vienu teikumu un ilgumu minūtēs. Ja tikšanās nenotika, to var atzīmēt turpat.",
            lt="Sveiki!\n\n"
            + WHEN
            + "\n\nUžtenka vieno sakinio ir trukmės minutėmis. Jei susitikimas neįvyko, ten pat galima tai pažymėti.",
            en="Hello.\n\n"
            + WHEN
            + "\n\nOne sentence and the length in minutes are enough. If the meeting did not take place, you can say so in the same place.",
        ),
        button=TranslatedText(lv="Pierakstīt", lt="Užrašyti", en="Write it down"),
        stop=TranslatedText(
            lv="Vairs nesūtīt atgādinājumus pēc tikšanās",
            lt="Nebesiųsti priminimų po susitikimo",
            en="Send no more reminders after meetings",
        ),
        answer="meetings.review",
        how=TranslatedText(
            lv="Var arī atbildēt uz šo vēstuli, piemēram: „50 min. Runājām par cenām.”",
            lt="Galima ir atsakyti į šį laišką, pavyzdžiui: „50 min. Kalbėjomės apie kainas.“",
            en="You can also answer this letter, for example: “50 min. We talked about prices.”",
        ),
    )
)


def invite(meeting: Meeting, *, now: datetime, news: str = "planned", was_at: datetime | None = None) -> None:
    """Invite both, or tell them what is new: the same UID, a higher SEQUENCE (RFC 5546).

    `news`: "planned", "moved" to another time, or "changed" in length, means or place; `was_at`: the time
    from which it was moved.
    """
    link = dict.fromkeys(Side.values, f"/meetings/{meeting.ref}/")
    itip(INVITED, meeting, "REQUEST", link, now=now, was_at=was_at, news=news)
    end_reminders(meeting, now=now)
    if news != "planned":
        end_answers(meeting, hour=news == "moved", now=now)


def take_back(meeting: Meeting, *, now: datetime) -> None:
    """Tell both that the meeting is cancelled, and why; calendars take it out."""
    room = f"/pairs/{meeting.pair.ref}/"
    link = {side: f"{room}meetings/new/" if _plans(meeting, side) else room for side in Side.values}
    itip(CANCELLED, meeting, "CANCEL", link, now=now)
    end_reminders(meeting, now=now)
    end_answers(meeting, hour=True, now=now)


def remind_of_topics(meeting: Meeting, *, now: datetime) -> bool:
    """Ask the mentee for topics, until the meeting begins; not to a visit that may not be."""
    if kind_of(meeting).acts == KindAct.VISIT and why_not(meeting.pair, now, meeting.country):
        return False
    about, once = _topics(meeting), topics_key(meeting)
    return _remind(TOPICS_DUE, meeting, Side.MENTEE, about=about, once=once, now=now, ends=meeting.starts_at)


def remind_of_review(meeting: Meeting, side: str, *, now: datetime) -> bool:
    """Ask one side how it went, for a week."""
    ends = meeting.starts_at + REVIEW_ENDS
    about, once = _review(meeting, side), review_key(meeting, side)
    return _remind(REVIEW_DUE, meeting, side, about=about, once=once, now=now, ends=ends)


def remind_of_silence(pair: Pair, side: str, since: datetime, *, now: datetime) -> bool:
    """Say that no next meeting is planned; `since` is the last meeting, so it is said once for each.

    Not on a public holiday of the reader's country: it can wait for the next day.
    """
    if is_holiday(today_of(pair.programme, now), pair.member(side).country):
        return False
    to = reader(pair, side)
    other = pair.member(other_side(side)).person.name
    sent = post.send(
        NO_MEETING,
        to=to,
        context={"programme": _programme(pair, to), "other": other},
        link=f"/pairs/{pair.ref}/meetings/new/",
        about=f"silence:{pair.ref}",
        once=silence_key(pair, side, since),
        now=now,
        ends=now + SILENCE_ENDS,
    )
    return sent is not None


def topics_before(agreed: object) -> timedelta:
    """How long before a meeting the mentee is asked for topics, by what the pair has agreed (R5)."""
    return timedelta(days=agreed if type(agreed) is int and agreed > 0 else TOPICS_BEFORE)


def topics_key(meeting: Meeting) -> str:
    """Which reminder of topics this is: one for each time that a meeting was planned or moved to."""
    return f"topics:{meeting.ref}:{meeting.sequence}"


def review_key(meeting: Meeting, side: str) -> str:
    """Which reminder of a review this is."""
    return f"review:{meeting.ref}:{side}:{meeting.sequence}"


def silence_key(pair: Pair, side: str, since: datetime) -> str:
    """Which reminder of silence this is: one for each last meeting and side."""
    return f"silence:{pair.ref}:{side}:{since:%Y%m%d}"


def end_reminders(meeting: Meeting, *, now: datetime, side: str = "") -> None:
    """What was waiting to remind of a meeting has lost its reason (for one side, or for both)."""
    reasons = [_review(meeting, each) for each in ([side] if side else Side.values)]
    if not side:
        reasons.append(_topics(meeting))
    post.withdraw(about=[*reasons, f"silence:{meeting.pair.ref}"], now=now)


def hold_topic_reminder(meeting: Meeting, *, now: datetime) -> None:
    """Nobody is asked for topics while the meeting may not be; they are asked anew once it may."""
    post.withdraw(about=_topics(meeting), now=now, anew=True)


def end_topic_reminder(meeting: Meeting, side: str, *, now: datetime) -> None:
    """The mentee has written something."""
    if side == Side.MENTEE:
        post.withdraw(about=_topics(meeting), now=now)


def _remind(
    kind: LetterKind, meeting: Meeting, side: str, *, about: str, once: str, now: datetime, ends: datetime
) -> bool:
    to = reader(meeting.pair, side)
    sent = post.send(
        kind,
        to=to,
        context=context_of(meeting, side, to),
        link=f"/meetings/{meeting.ref}/",
        about=about,
        once=once,
        now=now,
        ends=ends,
    )
    return sent is not None


def itip(
    kind: LetterKind,
    meeting: Meeting,
    method: str,
    links: Mapping[str, str],
    *,
    now: datetime,
    was_at: datetime | None = None,
    news: str = "",
) -> None:
    """A letter about a meeting to both, each with a calendar part; what takes it back says no place (R1)."""
    place = "" if method == "CANCEL" else meeting.place
    # What is known no more does not come after this, when the quiet hours of its reader are over.
    if meeting.sequence:
        post.withdraw(about=f"meeting:{meeting.ref}", kinds=(INVITED,), now=now)
    # Nobody is invited to what is over, however long the letter was held back.
    ends = meeting.starts_at if kind is INVITED and meeting.starts_at > now else None
    for side in Side.values:
        unheard = _unheard(meeting, side, now)
        if unheard and method == "CANCEL":
            continue
        to, person = reader(meeting.pair, side), meeting.pair.member(side).person
        text = invitation(
            uid=uid(meeting),
            sequence=meeting.sequence,
            summary=summary(meeting, side, to.language),
            description=absolute(f"/meetings/{meeting.ref}/"),
            location=place,
            url=video_link(place),
            starts_local=meeting.starts_local,
            zone=meeting.zone,
            minutes=meeting.minutes,
            organizer=organizer(),
            # Each is invited alone: the address of one, a pupil's above all, is not the other's to have.
            attendees=[(person.name, person.email)] if person.email else [],
            method=method,
            now=now,
        )
        post.send(
            kind,
            to=to,
            context={**context_of(meeting, side, to), "news": "planned" if unheard else news},
            link=links[side],
            about=f"meeting:{meeting.ref}",
            once=f"meeting:{meeting.ref}:{meeting.sequence}:{side}",
            now=now,
            ends=ends,
            calendar=CalendarPart(method, text),
            hours=(meeting.starts_at, was_at),
        )


def _unheard(meeting: Meeting, side: str, now: datetime) -> bool:
    """Whether one side has been invited, but every invitation was withdrawn before its hour."""
    return never_went([f"meeting:{meeting.ref}:{each}:{side}" for each in range(meeting.sequence)], now)


def uid(meeting: Meeting) -> str:
    """The UID of the meeting in every calendar: the same for all its life."""
    return f"meeting-{meeting.ref}@{address_of_house()[1].rpartition('@')[2]}"


def summary(meeting: Meeting, side: str, language: str) -> str:
    """How the meeting is called in the calendar of one side."""
    other = meeting.pair.member(other_side(side)).person.name
    kind = kind_of(meeting).name.within(language)
    return f"{kind[:1].upper()}{kind[1:]}: {other}"


def context_of(meeting: Meeting, side: str, to: Recipient) -> dict[str, object]:
    """What a letter about a meeting says of it, to one side."""
    means = {each.key: each.name for each in methodology_of(meeting.pair.programme).means}
    kind = kind_of(meeting).name.within(to.language)
    return {
        "programme": _programme(meeting.pair, to),
        "other": meeting.pair.member(other_side(side)).person.name,
        "kind": kind[:1].upper() + kind[1:],
        # The moment: a letter is written in its reader's time zone (R12).
        "starts": meeting.starts_at,
        "zone": meeting.zone,
        "length": meeting.minutes,
        "means": means[meeting.means].within(to.language),
        "place": meeting.place,
        "why": passed(meeting.reason, meeting.pair, by=meeting.reason_by, to=side),
        "over": not _plans(meeting, side),
    }


def _plans(meeting: Meeting, side: str) -> bool:
    """Whether this side may plan another such meeting: some are the mentor's to plan (R5)."""
    led = kind_of(meeting).acts in LED_BY_MENTOR
    return meeting.pair.state != PairState.ENDED and (side == Side.MENTOR or not led)


def _programme(pair: Pair, to: Recipient) -> str:
    name: TranslatedText = pair.programme.name
    return name.within(to.language)


def _topics(meeting: Meeting) -> str:
    return f"topics:{meeting.ref}"


def _review(meeting: Meeting, side: str) -> str:
    return f"review:{meeting.ref}:{side}"
