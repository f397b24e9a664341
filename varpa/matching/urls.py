from django.urls import URLPattern, path

from varpa.matching.views import apart, by_hand, choices, proposals, runs

app_name = "matching"

urlpatterns: list[URLPattern] = [
    path("programmes/<str:ref>/matching/", runs.start, name="start"),
    path("programmes/<str:ref>/matching/choices/", choices.choices, name="choices"),
    path("programmes/<str:ref>/matching/answers/", proposals.answers, name="answers"),
    path("programmes/<str:ref>/pairs/proposals/", by_hand.propose, name="by_hand"),
    path("matching/<str:ref>/", runs.run, name="run"),
    path("matching/<str:ref>/cancellation/", runs.cancel, name="cancel"),
    path("matching/<str:ref>/mentees/<int:number>/", runs.mentee, name="mentee"),
    path("matching/<str:ref>/cost/", choices.cost, name="cost"),
    path("matching/<str:ref>/comparison/", runs.compare, name="compare"),
    path("matching/<str:ref>/choices/", choices.decide, name="decide"),
    path("matching/<str:ref>/undoing/", choices.undo, name="undo"),
    path("matching/<str:ref>/proposals/", proposals.propose, name="propose"),
    path("memberships/<str:ref>/apart/", apart.apart, name="apart"),
    path("memberships/<str:ref>/apart/<str:wish>/", apart.withdraw, name="withdraw_apart"),
    path("choices/<str:ref>/undoing/", choices.release, name="release"),
]
