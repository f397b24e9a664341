from django.apps import AppConfig


class ClosingConfig(AppConfig):
    name = "varpa.closing"
    label = "closing"
