"""Addresses of presentations."""

from django.urls import URLPattern, path

from varpa.presentations.views import presentations, slides

app_name = "presentations"

urlpatterns: list[URLPattern] = [
    path("pairs/<str:ref>/presentation/", presentations.of_pair, name="of_pair"),
    path("presentations/<str:ref>/", presentations.presentation, name="presentation"),
    path("presentations/<str:ref>/name/", presentations.name, name="name"),
    path("presentations/<str:ref>/share/", presentations.share, name="share"),
    path("presentations/<str:ref>/submit/", presentations.submit, name="submit"),
    path("presentations/<str:ref>/take-back/", presentations.take_back, name="take_back"),
    path("presentations/<str:ref>/versions/<int:number>/", presentations.version, name="version"),
    path("presentations/<str:ref>/file/", presentations.bring, name="bring"),
    path("presentations/<str:ref>/file/take-away/", presentations.take_away, name="take_away"),
    path("presentations/<str:ref>/file.pdf", presentations.file, name="file"),
    path("presentations/<str:ref>/file.pptx", presentations.source, name="source"),
    path("presentations/<str:ref>/presentation.pdf", presentations.document, name="document"),
    path("presentations/<str:ref>/show/<int:number>/", slides.show, name="show"),
    path("presentations/<str:ref>/pages/<int:number>.png", slides.picture, name="picture"),
    path("presentations/<str:ref>/slides/<slug:key>/", slides.slide, name="slide"),
    path("presentations/<str:ref>/slides/<slug:key>/recommend/", slides.recommend, name="recommend"),
    path("recommendations/<str:ref>/mark/", slides.mark, name="mark"),
    path("recommendations/<str:ref>/withdraw/", slides.withdraw, name="withdraw"),
]
