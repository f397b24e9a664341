from django.apps import AppConfig


class MailroomConfig(AppConfig):
    name = "varpa.mailroom"
    label = "mailroom"
