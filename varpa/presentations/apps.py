from django.apps import AppConfig


class PresentationsConfig(AppConfig):
    name = "varpa.presentations"
    label = "presentations"
