"""The mentor looks at a page of one file while the mentee brings another one."""

import re

import pytest

from tests.cast import Cast
from tests.presentations.test_brought_pages import bring, pages
from tests.presentations.test_pages import at, signed_in
from varpa.presentations.models import Presentation, Recommendation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [4, 1])
def test_a_recommendation_is_not_carried_to_a_page_that_was_not_seen(
    cast: Cast, shared: Presentation, count: int
) -> None:
    bring(cast, shared, pages(cast, 3))
    mentor = signed_in(cast.andris)
    page = mentor.get(at("slide", shared, "page-2")).content.decode()
    said = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    bring(cast, shared, pages(cast, count), "cita.pdf")
    answer = mentor.post(at("recommend", shared, "page-2"), {**said, "text": "Te mazāk vārdu."})
    assert answer.status_code == 200
    assert "Te mazāk vārdu." in answer.content.decode()
    assert not Recommendation.objects.exists()
