"""The library and the preparation (R1): what to read, the notice, permission, means, ready."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.programmes.conftest import SignIn, membership_of
from varpa.kernel import clock
from varpa.people.models import Person
from varpa.programmes.actions.memberships import mark_trained
from varpa.programmes.actions.permissions import record_permission
from varpa.programmes.models import Membership, MembershipState, Role
from varpa.programmes.queries import is_prepared

pytestmark = pytest.mark.django_db


@pytest.fixture
def fresh(cast: Cast) -> Membership:
    """A mentor who has prepared nothing yet."""
    return make.member(cast.programme, cast.zane, Role.MENTOR, ready=False)


@pytest.fixture
def pupil(cast: Cast) -> Membership:
    """A mentee of sixteen who has prepared nothing yet."""
    kid = make.person("Kārlis Kalns", "karlis@varpa.example", born=date(2009, 6, 1))
    return make.member(cast.programme, kid, Role.MENTEE, ready=False)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def page_of(membership: Membership) -> str:
    return f"/memberships/{membership.ref}/preparation/"


def document(cast: Cast, key: str) -> str:
    return f"/programmes/{cast.programme.ref}/library/{key}/"


def step(client: Client, membership: Membership) -> str:
    return str(client.get(page_of(membership)).context["at"].next)


def test_the_library_shows_first_what_one_is_asked_to_read(
    cast: Cast, sign_in: SignIn, fresh: Membership
) -> None:
    page = sign_in(cast.zane).get(f"/programmes/{cast.programme.ref}/library/")
    asked = [(each.document.key, each.required) for each in page.context["asked"]]
    assert asked[:3] == [("methodology", True), ("mentor", True), ("first-meeting", True)]
    assert not any(required for _key, required in asked[3:])
    assert [each.document.key for each in page.context["others"]] == ["mentee"]


def test_the_lead_partners_staff_read_without_being_asked(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.dace).get(f"/programmes/{cast.programme.ref}/library/")
    assert page.context["asked"] == []
    assert 'type="submit">I have read it' not in text(sign_in(cast.dace).get(document(cast, "mentor")))
    assert sign_in(cast.dace).post(document(cast, "mentor")).status_code == 302


def test_a_document_is_read_in_the_readers_language(cast: Cast, sign_in: SignIn) -> None:
    for language, word in (("lv", "Audzēkņa ceļvedis"), ("lt", "Mokinio"), ("en", "mentee")):
        Person.objects.filter(pk=cast.elina.pk).update(language=language)
        page = text(sign_in(cast.elina).get(document(cast, "mentee")))
        assert word.lower() in page.lower()
        assert "<h2>" in page
    assert sign_in(cast.elina).get(document(cast, "nothing")).status_code == 404


def test_i_have_read_it(cast: Cast, sign_in: SignIn, fresh: Membership) -> None:
    client = sign_in(cast.zane)
    page = client.get(document(cast, "mentor"))
    assert 'method="post"' in text(page)
    assert page.context["next"].document.key == "methodology"
    for _click in range(2):
        assert client.post(document(cast, "mentor")).headers["Location"] == page_of(fresh)
    assert fresh.receipts.get().document == "mentor"
    client.post(document(cast, "mentee"))
    assert fresh.receipts.count() == 1


def test_one_reading_counts_for_each_role(cast: Cast, sign_in: SignIn, fresh: Membership) -> None:
    managing = make.manager(cast.programme, cast.zane)
    sign_in(cast.zane).post(document(cast, "methodology"))
    assert fresh.receipts.count() == managing.receipts.count() == 1


def test_a_mentor_prepares_step_by_step(cast: Cast, sign_in: SignIn, fresh: Membership) -> None:
    client = sign_in(cast.zane)
    assert step(client, fresh) == "read"
    for key in ("methodology", "mentor", "first-meeting"):
        client.post(document(cast, key))
    assert step(client, fresh) == "lesson"
    make.study(fresh)
    assert step(client, fresh) == "notice"
    client.post(f"/memberships/{fresh.ref}/notice/")
    assert step(client, fresh) == ""
    assert is_prepared(fresh, clock.today("Europe/Riga"))


def test_whoever_is_prepared_is_not_told_to_wait_for_somebody_found(cast: Cast, sign_in: SignIn) -> None:
    """Many have somebody by then: the page of the programme does not know, the first page does."""
    for person in (cast.andris, cast.elina):
        shown = text(sign_in(person).get(page_of(membership_of(person))))
        assert "Šeit vairāk nekas nav jādara" in shown
        assert "Tiklīdz" not in shown


def test_a_minor_waits_for_the_guardian(cast: Cast, sign_in: SignIn, pupil: Membership) -> None:
    client = sign_in(pupil.person)
    assert client.get(page_of(pupil)).context["at"].permission == "missing"
    for key in ("methodology", "mentee"):
        client.post(document(cast, key))
    make.study(pupil)
    client.post(f"/memberships/{pupil.ref}/notice/")
    assert step(client, pupil) == "permission"
    assert cast.inga.email in text(client.get(page_of(pupil)))
    record_permission(membership=pupil, kind="taking_part", guardian="Anna", by=cast.inga, now=NOW)
    assert step(client, pupil) == ""
    assert "Anna" not in text(client.get(page_of(pupil)))


def test_who_came_to_the_training_need_not_read(cast: Cast, sign_in: SignIn, fresh: Membership) -> None:
    mark_trained(membership=fresh, by=cast.inga, now=NOW)
    assert step(sign_in(cast.zane), fresh) == "notice"


def test_the_notice_says_what_is_kept_who_sees_it_and_for_how_long(
    cast: Cast, sign_in: SignIn, fresh: Membership
) -> None:
    Person.objects.filter(pk=cast.zane.pk).update(language="en")
    page = text(sign_in(cast.zane).get(page_of(fresh)))
    for heading in ("What is kept", "Who sees it", "For how long"):
        assert f"<h3>{heading}</h3>" in page
    assert cast.organisation.name in page


def test_means_that_one_really_has(cast: Cast, sign_in: SignIn, fresh: Membership) -> None:
    client, place = sign_in(cast.zane), f"/memberships/{fresh.ref}/means/"
    assert client.post(place, {"means": ["phone", "in_person"]}).status_code == 302
    fresh.refresh_from_db()
    assert set(fresh.means) == {"phone", "in_person"}
    page = client.post(place, {"means": ["telepathy"]})
    assert page.context["means"].errors
    assert client.post(place, {}).status_code == 302
    fresh.refresh_from_db()
    assert fresh.means == []


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_whoever_is_not_in_reads_how_it_stands(
    cast: Cast, sign_in: SignIn, fresh: Membership, language: str
) -> None:
    Person.objects.filter(pk=cast.zane.pk).update(language=language)
    for state in (MembershipState.APPLIED, MembershipState.WAITING, MembershipState.DECLINED):
        Membership.objects.filter(pk=fresh.pk).update(state=state)
        page = sign_in(cast.zane).get(page_of(fresh))
        assert page.status_code == 200
        assert "<form" not in text(page).split("<main")[1]


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_every_page_is_drawn_in_each_language(cast: Cast, sign_in: SignIn, language: str) -> None:
    Person.objects.update(language=language)
    for person in (cast.andris, cast.elina, cast.inga):
        pages = (page_of(membership_of(person)), f"/programmes/{cast.programme.ref}/library/")
        for page in (*pages, document(cast, "methodology")):
            answer = sign_in(person).get(page)
            assert answer.status_code == 200
            assert f'<html lang="{language}"' in text(answer)


def test_pupils_are_addressed_as_pupils(cast: Cast, sign_in: SignIn, pupil: Membership) -> None:
    Person.objects.filter(pk=pupil.person_id).update(language="lv")
    page = text(sign_in(Person.objects.get(pk=pupil.person_id)).get(page_of(pupil)))
    main = page.split("<main")[1].split("</main>")[0]
    assert "Jūs" not in main
    assert "Jums" not in main


def test_the_pages_ask_few_questions(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.andris)
    for page in (
        page_of(membership_of(cast.andris)),
        f"/programmes/{cast.programme.ref}/library/",
        document(cast, "mentor"),
    ):
        client.get(page)
        with CaptureQueriesContext(connection) as asked:
            client.get(page)
        assert len(asked) <= 12, page
