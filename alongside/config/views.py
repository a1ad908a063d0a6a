"""What a person sees when something went wrong: plain words, and nothing lost."""

from django.shortcuts import render


def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


def not_allowed(request, exception=None):
    return render(request, "403.html", status=403)


def not_found(request, exception=None):
    """The same page for what does not exist and for what this person may not know of."""
    return render(request, "404.html", status=404)


def our_fault(request):
    return render(request, "500.html", status=500)


def csrf_failure(request, reason=""):
    return render(request, "403_csrf.html", status=403)
