"""Addresses that fail, beside the real ones."""

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import path

from varpa.site import urls


def _locked(_request: HttpRequest) -> HttpResponse:
    raise OperationalError("database is locked")


def _broken(_request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


urlpatterns = [*urls.urlpatterns, path("locked/", _locked), path("broken/", _broken)]
handler500 = urls.handler500
