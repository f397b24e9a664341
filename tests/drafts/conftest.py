"""What the tests of drafts share: the cast, a draft of Dace's organisation, somebody signed in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.cast import Cast, assemble
from tests.make import NOW
from varpa.drafts.actions.drafts import begin_draft
from varpa.drafts.models import Draft
from varpa.kernel.refs import new_ref
from varpa.methodology import Methodology, load
from varpa.people.models import Person

SignIn = Callable[[Person], Client]
FOLDER = Path(settings.METHODOLOGIES) / "educate-for-business"


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


@pytest.fixture(scope="session")
def methodology() -> Methodology:
    return load(FOLDER)


@pytest.fixture
def draft(cast: Cast, methodology: Methodology) -> Draft:
    given: dict[str, Any] = {"organisation": cast.organisation, "methodology": methodology}
    return begin_draft(ref=new_ref(), by=cast.dace, now=NOW, **given)


@pytest.fixture
def sign_in() -> SignIn:
    def signed_in(person: Person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return signed_in
