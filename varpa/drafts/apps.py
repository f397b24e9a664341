from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "varpa.drafts"
    label = "drafts"
