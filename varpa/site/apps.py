from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "varpa.site"
    label = "site"

    def ready(self) -> None:
        from varpa.site import checks  # noqa: F401 - registers the check
