from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "varpa.support"
    label = "support"
