"""Dossiers that were asked for, and the links by which an observer reads one (S18)."""

from datetime import datetime, timedelta
from typing import Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varpa.events.words import country_name
from varpa.kernel.personal import ERASE, KEEP
from varpa.kernel.refs import new_ref
from varpa.kernel.states import Step
from varpa.people.models import Language, Person
from varpa.programmes.models import Partner, Programme
from varpa.ui import words


class DossierState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("dossier", "Waits its turn")
    BUILDING = "building", pgettext_lazy("dossier", "Being put together")
    READY = "ready", pgettext_lazy("dossier", "Ready")
    FAILED = "failed", pgettext_lazy("dossier", "Could not be put together")


GOING: Final = (DossierState.ASKED, DossierState.BUILDING)


KEPT: Final = timedelta(days=365)
"""So long an archive is kept; afterwards the worker removes it, and its sums stay."""


class Names(models.TextChoices):
    """Where pupils stand by name; elsewhere by initials and reference (docs/decisions/0019)."""

    SIGNED = "signed", _("On what people sign: attendance lists, hours sheets, protocol")
    NOWHERE = "nowhere", _("Nowhere: initials and reference")
    EVERYWHERE = "everywhere", _("Everywhere: the funder’s lists ask for names")


class Dossier(models.Model):
    """Everything that a funder asks for, in one archive; made by the worker, kept until it is withdrawn.

    `first` and `last` are inclusive days of the programme's zone, None where it is open; `of_partner` is the
    organisation whose part it is, None for all, and `partner` what it was called then. Before a programme had
    partner organisations it was the code of a country, and in such a dossier still is. `as_of`: the
    programme's last change that is in it. `sha256` is of the whole archive: what only this installation
    knows, so that a changed archive with new sums inside is found out. `figures` are its sums: {language:
    [[what, in the period, since the beginning]]}; of a dossier made earlier in its own language alone.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="dossiers")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    language = models.CharField(max_length=2, choices=Language.choices)
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    of_partner = models.ForeignKey(Partner, null=True, on_delete=models.PROTECT, related_name="+")
    partner = models.CharField(max_length=200, blank=True)
    names = models.CharField(max_length=10, choices=Names.choices, default=Names.SIGNED)
    state = models.CharField(max_length=8, choices=DossierState.choices, default=DossierState.ASKED)
    tries = models.PositiveSmallIntegerField(default=0)
    as_of = models.DateTimeField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    files = models.PositiveIntegerField(default=0)
    figures = models.JSONField(default=dict)
    settled_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    STEPS = {
        "begin": Step(GOING, DossierState.BUILDING),
        "finish": Step((DossierState.BUILDING,), DossierState.READY),
        "fail": Step(GOING, DossierState.FAILED),
    }
    PERSONAL = {
        "ref": KEEP,
        "language": KEEP,
        "partner": KEEP,
        "names": KEEP,
        "state": KEEP,
        "sha256": KEEP,
        "figures": KEEP,
    }

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first=None) | Q(last=None) | Q(first__lte=F("last")),
                name="dossier_first_before_last",
            ),
            models.CheckConstraint(
                condition=Q(of_partner=None) | ~Q(partner=""), name="dossier_partner_is_called"
            ),
        ]
        indexes = [models.Index(fields=["state"], name="dossier_waiting")]

    @property
    def partner_name(self) -> str:
        """What the partner was called; the country of an old dossier in the reader's language."""
        return self.partner if self.of_partner_id else country_name(self.partner)

    @property
    def sums(self) -> tuple[str, list[list[str]]]:
        """Its sums in the reader's language, where they are kept in it; and the language that they are in."""
        told = words.language() if words.language() in self.figures else self.language
        return told, self.figures.get(told, [])

    @property
    def language_name(self) -> str:
        """Its language, in the reader's."""
        return words.language_name(self.language)

    @property
    def kept_until(self) -> datetime | None:
        """When the worker removes the archive, unless an observer may still open it."""
        return self.settled_at + KEPT if self.settled_at else None

    @property
    def is_there(self) -> bool:
        """Whether it can be fetched."""
        return self.state == DossierState.READY and self.withdrawn_at is None


class ObserverLink(models.Model):
    """A funder's or auditor's way to one dossier, to read: it ends after `expires_on` (programme's zone)."""

    ref = models.CharField(max_length=20, unique=True, default=new_ref)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="links")
    name = models.CharField(max_length=120)
    address = models.EmailField()
    language = models.CharField(max_length=2, choices=Language.choices)
    digest = models.CharField(max_length=64, unique=True)
    expires_on = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    PERSONAL = {"ref": KEEP, "name": ERASE, "address": ERASE, "language": KEEP, "digest": ERASE}

    class Meta:
        ordering = ["-pk"]


class What(models.TextChoices):
    PAGE = "page", pgettext_lazy("opening", "looked at the figures")
    FILE = "file", pgettext_lazy("opening", "fetched the archive")


class Opening(models.Model):
    """An observer's link was opened."""

    link = models.ForeignKey(ObserverLink, on_delete=models.CASCADE, related_name="openings")
    what = models.CharField(max_length=4, choices=What.choices)
    at = models.DateTimeField()

    PERSONAL = {"what": KEEP}

    class Meta:
        ordering = ["-pk"]
