from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "varpa.meetings"
    label = "meetings"
