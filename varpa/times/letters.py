"""What is written about times: that some are proposed, and that none suits."""

from datetime import datetime

from varpa.kernel.text import TranslatedText
from varpa.pairs.letters import reader
from varpa.pairs.models import Side
from varpa.pairs.queries import other_side
from varpa.pairs.quiet import passed
from varpa.people.access import ReaderAction
from varpa.post import actions as post
from varpa.post.kinds import LetterKind, register
from varpa.programmes.letters import REASON
from varpa.programmes.queries import methodology_of
from varpa.times.models import Proposal

_TIMES = "{% for each in times %}\n\n- {{ each|weekday_time:zone|capfirst }}{% endfor %}"
_WHAT = "{{ kind }}, {{ length|minutes }}, {{ means }}{% if place %}, {{ place }}{% endif %}"

PROPOSED = register(
    LetterKind(
        key="times.proposed",
        answer="times.proposal",
        essential=True,
        brief=TranslatedText(
            lv="Piedāvāti tikšanās laiki",
            lt="Pasiūlyti susitikimo laikai",
            en="Times for a meeting are proposed",
        ),
        reason=REASON,
        subject=TranslatedText(
            lv="{% if counter %}Citi laiki tikšanās reizei{% else %}Kurš laiks der?{% endif %} {{ other }}",
            lt="{% if counter %}Kiti laikai susitikimui{% else %}Kuris laikas tinka?{% endif %} {{ other }}",
            en="{% if counter %}Other times for the meeting{% else %}Which time suits you?{% endif %} {{ other }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ other }} piedāvā laikus. "
            + _WHAT
            + ":"
            + _TIMES
            + "{% if word %}\n\n{{ word }}{% endif %}\n\n{% if adult %}Izvēlieties vienu: tikšanās būs ieplānota. Ja neder neviens, piedāvājiet citus.{% else %}Izvēlies vienu: tikšanās būs ieplānota. Ja neder neviens, piedāvā citus.{% endif %}",
            lt="Sveiki!\n\n{{ other }} siūlo laikus. "
            + _WHAT
            + ":"
            + _TIMES
            + "{% if word %}\n\n{{ word }}{% endif %}\n\n{% if adult %}Pasirinkite vieną: susitikimas bus suplanuotas. Jei nė vienas netinka, pasiūlykite kitus.{% else %}Pasirink vieną: susitikimas bus suplanuotas. Jei nė vienas netinka, pasiūlyk kitus.{% endif %}",
            en="Hello.\n\n{{ other }} proposes times. "
            + _WHAT
            + ":"
            + _TIMES
            + "{% if word %}\n\n{{ word }}{% endif %}\n\nChoose one, and the meeting is planned. If none suits you, propose others.",
        ),
        button=TranslatedText(lv="Izvēlēties laiku", lt="Pasirinkti laiką", en="Choose a time"),
    )
)

NONE_FITS = register(
    LetterKind(
        key="times.none_fits",
        answer="times.proposal",
        essential=True,
        brief=TranslatedText(
            lv="Neviens no laikiem neder", lt="Nė vienas laikas netinka", en="None of the times suits"
        ),
        reason=REASON,
        subject=TranslatedText(
            lv="Neviens no laikiem neder", lt="Nė vienas laikas netinka", en="None of the times suits"
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ other }}: šoreiz neder neviens no laikiem.{% if word %}\n\n{{ word }}{% endif %}\n\n{% if adult %}Piedāvājiet citus, kad {% else %}Piedāvā citus, kad {% endif %}ir ērti.",
            lt="Sveiki!\n\n{{ other }}: šį kartą netinka nė vienas laikas.{% if word %}\n\n{{ word }}{% endif %}\n\n{% if adult %}Pasiūlykite kitus, kai {% else %}Pasiūlyk kitus, kai {% endif %}bus patogu.",
            en="Hello.\n\n{{ other }}: none of the times suits this time.{% if word %}\n\n{{ word }}{% endif %}\n\nPropose others when it suits you.",
        ),
        button=TranslatedText(
            lv="Piedāvāt citus laikus", lt="Pasiūlyti kitus laikus", en="Propose other times"
        ),
    )
)

