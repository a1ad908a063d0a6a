"""Who may act at all."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect

from alongside.people.states import PersonState
from alongside.refusals import Refusal


def why_not_act(person):
    """The Refusal that stops a person who is away from taking part; None for somebody who is here."""
    if person is None:
        return Refusal("nobody", "Tell us who you are first.", "Sign in, or use your claim code.")
    if person.state == PersonState.ACTIVE:
        return None
    return Refusal("away", "You are taking a break.", "Press “I am back” on your own page, then try again.")


def used_second_factor(request):
    """Whether this session was opened with a second factor (an app's code, a spare code or a passkey)."""
    used = {entry.get("method") for entry in request.session.get("account_authentication_methods", [])}
    return request.user.is_authenticated and "mfa" in used


def person_needed(view):
    """A view that only somebody can use: others go to the door first and come back."""

    @wraps(view)
    def asked(request, *args, **kwargs):
        if request.person is None:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return asked


def second_factor_needed(view):
    """A view for money and operator duties: a login with a second factor, used in this session."""

    @wraps(view)
    def asked(request, *args, **kwargs):
        if request.person is None:
            return redirect_to_login(request.get_full_path())
        if not used_second_factor(request):
            return redirect("people:second")
        return view(request, *args, **kwargs)

    return asked
