"""What stands beside the address of a front door where somebody shares it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from tests.calls.conftest import Applicant
from tests.visits import words
from varpa import calls
from varpa.programmes.models import Programme

pytestmark = pytest.mark.django_db


def test_without_an_emblem_the_preview_has_a_picture_all_the_same(programme: Programme) -> None:
    page = words(Applicant().get(f"/call/{programme.ref}/"))
    found = re.search(r'property="og:image" content="([^"]+)"', page)
    assert found
    assert found[1].startswith(f"{settings.SITE_URL}/static/calls/preview")
    assert 'name="twitter:card" content="summary_large_image"' in page
    kept = Path(calls.__file__).parent / "static" / "calls" / "preview.png"
    with Image.open(kept) as shown:
        assert f'property="og:image:width" content="{shown.width}"' in page
        assert f'property="og:image:height" content="{shown.height}"' in page
    assert kept.stat().st_size < 30_000
