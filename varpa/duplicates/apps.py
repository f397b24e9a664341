from django.apps import AppConfig


class DuplicatesConfig(AppConfig):
    name = "varpa.duplicates"
    label = "duplicates"
