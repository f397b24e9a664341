"""The circle does not break: what would make no methodology is neither adopted nor published."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.make import NOW
from varpa.guidelines.actions.guidelines import CannotAdopt, DoesNotHold, adopt, publish
from varpa.guidelines.exporting import exported
from varpa.guidelines.models import Change, Guidelines, Section, Version
from varpa.methodology import overrides
from varpa.programmes.queries import own_methodology_of

pytestmark = pytest.mark.django_db
PATH = "documents.company-visit.body"
MORE = "\n\n## Ko iemācījāmies\n\nVizīte vislabāk izdodas pirmajā mēnesī."


def with_a_heading_more(cast: Cast) -> dict[str, str]:
    """The guide of the visit, with one heading more in Latvian alone."""
    text = overrides.text_at(own_methodology_of(cast.programme), PATH).as_dict()
    return {**text, "lv": text["lv"] + MORE}


def broken_since(cast: Cast) -> Change:
    """Such a change as it was adopted before anybody asked the check of the folder."""
    said: dict[str, Any] = {"path": PATH, "value": with_a_heading_more(cast)}
    return Change.objects.create(programme=cast.programme, by=cast.inga, at=NOW, **said)


def manager(cast: Cast) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="lv")
    client.force_login(cast.inga)
    return client


def test_a_heading_in_one_language_only_is_refused(cast: Cast) -> None:
    with pytest.raises(CannotAdopt) as refused:
        adopt(programme=cast.programme, path=PATH, value=with_a_heading_more(cast), by=cast.inga, now=NOW)
    assert "there must be as many" in str(refused.value)
    assert not Change.objects.exists()


def test_it_is_said_at_the_field_and_what_was_written_stays(cast: Cast) -> None:
    said = {f"text_{code}": text for code, text in with_a_heading_more(cast).items()}
    page = f"{reverse('guidelines:changes', args=[cast.programme.ref])}?text={PATH}"
    answer = manager(cast).post(page, {**said, "revision": "0"})
    assert answer.status_code == 200
    (told,) = answer.context["form"].errors["text"]
    assert "virsrakst" in told
    assert "Vizīte vislabāk izdodas pirmajā mēnesī." in answer.content.decode()


def test_with_the_heading_in_every_language_it_is_adopted(cast: Cast, guidelines: Guidelines) -> None:
    text = overrides.text_at(own_methodology_of(cast.programme), PATH).as_dict()
    more = {code: words + MORE for code, words in text.items()}
    adopt(programme=cast.programme, path=PATH, value=more, by=cast.inga, now=NOW)
    version = publish(guidelines=guidelines, by=cast.inga, now=NOW)
    assert (
        MORE.strip()
        in exported(version, Path(settings.METHODOLOGIES)).after.document("company-visit").body.lv
    )


def test_what_was_adopted_before_is_not_published(cast: Cast, guidelines: Guidelines) -> None:
    change = broken_since(cast)
    with pytest.raises(DoesNotHold) as refused:
        publish(guidelines=guidelines, by=cast.inga, now=NOW)
    title = own_methodology_of(cast.programme).document("company-visit").title.en
    assert title in str(refused.value)
    assert not Version.objects.exists()
    change.delete()
    assert publish(guidelines=guidelines, by=cast.inga, now=NOW).number == 1


def test_an_open_fence_in_a_section_does_not_break_the_guide_of_what_was_learnt(
    cast: Cast, guidelines: Guidelines
) -> None:
    """A mark that hides the headings below it in one language is told before it is published."""
    section = guidelines.sections.first()
    assert section is not None
    Section.objects.filter(pk=section.pk).update(lv="```\nVārdi.", edited_at=NOW)
    with pytest.raises(DoesNotHold):
        publish(guidelines=guidelines, by=cast.inga, now=NOW)


@pytest.mark.parametrize("page", ["differences", "folder", "next"])
def test_a_version_that_was_broken_before_says_the_way_out(
    cast: Cast, guidelines: Guidelines, page: str
) -> None:
    version = publish(guidelines=guidelines, by=cast.inga, now=NOW)
    Version.objects.filter(pk=version.pk).update(changes={PATH: with_a_heading_more(cast)})
    client = Client(HTTP_ACCEPT_LANGUAGE="lv")
    client.force_login(cast.dace if page == "next" else cast.inga)
    answer = client.get(reverse(f"guidelines:{page}", args=[version.ref]), follow=True)
    assert answer.redirect_chain
    (told,) = [str(each) for each in answer.context["messages"]]
    assert "virsrakst" in told
