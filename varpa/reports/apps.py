from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "varpa.reports"
    label = "reports"
