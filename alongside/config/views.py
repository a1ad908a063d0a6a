"""What a person sees when something went wrong: plain words, and nothing lost."""

from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


def not_allowed(request, exception=None):
    return render(request, "403.html", status=403)


def not_found(request, exception=None):
    """The same page for what does not exist and for what this person may not know of."""
    return render(request, "404.html", status=404)


def our_fault(request):
    """Drawn without the request: what every page shows around itself may be what broke."""
    return HttpResponseServerError(render_to_string("500.html"))


def csrf_failure(request, reason=""):
    return render(request, "403_csrf.html", status=403)
