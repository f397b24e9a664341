from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "varpa.events"
    label = "events"
