"""Two programmes never hand on different methodologies under one version."""

from pathlib import Path

import pytest
from django.conf import settings

from tests.cast import Cast
from tests.guidelines.conftest import in_own_words
from tests.make import NOW
from varpa.guidelines.actions import guidelines as actions
from varpa.guidelines.exporting import exported
from varpa.guidelines.models import Guidelines, Version
from varpa.people.models import Person
from varpa.programmes.actions.programmes import take_methodology
from varpa.programmes.models import Programme

pytestmark = pytest.mark.django_db
FOLDERS = Path(settings.METHODOLOGIES)


def published(programme: Programme, by: Person) -> Version:
    guidelines = actions.draft(programme=programme, by=by, now=NOW)
    return actions.publish(guidelines=guidelines, by=by, now=NOW)


def test_the_second_programme_takes_the_next_free_version(cast: Cast, guidelines: Guidelines) -> None:
    first = actions.publish(guidelines=guidelines, by=cast.inga, now=NOW)
    other = published(cast.elsewhere.programme, cast.tomas)
    assert other.programme.methodology_version == first.programme.methodology_version
    assert (first.number, first.becomes) == (1, "1.1")
    assert (other.number, other.becomes) == (1, "1.2")
    assert [exported(each, FOLDERS).after.version for each in (first, other)] == ["1.1", "1.2"]


def test_a_version_that_a_programme_began_from_is_not_given_again(cast: Cast, guidelines: Guidelines) -> None:
    first = actions.publish(guidelines=guidelines, by=cast.inga, now=NOW)
    taken = take_methodology(methodology=exported(first, FOLDERS).after, now=NOW)
    other = cast.elsewhere.programme
    Programme.objects.filter(pk=other.pk).update(methodology_version=taken)
    second = published(Programme.objects.get(pk=other.pk), cast.tomas)
    in_own_words(cast, cast.elina, words="Otrs ieteikums.")
    third = published(cast.programme, cast.inga)
    assert [each.becomes for each in (first, second, third)] == ["1.1", "1.2", "1.3"]


def test_where_another_programme_was_first_the_next_one_is_tried(
    cast: Cast, guidelines: Guidelines, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.publish(guidelines=guidelines, by=cast.inga, now=NOW)
    told = iter(["1.1", "1.2"])
    monkeypatch.setattr(actions, "free_version", lambda _programme: next(told))
    assert published(cast.elsewhere.programme, cast.tomas).becomes == "1.2"


def test_and_in_the_end_it_is_said_in_a_sentence(
    cast: Cast, guidelines: Guidelines, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.publish(guidelines=guidelines, by=cast.inga, now=NOW)
    monkeypatch.setattr(actions, "free_version", lambda _programme: "1.1")
    with pytest.raises(actions.OthersPublish):
        published(cast.elsewhere.programme, cast.tomas)
    assert Version.objects.count() == 1
