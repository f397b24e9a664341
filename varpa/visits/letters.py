"""What a minor's guardian is told of a visit: when, where, who goes along, back when; anew where it changes."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from varpa.guardians.letters import WHY, reader_of
from varpa.guardians.models import Guardian
from varpa.kernel.text import TranslatedText
from varpa.meetings.models import MeetingState
from varpa.post import actions as post
from varpa.post.days import hours_part
from varpa.post.envelope import CalendarPart
from varpa.post.kinds import LetterKind, register
from varpa.ui import words
from varpa.visits.models import Visit
from varpa.visits.queries import letters_told, place_of

SETTLES = timedelta(minutes=15)
"""Whoever writes of a visit saves more than once: the letter goes when it has stayed so for as long."""

VISIT = TranslatedText(
    lv="Vizīte uzņēmumā: {mentee}", lt="Vizitas įmonėje: {mentee}", en="A visit to a company: {mentee}"
)

TOLD = register(
    LetterKind(
        key="visits.guardian",
        essential=True,
        reason=WHY,
        subject=TranslatedText(
            lv="Vizīte uzņēmumā: {{ mentee }}, {{ day }}{% if cancelled %} (atcelta){% endif %}",
            lt="Vizitas įmonėje: {{ mentee }}, {{ day }}{% if cancelled %} (atšauktas){% endif %}",
            en="A visit to a company: {{ mentee }}, {{ day }}{% if cancelled %} (cancelled){% endif %}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{% if cancelled %}{{ mentee }} un {{ mentor }}: vizīte uzņēmumā, kas bija paredzēta {{ when }}, nenotiks.{% else %}{% if again %}Vizītē uzņēmumā kaut kas ir mainījies. Tagad ir tā:{% else %}{{ mentee }} dosies vizītē uz uzņēmumu.{% endif %}\n\nKad: {{ when }}\nVieta: {{ place }}\nMentors: {{ mentor }}{% if along %}\nKas brauc līdzi: {{ along }}{% endif %}{% if back %}\nAtpakaļ mājās: {{ back }}{% endif %}\n\nTo pašu Jūs vienmēr redzat savā saitē.{% endif %}",
            lt="Sveiki!\n\n{% if cancelled %}{{ mentee }} ir {{ mentor }}: vizitas įmonėje, kuris turėjo vykti {{ when }}, neįvyks.{% else %}{% if again %}Dėl vizito įmonėje kai kas pasikeitė. Dabar yra taip:{% else %}{{ mentee }} vyks į įmonę.{% endif %}\n\nKada: {{ when }}\nVieta: {{ place }}\nMentorius: {{ mentor }}{% if along %}\nKas vyksta kartu: {{ along }}{% endif %}{% if back %}\nGrįžimas namo: {{ back }}{% endif %}\n\nTą patį visada matote savo nuorodoje.{% endif %}",
            en="Hello.\n\n{% if cancelled %}{{ mentee }} and {{ mentor }}: the visit to the company planned for {{ when }} does not take place.{% else %}{% if again %}Something about the visit to the company has changed. It is like this now:{% else %}{{ mentee }} will visit a company.{% endif %}\n\nWhen: {{ when }}\nPlace: {{ place }}\nMentor: {{ mentor }}{% if along %}\nWho goes along: {{ along }}{% endif %}{% if back %}\nBack home: {{ back }}{% endif %}\n\nYour own link always shows the same.{% endif %}",
        ),
    )
)


def tell_guardian(visit: Visit, guardian: Guardian, *, now: datetime) -> bool:
    """Write to a guardian unless they know it so already; what waits of an earlier state is not sent."""
    meeting = visit.meeting
    to = reader_of(guardian)
    with words.on_paper(to.language, to.zone):
        facts = {
            "cancelled": meeting.state == MeetingState.CANCELLED,
            "when": words.weekday_time(meeting.starts_at, meeting.zone),
            "place": place_of(meeting),
            "along": visit.accompanied,
            "back": words.weekday_time(visit.home_at, meeting.zone),
        }
        day = words.dated(meeting.starts_at)
    about = f"visit:{meeting.ref}:{guardian.ref}"
    state = sha256(repr(sorted(facts.items())).encode()).hexdigest()[:12]
    earlier, written = letters_told(about)
    if (earlier and earlier[-1].endswith(state)) or (facts["cancelled"] and not earlier):
        return False
    post.withdraw(about=about, now=now)
    people = {"mentee": meeting.pair.mentee.person.name, "mentor": meeting.pair.mentor.person.name}
    sent = post.send(
        TOLD,
        to=to,
        context={**facts, **people, "day": day, "again": bool(earlier)},
        about=about,
        once=f"{about}:{written}:{state}",
        not_before=now + SETTLES,
        ends=meeting.starts_at,
        now=now,
        calendar=_in_calendar(visit, to.language, facts, written, now),
    )
    return sent is not None


def _in_calendar(
    visit: Visit, language: str, facts: Mapping[str, object], written: int, now: datetime
) -> CalendarPart:
    """When one's child is away, until it is home again where that is known; nothing to answer."""
    meeting = visit.meeting
    minutes = meeting.minutes
    if visit.home_at and visit.home_at > meeting.starts_at:
        minutes = int((visit.home_at - meeting.starts_at).total_seconds()) // 60
    return hours_part(
        f"visit-{meeting.ref}",
        sequence=written,
        summary=VISIT.within(language).format(mentee=meeting.pair.mentee.person.name),
        description="\n".join(filter(None, (meeting.pair.mentor.person.name, str(facts["along"])))),
        location=str(facts["place"]),
        starts_local=meeting.starts_local,
        zone=meeting.zone,
        minutes=minutes,
        now=now,
        cancelled=bool(facts["cancelled"]),
    )
