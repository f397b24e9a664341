from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "varpa.messaging"
    label = "messaging"
