"""Where something is done in every room at once: lists of functions, read top to bottom.

A room that keeps anything about a person adds its line here; `people/tests/test_wiring.py` fails for one that
forgot. docs/people.md says what the functions take and give.
"""

from alongside.config import adapter
from alongside.people import queries as people

# `about_me(person) -> {title: [{heading: value}]}`: everything that is kept about a person, for their own download.
ABOUT_ME = [
    people.about_me,
    adapter.about_me,
]

# `erase_words(*, person, at)`: blanks what a room keeps until the person asks. All run in one transaction, before
# people's own words go.
ERASING = [
    adapter.erase_words,
]
