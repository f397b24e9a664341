"""The pack of a visit to the company: what one must know before, on the way and back."""

from datetime import datetime

from django.db import models

from varpa.kernel.personal import ERASE
from varpa.meetings.models import Meeting


class Visit(models.Model):
    """What the mentor says of a visit; the meeting has time, place, host and the firm's word on pictures.

    `directions` to the place, `bring` what to take along, `safety` of the place, `way` there and back,
    `accompanied` who goes along, `back_at` when one is home again, said while the visit began at `said_for`,
    `tour` the programme; `saved_at` when it was last written.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="visit")
    directions = models.TextField(blank=True)
    way = models.TextField(blank=True)
    accompanied = models.TextField(blank=True)
    bring = models.TextField(blank=True)
    safety = models.TextField(blank=True)
    tour = models.TextField(blank=True)
    back_at = models.DateTimeField(null=True)
    said_for = models.DateTimeField(null=True)
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

    @property
    def home_at(self) -> datetime | None:
        """When one is home again: as long after the beginning as was said, whenever that is now."""
        if self.back_at is None or self.said_for is None:
            return self.back_at
        return self.back_at + (self.meeting.starts_at - self.said_for)
