from django.apps import AppConfig


class TaxesConfig(AppConfig):
    name = "varpa.taxes"
    label = "taxes"
