"""Addresses of days away and of hours that are taken."""

from django.urls import URLPattern, path

from varpa.absences.views import days, timetable

app_name = "absences"

urlpatterns: list[URLPattern] = [
    path("me/away/", days.away, name="away"),
    path("absences/<str:ref>/back/", days.back, name="back"),
    path("me/timetable/", timetable.timetable, name="timetable"),
    path("me/timetable/practice/", timetable.practice, name="practice"),
    path("me/timetable/spread/", timetable.spread, name="spread"),
    path("me/timetable/until/", timetable.until, name="until"),
    path("me/timetable/removal/", timetable.removal, name="removal"),
    path("taken-hours/<str:ref>/back/", timetable.hours_back, name="hours_back"),
    path("programmes/<str:ref>/school-holidays/", days.school, name="school"),
    path("programmes/<str:ref>/school-holidays/removal/", days.school_back, name="school_back"),
]