DUE = register(
    LetterKind(
        key="times.due",
        answer="times.proposal",
        essential=False,
        readers=(ReaderAction.MENTOR, ReaderAction.MENTEE),
        brief=TranslatedText(
            lv="Piedāvātie laiki vēl gaida atbildi",
            lt="Pasiūlyti laikai dar laukia atsakymo",
            en="The proposed times still wait for an answer",
        ),
        reason=REASON,
        subject=TranslatedText(
            lv="Kurš laiks der? Atbildi gaida {{ other }}",
            lt="Kuris laikas tinka? Atsakymo laukia {{ other }}",
            en="Which time suits you? {{ other }} waits for an answer",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nLaiki, ko piedāvā {{ other }}, vēl gaida. "
            + _WHAT
            + ":"
            + _TIMES
            + "\n\n{% if adult %}Izvēlieties vienu, un tikšanās būs ieplānota. Ja neder neviens, pasakiet to vai piedāvājiet citus.{% else %}Izvēlies vienu, un tikšanās būs ieplānota. Ja neder neviens, pasaki to vai piedāvā citus.{% endif %}",
            lt="Sveiki!\n\nLaikai, kuriuos siūlo {{ other }}, dar laukia. "
            + _WHAT
            + ":"
            + _TIMES
            + "\n\n{% if adult %}Pasirinkite vieną, ir susitikimas bus suplanuotas. Jei nė vienas netinka, pasakykite tai arba pasiūlykite kitus.{% else %}Pasirink vieną, ir susitikimas bus suplanuotas. Jei nė vienas netinka, pasakyk tai arba pasiūlyk kitus.{% endif %}",
            en="Hello.\n\nThe times that {{ other }} proposed still wait. "
            + _WHAT
            + ":"
            + _TIMES
            + "\n\nChoose one, and the meeting is planned. If none suits you, say so or propose others.",
        ),
        button=TranslatedText(lv="Izvēlēties laiku", lt="Pasirinkti laiką", en="Choose a time"),
        stop=TranslatedText(
            lv="Vairs nesūtīt atgādinājumus par piedāvātajiem laikiem",
            lt="Nebesiųsti priminimų apie pasiūlytus laikus",
            en="Send no more reminders of proposed times",
        ),
    )
)

PASSED = register(
    LetterKind(
        key="times.passed",
        answer="times.proposal",
        essential=True,
        brief=TranslatedText(
            lv="Piedāvātie laiki ir pagājuši",
            lt="Pasiūlyti laikai praėjo",
            en="The proposed times have passed",
        ),
        reason=REASON,
        subject=TranslatedText(
            lv="Piedāvātie laiki ir pagājuši",
            lt="Pasiūlyti laikai praėjo",
            en="The proposed times have passed",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ other }} un {% if adult %}Jūs{% else %}tu{% endif %}: neviens no {% if mine %}{% if adult %}Jūsu{% else %}taviem{% endif %} piedāvātajiem laikiem{% else %}piedāvātajiem laikiem{% endif %} netika izvēlēts, un tie ir pagājuši. Tikšanās nav ieplānota. {% if adult %}Piedāvājiet citus, kad ir ērti.{% else %}Piedāvā citus, kad ir ērti.{% endif %}",
            lt="Sveiki!\n\n{{ other }} ir {% if adult %}Jūs{% else %}tu{% endif %}: nė vienas iš {% if mine %}{% if adult %}Jūsų{% else %}tavo{% endif %} {% endif %}pasiūlytų laikų nebuvo pasirinktas, ir jie praėjo. Susitikimas nesuplanuotas. {% if adult %}Pasiūlykite kitus, kai patogu.{% else %}Pasiūlyk kitus, kai patogu.{% endif %}",
            en="Hello.\n\n{{ other }} and you: none of the times that {% if mine %}you{% else %}{{ other }}{% endif %} proposed was chosen, and they have passed. No meeting is planned. Propose others when it suits you.",
        ),
        button=TranslatedText(lv="Piedāvāt laikus", lt="Pasiūlyti laikus", en="Propose times"),
    )
)


