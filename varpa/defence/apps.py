from django.apps import AppConfig


class DefenceConfig(AppConfig):
    name = "varpa.defence"
    label = "defence"
