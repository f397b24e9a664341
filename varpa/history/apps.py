from django.apps import AppConfig


class HistoryConfig(AppConfig):
    name = "varpa.history"
    label = "history"
