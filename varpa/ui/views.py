"""The gallery: every component, in the language and the colours that the address asks for."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_GET

from varpa.kernel.doors import public
from varpa.ui.gallery import context


@public("the components of the product, with made-up content: nothing of anybody is shown")
@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component; `?language=` lv, lt or en, `?theme=` light or dark."""
    asked = request.GET.get("language", "")
    language = asked if asked in dict(settings.LANGUAGES) else translation.get_language()
    theme = request.GET.get("theme", "")
    with translation.override(language):
        shown = {**context(), **({"theme": theme} if theme else {})}
        return render(request, "ui/gallery.html", shown)
