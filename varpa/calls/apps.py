from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "varpa.calls"
    label = "calls"
