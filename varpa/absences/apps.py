from django.apps import AppConfig


class AbsencesConfig(AppConfig):
    name = "varpa.absences"
    label = "absences"
