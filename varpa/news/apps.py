from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "varpa.news"
    label = "news"
