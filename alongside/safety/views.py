"""Pages of safety: where to turn, what we promise and cannot, and the way out."""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alongside.safety import queries


@require_safe
def help_now(request):
    """Signposts of one country; the same place on every page leads here."""
    country = queries.known_country(request.GET.get("country"))
    lines, expired = queries.help_lines(country, timezone.localdate())
    context = {
        "title": "Help",
        "countries": [(code, words, code == country) for code, words in queries.COUNTRIES],
        "lines": lines,
        "expired": len(expired),
        "exit_to": settings.QUICK_EXIT_TO,
    }
    return render(request, "safety/help.html", context)


@require_safe
def promises(request):
    """What we promise, what nobody can promise, and what somebody would see who got in where they should not."""
    return render(request, "safety/promises.html", {"title": "What we promise, and what we cannot"})


@require_safe
def leave(request):
    """The quick exit without JavaScript: straight to a neutral page, and this site's copies are dropped."""
    response = HttpResponseRedirect(settings.QUICK_EXIT_TO)
    response.headers["Clear-Site-Data"] = '"cache"'
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
