from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "varpa.documents"
    label = "documents"
