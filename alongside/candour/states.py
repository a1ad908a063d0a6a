"""Limits, and the two places of the sheets that other pages point to."""

MONEY = "who-decides-money"
DISSENT_SHEET, DISSENT_ROW = "strings", "outside-line"  # whom to tell, outside the line of management
MOST_WORDS = 2_000
OWN_WORDS = "Our own words"
EMPTY = "Not said yet"
