"""What a minor's guardian is told of a visit, anew where it changes; and whom a missing permission concerns."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from varpa.guardians.letters import WHY, reader_of
from varpa.guardians.models import Guardian
from varpa.kernel.text import TranslatedText
from varpa.meetings.models import Meeting, MeetingState
from varpa.pairs.letters import reader
from varpa.pairs.models import Pair, Side
from varpa.people.queries import recipient
from varpa.post import actions as post
from varpa.post.days import hours_part
from varpa.post.envelope import CalendarPart, Recipient
from varpa.post.kinds import LetterKind, register
from varpa.programmes.letters import REASON
from varpa.programmes.queries import staff_of
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
            lv="Sveiki!\n\n{% if cancelled %}{{ mentee }} un {{ mentor }}: vizīte uzņēmumā, kas bija paredzēta {{ when }}, nenotiks.{% else %}{% if again %}Vizītē uzņēmumā kaut kas ir mainījies. Tagad ir tā:{% else %}{{ mentee }} dosies vizītē uz uzņēmumu.{% endif %}\n\n- Kad: {{ when }}\n- Vieta: {{ place }}\n- Mentors: {{ mentor }}{% if along %}\n- Kas brauc līdzi: {{ along }}{% endif %}{% if back %}\n- Atpakaļ mājās: {{ back }}{% endif %}\n\nTo pašu Jūs vienmēr redzat savā saitē.{% endif %}",
            lt="Sveiki!\n\n{% if cancelled %}{{ mentee }} ir {{ mentor }}: vizitas įmonėje, kuris turėjo vykti {{ when }}, neįvyks.{% else %}{% if again %}Dėl vizito įmonėje kai kas pasikeitė. Dabar yra taip:{% else %}{{ mentee }} vyks į įmonę.{% endif %}\n\n- Kada: {{ when }}\n- Vieta: {{ place }}\n- Mentorius: {{ mentor }}{% if along %}\n- Kas vyksta kartu: {{ along }}{% endif %}{% if back %}\n- Grįžimas namo: {{ back }}{% endif %}\n\nTą patį visada matote savo nuorodoje.{% endif %}",
            en="Hello.\n\n{% if cancelled %}{{ mentee }} and {{ mentor }}: the visit to the company planned for {{ when }} does not take place.{% else %}{% if again %}Something about the visit to the company has changed. It is like this now:{% else %}{{ mentee }} will visit a company.{% endif %}\n\n- When: {{ when }}\n- Place: {{ place }}\n- Mentor: {{ mentor }}{% if along %}\n- Who goes along: {{ along }}{% endif %}{% if back %}\n- Back home: {{ back }}{% endif %}\n\nYour own link always shows the same.{% endif %}",
        ),
    )
)


MISSING = register(
    LetterKind(
        key="visits.permission",
        essential=True,
        reason=REASON,
        subject=TranslatedText(
            lv="{% if missing %}Vizītei nav piekrišanas{% else %}Vizītei atkal ir piekrišana{% endif %}: {{ mentee }}, {{ day }}",
            lt="{% if missing %}Vizitui nėra sutikimo{% else %}Vizitui vėl yra sutikimas{% endif %}: {{ mentee }}, {{ day }}",
            en="{% if missing %}No permission for the visit{% else %}The permission for the visit is here again{% endif %}: {{ mentee }}, {{ day }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ mentee }} un {{ mentor }}, vizīte uzņēmumā: {{ when|full_stop }}\n\n{% if missing %}Vecāka vai aizbildņa piekrišanas šai vizītei tagad nav, tāpēc tā nevar notikt. Ir divas iespējas: lūgt piekrišanu no jauna vai atcelt vizīti un ieplānot citu tikšanos, piemēram, video zvanu. Pārējās tikšanās notiek kā līdz šim.{% else %}Vecāka vai aizbildņa piekrišana ir saņemta no jauna: vizīte ir spēkā, kā ieplānots.{% endif %}",
            lt="Sveiki!\n\n{{ mentee }} ir {{ mentor }}, vizitas įmonėje: {{ when|full_stop }}\n\n{% if missing %}Tėvų arba globėjo sutikimo šiam vizitui dabar nėra, todėl jis negali vykti. Yra dvi galimybės: prašyti sutikimo iš naujo arba atšaukti vizitą ir suplanuoti kitą susitikimą, pavyzdžiui, vaizdo skambutį. Kiti susitikimai vyksta kaip iki šiol.{% else %}Tėvų arba globėjo sutikimas vėl gautas: vizitas lieka, kaip suplanuota.{% endif %}",
            en="Hello.\n\n{{ mentee }} and {{ mentor }}, visit to the company: {{ when|full_stop }}\n\n{% if missing %}There is no guardian's permission for this visit now, so it cannot take place. There are two ways: ask for the permission anew, or call the visit off and plan another meeting, for example a video call. Other meetings go on as before.{% else %}The guardian's permission is here again: the visit stands as planned.{% endif %}",
        ),
        button=TranslatedText(lv="Atvērt", lt="Atidaryti", en="Open"),
    )
)


def tell_permission(meeting: Meeting, missing: bool, *, now: datetime) -> None:
    """Tell the two and the staff that a visit may not be, or may be again; who knows it so already is not told."""
    pair = meeting.pair
    readers = [(reader(pair, side), side, f"/meetings/{meeting.ref}/visit/") for side in Side.values]
    for staff in staff_of(pair.programme):
        to = recipient(staff.person, adult=True)
        readers.append((to, staff.ref, f"/memberships/{pair.mentee.ref}/"))
    for to, key, link in readers:
        _tell_permission(meeting, missing, to, f"visit-permission:{meeting.ref}:{key}", link, now)


def _tell_permission(
    meeting: Meeting, missing: bool, to: Recipient, about: str, link: str, now: datetime
) -> None:
    state = "missing" if missing else "here"
    earlier, _written = letters_told(about)
    if earlier and earlier[-1].endswith(state):
        return
    post.withdraw(about=about, now=now)
    earlier, written = letters_told(about)
    if earlier[-1].endswith(state) if earlier else not missing:
        return
    with words.on_paper(to.language, to.zone):
        when, day = words.weekday_time(meeting.starts_at, meeting.zone), words.dated(meeting.starts_at)
    post.send(
        MISSING,
        to=to,
        context={**_of(meeting.pair, to.language), "missing": missing, "when": when, "day": day},
        link=link,
        about=about,
        once=f"{about}:{written}:{state}",
        ends=meeting.starts_at,
        now=now,
    )


def end_waiting(meeting: Meeting, guardian: Guardian, *, now: datetime) -> None:
    """What waits to tell a guardian of a visit has lost its reason."""
    post.withdraw(about=_about(meeting, guardian), now=now)


def tell_guardian(visit: Visit, guardian: Guardian, *, may_be: bool, now: datetime) -> bool:
    """Write to a guardian unless they know it so already; what waits of an earlier state is not sent.

    `may_be`: whether the permissions for the visit stand and the pair goes on.
    """
    meeting = visit.meeting
    to = reader_of(guardian)
    # At home the clock of the mentee is read; where the visit has another, the letter says which it is (R12).
    with words.on_paper(to.language, meeting.pair.mentee.person.zone):
        facts = {
            # Without a permission, or in a pause, it does not take place either; later it is told anew.
            "cancelled": meeting.state == MeetingState.CANCELLED or not may_be,
            "when": words.weekday_time(meeting.starts_at, meeting.zone),
            "place": place_of(meeting),
            "along": visit.accompanied,
            "back": words.weekday_time(visit.home_at, meeting.zone),
        }
        day = words.dated(meeting.starts_at)
    about = _about(meeting, guardian)
    state = sha256(repr(sorted(facts.items())).encode()).hexdigest()[:12]
    earlier, _written = letters_told(about)
    if earlier and earlier[-1].endswith(state):
        return False
    post.withdraw(about=about, now=now)
    # Who has not heard of a visit does not hear that it is cancelled; who knows it so hears nothing twice.
    earlier, written = letters_told(about)
    if earlier[-1].endswith(state) if earlier else facts["cancelled"]:
        return False
    sent = post.send(
        TOLD,
        to=to,
        context={**facts, **_of(meeting.pair, to.language), "day": day, "again": bool(earlier)},
        about=about,
        once=f"{about}:{written}:{state}",
        not_before=now + SETTLES,
        ends=meeting.starts_at,
        now=now,
        calendar=_in_calendar(visit, to.language, facts, written, now),
    )
    return sent is not None


def _of(pair: Pair, language: str) -> dict[str, str]:
    people = {"mentee": pair.mentee.person.name, "mentor": pair.mentor.person.name}
    return {**people, "programme": pair.programme.name.within(language)}


def _about(meeting: Meeting, guardian: Guardian) -> str:
    return f"visit:{meeting.ref}:{guardian.ref}"


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