def ask(proposal: Proposal, *, counter: bool, now: datetime) -> None:
    """Ask the other to choose a time, before the first one comes, until the last one begins."""
    side = other_side(proposal.side)
    to = reader(proposal.pair, side)
    word = passed(proposal.word, proposal.pair, by=proposal.side, to=side)
    post.send(
        PROPOSED,
        to=to,
        context={**_what(proposal, side, to.language), "counter": counter, "word": word},
        link=f"/times/{proposal.ref}/",
        about=about(proposal),
        once=f"times:{proposal.ref}",
        now=now,
        ends=proposal.last_at,
        hours=_hours(proposal),
    )


def due_key(proposal: Proposal) -> str:
    """Which letter the reminder of a proposal is."""
    return f"times:{proposal.ref}:due"


def remind(proposal: Proposal, *, now: datetime) -> bool:
    """Tell whoever has not chosen that the times still wait; whether there was a letter to write."""
    side = other_side(proposal.side)
    to = reader(proposal.pair, side)
    sent = post.send(
        DUE,
        to=to,
        context=_what(proposal, side, to.language),
        link=f"/times/{proposal.ref}/",
        about=about(proposal),
        once=due_key(proposal),
        now=now,
        ends=proposal.last_at,
        hours=_hours(proposal),
    )
    return sent is not None


def tell_passed(proposal: Proposal, *, now: datetime) -> None:
    """Tell both that nobody chose one of the times, and where others are proposed."""
    for side in Side.values:
        to = reader(proposal.pair, side)
        post.send(
            PASSED,
            to=to,
            context={**_both(proposal, side, to.language), "mine": side == proposal.side},
            link=f"/pairs/{proposal.pair.ref}/times/",
            about=about(proposal),
            once=f"times:{proposal.ref}:passed:{side}",
            now=now,
        )


def tell_none(proposal: Proposal, *, now: datetime) -> None:
    """Tell the proposer that none of the times suits the other."""
    pair, side = proposal.pair, proposal.side
    to = reader(pair, side)
    word = passed(proposal.answer, pair, by=other_side(side), to=side)
    post.send(
        NONE_FITS,
        to=to,
        context={**_both(proposal, side, to.language), "word": word},
        link=f"/pairs/{pair.ref}/times/",
        about=about(proposal),
        once=f"times:{proposal.ref}:none",
        now=now,
    )


def about(proposal: Proposal) -> str:
    """What the letters of a proposal are about."""
    return f"times:{proposal.ref}"


def _hours(proposal: Proposal) -> list[datetime]:
    return list(proposal.options.order_by("starts_at").values_list("starts_at", flat=True))


def _what(proposal: Proposal, side: str, language: str) -> dict[str, object]:
    methodology = methodology_of(proposal.pair.programme)
    means = {each.key: each.name for each in methodology.means}
    kind = methodology.kind(proposal.kind).name.within(language)
    return {
        **_both(proposal, side, language),
        "kind": kind[:1].upper() + kind[1:],
        "means": means[proposal.means].within(language),
        "length": proposal.minutes,
        "place": proposal.place,
        "zone": proposal.zone,
        "times": _hours(proposal),
    }


def _both(proposal: Proposal, side: str, language: str) -> dict[str, object]:
    pair = proposal.pair
    other = pair.member(other_side(side)).person.name
    return {"programme": pair.programme.name.within(language), "other": other}
