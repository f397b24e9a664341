"""The floor: what any page must cost. Session, person, one row by its key and one small template."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template import Context, Template
from django.urls import path

from varpa.people.models import Organisation

PAGE = Template(
    "<!doctype html><html><head><title>{{ thing.name }}</title></head>"
    "<body><h1>{{ thing.name }}</h1><p>{{ person.name }}</p>"
    "<ul>{% for number in numbers %}<li>{{ number }}</li>{% endfor %}</ul></body></html>"
)


def view(request: HttpRequest, ref: str) -> HttpResponse:
    """One row, one person, ten lines."""
    thing = get_object_or_404(Organisation, ref=ref)
    return HttpResponse(PAGE.render(Context({"thing": thing, "person": request.user, "numbers": range(10)})))


urlpatterns = [path("floor/<str:ref>/", view)]
