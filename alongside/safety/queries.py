"""What helps when things are hard: reviewed content, and only while it is in date."""

from alongside.calculations import content

COUNTRIES = (
    ("GB", "United Kingdom"),
    ("IE", "Ireland"),
    ("CA", "Canada"),
    ("AU", "Australia"),
    ("NZ", "Aotearoa New Zealand"),
)


def help_lines(country, on):
    """(lines in date, lines too old to show) for a country on a day. A number that nobody checked may do harm."""
    return content.signposts(country, on=on), content.signposts_expired(country, on=on)


def known_country(asked):
    """The country asked for when we have it; else the first."""
    return asked if asked in dict(COUNTRIES) else COUNTRIES[0][0]
