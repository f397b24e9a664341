from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "varpa.programmes"
    label = "programmes"
