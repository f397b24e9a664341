"""What the browser keeps for when there is no connection: the same for everybody, in three languages."""

import pytest
from django.test import Client

from varpa.site.views import WITHOUT


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [("lv", "Pašlaik nav savienojuma"), ("lt", "Šiuo metu nėra ryšio"), ("en", "There is no connection")],
)
def test_the_page_reads_in_each_language(language: str, words: str) -> None:
    page = Client().get("/offline/", {"language": language})
    assert words in page.content.decode()
    assert f'lang="{language}"' in page.content.decode()


@pytest.mark.django_db
def test_a_language_that_is_none_is_the_browsers() -> None:
    page = Client(headers={"accept-language": "lt"}).get("/offline/", {"language": "xx<script>"})
    assert 'lang="lt"' in page.content.decode()


@pytest.mark.django_db
def test_the_worker_names_every_file_of_the_page() -> None:
    script = Client().get("/worker.js")
    assert script["Content-Type"] == "text/javascript"
    assert script["Cache-Control"] == "no-cache"
    page = Client().get("/offline/").content.decode()
    for file in WITHOUT:
        assert file in script.content.decode()
    for part in page.split('"'):
        assert not part.startswith("/static/") or part in script.content.decode()
