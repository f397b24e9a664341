"""Addresses of recommendations, guidelines, and the methodology that comes of them."""

from django.urls import URLPattern, path

from varpa.guidelines.views import beginning, changes, following, guidelines, recommendations, versions

app_name = "guidelines"

urlpatterns: list[URLPattern] = [
    path("programmes/<str:ref>/recommendations/", recommendations.recommendations, name="recommendations"),
    path("programmes/<str:ref>/recommendations/new/", recommendations.offer, name="offer"),
    path("recommendations/<str:ref>/", recommendations.sort, name="sort"),
    path("recommendations/<str:ref>/consent/", recommendations.consent, name="consent"),
    path("recommendations/<str:ref>/withdrawal/", recommendations.take_back, name="take_back"),
    path("recommendations/<str:ref>/aside/", recommendations.aside, name="aside"),
    path("programmes/<str:ref>/guidelines/", guidelines.guidelines, name="guidelines"),
    path("programmes/<str:ref>/guidelines/draft/", guidelines.draft, name="draft"),
    path("programmes/<str:ref>/guidelines/publication/", guidelines.publish, name="publish"),
    path("programmes/<str:ref>/guidelines/changes/", changes.changes, name="changes"),
    path("programmes/<str:ref>/guidelines/sections/<str:key>/", guidelines.section, name="section"),
    path("changes/<str:ref>/withdrawal/", changes.drop, name="drop"),
    path("guidelines/<str:ref>/", versions.version, name="version"),
    path("guidelines/<str:ref>/open/", versions.opened, name="opened"),
    path("guidelines/<str:ref>/open/<str:language>.pdf", versions.opened_paper, name="opened_paper"),
    path("guidelines/<str:ref>/openness/", versions.openness, name="openness"),
    path("guidelines/<str:ref>/methodology.zip", versions.folder, name="folder"),
    path("guidelines/<str:ref>/methodology/", versions.differences, name="differences"),
    path("guidelines/<str:ref>/next/", versions.next_programme, name="next"),
    path("guidelines/<str:ref>/<str:language>.pdf", versions.paper, name="paper"),
    path("programmes/<str:ref>/next-year/", following.follow, name="follow"),
    path("methodologies/archive/", beginning.upload, name="upload"),
    path("methodologies/<str:digest>/begin/", beginning.taken, name="begin"),
]
