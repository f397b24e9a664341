from django.apps import AppConfig


class GuardiansConfig(AppConfig):
    name = "varpa.guardians"
    label = "guardians"
