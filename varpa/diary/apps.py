from django.apps import AppConfig


class DiaryConfig(AppConfig):
    name = "varpa.diary"
    label = "diary"
