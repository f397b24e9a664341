"""The pack of a visit to the company: what one must know before, on the way and back."""

from django.db import models

from varpa.kernel.personal import ERASE
from varpa.meetings.models import Meeting


class Visit(models.Model):
    """What the mentor says of a visit; the meeting has time, place, host and the firm's word on pictures.

    `directions` to the place, `bring` what to take along, `safety` of the place, `way` there and back,
    `accompanied` who goes along, `back_at` when one is home again, `tour` the programme; `saved_at` when it
    was last written.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="visit")
    directions = models.TextField(blank=True)
    way = models.TextField(blank=True)
    accompanied = models.TextField(blank=True)
    bring = models.TextField(blank=True)
    safety = models.TextField(blank=True)
    tour = models.TextField(blank=True)
    back_at = models.DateTimeField(null=True)
    saved_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)

    TEXTS = ("directions", "way", "accompanied", "bring", "safety", "tour")
    PERSONAL = {
        "directions": ERASE,
        "way": ERASE,
        "accompanied": ERASE,
        "bring": ERASE,
        "safety": ERASE,
        "tour": ERASE,
    }
