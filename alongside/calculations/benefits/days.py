"""Days in full."""

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def long_day(day):
    """12 November 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
