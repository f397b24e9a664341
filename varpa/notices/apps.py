from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "varpa.notices"
    label = "notices"
