"""What stands side by side from several rooms."""

from django.urls import reverse

_FOR_ALL = [("front:directory", "Find")]
_FOR_SOMEBODY = [("front:today", "Today"), ("front:directory", "Find"), ("people:me", "My page")]


def nav(person, path):
    """The few ways that every page offers: list of dicts (url, words, here)."""
    ways = [(reverse(name), words) for name, words in (_FOR_SOMEBODY if person else _FOR_ALL)]
    return [{"url": url, "words": words, "here": url == path} for url, words in ways]
