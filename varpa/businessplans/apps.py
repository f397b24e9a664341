from django.apps import AppConfig


class BusinessplansConfig(AppConfig):
    name = "varpa.businessplans"
    label = "businessplans"
