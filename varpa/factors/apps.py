from django.apps import AppConfig


class FactorsConfig(AppConfig):
    name = "varpa.factors"
    label = "factors"
