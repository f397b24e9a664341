"""Addresses of company profiles."""

from django.urls import URLPattern, path

from varpa.profiles.views import parts, photographs, profiles, published, school

app_name = "profiles"

urlpatterns: list[URLPattern] = [
    path("pairs/<str:ref>/profile/", profiles.of_pair, name="of_pair"),
    path("profiles/<str:ref>/", profiles.profile, name="profile"),
    path("profiles/<str:ref>/name/", profiles.name, name="name"),
    path("profiles/<str:ref>/name/approve/", profiles.approve_name, name="approve_name"),
    path("profiles/<str:ref>/finish/", profiles.finish, name="finish"),
    path("profiles/<str:ref>/publish/", profiles.publish, name="publish"),
    path("profiles/<str:ref>/parts/<slug:key>/", parts.part, name="part"),
    path("profiles/<str:ref>/parts/<slug:key>/approve/", parts.approve, name="approve"),
    path("profiles/<str:ref>/parts/<slug:key>/keep-back/", parts.keep_back, name="keep_back"),
    path("profiles/<str:ref>/parts/<slug:key>/correct/", parts.correct, name="correct"),
    path("profiles/<str:ref>/parts/<slug:key>/photographs/", photographs.photographs, name="photographs"),
    path("profiles/<str:ref>/photographs/<str:photograph>/", photographs.photograph, name="photograph"),
    path("profiles/<str:ref>/photographs/<str:photograph>/word/", photographs.word, name="word"),
    path("profiles/<str:ref>/photographs/<str:photograph>/take-away/", photographs.removal, name="unpicture"),
    path("corrections/<str:ref>/settle/", parts.settle, name="settle"),
    path("corrections/<str:ref>/withdraw/", parts.withdraw, name="withdraw"),
    path("profiles/<str:ref>/profile.pdf", published.document, name="document"),
    path("profiles/<str:ref>/published/", published.published, name="published"),
    path("profiles/<str:ref>/published.pdf", published.published_document, name="published_document"),
    path("school/<str:token>/profiles/", school.profiles, name="school"),
    path("school/<str:token>/profiles/<str:ref>.pdf", school.document, name="school_document"),
    path("programmes/<str:ref>/profiles/", published.in_programme, name="gallery"),
    path("programmes/<str:ref>/profiles/all/", published.states, name="states"),
]
