"""The gallery: every component, in one language at a time, light or dark."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from varpa.kernel.doors import public


@public("the components of the product, with made-up content: nothing of anybody is shown")
@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component."""
    return render(request, "ui/gallery.html")
