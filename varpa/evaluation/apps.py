from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "varpa.evaluation"
    label = "evaluation"
