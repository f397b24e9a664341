from django.apps import AppConfig


class CheckinsConfig(AppConfig):
    name = "varpa.checkins"
    label = "checkins"
