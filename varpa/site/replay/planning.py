"""The mentee's business plan grows: part by part, shared, asked about, with figures, handed in at the end."""

from dataclasses import replace

from varpa.businessplans.actions.parts import write_figures, write_part
from varpa.businessplans.actions.plans import WRITING, begin_plan, share_plan, submit_plan
from varpa.businessplans.actions.remarks import answer_remark, remark, settle_remark
from varpa.businessplans.figures import figures_of
from varpa.businessplans.models import BusinessPlan, PlanState, Remark
from varpa.methodology.marks import PartAct
from varpa.methodology.outlines import Part
from varpa.money.figures import Amount, Monthly, Product, to_json
from varpa.pairs.models import PairState
from varpa.site.replay.life import Life
from varpa.site.replay.showing import present
from varpa.site.replay.stage import Course

GROWS = 0.7
"""The part of the time until the programme closes in which the plan is written."""
SHARED_AFTER = 2
ASKED = 0.6
QUOTED = 4


def write_business_plan(life: Life) -> Course:
    """From the first goals until some weeks before the end; with another mentor the plan goes on."""
    outline = life.methodology.business_plan
    if not outline:
        return
    yield life.evening((6, 20))
    # A plan is called by the first sentence of its topic.
    title = (life.pair.mentee.topic or life.words.text("topic")).partition(". ")[0][:120]
    plan = life.do(begin_plan, membership=life.pair.mentee, title=title, by=life.mentee)
    days = max(round((life.dates.closes - life.today).days * GROWS) // len(outline), 1)
    for number, part in enumerate(outline, 1):
        yield life.evening((days, days + 3))
        if not _goes_on(life, plan):
            return
        if not plan.parts.filter(key=part.key).exclude(text="").exists():
            _write(life, plan, part, first=number == 1)
        if number == SHARED_AFTER and plan.state == PlanState.DRAFTING:
            life.do(share_plan, plan=plan, shared=True, by=life.mentee)
        if number > SHARED_AFTER and life.maybe(ASKED):
            _ask(life, plan, part)
    yield life.evening((2, 9))
    if _goes_on(life, plan):
        life.do(submit_plan, plan=plan, by=life.mentee)
        life.begin(present(life, plan))


def _goes_on(life: Life, plan: BusinessPlan) -> bool:
    """Whether the two still work together, and the plan is still written."""
    life.pair.refresh_from_db(fields=["state"])
    plan.refresh_from_db(fields=["state", "figures", "figures_revision"])
    return life.pair.state == PairState.ACTIVE and plan.state in WRITING


def _write(life: Life, plan: BusinessPlan, part: Part, *, first: bool) -> None:
    text = life.words.answer("business", part.key)
    if first:
        text = f"{life.words.text('pitch')}\n\n{text}"
    given = {"key": part.key, "text": text, "ready": True, "revision": 0}
    life.do(write_part, plan=plan, **given, by=life.mentee)
    if part.acts == PartAct.FIGURES:
        _reckon(life, plan)


def _reckon(life: Life, plan: BusinessPlan) -> None:
    """One product, what is needed to begin, a little own money, one cost of every month."""
    empty, chance = figures_of(plan, life.today), life.chance
    price = chance.randint(8, 40) * 100
    volumes = tuple(chance.randint(10, 40) for _month in range(12))
    product = Product(plan.title, price, price * chance.randint(30, 55) // 100, volumes)
    row = life.words.text("topic") or plan.title
    figures = replace(
        empty,
        products=(product,),
        startup=(Amount(row, chance.randint(3, 15) * 10_000, 1),),
        sources=(Amount(row, chance.randint(2, 8) * 10_000, 1),),
        running=(Monthly(row, chance.randint(2, 9) * 1_000, 1),),
    )
    given = {"figures": to_json(figures), "revision": plan.figures_revision}
    life.do(write_figures, plan=plan, **given, by=life.mentee)


def _ask(life: Life, plan: BusinessPlan, part: Part) -> None:
    """The mentor asks about the first words of a part; the mentee answers some days later."""
    text = plan.parts.get(key=part.key).text
    quote = " ".join(text.split("\n")[0].split()[:QUOTED])
    said = life.words.one("business_asks")
    asked = life.do(remark, plan=plan, part=part.key, quote=quote, text=said, by=life.mentor)
    life.begin(_answer(life, asked))


def _answer(life: Life, asked: Remark) -> Course:
    yield life.evening((1, 6))
    if not _goes_on(life, asked.plan):
        return
    life.do(answer_remark, remark=asked, text=life.words.one("business_answers"), by=life.mentee)
    yield life.soon((5, 90))
    if _goes_on(life, asked.plan):
        life.do(settle_remark, remark=asked, settled=True, by=life.mentee)
