"""What is written about a presentation: that it is shared, and what the mentor recommends."""

from datetime import datetime

from varpa.kernel.text import TranslatedText
from varpa.pairs.letters import reader
from varpa.pairs.models import Pair, Side
from varpa.pairs.queries import other_side
from varpa.pairs.quiet import wants_quiet
from varpa.people.access import ReaderAction
from varpa.post import actions as post
from varpa.post.kinds import LetterKind, register
from varpa.post.queries import key_anew
from varpa.presentations.models import Presentation, Recommendation
from varpa.programmes.letters import REASON

SHARED = register(
    LetterKind(
        key="presentations.shared",
        answer="mailroom.on_page",
        essential=False,
        readers=(ReaderAction.MENTOR,),
        reason=REASON,
        brief=TranslatedText(
            lv="{{ first }} rāda savu prezentāciju",
            lt="{{ first }} rodo savo pristatymą",
            en="{{ first }} shares the presentation",
        ),
        subject=TranslatedText(
            lv="{{ other }} rāda prezentāciju: {{ title }}",
            lt="{{ other }} rodo pristatymą: {{ title }}",
            en="{{ other }} shares the presentation: {{ title }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nTagad prezentāciju varat skatīt un pie katra slaida ieteikt, ko darīt citādi. Ko mainīt, izlemj {{ first }}.",
            lt="Sveiki!\n\nDabar pristatymą galite žiūrėti ir prie kiekvienos skaidrės patarti, ką daryti kitaip. Ką keisti, sprendžia {{ first }}.",
            en="Hello.\n\nYou can see the presentation now and recommend, slide by slide, what to do differently. What to change is decided by {{ first }}.",
        ),
        button=TranslatedText(lv="Skatīt prezentāciju", lt="Žiūrėti pristatymą", en="See the presentation"),
    )
)

RECOMMENDED = register(
    LetterKind(
        key="presentations.recommended",
        answer="mailroom.on_page",
        essential=False,
        readers=(ReaderAction.MENTEE,),
        reason=REASON,
        brief=TranslatedText(
            lv="{{ first }} iesaka kaut ko tavai prezentācijai",
            lt="{{ first }} pataria dėl tavo pristatymo",
            en="{{ first }} recommends something for your presentation",
        ),
        subject=TranslatedText(
            lv="{{ other }} iesaka kaut ko tavai prezentācijai",
            lt="{{ other }} pataria dėl tavo pristatymo",
            en="{{ other }} recommends something for your presentation",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ text }}\n\nKo ar šo ieteikumu darīt, izlem tu.",
            lt="Sveiki!\n\n{{ text }}\n\nKą daryti su šiuo patarimu, sprendi tu.",
            en="Hello.\n\n{{ text }}\n\nWhat to do with this recommendation is yours to decide.",
        ),
        button=TranslatedText(lv="Atvērt slaidu", lt="Atverti skaidrę", en="Open the slide"),
    )
)


def about(presentation: Presentation) -> str:
    """What the letters of a presentation are about."""
    return f"presentation:{presentation.ref}"


def about_recommendation(made: Recommendation) -> str:
    """What the letter of a recommendation is about: taken back, or done, it is not sent."""
    return f"recommendation:{made.ref}"


def tell_shared(presentation: Presentation, pair: Pair, *, now: datetime) -> None:
    """Tell the mentor that the presentation can be seen; at most once a day."""
    once = key_anew(f"presentation-shared:{presentation.ref}:{pair.ref}:{now:%Y%m%d}")
    _send(SHARED, presentation, pair, Side.MENTOR, once=once, now=now)


def tell_recommendation(made: Recommendation, pair: Pair, *, now: datetime) -> None:
    """Tell the mentee what is recommended, unless the mentee wants no words of the mentor now."""
    if wants_quiet(pair, Side.MENTEE):
        return
    told = about_recommendation(made)
    more = {"text": made.text, "place": f"slides/{made.slide}/", "told": told}
    _send(RECOMMENDED, made.presentation, pair, Side.MENTEE, once=told, now=now, **more)


def hold_back(pair: Pair, side: str, now: datetime) -> None:
    """The mentee wants no words of the mentor any more: those that wait to be sent stand on the page alone."""
    if side == Side.MENTEE:
        said = Recommendation.objects.filter(
            presentation__membership=pair.mentee_id, by=pair.mentor.person_id
        )
        post.withdraw(about=[f"recommendation:{ref}" for ref in said.values_list("ref", flat=True)], now=now)


def _send(
    kind: LetterKind,
    presentation: Presentation,
    pair: Pair,
    side: str,
    *,
    once: str,
    now: datetime,
    text: str = "",
    place: str = "",
    told: str = "",
) -> None:
    to = reader(pair, side)
    other = pair.member(other_side(side)).person
    context = {
        "programme": pair.programme.name.within(to.language),
        "other": other.name,
        "first": other.first_name,
        "title": presentation.title,
        "text": text,
    }
    link = f"/presentations/{presentation.ref}/{place}"
    post.send(kind, to=to, context=context, link=link, about=told or about(presentation), once=once, now=now)
