from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "varpa.site"
    label = "site"
