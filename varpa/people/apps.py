from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "varpa.people"
    label = "people"
