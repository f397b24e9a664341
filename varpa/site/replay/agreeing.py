"""What the two agree on: the mentee's topic, the goals, the cooperation plan with its versions (R4, R5)."""

from datetime import timedelta

from varpa.methodology.marks import QuestionAct
from varpa.methodology.model import Question
from varpa.pairs.actions.goals import add_step, answer_topic, set_goal
from varpa.pairs.actions.plans import begin_plan, confirm_plan, write_answers, write_own_words, write_view
from varpa.pairs.actions.sharing import share
from varpa.pairs.models import Plan, PlanState, Side
from varpa.pairs.queries import agreed_plan
from varpa.site.replay.life import Life
from varpa.site.replay.stage import Course


def agree_on_goals(life: Life) -> Course:
    """The topic looked at together in the first half of the first meeting; it becomes the first goals."""
    asked = life.methodology.first_meeting.questions
    texts = {each.key: life.words.text(each.key) or life.words.text("expected_results") for each in asked}
    life.do(answer_topic, pair=life.pair, texts=texts, revisions={}, by=life.mentee)
    yield life.soon((0.1, 70))
    length = (life.dates.closes - life.today).days
    wanted = life.words.goals()
    for number, each in enumerate(wanted, 1):
        due = life.today + timedelta(days=max(length * number // (len(wanted) + 1), 7))
        goal = life.do(set_goal, pair=life.pair, text=each["text"], due=due, by=life.mentee)
        steps = [life.do(add_step, goal=goal, text=text, by=life.mentee) for text in each["steps"]]
        life.steps.append((goal, steps))
        life.progress[goal.ref] = each["progress"]
    if life.maybe(0.3):
        plan = life.maybe(0.5)
        for side in Side.values if life.maybe(0.7) else (Side.MENTEE,):
            life.do(share, pair=life.pair, goals=True, plan=plan, by=life.person(side))


def agree_on_plan(life: Life) -> Course:
    """Each writes a view on some questions, then one text stands for both, and both confirm it."""
    yield life.evening((0, 3))
    plan = life.do(begin_plan, pair=life.pair, by=life.mentor)
    questions = life.methodology.plan.questions
    for side in (Side.MENTEE, Side.MENTOR):
        for question in life.chance.sample(questions, min(len(questions), life.chance.randint(2, 4))):
            text = life.words.answer("views", question.key, side)
            given = {"plan": plan, "question": question.key, "text": text, "revision": 0}
            life.do(write_view, **given, by=life.person(side))
        yield life.evening((0, 2))
    if life.temper.own_words:
        text = life.words.one("own_words")
        life.do(write_own_words, plan=plan, text=text, revision=plan.revision, by=life.mentor)
        questions = tuple(each for each in questions if each.acts in (QuestionAct.MEANS, QuestionAct.RHYTHM))
    _write(life, plan, questions)
    yield from _confirm(life, plan)


def amend_plan(life: Life) -> Course:
    """A new version: another rhythm; both confirm again, and the version before is kept."""
    yield life.evening((1, 6))
    if agreed_plan(life.pair) is None:
        return
    plan = life.do(begin_plan, pair=life.pair, by=life.mentee)
    life.rhythm = 10 if life.rhythm == 14 else 14
    acting = [each for each in life.methodology.plan.questions if each.acts == QuestionAct.RHYTHM]
    _write(life, plan, tuple(acting or life.methodology.plan.questions[:1]))
    yield from _confirm(life, plan)


def _write(life: Life, plan: Plan, questions: tuple[Question, ...]) -> None:
    texts, choices = {}, {}
    for question in questions:
        texts[question.key], choice = _agreed(life, question)
        if choice is not None:
            choices[question.key] = choice
    given = {"plan": plan, "texts": texts, "choices": choices, "revisions": {}}
    life.do(write_answers, **given, by=life.mentee)


def _agreed(life: Life, question: Question) -> tuple[str, object]:
    """The agreed text of a question, and what it does where the methodology lets it act."""
    names = {each.key: each.name.within(life.words.language) for each in life.methodology.means}
    text = life.words.answer("plan", question.acts or question.key)
    if question.acts == QuestionAct.MEANS:
        chosen = [*life.means(in_person=False)[:3], *life.means(in_person=True)[:1]]
        chosen = list(dict.fromkeys(chosen))
        return text.format(means=", ".join(names[key] for key in chosen)), chosen
    if question.acts == QuestionAct.RHYTHM:
        rhythm = life.words.counted("rhythms", life.rhythm)
        return text.format(rhythm=rhythm, minutes=60), [life.rhythm, 60]
    if question.acts == QuestionAct.REPLY_TIME:
        days = life.chance.randint(1, 3)
        return text.format(days=life.words.counted("reply_times", days)), days
    if question.acts == QuestionAct.LENGTH:
        return text.format(minutes=60), 60
    if question.acts == QuestionAct.TOPICS:
        return text, life.chance.randint(1, 3)
    return text, None


def _confirm(life: Life, plan: Plan) -> Course:
    yield life.evening((0, 2))
    life.do(confirm_plan, plan=plan, by=life.mentor)
    yield life.evening((5, 12) if life.temper.late else (0, 4))
    if life.temper.objects and plan.version == 1:
        _change(life, plan)
    life.do(confirm_plan, plan=plan, by=life.mentee)
    if plan.state != PlanState.AGREED:
        yield life.evening((1, 3))
        life.do(confirm_plan, plan=plan, by=life.mentor)


def _change(life: Life, plan: Plan) -> None:
    """Confirmed by the one, changed by the other: now both have to confirm what stands there."""
    plain = {each.key for each in life.methodology.plan.questions if not each.acts}
    for answer in plan.agreed_answers.filter(question__in=plain).order_by("question")[:1]:
        text = life.words.answer("plan", answer.question)
        given = {"texts": {answer.question: text}, "revisions": {answer.question: answer.revision}}
        life.do(write_answers, plan=plan, choices={}, **given, by=life.mentee)
