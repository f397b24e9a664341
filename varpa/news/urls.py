"""Addresses of news, of pages that members write, and of the search."""

from django.urls import URLPattern, path

from varpa.news.views import news, pages

app_name = "news"

urlpatterns: list[URLPattern] = [
    path("programmes/<str:ref>/news/", news.news, name="news"),
    path("programmes/<str:ref>/news/new/", news.new, name="new"),
    path("news/<str:ref>/", news.item, name="item"),
    path("news/<str:ref>/open/", news.opened, name="opened"),
    path("news/<str:ref>/text/", news.change, name="change"),
    path("news/<str:ref>/steps/<slug:name>/", news.step, name="step"),
    path("programmes/<str:ref>/search/", pages.search, name="search"),
    path("programmes/<str:ref>/pages/", pages.pages, name="pages"),
    path("programmes/<str:ref>/pages/new/", pages.new, name="new_page"),
    path("pages/<str:ref>/", pages.page, name="page"),
    path("pages/<str:ref>/text/", pages.write, name="write"),
    path("pages/<str:ref>/versions/", pages.versions, name="versions"),
    path("pages/<str:ref>/versions/<int:number>/", pages.take_up, name="take_up"),
    path(
        "pages/<str:ref>/versions/<int:number>/moderation/", pages.moderate_version, name="moderate_version"
    ),
    path("pages/<str:ref>/moderation/", pages.moderate, name="moderate"),
]
