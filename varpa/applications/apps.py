from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "varpa.applications"
    label = "applications"
