from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "varpa.visits"
    label = "visits"
