"""The parts of suitability and their weights, as plain values: pages show them without any solver."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

FULL = 1000
"""The most that a part can be."""
MOST_WEIGHT = 100


class PartKey(StrEnum):
    INTERESTS = "interests"
    TOPIC = "topic"
    LANGUAGE = "language"
    DISTANCE = "distance"
    AVAILABILITY = "availability"
    MEANS = "means"
    WISHES = "wishes"


PART_NAMES = {
    PartKey.INTERESTS: _("The mentee's interests and the mentor's fields"),
    PartKey.TOPIC: _("The mentee's topic and the mentor's experience"),
    PartKey.LANGUAGE: pgettext_lazy("matching", "A shared language"),
    PartKey.DISTANCE: _("How near they are to each other"),
    PartKey.AVAILABILITY: _("Shared times of the week"),
    PartKey.MEANS: _("Shared means of communication"),
    PartKey.WISHES: _("Whom each side has wished for"),
}

WEIGHTS: Mapping[PartKey, int] = {
    PartKey.INTERESTS: 40,
    PartKey.TOPIC: 15,
    PartKey.LANGUAGE: 15,
    PartKey.DISTANCE: 10,
    PartKey.AVAILABILITY: 15,
    PartKey.MEANS: 5,
    PartKey.WISHES: 10,
}
