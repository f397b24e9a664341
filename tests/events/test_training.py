"""The training programme as the manager's own published document (methodology §10, S14)."""

import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from tests.cast import Cast
from tests.events.conftest import SOON, announced, draft
from tests.events.test_pages import LANGUAGES, seen, sent
from tests.make import NOW
from tests.programmes.conftest import picture
from varpa.events.actions.agenda import add_item, add_material
from varpa.events.actions.training import (
    NothingToPublish,
    publish_training_programme,
    write_training_programme,
)
from varpa.events.models import TrainingProgramme
from varpa.events.queries.training import trainings_of
from varpa.history.models import Line
from varpa.kernel.once import SentAlready
from varpa.kernel.refs import new_ref
from varpa.kernel.states import AlreadyMoved
from varpa.kernel.text import TranslatedText
from varpa.people.models import Language
from varpa.programmes.models import Programme
from varpa.programmes.queries import methodology_of

WORDS = TranslatedText("Mācāmies kopā.", "Mokomės kartu.", "We learn together.")


def page_of(programme: Programme) -> str:
    return f"/programmes/{programme.ref}/training-programme/"


def publish(cast: Cast, *, published: bool = True) -> None:
    publish_training_programme(programme=cast.programme, published=published, by=cast.inga, now=NOW)


def test_it_begins_with_the_trainings_and_topics_of_the_methodology(cast: Cast) -> None:
    first, second = trainings_of(cast.programme)
    assert [topic.title.en for topic in first.topics] == [
        "Mentoring",
        "Developing a business idea and plan",
        "The role swap",
        "Making a company profile",
    ]
    assert [topic.title.en for topic in second.topics] == [
        "Attracting finance",
        "Taxes and registering a company",
        "Marketing",
    ]
    assert first.starts < second.starts


def test_an_announced_training_brings_its_day_and_its_own_topics(cast: Cast) -> None:
    draft(cast.programme, cast.inga, training="first")
    event = announced(cast.programme, cast.inga, training="second")
    own = TranslatedText("Sociālie tīkli", "Socialiniai tinklai", "Social media")
    item = add_item(event=event, title=own, leads="Gabija", by=cast.inga, now=SOON)
    add_material(item=item, title="Padomi", link="https://example.org/a", by=cast.inga, now=SOON)
    besides = announced(cast.programme, cast.inga)
    found = {each.event.pk if each.event else 0: each for each in trainings_of(cast.programme)}
    assert set(found) == {0, event.pk, besides.pk}
    # What the meeting does besides the training is not part of it.
    assert [topic.title.en for topic in found[event.pk].topics] == [
        "Attracting finance",
        "Taxes and registering a company",
        "Marketing",
        "Social media",
    ]
    assert found[event.pk].topics[-1].leads == "Gabija"
    assert found[event.pk].topics[-1].materials == ("Padomi",)


def test_it_is_published_and_taken_back_once(cast: Cast) -> None:
    for published in (True, True, False, False):
        publish(cast, published=published)
    verbs = Line.objects.filter(verb__startswith="training_programme.").values_list("verb", flat=True)
    assert list(verbs) == ["training_programme.publish", "training_programme.take_back"]


def test_an_old_page_overwrites_nothing(cast: Cast) -> None:
    given = {"programme": cast.programme, "by": cast.inga, "now": NOW}
    assert write_training_programme(text=WORDS, revision=0, **given)
    assert not write_training_programme(text=WORDS, revision=0, **given)
    with pytest.raises(AlreadyMoved):
        write_training_programme(text=TranslatedText("Cits", "Kitas", "Other"), revision=0, **given)
    assert TrainingProgramme.objects.get().text == WORDS


