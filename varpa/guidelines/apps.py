from django.apps import AppConfig


class GuidelinesConfig(AppConfig):
    name = "varpa.guidelines"
    label = "guidelines"
