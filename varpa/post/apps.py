from django.apps import AppConfig


class PostConfig(AppConfig):
    name = "varpa.post"
    label = "post"
