from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "varpa.ui"
    label = "ui"
