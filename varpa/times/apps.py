from django.apps import AppConfig


class TimesConfig(AppConfig):
    name = "varpa.times"
    label = "times"
