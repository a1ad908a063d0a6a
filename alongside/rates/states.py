"""What one amount of a rate card pays for, with the words that people read."""

from django.db import models


class Unit(models.TextChoices):
    """How time is counted. Each started stretch counts whole."""

    HOUR = "HOUR", "started hour"
    THREE = "THREE", "three hours"
    HALF_DAY = "HALF_DAY", "half day"
    DAY = "DAY", "day"
    FIXED = "FIXED", "fixed sum"


MINUTES_OF = {Unit.HOUR: 60, Unit.THREE: 180, Unit.HALF_DAY: 240, Unit.DAY: 480}
MANY = {Unit.HOUR: "started hours", Unit.THREE: "times three hours", Unit.HALF_DAY: "half days", Unit.DAY: "days"}
CONTENT_UNITS = {
    "hour": Unit.HOUR, "3 hours": Unit.THREE, "half day": Unit.HALF_DAY, "day": Unit.DAY, "task": Unit.FIXED,
}  # fmt: skip
MOST_PENCE = 500_000  # 5,000 for one stretch; more is a slip
MOST_LEAST_MINUTES = 480
