from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "varpa.home"
    label = "home"
