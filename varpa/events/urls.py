"""The addresses of events."""

from django.urls import URLPattern, path

from varpa.events.views import agenda, events, people, taking_part, talking, training, wall

app_name = "events"

urlpatterns: list[URLPattern] = [
    path("programmes/<str:ref>/events/", events.events, name="list"),
    path("programmes/<str:ref>/events/new/", events.new, name="new"),
    path("programmes/<str:ref>/training-programme/", training.training, name="training"),
    path("programmes/<str:ref>/training-programme/write/", training.write, name="training_write"),
    path("programmes/<str:ref>/training-programme/publication/", training.publish, name="training_publish"),
    path("programmes/<str:ref>/training-programme.pdf", training.paper, name="training_paper"),
    path("programmes/<str:ref>/answers/", taking_part.answers, name="answers"),
    path("events/<str:ref>/", events.event, name="event"),
    path("events/<str:ref>/settings/", events.settings, name="settings"),
    path("events/<str:ref>/announcement/", events.announce, name="announce"),
    path("events/<str:ref>/cancellation/", events.cancel, name="cancel"),
    path("events/<str:ref>/held/", events.hold, name="hold"),
    path("events/<str:ref>/agenda/", agenda.agenda, name="agenda"),
    path("events/<str:ref>/agenda.pdf", people.agenda, name="agenda_paper"),
    path("events/<str:ref>/agenda/<str:item>/", agenda.item, name="item"),
    path("events/<str:ref>/agenda/<str:item>/removal/", agenda.item_away, name="item_away"),
    path("events/<str:ref>/agenda/<str:item>/materials/", agenda.materials, name="materials"),
    path("events/<str:ref>/materials/<str:material>/", agenda.material, name="material"),
    path("events/<str:ref>/materials/<str:material>/removal/", agenda.material_away, name="material_away"),
    path("events/<str:ref>/answer/", taking_part.answer, name="answer"),
    path("events/<str:ref>/questions/", taking_part.ask, name="ask"),
    path("events/<str:ref>/questions/<str:question>/vote/", taking_part.wanted, name="vote"),
    path("events/<str:ref>/questions/<str:question>/back/", taking_part.back, name="question_back"),
    path("events/<str:ref>/questions/<str:question>/", taking_part.reply, name="reply"),
    path("events/<str:ref>/talk/", talking.talk, name="talk"),
    path("events/<str:ref>/talk/<str:saying>/", talking.answer, name="saying_answer"),
    path("sayings/<str:ref>/back/", talking.back, name="saying_back"),
    path("events/<str:ref>/feedback/", taking_part.feedback, name="feedback"),
    path("events/<str:ref>/people/", people.people, name="people"),
    path("events/<str:ref>/people/<str:member>/absent/", people.absent, name="absent"),
    path("events/<str:ref>/list.pdf", people.paper, name="paper"),
    path("events/<str:ref>/export/", people.export, name="export"),
    path("events/<str:ref>/sheets/", people.sheets, name="sheets"),
    path("events/<str:ref>/sheets/<str:sheet>/", people.sheet, name="sheet"),
    path("events/<str:ref>/sheets/<str:sheet>/removal/", people.sheet_back, name="sheet_back"),
    path("events/<str:ref>/screen/", wall.screen, name="screen"),
    path("events/<str:ref>/here/<str:token>/", wall.here, name="here"),
]
