from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "varpa.files"
    label = "files"
