from django.apps import AppConfig


class ProvidersConfig(AppConfig):
    name = "varpa.providers"
    label = "providers"
