from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "varpa.surveys"
    label = "surveys"
