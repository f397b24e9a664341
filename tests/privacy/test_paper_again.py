"""A paper is entered from a page that stood open since before."""

import pytest

from tests.cast import Cast
from tests.privacy.test_pages import signed
from varpa.kernel.refs import new_ref
from varpa.privacy.models import Erasure

pytestmark = pytest.mark.django_db


def test_a_page_that_stood_open_does_not_say_written_down_where_nothing_waits(cast: Cast) -> None:
    client, path, ref = signed(cast.inga), f"/memberships/{cast.mentee.ref}/erasure/", new_ref()
    client.post(path, {"ref": ref})
    wish = Erasure.objects.get(person=cast.elina)
    client.post(f"/erasures/{wish.ref}/withdrawal/")
    client.get("/")
    answer = client.post(path, {"ref": ref}, follow=True)
    waits = Erasure.objects.filter(person=cast.elina, state="waiting").exists()
    said = answer.content.decode()
    assert waits or "Pierakstīts" not in said


def test_the_reference_of_another_request_is_no_error_page(cast: Cast) -> None:
    client, ref = signed(cast.inga), new_ref()
    client.raise_request_exception = False
    assert client.post(f"/memberships/{cast.mentee.ref}/erasure/", {"ref": ref}).status_code == 302
    again = client.post(f"/memberships/{cast.mentor.ref}/erasure/", {"ref": ref})
    assert again.status_code < 500
