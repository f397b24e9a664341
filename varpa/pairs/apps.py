from django.apps import AppConfig


class PairsConfig(AppConfig):
    name = "varpa.pairs"
    label = "pairs"
