from django.apps import AppConfig


class MoneyConfig(AppConfig):
    name = "varpa.money"
    label = "money"