def test_where_a_methodology_has_no_trainings_it_is_written_first(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("varpa.events.actions.training.trainings_of", lambda _programme: [])
    with pytest.raises(NothingToPublish):
        publish(cast)
    write_training_programme(programme=cast.programme, text=WORDS, revision=0, by=cast.inga, now=NOW)
    publish(cast)
    assert TrainingProgramme.objects.get().published_at == NOW


def test_members_read_it_once_it_is_published(cast: Cast, client: Client) -> None:
    address, paper = page_of(cast.programme), page_of(cast.programme)[:-1] + ".pdf"
    listed = f"/programmes/{cast.programme.ref}/events/"
    for person in (cast.elina, cast.andris):
        assert b"Mentorings" not in seen(client, person, address).content
        assert seen(client, person, paper).status_code == 404
        assert address not in seen(client, person, listed).content.decode()
    assert address in seen(client, cast.inga, listed).content.decode()
    assert "Mentorings" in seen(client, cast.inga, address).content.decode()
    sent(client, cast.inga, f"{address}publication/", published="1")
    for person in (cast.elina, cast.andris):
        assert "Mentorings" in seen(client, person, address).content.decode()
        assert seen(client, person, paper).status_code == 200
        assert address in seen(client, person, listed).content.decode()
    assert seen(client, cast.tomas, address).status_code == 404


def test_only_those_who_run_the_programme_write_it(cast: Cast, client: Client) -> None:
    for rest in ("write/", "publication/"):
        address = page_of(cast.programme) + rest
        assert sent(client, cast.andris, address).status_code == 403
        assert sent(client, cast.tomas, address).status_code == 404
    publish(cast)
    address = page_of(cast.programme)
    assert f"{address}write/" not in seen(client, cast.andris, address).content.decode()
    words = {"text_lv": WORDS.lv, "text_lt": WORDS.lt, "text_en": WORDS.en, "revision": "0"}
    assert sent(client, cast.inga, f"{address}write/", **words).status_code == 302
    assert WORDS.lv in seen(client, cast.elina, address).content.decode()


def test_of_two_who_write_at_once_neither_loses_a_word(cast: Cast, client: Client) -> None:
    address = f"{page_of(cast.programme)}write/"
    words = {"text_lv": WORDS.lv, "text_lt": WORDS.lt, "text_en": WORDS.en, "revision": "0"}
    sent(client, cast.inga, address, **words)
    late = sent(client, cast.dace, address, **{**words, "text_lv": "Cits"})
    for told in ("Cits", WORDS.lv, 'name="revision" value="1"'):
        assert told in late.content.decode()
    assert TrainingProgramme.objects.get().text == WORDS
    assert sent(client, cast.dace, address, **{**words, "text_lv": "Abi", "revision": "1"}).status_code == 302


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_reads_in_three_languages(cast: Cast, client: Client, language: str) -> None:
    write_training_programme(programme=cast.programme, text=WORDS, revision=0, by=cast.inga, now=NOW)
    announced(cast.programme, cast.inga, training="second")
    publish(cast)
    cast.inga.language = Language(language)
    cast.inga.save()
    said = seen(client, cast.inga, page_of(cast.programme)).content.decode()
    topic = methodology_of(cast.programme).training[0].topics[2].text
    assert topic.within(language) in said
    assert WORDS.within(language) in said
    content = seen(client, cast.inga, page_of(cast.programme)[:-1] + ".pdf").content
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())
    for words in (topic.within(language), WORDS.within(language), "Jelgava, Skolas iela 1"):
        assert words in text


def test_its_pages_ask_little_however_many_trainings(cast: Cast, client: Client) -> None:
    publish(cast)
    counts = []
    for _more in range(2):
        for _event in range(3):
            event = announced(cast.programme, cast.inga)
            add_item(event=event, topic="marketing", by=cast.inga, now=SOON)
        client.force_login(cast.elina)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(page_of(cast.programme))
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 16


def test_another_material_from_the_same_form_is_kept_or_told(cast: Cast) -> None:
    item, ref = draft(cast.programme, cast.inga).agenda.create(title="Mentorings", at=SOON), new_ref()
    given: dict[str, Any] = {"item": item, "by": cast.inga, "now": SOON, "ref": ref}
    for _click in range(2):
        add_material(title="Slaidi", upload=picture(40), **given)
        add_material(title="Slaidi", upload=picture(50), **given)
    assert item.materials.count() == 2
    with pytest.raises(SentAlready):
        add_material(title="Padomi", link="https://example.org/a", **given)
