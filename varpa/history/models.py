"""Who did what to which thing, when, on whose behalf, how (R11). Keys and codes, never values."""

from django.db import models

from varpa.kernel.personal import KEEP


class Channel(models.TextChoices):
    WEB = "web"
    MAIL = "mail"
    PAPER = "paper"
    IMPORT = "import"
    COMMAND = "command"
    SYSTEM = "system"


class Line(models.Model):
    """One change. `actor` and `behalf` are keys of people: history stands below them, without relations."""

    at = models.DateTimeField()
    actor = models.BigIntegerField(null=True)
    behalf = models.BigIntegerField(null=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    verb = models.CharField(max_length=60)
    thing_kind = models.CharField(max_length=40)
    thing_ref = models.CharField(max_length=40)
    programme_ref = models.CharField(max_length=40, blank=True)
    details = models.JSONField(default=dict)

    PERSONAL = {
        "channel": KEEP,
        "verb": KEEP,
        "thing_kind": KEEP,
        "thing_ref": KEEP,
        "programme_ref": KEEP,
        "details": KEEP,
    }

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["thing_kind", "thing_ref"], name="history_thing"),
            models.Index(fields=["programme_ref", "id"], name="history_programme"),
            models.Index(fields=["actor"], name="history_actor"),
        ]
