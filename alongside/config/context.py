"""What every page shows around its own content."""

from django.conf import settings
from django.urls import reverse

from alongside.front import queries as front


def page(request):
    """nav and footer: lists of dicts (url, words); helping_banner: dict (words, stop_url, stop_words) or None."""
    person = getattr(request, "person", None)
    return {
        "nav": front.nav(person, request.path),
        "footer": front.footer(person),
        "helping_banner": _helping(person) if person and person.helped_by else None,
        "help_url": reverse("safety:help"),
        "acting": person,
        "is_demo": settings.DEMO,
    }


def _helping(person):
    return {
        "words": f"You are helping {person.shown_name}. What you do here is done in their name, with them present.",
        "stop_url": reverse("people:visit_end"),
        "stop_words": "End and print the receipt",
    }
