from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "varpa.privacy"
    label = "privacy"
