"""Limits, and the places in the sheets that have a page of their own."""

MONEY = "who-decides-money"
DISSENT_SHEET, DISSENT_ROWS = "strings", ("outside-line", "then")  # whom to tell, and what happens then
MOST_WORDS = 2_000
OWN_WORDS = "Our own words"
EMPTY = "Not said yet"
