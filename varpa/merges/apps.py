from django.apps import AppConfig


class MergesConfig(AppConfig):
    name = "varpa.merges"
    label = "merges"
