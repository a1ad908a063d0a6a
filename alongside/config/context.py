"""What every page shows around its own content."""

from django.conf import settings

from alongside.front import queries as front


def page(request):
    """nav: list of dicts (url, words, here); helping_banner: the person being helped, or None; help_url."""
    person = getattr(request, "person", None)
    return {
        "nav": front.nav(person, request.path),
        "helping": person if person and person.helped_by else None,
        "acting": person,
        "is_demo": settings.DEMO,
    }
