"""What is written about times: that some are proposed, and that none suits."""

from datetime import datetime

from varpa.kernel.text import TranslatedText
from varpa.pairs.letters import reader
from varpa.pairs.queries import other_side
from varpa.pairs.quiet import passed
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


def ask(proposal: Proposal, *, counter: bool, now: datetime) -> None:
    """Ask the other to choose a time, before the first one comes, until the last one begins."""
    side = other_side(proposal.side)
    to = reader(proposal.pair, side)
    methodology = methodology_of(proposal.pair.programme)
    means = {each.key: each.name for each in methodology.means}
    times = list(proposal.options.order_by("starts_at").values_list("starts_at", flat=True))
    kind = methodology.kind(proposal.kind).name.within(to.language)
    context = {
        **_both(proposal, side, to.language),
        "counter": counter,
        "kind": kind[:1].upper() + kind[1:],
        "means": means[proposal.means].within(to.language),
        "length": proposal.minutes,
        "place": proposal.place,
        "zone": proposal.zone,
        "times": times,
        "word": passed(proposal.word, proposal.pair, by=proposal.side, to=side),
    }
    post.send(
        PROPOSED,
        to=to,
        context=context,
        link=f"/times/{proposal.ref}/",
        about=about(proposal),
        once=f"times:{proposal.ref}",
        now=now,
        ends=proposal.last_at,
        hours=times,
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


def _both(proposal: Proposal, side: str, language: str) -> dict[str, object]:
    pair = proposal.pair
    other = pair.member(other_side(side)).person.name
    return {"programme": pair.programme.name.within(language), "other": other}
