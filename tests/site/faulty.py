"""Addresses that fail, beside the real ones."""

from django.db import InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import path
from psycopg.errors import ReadOnlySqlTransaction

from varpa.site import urls


def _locked(_request: HttpRequest) -> HttpResponse:
    raise OperationalError("database is locked")


def _copied(_request: HttpRequest) -> HttpResponse:
    told = "cannot execute INSERT in a read-only transaction"
    raise InternalError(told) from ReadOnlySqlTransaction(told)


def _broken(_request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


urlpatterns = [
    *urls.urlpatterns,
    path("locked/", _locked),
    path("copied/", _copied),
    path("broken/", _broken),
]
handler500 = urls.handler500
