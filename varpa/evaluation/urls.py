from django.urls import URLPattern, path

from varpa.evaluation.views import activities, indicators

app_name = "evaluation"

urlpatterns: list[URLPattern] = [
    path("programmes/<str:ref>/activities/<str:key>/", activities.activity, name="activity"),
    path("evidence/<str:ref>/withdrawal/", activities.withdraw, name="withdraw"),
    path("programmes/<str:ref>/indicators/new/", indicators.new, name="new_indicator"),
    path("programmes/<str:ref>/indicators/examples/", indicators.examples, name="examples"),
    path("programmes/<str:ref>/figures/<str:key>/", indicators.measure, name="measure"),
    path("indicators/<str:ref>/", indicators.indicator, name="indicator"),
    path("indicators/<str:ref>/change/", indicators.change, name="change_indicator"),
    path("indicators/<str:ref>/withdrawal/", indicators.withdraw, name="withdraw_indicator"),
    path("indicator-values/<str:ref>/withdrawal/", indicators.withdraw_value, name="withdraw_value"),
]
