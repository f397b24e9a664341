"""A human being (one row each), and the organisation that runs programmes."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from varpa.kernel.personal import ERASE, KEEP, REPLACE
from varpa.kernel.refs import new_ref


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

    `roster_key` is how a school's own file names the person; `born` decides who is a minor.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    name = models.CharField(max_length=120)
    # None, not "": addresses are unique where there are any.
    email = models.EmailField(null=True, blank=True)  # noqa: DJ001
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)
    zone = models.CharField(max_length=40, default="Europe/Riga")
    born = models.DateField(null=True)
    roster_key = models.CharField(max_length=80, blank=True)
    calendar_key = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = PersonManager()

    PERSONAL = {
        "ref": KEEP,
        "password": ERASE,
        "name": REPLACE,
        "email": ERASE,
        "phone": ERASE,
        "language": KEEP,
        "zone": KEEP,
        "roster_key": ERASE,
        "calendar_key": ERASE,
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
    def first_name(self) -> str:
        """The first word of the name, for lists and buttons; never declined."""
        return self.name.split(" ", 1)[0]


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
