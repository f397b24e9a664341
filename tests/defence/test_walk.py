"""The whole day, by the pages alone."""

import pytest
from django.core import mail
from django.test import Client

from tests.cast import Cast
from tests.defence.conftest import DAY
from varpa.businessplans.models import BusinessPlan
from varpa.defence.models import Defence, Slot
from varpa.kernel.clock import moved_to
from varpa.people.models import Person

pytestmark = pytest.mark.django_db


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_day_by_its_pages(cast: Cast, plans: list[BusinessPlan]) -> None:
    with moved_to(DAY):
        inga, rimantas = client_of(cast.inga), client_of(cast.rimantas)
        said = {
            "starts_local": "2026-03-20T10:00",
            "zone": "Europe/Riga",
            "minutes": "10",
            "break_after": "0",
            "break_minutes": "15",
            "mode": "investment",
            "budget": "1 000 000",
            "tie": "shared",
        }
        answer = inga.post(f"/programmes/{cast.programme.ref}/defences/new/", said)
        assert answer.status_code == 302, answer.context["form"].errors
        day = Defence.objects.get()
        at = f"/defences/{day.ref}/"
        assert inga.get(at).status_code == 200
        inga.post(f"{at}draw/", {"seed": "5"})
        for step in ("announce", "begin"):
            assert inga.post(f"{at}steps/{step}/").status_code == 302
        slot = Slot.objects.get(plan=plans[0])
        inga.post(f"/slots/{slot.ref}/acts/start/")
        page = rimantas.get(f"{at}jury/").content.decode()
        assert "Elīna Bērziņa" in page
        assert "Ideja: Keramikas" in page
        word = {"slot": slot.ref, "revision": "0", "convinced": "Cena", "next": "", "amount": "250 000"}
        assert rimantas.post(f"{at}jury/", word).status_code == 302
        assert inga.get(at).status_code == 200
        assert inga.get(f"{at}hall/").status_code == 200
        inga.post(f"/slots/{slot.ref}/acts/close/")
        other = Slot.objects.get(plan=plans[1])
        inga.post(f"/slots/{other.ref}/acts/absent/")
        inga.post(f"{at}steps/finish/")
        day.refresh_from_db()
        assert day.state == "closed"
        shown = client_of(cast.elina).get(f"/slots/{slot.ref}/result/").content.decode()
        assert "Cena" in shown
        assert "250" in shown
        assert inga.get(f"{at}protocol.pdf").content[:4] == b"%PDF"
        paper = client_of(cast.elina).get(f"/slots/{slot.ref}/certificate.pdf")
        assert paper.content[:4] == b"%PDF"
        slot.refresh_from_db()
        assert "Elīna Bērziņa" in Client().get(f"/certificates/{slot.number}/").content.decode()
        plans[0].refresh_from_db()
        assert plans[0].state == "defended"
        assert not mail.outbox
