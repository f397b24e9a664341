"""What is written about a business plan: that it is shared, what the mentor asks, what the mentee answers."""

from datetime import datetime

from varpa.businessplans.models import Answer, BusinessPlan, Remark
from varpa.kernel.text import TranslatedText
from varpa.pairs.letters import reader
from varpa.pairs.models import Pair, Side
from varpa.pairs.quiet import wants_quiet
from varpa.people.access import ReaderAction
from varpa.post import actions as post
from varpa.post.kinds import LetterKind, register
from varpa.post.queries import key_anew
from varpa.programmes.letters import REASON

SHARED = register(
    LetterKind(
        key="businessplans.shared",
        answer="mailroom.on_page",
        essential=False,
        readers=(ReaderAction.MENTOR,),
        reason=REASON,
        brief=TranslatedText(
            lv="{{ first }} rāda savu biznesa plānu",
            lt="{{ first }} rodo savo verslo planą",
            en="{{ first }} shares the business plan",
        ),
        subject=TranslatedText(
            lv="{{ other }} rāda biznesa plānu: {{ title }}",
            lt="{{ other }} rodo verslo planą: {{ title }}",
            en="{{ other }} shares the business plan: {{ title }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nTagad plānu varat lasīt. Jautājiet vai iesakiet līdzās tekstam; ko mainīt, izlemj {{ first }}.",
            lt="Sveiki!\n\nDabar planą galite skaityti. Klauskite arba patarkite šalia teksto; ką keisti, sprendžia {{ first }}.",
            en="Hello.\n\nYou can read the plan now. Ask or advise beside the text; what to change is decided by {{ first }}.",
        ),
        button=TranslatedText(lv="Lasīt plānu", lt="Skaityti planą", en="Read the plan"),
    )
)

REMARKED = register(
    LetterKind(
        key="businessplans.remarked",
        answer="mailroom.on_page",
        essential=False,
        readers=(ReaderAction.MENTEE,),
        reason=REASON,
        brief=TranslatedText(
            lv="{{ first }} jautā par tavu plānu",
            lt="{{ first }} klausia apie tavo planą",
            en="{{ first }} asks about your plan",
        ),
        subject=TranslatedText(
            lv="{{ other }} komentē tavu plānu",
            lt="{{ other }} komentuoja tavo planą",
            en="{{ other }} remarks on your plan",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ text }}\n\nKo darīt ar šo jautājumu vai padomu, izlem tu.",
            lt="Sveiki!\n\n{{ text }}\n\nKą daryti su šiuo klausimu ar patarimu, sprendi tu.",
            en="Hello.\n\n{{ text }}\n\nWhat to do with this question or advice is yours to decide.",
        ),
        button=TranslatedText(lv="Atvērt plānu", lt="Atverti planą", en="Open the plan"),
        stop=TranslatedText(
            lv="Nesūtīt vēstules par plānu",
            lt="Nesiųsti laiškų apie planą",
            en="Send no letters about the plan",
        ),
    )
)

ANSWERED = register(
    LetterKind(
        key="businessplans.answered",
        answer="mailroom.on_page",
        essential=False,
        readers=(ReaderAction.MENTOR, ReaderAction.MENTEE),
        reason=REASON,
        brief=TranslatedText(
            lv="{{ first }} atbild par plānu",
            lt="{{ first }} atsako dėl plano",
            en="{{ first }} answers about the plan",
        ),
        subject=TranslatedText(
            lv="{{ other }} atbild par plānu: {{ title }}",
            lt="{{ other }} atsako dėl plano: {{ title }}",
            en="{{ other }} answers about the plan: {{ title }}",
        ),
        text=TranslatedText(lv="{{ text }}", lt="{{ text }}", en="{{ text }}"),
        button=TranslatedText(lv="Atvērt plānu", lt="Atverti planą", en="Open the plan"),
    )
)


def about(plan: BusinessPlan) -> str:
    """What the letters of a plan are about."""
    return f"business_plan:{plan.ref}"


def about_remark(remark: Remark) -> str:
    """What the letters of a remark and its answers are about: taken back, they are not sent."""
    return f"remark:{remark.ref}"


def tell_shared(plan: BusinessPlan, pair: Pair, *, now: datetime) -> None:
    """Tell the mentor that the plan can be read; at most once a day."""
    once = key_anew(f"plan-shared:{plan.ref}:{pair.ref}:{now:%Y%m%d}")
    _send(SHARED, plan, pair, Side.MENTOR, once=once, now=now)


def tell_remark(remark: Remark, pair: Pair, *, now: datetime) -> None:
    """Tell the mentee what the mentor asks or advises, unless the mentee wants no words of the mentor now."""
    if wants_quiet(pair, Side.MENTEE):
        return
    place = f"/parts/{remark.part}/#remarks"
    _send(
        REMARKED,
        remark.plan,
        pair,
        Side.MENTEE,
        once=f"remark:{remark.ref}",
        now=now,
        text=remark.text,
        place=place,
        told=about_remark(remark),
    )


def tell_answer(answer: Answer, pair: Pair, side: str, *, now: datetime) -> None:
    """Tell the other of the two what was answered under a remark, unless that one wants no words now."""
    if wants_quiet(pair, side):
        return
    _send(
        ANSWERED,
        answer.remark.plan,
        pair,
        side,
        once=f"remark-answer:{answer.ref}:{side}:{pair.ref}",
        now=now,
        text=answer.text,
        place=f"/parts/{answer.remark.part}/",
        told=about_remark(answer.remark),
    )


def hold_back(pair: Pair, side: str, now: datetime) -> None:
    """One side wants no words of the other any more: those that wait to be sent stand on the page alone."""
    refs = Remark.objects.filter(plan__membership=pair.mentee_id).values_list("ref", flat=True)
    about = [f"remark:{ref}" for ref in refs]
    people = [pair.member(side).person_id]
    post.withdraw(about=about, kinds=[REMARKED, ANSWERED], people=people, now=now)


def _send(
    kind: LetterKind,
    plan: BusinessPlan,
    pair: Pair,
    side: str,
    *,
    once: str,
    now: datetime,
    text: str = "",
    place: str = "/",
    told: str = "",
) -> None:
    to = reader(pair, side)
    writer = pair.member(Side.MENTEE if side == Side.MENTOR else Side.MENTOR).person
    context = {
        "programme": pair.programme.name.within(to.language),
        "other": writer.name,
        "first": writer.first_name,
        "title": plan.title,
        "text": text,
    }
    link = f"/business-plans/{plan.ref}{place}"
    post.send(kind, to=to, context=context, link=link, about=told or about(plan), once=once, now=now)
