"""The page of devices: one adds, sees and removes the own ones."""

from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.make import NOW
from tests.notices.push_server import Browser, PushServer
from tests.notices.test_devices import told_on
from varpa.kernel import clock
from varpa.notices.models import Device
from varpa.people.models import Person

pytestmark = pytest.mark.django_db


class TestPages:
    @pytest.fixture(autouse=True)
    def _now(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(clock, "now", lambda: NOW)

    def add(self, client: Client, server: PushServer, name: str = "one") -> Any:
        browser = Browser()
        given = {"endpoint": server.endpoint(name), "public_key": browser.public_key, "auth": browser.auth}
        agent = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/133.0"}
        return client.post("/me/notices/devices/", given, headers=agent)

    def test_a_device_is_added_listed_and_removed(
        self, cast: Cast, client: Client, server: PushServer
    ) -> None:
        client.force_login(cast.elina)
        assert self.add(client, server).status_code == 302
        page = client.get("/me/notices/").content.decode()
        assert "Firefox, Linux" in page
        assert "data-here" in page
        assert 'name="beside"' in page
        client.post(f"/devices/{Device.objects.get().ref}/remove/")
        page = client.get("/me/notices/").content.decode()
        assert "Firefox, Linux" not in page
        # So the button adds it once more.
        assert "data-here" not in page

    @pytest.mark.parametrize(
        ("language", "words"),
        [("lv", "nepaziņo arī citādi"), ("lt", "nepranešama ir kitaip"), ("en", "in any other way either")],
    )
    def test_both_pages_say_what_stopping_stops(
        self, cast: Cast, client: Client, language: str, words: str
    ) -> None:
        Person.objects.filter(pk=cast.elina.pk).update(language=language)
        client.force_login(cast.elina)
        for page in ("/me/", "/me/notices/"):
            assert words in client.get(page).content.decode()

    def test_nobody_removes_anothers(self, cast: Cast, client: Client, server: PushServer) -> None:
        device = told_on(server, cast.elina, Browser())
        client.force_login(cast.andris)
        assert client.post(f"/devices/{device.ref}/remove/").status_code == 404

    def test_signing_out_there_removes_it(self, cast: Cast, client: Client, server: PushServer) -> None:
        told_on(server, cast.elina, Browser(), "elsewhere")
        client.force_login(cast.elina)
        self.add(client, server)
        client.post("/sign-out/")
        assert Device.objects.get(removed_at=None).endpoint == server.endpoint("elsewhere")

    def test_signing_out_everywhere_else_removes_the_others(
        self, cast: Cast, client: Client, server: PushServer
    ) -> None:
        told_on(server, cast.elina, Browser(), "elsewhere")
        told_on(server, cast.andris, Browser(), "another's")
        client.force_login(cast.elina)
        self.add(client, server)
        client.post("/sign-out/elsewhere/")
        left = {each.endpoint for each in Device.objects.filter(removed_at=None)}
        assert left == {server.endpoint("one"), server.endpoint("another's")}

    def test_what_a_browser_cannot_give_is_said(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.elina)
        page = client.post("/me/notices/devices/", {"endpoint": "https://localhost/"}, follow=True)
        assert 'class="notice bad"' in page.content.decode()
        assert not Device.objects.exists()

    def test_the_service_worker_shows_and_opens(self, client: Client) -> None:
        script = client.get("/worker.js").content.decode()
        assert 'addEventListener("push"' in script
        assert 'addEventListener("notificationclick"' in script
        assert "&quot;" not in script
