"""How much is kept of whom somebody keeps their part from."""

MOST_NAME = 120
MOST_KEPT = 20
