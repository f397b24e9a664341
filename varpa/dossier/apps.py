from django.apps import AppConfig


class DossierConfig(AppConfig):
    name = "varpa.dossier"
    label = "dossier"
