from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "varpa.profiles"
    label = "profiles"
