"""By which accounts of schools and companies people sign in."""

from django.db import models

from varpa.kernel.personal import ERASE, KEEP
from varpa.people.models import Person


class Link(models.Model):
    """A person signs in by an account elsewhere: `subject` names it at `issuer`, for good and to nobody else.

    `name`: what the provider was called at the first sign-in.

    `address` is the person's address here at the first sign-in, by which the two were found to be one. Once
    the house has written down another, the account has to show that one (`actions.enter`).
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="links")
    name = models.CharField(max_length=40)
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)
    address = models.EmailField()
    at = models.DateTimeField()
    used_at = models.DateTimeField()

    PERSONAL = {"name": KEEP, "issuer": KEEP, "subject": ERASE, "address": ERASE}

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="providers_account_once"),
            models.UniqueConstraint(fields=["person", "issuer"], name="providers_one_of_a_provider"),
        ]
