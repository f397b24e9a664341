"""What the mentors of a mentee are told when a further one begins: facts, nothing to decide (product §2)."""

from datetime import datetime

from varpa.kernel.text import TranslatedText
from varpa.pairs.letters import reader
from varpa.pairs.models import Pair, PairState, Side
from varpa.pairs.queries import with_people
from varpa.post import actions as post
from varpa.post.kinds import LetterKind, register
from varpa.programmes.letters import REASON

JOINED = register(
    LetterKind(
        key="pairs.joined",
        essential=True,
        reason=REASON,
        subject=TranslatedText(
            lv="Audzēknim ir vēl viens mentors",
            lt="Mokinys turi dar vieną mentorių",
            en="Your mentee has a further mentor",
        ),
        text=TranslatedText(
            lv=(
                "Sveiki!\n\n{{ mentee }} programmā „{{ programme }}” tagad strādā arī ar citu "
                "mentoru: {{ mentor }}.\n\nJūsu sadarbība turpinās kā līdz šim. Sadarbības plāns, "
                "mērķi, stundas, sarakste un dienasgrāmata ir tikai jūsu abu. Biznesa plāns un "
                "prezentācija pieder audzēknim: ja tie ir parādīti, tos un piezīmes pie tiem lasa "
                "visi mentori."
            ),
            lt=(
                "Sveiki!\n\n{{ mentee }} programoje „{{ programme }}“ dabar dirba ir su kitu "
                "mentoriumi: {{ mentor }}.\n\nJūsų bendradarbiavimas tęsiasi kaip iki šiol. "
                "Bendradarbiavimo planas, tikslai, valandos, žinutės ir dienoraštis yra tik jūsų "
                "dviejų. Verslo planas ir pristatymas priklauso mokiniui: jei jie parodyti, juos ir "
                "pastabas prie jų skaito visi mentoriai."
            ),
            en=(
                "Hello.\n\nIn the programme “{{ programme }}” {{ mentee }} now works with another "
                "mentor too: {{ mentor }}.\n\nYour cooperation goes on as before. The cooperation "
                "plan, goals, hours, messages and diary are of the two of you alone. The business "
                "plan and the presentation are the mentee’s: once shared, all mentors read them and "
                "the remarks on them."
            ),
        ),
        button=TranslatedText(lv="Atvērt", lt="Atidaryti", en="Open"),
    )
)


def tell_other_mentors(pair: Pair, *, now: datetime) -> None:
    """Whoever mentors the mentee of a pair that begins already is told of it, each with the own room."""
    going = Pair.objects.filter(mentee=pair.mentee_id, state__in=(PairState.ACTIVE, PairState.PAUSED))
    for other in with_people(going.exclude(pk=pair.pk)).order_by("pk"):
        to = reader(other, Side.MENTOR)
        context = {
            "programme": other.programme.name.within(to.language),
            "mentee": other.mentee.person.name,
            "mentor": pair.mentor.person.name,
        }
        post.send(
            JOINED,
            to=to,
            context=context,
            link=f"/pairs/{other.ref}/",
            about=f"pair:{other.ref}",
            once=f"pair.joined:{pair.ref}:{other.ref}",
            now=now,
        )
