from django.urls import URLPattern, path

from varpa.pairs.views import goals, pairs, plans, questions, several, topic

app_name = "pairs"

urlpatterns: list[URLPattern] = [
    path("programmes/<str:ref>/pairs/new/", pairs.new, name="new"),
    path("programmes/<str:ref>/settings/mentors/", several.several, name="several"),
    path("pairs/<str:ref>/answer/", pairs.answer, name="answer"),
    path("pairs/<str:ref>/manage/", pairs.manage, name="manage"),
    path("pairs/<str:ref>/pause/", pairs.pause, name="pause"),
    path("pairs/<str:ref>/resumption/", pairs.resume, name="resume"),
    path("pairs/<str:ref>/share/", pairs.share, name="share"),
    path("pairs/<str:ref>/share/dossier/", pairs.consent, name="consent"),
    path("pairs/<str:ref>/topic/", topic.topic, name="topic"),
    path("pairs/<str:ref>/topic/goals/", topic.topic_goals, name="topic_goals"),
    path("pairs/<str:ref>/goals/", goals.goals, name="goals"),
    path("goals/<str:ref>/", goals.goal, name="goal"),
    path("goals/<str:ref>/state/", goals.state, name="goal_state"),
    path("goals/<str:ref>/steps/", goals.steps, name="steps"),
    path("goals/<str:ref>/steps/<str:step>/", goals.step, name="step"),
    path("pairs/<str:ref>/plan/", plans.plan, name="plan"),
    path("pairs/<str:ref>/plan/questions/<str:key>/", questions.question, name="question"),
    path("pairs/<str:ref>/plan/own-words/", plans.own_words, name="own_words"),
    path("pairs/<str:ref>/plan/paper/", plans.paper, name="paper"),
    path("pairs/<str:ref>/plan/paper/removal/", plans.take_paper_away, name="take_paper_away"),
    path("pairs/<str:ref>/plan/confirmation/", plans.confirm, name="confirm"),
    path("pairs/<str:ref>/plan/versions/", plans.begin, name="begin"),
    path("plans/<str:ref>/", plans.version, name="version"),
    path("plans/<str:ref>/plan.pdf", plans.plan_pdf, name="plan_pdf"),
    path("plans/<str:ref>/paper/", plans.photograph, name="photograph"),
]
