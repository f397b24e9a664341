"""The addresses of meetings, hours and promises."""

from django.urls import URLPattern, path

from varpa.meetings.views import (
    agenda,
    feed,
    hours,
    meetings,
    pictures,
    plans,
    private_notes,
    private_photographs,
    promises,
)

app_name = "meetings"

urlpatterns: list[URLPattern] = [
    path("pairs/<str:ref>/meetings/", plans.meetings, name="list"),
    path("pairs/<str:ref>/meetings/new/", plans.new, name="new"),
    path("pairs/<str:ref>/meetings/log/", plans.log, name="log"),
    path("meetings/<str:ref>/", meetings.meeting, name="meeting"),
    path("meetings/<str:ref>/topics/", meetings.topics, name="topics"),
    path("meetings/<str:ref>/topics/<str:topic>/", meetings.topic, name="topic"),
    path("meetings/<str:ref>/preparation/", meetings.preparation, name="preparation"),
    path("meetings/<str:ref>/agenda/", agenda.agenda, name="agenda"),
    path("meetings/<str:ref>/agenda/place/", agenda.place, name="place"),
    path("meetings/<str:ref>/agenda/removal/", agenda.removal, name="off_agenda"),
    path("meetings/<str:ref>/notes/private/", private_notes.private_notes, name="private_notes"),
    path("meetings/<str:ref>/notes/private/pages/", private_photographs.pages, name="private_photographs"),
    path(
        "meetings/<str:ref>/notes/private/pages/<str:page>/",
        private_photographs.photograph,
        name="private_photograph",
    ),
    path(
        "meetings/<str:ref>/notes/private/pages/<str:page>/words/",
        private_photographs.description,
        name="describe_private",
    ),
    path(
        "meetings/<str:ref>/notes/private/pages/<str:page>/removal/",
        private_photographs.removal,
        name="unphotograph_private",
    ),
    path("meetings/<str:ref>/notes/", meetings.notes, name="notes"),
    path("meetings/<str:ref>/review/", meetings.review, name="review"),
    path("meetings/<str:ref>/pictures/", pictures.pictures, name="pictures"),
    path("meetings/<str:ref>/pictures/<str:picture>/", pictures.picture, name="picture"),
    path("meetings/<str:ref>/pictures/<str:picture>/removal/", pictures.removal, name="unpicture"),
    path("meetings/<str:ref>/move/", plans.move, name="move"),
    path("meetings/<str:ref>/proposal/decline/", plans.decline, name="decline"),
    path("meetings/<str:ref>/cancel/", plans.cancel, name="cancel"),
    path("meetings/<str:ref>/miss/", plans.miss, name="miss"),
    path("pairs/<str:ref>/hours/", hours.hours, name="hours"),
    path("pairs/<str:ref>/hours.pdf", hours.sheet, name="sheet"),
    path("pairs/<str:ref>/hours.<str:kind>", hours.table, name="table"),
    path("hours/<str:ref>/", hours.line, name="line"),
    path("hours/<str:ref>/confirm/", hours.confirm, name="confirm"),
    path("hours/<str:ref>/objection/", hours.objection, name="object"),
    path("hours/<str:ref>/settlement/", hours.settlement, name="settle"),
    path("hours/<str:ref>/withdrawal/", hours.withdrawal, name="withdraw"),
    path("pairs/<str:ref>/promises/", promises.promises, name="promises"),
    path("promises/<str:ref>/", promises.promise, name="promise"),
    path("promises/<str:ref>/day/", promises.promise_day, name="promise_day"),
    path("calendar/<str:key>.ics", feed.feed, name="feed"),
]
