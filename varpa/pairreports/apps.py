from django.apps import AppConfig


class PairReportsConfig(AppConfig):
    name = "varpa.pairreports"
    label = "pairreports"
