from django.urls import URLPattern, path

from varpa.programmes.views import (
    changes,
    countries,
    lessons,
    partners,
    periods,
    programmes,
    reading,
    running,
)

app_name = "programmes"

urlpatterns: list[URLPattern] = [
    path("programmes/", programmes.programmes, name="list"),
    path("programmes/new/", programmes.new, name="new"),
    path("programmes/<str:ref>/emblem/", programmes.emblem, name="emblem"),
    path("programmes/<str:ref>/settings/", running.settings, name="settings"),
    path("programmes/<str:ref>/step/", running.step, name="step"),
    path("programmes/<str:ref>/hours/", running.hours, name="hours"),
    path("programmes/<str:ref>/managers/", running.appoint, name="appoint"),
    path("programmes/<str:ref>/managers/<str:member>/release/", running.release, name="release"),
    path("programmes/<str:ref>/settings/ages/", countries.ages, name="ages"),
    path("programmes/<str:ref>/settings/ages/<str:country>/law/", countries.law, name="law"),
    path("programmes/<str:ref>/settings/reporting/", periods.periods, name="periods"),
    path(
        "programmes/<str:ref>/settings/reporting/<str:period>/removal/",
        periods.remove,
        name="period_removal",
    ),
    path("programmes/<str:ref>/settings/partners/", partners.partners, name="partners"),
    path("programmes/<str:ref>/settings/partners/<str:partner>/", partners.change, name="partner"),
    path("programmes/<str:ref>/settings/partners/<str:partner>/up/", partners.up, name="partner_up"),
    path(
        "programmes/<str:ref>/settings/partners/<str:partner>/removal/",
        partners.remove,
        name="partner_removal",
    ),
    path("programmes/<str:ref>/settings/dates/", changes.windows, name="windows"),
    path("programmes/<str:ref>/settings/wording/", changes.wording, name="wording"),
    path("programmes/<str:ref>/settings/questions/<str:among>/", changes.questions, name="questions"),
    path(
        "programmes/<str:ref>/settings/questions/<str:among>/<str:key>/removal/",
        changes.take_out,
        name="take_out",
    ),
    path("programmes/<str:ref>/library/", reading.library, name="library"),
    path("programmes/<str:ref>/handbook/<slug:key>/", reading.handbook_part, name="handbook"),
    path("programmes/<str:ref>/library/<str:key>/", reading.document, name="document"),
    path("programmes/<str:ref>/lessons/<str:key>/", lessons.lesson, name="lesson"),
    path("programmes/<str:ref>/lessons/<str:key>/done/", lessons.done, name="lesson_done"),
    path("programmes/<str:ref>/lessons/<str:key>/<int:number>/", lessons.question, name="question"),
    path("memberships/<str:ref>/preparation/", reading.preparation, name="preparation"),
    path("memberships/<str:ref>/notice/", reading.notice, name="notice"),
    path("memberships/<str:ref>/grown/", reading.grown, name="grown"),
    path("memberships/<str:ref>/means/", reading.means, name="means"),
]
