"""Applications follow the address of whoever sent them: a link to the former mailbox opens nothing."""

import pytest
from django.test import Client

from tests.calls.conftest import ADDRESS, letters, link_in, sent
from tests.make import NOW
from varpa.calls.actions.following import follow_addresses
from varpa.calls.models import Application
from varpa.calls.queries import read_link
from varpa.people.actions import change_address
from varpa.people.models import Person
from varpa.programmes.models import Programme

pytestmark = pytest.mark.django_db
NEW = "marta@cita.example"


def test_the_link_to_the_former_mailbox_opens_nothing(programme: Programme) -> None:
    application = sent(programme, place="Vecā skola")
    token = link_in(letters(ADDRESS)[-1]).rstrip("/").rpartition("/")[2]
    assert read_link(token, NOW).fresh
    person = Person.objects.get(email=ADDRESS)
    change_address(person=person, address=NEW, was=ADDRESS, now=NOW, by=person)
    assert follow_addresses(NOW) == 1
    assert follow_addresses(NOW) == 0
    assert not read_link(token, NOW).fresh
    stands = Application.objects.get(pk=application.pk)
    assert (stands.address, stands.link) == (NEW, application.link + 1)
    # Whoever sent it is known as such at once, before the duty comes.
    Application.objects.update(address=ADDRESS)
    client = Client()
    client.force_login(person)
    assert client.get(f"/apply/{application.ref}/").status_code == 200
