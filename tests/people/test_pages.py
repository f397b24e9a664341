"""The demonstration's cast, the language of the door, one's own page."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests import make
from tests.cast import assemble
from tests.people.conftest import CODE, DOOR, ask, newest_code, signed_in
from varpa.history.models import Line
from varpa.people.actions import UnknownZone, stop_letters
from varpa.people.forms import zone_choices
from varpa.people.models import Person
from varpa.post.models import Unsubscribed
from varpa.post.queries import stopped_kinds
from varpa.ui.zones import CITIES

pytestmark = pytest.mark.django_db

GONE = "Mars/Olympus"
"""A zone that the machine does not know, or knows no more."""
REMINDER = "meetings.topics_due"


@pytest.fixture
def cast() -> dict[str, Person]:
    people = {
        "cast:mentee-lt": make.person("Gabija Petrauskaitė", "gabija@varpa.example", language="lt"),
        "cast:mentor-lv": make.person("Andris Ozols", "andris@varpa.example"),
        "cast:lead": make.person("Dace Kalniņa", "dace@varpa.example"),
        "cast:manager": make.person("Inga Liepa", "inga@varpa.example"),
        "cast:nonsense": make.person("Zane Krūmiņa", "zane@varpa.example"),
        "roster-7": make.person("Jonas Balčiūnas", "jonas@varpa.example"),
    }
    for key, person in people.items():
        Person.objects.filter(pk=person.pk).update(roster_key=key)
    return people


def test_the_demonstration_shows_its_cast_with_role_and_language(
    client: Client, cast: dict[str, Person], settings: Any
) -> None:
    settings.DEMONSTRATION = True
    page = client.get(DOOR)
    names = [member.person.name for member in page.context["cast"]]
    assert names == ["Inga Liepa", "Andris Ozols", "Gabija Petrauskaitė", "Dace Kalniņa"]
    text = page.content.decode()
    assert "Gabija Petrauskaitė" in text
    assert "Lietuvių" in text
    assert "Jonas Balčiūnas" not in text


def test_only_the_demonstration_shows_a_cast(client: Client, cast: dict[str, Person], settings: Any) -> None:
    settings.DEMONSTRATION = False
    assert "Inga Liepa" not in client.get(DOOR).content.decode()
    assert client.post(f"/sign-in/as/{cast['cast:manager'].ref}/").status_code == 404
    assert signed_in(client) == ""


def test_one_click_and_one_stands_in(client: Client, cast: dict[str, Person], settings: Any) -> None:
    settings.DEMONSTRATION = True
    answer = client.post(f"/sign-in/as/{cast['cast:mentee-lt'].ref}/")
    assert answer.headers["Location"] == "/"
    assert signed_in(client) == str(cast["cast:mentee-lt"].pk)
    client.post(f"/sign-in/as/{cast['cast:manager'].ref}/")
    assert signed_in(client) == str(cast["cast:manager"].pk)


@pytest.mark.parametrize("key", ["roster-7", "cast:nonsense"])
def test_nobody_else_can_be_stood_in_for(
    client: Client, cast: dict[str, Person], settings: Any, key: str
) -> None:
    settings.DEMONSTRATION = True
    assert client.post(f"/sign-in/as/{cast[key].ref}/").status_code == 404
    assert client.post("/sign-in/as/222222222222/").status_code == 404
    assert client.get(f"/sign-in/as/{cast['cast:manager'].ref}/").status_code == 404
    assert signed_in(client) == ""


def test_standing_in_needs_a_form_of_this_site(cast: dict[str, Person], settings: Any) -> None:
    settings.DEMONSTRATION = True
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/sign-in/as/{cast['cast:manager'].ref}/").status_code == 403
    assert signed_in(strict) == ""


def test_the_language_chosen_at_the_door_is_kept(client: Client, andris: Person) -> None:
    client.post("/language/", {"language": "lt", "next": DOOR})
    assert 'lang="lt"' in client.get(DOOR).content.decode()
    ask(client, andris.email or "")
    client.post(CODE, {"code": newest_code()})
    andris.refresh_from_db()
    assert andris.language == "lt"
    assert client.get("/me/").headers["Content-Language"] == "lt"


def test_a_language_that_was_not_chosen_in_this_visit_changes_nothing(client: Client, andris: Person) -> None:
    client.cookies["language"] = "en"
    ask(client, andris.email or "")
    client.post(CODE, {"code": newest_code()})
    andris.refresh_from_db()
    assert andris.language == "lv"


def test_the_next_visitor_of_a_shared_computer_keeps_the_own_language(client: Client, andris: Person) -> None:
    client.force_login(make.person("Gabija Petrauskaitė", "gabija@varpa.example", language="lt"))
    client.post("/language/", {"language": "en"})
    client.post("/sign-out/")
    ask(client, andris.email or "")
    client.post(CODE, {"code": newest_code()})
    andris.refresh_from_db()
    assert andris.language == "lv"


def test_ones_own_page_needs_a_sign_in(client: Client) -> None:
    for name in ("people:me", "people:calendar"):
        assert client.get(reverse(name)).headers["Location"].startswith(f"{DOOR}?next=")


def test_changing_ones_own_page(client: Client, andris: Person) -> None:
    client.force_login(andris)
    given = {"name": " Andris  Ozols-Bērzs ", "phone": "+371 20000000", "zone": "Europe/Oslo"}
    assert client.post("/me/", given).headers["Location"] == "/me/"
    andris.refresh_from_db()
    assert (andris.name, andris.phone, andris.zone) == (
        "Andris Ozols-Bērzs",
        "+371 20000000",
        "Europe/Oslo",
    )
    assert Line.objects.filter(verb="person.profile", thing_ref=andris.ref, actor=andris.pk).count() == 1


@pytest.mark.parametrize(
    ("field", "value"), [("name", ""), ("name", "x" * 121), ("phone", "1" * 41), ("zone", "Mars/Olympus")]
)
def test_a_wrong_field_says_so_and_keeps_what_was_typed(
    client: Client, andris: Person, field: str, value: str
) -> None:
    client.force_login(andris)
    given = {"name": "Andris Ozols", "phone": "+371 2", "zone": "Europe/Riga", field: value}
    page = client.post("/me/", given)
    assert page.status_code == 200
    assert page.context["form"].errors[field]
    assert page.context["form"]["phone"].value() == given["phone"]
    andris.refresh_from_db()
    assert andris.phone == ""


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
@pytest.mark.parametrize("page", [DOOR, CODE, "/me/", "/sign-out/", "/sign-in/closed/"])
def test_every_page_is_drawn_in_each_language(
    client: Client, andris: Person, page: str, language: str
) -> None:
    if page == CODE:
        ask(client, andris.email or "")
        client.cookies["language"] = language
    elif page in ("/me/", "/sign-out/"):
        Person.objects.filter(pk=andris.pk).update(language=language)
        client.force_login(andris)
    else:
        client.cookies["language"] = language
    answer = client.get(page)
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.content.decode()


def test_a_page_asks_few_questions(
    client: Client, andris: Person, django_assert_max_num_queries: Any
) -> None:
    client.force_login(andris)
    # The last one reads where one is signed in.
    with django_assert_max_num_queries(9):
        client.get("/me/")


BOTH = {"times.due", "messaging.written", "pairs.plan_waits", "events.reminder"}
BOTH |= {f"meetings.{name}" for name in ("hours_waiting", "none_planned", "promise_due", "review_due")}
BOTH |= {"pairreports.asked"}
BOTH |= {"news.published", "surveys.asked", "surveys.reminder", "reports.opened", "reports.answered"}
MENTORS = {"diary.answered", "diary.write", "support.circle"} | BOTH
MENTEES = {"meetings.topics_due", "businessplans.remarked"} | BOTH


def offered(client: Client, person: Person) -> set[str]:
    client.force_login(person)
    return {choice.key for choice in client.get("/me/").context["letters"]}


def test_only_letters_that_one_can_get_are_offered(client: Client) -> None:
    cast = assemble()
    assert offered(client, cast.elina) == MENTEES
    assert offered(client, cast.andris) == MENTORS
    staff = {"closing.ended", "events.reminder", "pairs.needs_manager", "support.asked", "support.circle"}
    assert offered(client, cast.inga) == offered(client, cast.dace) == staff
    assert offered(client, cast.zane) == set()


def test_who_has_two_roles_is_offered_the_letters_of_both(client: Client) -> None:
    cast = assemble()
    make.member(cast.elsewhere.programme, cast.andris, "mentee", ready=False)
    assert offered(client, cast.andris) >= MENTORS | MENTEES


def test_what_one_has_stopped_may_come_again_whatever_one_is_now(client: Client, andris: Person) -> None:
    stop_letters(person=andris, kind=REMINDER, now=make.NOW)
    assert offered(client, andris) == {REMINDER}


def test_who_gets_no_such_letters_is_told_nothing_of_them(client: Client, andris: Person) -> None:
    client.force_login(andris)
    assert 'id="letters"' not in client.get("/me/").content.decode()


def test_letters_are_stopped_and_come_again(client: Client) -> None:
    andris = assemble().andris
    client.force_login(andris)
    page = client.get("/me/")
    choices = {choice.key for choice in page.context["letters"]}
    assert choices
    assert "people.code" not in choices
    kind = sorted(choices)[0]
    for _click in range(2):
        assert client.post(f"/me/letters/{kind}/").headers["Location"] == "/me/#letters"
    assert stopped_kinds(andris.pk) == {kind}
    client.post(f"/me/letters/{kind}/", {"again": "1"})
    assert stopped_kinds(andris.pk) == set()
    assert Line.objects.filter(verb="person.letters_stop", details={"kind": kind}).exists()


@pytest.mark.parametrize("kind", ["people.code", "no.such", "programmes.accepted"])
def test_needed_letters_cannot_be_stopped(client: Client, andris: Person, kind: str) -> None:
    client.force_login(andris)
    page = client.post(f"/me/letters/{kind}/", follow=True)
    assert "cannot be stopped" in page.content.decode() or "nevar" in page.content.decode()
    assert not Unsubscribed.objects.exists()


def test_the_calendar_address_is_made_and_renewed(client: Client, andris: Person) -> None:
    client.force_login(andris)
    client.post("/me/calendar/")
    andris.refresh_from_db()
    first = andris.calendar_key
    assert len(first) == 24
    client.post("/me/calendar/")
    andris.refresh_from_db()
    assert andris.calendar_key not in ("", first)


@pytest.mark.parametrize(
    ("language", "words"),
    [("lv", "Izslēgt adresi"), ("lt", "Išjungti adresą"), ("en", "Switch the address off")],
)
def test_the_calendar_address_is_switched_off(
    client: Client, andris: Person, language: str, words: str
) -> None:
    Person.objects.filter(pk=andris.pk).update(language=language)
    client.force_login(andris)
    client.post("/me/calendar/")
    assert words in client.get("/me/").content.decode()
    andris.refresh_from_db()
    address = f"/calendar/{andris.calendar_key}.ics"
    assert client.get(address).status_code == 200
    for _click in range(2):
        client.post("/me/calendar/", {"step": "off"})
    andris.refresh_from_db()
    assert andris.calendar_key == ""
    assert client.get(address).status_code == 404
    assert words not in client.get("/me/").content.decode()


@pytest.mark.parametrize("language", ["lv", "lt"])
def test_every_zone_that_is_offered_has_a_name_in_the_language(language: str) -> None:
    cities = {zone.rpartition("/")[2].replace("_", " ") for zone, _name in zone_choices("Europe/Riga")}
    assert cities - set(CITIES[language]) == set()


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_a_city_is_offered_once(language: str) -> None:
    with translation.override(language):
        names = [name for _zone, name in zone_choices("Europe/Riga")]
    assert sorted(names) == sorted(set(names))
    assert "Europe/Kiev" in dict(zone_choices("Europe/Kiev")), "a choice made before stays"


@pytest.mark.parametrize("zone", [GONE, "Europe", "", "../etc/passwd"])
def test_a_zone_that_is_not_known_breaks_no_page_and_no_letter(client: Client, zone: str) -> None:
    dace = make.person("Dace Kalniņa", "dace@varpa.example")
    Person.objects.filter(pk=dace.pk).update(zone=zone)
    ask(client, "dace@varpa.example")
    assert newest_code()
    dace.refresh_from_db()
    client.force_login(dace)
    for address in ("/", "/me/", "/me/data/"):
        assert client.get(address, follow=True).status_code == 200, address
    given = {"name": "Dace Kalniņa", "phone": "", "zone": "Europe/Vilnius"}
    assert client.post("/me/", given).status_code == 302
    dace.refresh_from_db()
    assert dace.zone == "Europe/Vilnius"


def test_nobody_is_added_in_a_zone_that_is_not_known() -> None:
    with pytest.raises(UnknownZone):
        make.person("Dace Kalniņa", "dace@varpa.example", zone=GONE)
    assert not Person.objects.exists()
