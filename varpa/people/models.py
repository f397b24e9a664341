"""A human being (one row each), and the organisation that runs programmes."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from varpa.kernel.personal import ERASE, KEEP, REPLACE
from varpa.kernel.refs import new_ref
from varpa.kernel.text import folded


class Language(models.TextChoices):
    LATVIAN = "lv", "Latviešu"
    LITHUANIAN = "lt", "Lietuvių"
    ENGLISH = "en", "English"


class PersonManager(BaseUserManager["Person"]):
    """Only reads: people are made by `people.actions`."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """One human. The address is optional: people on paper only exist too.

    `roster_key` is how a school's own file names the person; `born` decides who is a minor. `phone_shown`
    is the number that the person has let the other of a pair see: it holds for this one alone. `search_text`
    follows name and address: `searched_as` says how, and every action that changes them writes it.
    `sessions_ended`: how often all sessions were ended at once. `second_asked_at`: since when a second step
    of signing in is asked for, of whoever needs one.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    name = models.CharField(max_length=120)
    email = models.EmailField(null=True, blank=True)  # noqa: DJ001 - unique where there are any
    phone = models.CharField(max_length=40, blank=True)
    phone_shown = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)
    zone = models.CharField(max_length=40, default="Europe/Riga")
    born = models.DateField(null=True)
    roster_key = models.CharField(max_length=80, blank=True)
    calendar_key = models.CharField(max_length=40, blank=True)
    search_text = models.CharField(max_length=500, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    sessions_ended = models.PositiveIntegerField(default=0)
    second_asked_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = PersonManager()

    PERSONAL = {
        "ref": KEEP,
        "password": ERASE,
        "name": REPLACE,
        "email": ERASE,
        "phone": ERASE,
        "phone_shown": ERASE,
        "language": KEEP,
        "zone": KEEP,
        "born": ERASE,
        "roster_key": ERASE,
        "calendar_key": ERASE,
        "search_text": ERASE,
    }

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="people_address_once", condition=models.Q(email__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["roster_key"], name="people_roster_key_once", condition=~models.Q(roster_key="")
            ),
            models.UniqueConstraint(
                fields=["calendar_key"],
                name="people_calendar_key_once",
                condition=~models.Q(calendar_key=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def searched_as(self) -> str:
        """What `search_text` has to be: name and address without marks, so that lists find and sort alike."""
        return folded(f"{self.name} {self.email or ''}")[:500]

    @property
    def first_name(self) -> str:
        """The first word of the name, for lists and buttons; never declined."""
        return self.name.split(" ", 1)[0]

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Whoever has another address signs in anew: a session ends with the address that opened it.
        opened = f"{self.password} {self.email}"
        if self.sessions_ended:
            opened += f" {self.sessions_ended}"
        return salted_hmac("varpa.people.session", opened, secret=secret, algorithm="sha256").hexdigest()


class Session(AbstractBaseSession):
    """A browser that comes back: of a person, or of nobody who stands at the door.

    `device`: what the browser calls itself, in words. `seen_on`: the day on which it last came.
    """

    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="sessions")
    device = models.CharField(max_length=60, blank=True)
    seen_on = models.DateField(null=True)

    PERSONAL = {"session_key": ERASE, "session_data": ERASE, "device": ERASE}

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        from varpa.people.sessions import SessionStore

        return SessionStore


class Organisation(models.Model):
    """Whoever runs the programmes: the lead partner (methodology §3)."""

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    name = models.CharField(max_length=160)
    made_at = models.DateTimeField()

    PERSONAL = {"ref": KEEP, "name": KEEP}

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Appointment(models.Model):
    """A person is staff of the lead partner, from a moment until another."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="appointments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    PERSONAL: dict[str, Any] = {}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person"],
                name="people_appointed_once",
                condition=models.Q(ended_at__isnull=True),
            )
        ]


class Limit(models.Model):
    """How often an address or a computer has asked or tried lately; gone within a day.

    The table is that of the cache (settings.CACHES): it is read and written by Django, and shared by all
    processes. See docs/decisions/0003-rate-limits.md.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    PERSONAL = {"cache_key": KEEP, "value": KEEP}

    class Meta:
        db_table = "people_limit"
