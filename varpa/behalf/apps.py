from django.apps import AppConfig


class BehalfConfig(AppConfig):
    name = "varpa.behalf"
    label = "behalf"
