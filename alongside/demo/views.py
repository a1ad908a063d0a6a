"""Pages that exist in the demo only: who is who, and the mail that would have been sent. Elsewhere they are not found."""

from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from alongside.demo import operations, queries
from alongside.refusals import Refused


class SameFormElsewhere(HttpResponseRedirect):
    """A redirect that sends the same form on: the sign-in page reads the address from it."""

    status_code = 307


def demo_only(view):
    """A view that is not there when people are real."""

    @wraps(view)
    def asked(request, *args, **kwargs):
        if not settings.DEMO:
            raise Http404("This page is part of the demo.")
        return view(request, *args, **kwargs)

    return never_cache(asked)


@demo_only
@require_safe
def people(request):
    """Who is in the demo, and a way to look through their eyes."""
    return render(request, "demo/people.html", {"rows": queries.people()})


@demo_only
@require_POST
def come_in(request):
    """Ask for a fresh code for one person, and go to the sign-in page with it. Who is signed in is signed out."""
    try:
        code = operations.fresh_code(address=request.POST.get("address", ""))
    except Refused as stop:
        messages.error(request, stop.said)
        return redirect("demo:people")
    logout(request)
    messages.info(request, f"Type {code[:3]} {code[3:]} below. It opens this sign-in once, within ten minutes.")
    return SameFormElsewhere(reverse("account_login"))


@demo_only
@require_POST
def claim_code(request):
    """Make another claim code for somebody without a sign-in."""
    key = queries.without_sign_in().get(request.POST.get("name"), "")
    try:
        operations.fresh_claim_code(key=key, at=timezone.now())
    except Refused as stop:
        messages.error(request, stop.said)
    return redirect("demo:people")


@demo_only
@require_safe
def post(request):
    """The mail that would have been sent, newest first."""
    return render(request, "demo/post.html", {"letters": queries.letters()})


@demo_only
@require_safe
def letter(request, name):
    """One mail in full."""
    found = queries.letter(name)
    if found is None:
        raise Http404("There is no such letter.")
    return render(request, "demo/letter.html", {"letter": found})
