"""Who may act, and on whose record. A rule answers with its reason."""

import time
from functools import wraps

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.utils.http import urlencode

from alongside.people.states import NEXT, VISIT_CHANNELS, PersonState
from alongside.refusals import Refusal

# Where the sign-in library writes down in a session by which ways somebody showed who they are.
WAYS_KEY = "account_authentication_methods"

AWAY = {
    PersonState.PAUSED: "You are taking a break.",
    PersonState.STOPPED: "You have stopped for now.",
    PersonState.ERASED: "This record was erased.",
}
COME_BACK = "Press “I am back” on your own page, then try again."
NOT_YOURS = Refusal("not-yours", "This belongs to somebody else.", "Open your own page.")
ALREADY = Refusal("state", "This was done already.", "Look at your own page.")


def why_not_act(person):
    """The Refusal that stops a person who is away from taking part; None for somebody who is here."""
    if person is None:
        return Refusal("nobody", "Tell us who you are first.", "Sign in, or use your claim code.")
    if person.state == PersonState.ACTIVE:
        return None
    return Refusal("away", AWAY[person.state], COME_BACK)


def why_not_change(person, *, by):
    """The Refusal that stops `by` changing the record of `person`: everybody changes only their own, away or not."""
    if by is None or by.pk != person.pk:
        return NOT_YOURS
    if person.state == PersonState.ERASED:
        return Refusal("erased", AWAY[PersonState.ERASED], "You can begin again with a new record at any time.")
    return None


def why_not_alone(person, *, by):
    """The Refusal for what a person does only by themselves, with nobody acting for them."""
    if refusal := why_not_change(person, by=by):
        return refusal
    if by.helped_by:
        return Refusal(
            "helped",
            f"{by.helped_by.shown_name} is helping you. This is only for you alone.",
            "Do it in your own browser: a claim code opens your record there.",
        )
    return None


def why_not_move(person, *, by, to):
    """The Refusal that stops a person taking a break, stopping or coming back."""
    if refusal := why_not_change(person, by=by):
        return refusal
    if to not in NEXT[person.state]:
        return Refusal("state", f"You cannot do that now: {person.get_state_display().lower()}.", "Look at your page.")
    return None


def why_not_join(login, *, person=None, owner=None):
    """The Refusal that stops a sign-in being joined to a record.

    person: the record; None for a new one. owner: the Login that the record has already, or None.
    """
    if login.person_id:
        return Refusal(
            "has-record",
            f"Your sign-in already opens the record of {login.person.shown_name}.",
            "To use the other record in this browser, sign out first. "
            "To have two records made into one, ask whoever leads co-production.",
        )
    if owner:
        return Refusal(
            "has-sign-in", "This record has a sign-in of its own already.", "Sign in with the address it was joined to."
        )
    return None


def why_not_claim(code, *, at):
    """The Refusal for a claim code; one answer for codes that never were, were used, or are too old."""
    if code is None or code.used_at or code.expires_at <= at or code.person.state == PersonState.ERASED:
        return Refusal(
            "no-such-code",
            "This code does not open anything. It may be mistyped, used already, or more than 90 days old.",
            "Look at it letter by letter, or ask the person who gave it to you for a new one.",
        )
    return None


def why_not_give_claim_code(person, *, by, owner):
    """The Refusal that stops a claim code being made. owner: the Login that opens the record already, or None."""
    if owner:
        return Refusal("has-sign-in", "This record opens with its own sign-in. It needs no code.", "Sign in instead.")
    return None if by is None else why_not_change(person, by=by)


def why_not_help(helper, *, person=None, has_login, busy):
    """The Refusal that stops `helper` acting with `person` (None: somebody not yet written down).

    has_login: whether the helper came through the account door. busy: whether they are helping somebody already.
    """
    if refusal := why_not_act(helper):
        return refusal
    if helper.helped_by or busy:
        return Refusal("busy", "You are helping somebody already.", "End that visit first, then begin the next.")
    if not has_login:
        return Refusal("no-login", "Only somebody with a sign-in of their own can help others.", "Sign in first.")
    if person and person.pk == helper.pk:
        return Refusal("yourself", "You cannot be your own helper.", "You can do everything here yourself.")
    if person and person.state == PersonState.ERASED:
        return Refusal("erased", AWAY[PersonState.ERASED], "They can begin again with a new record.")
    return None


def why_not_visit(*, present, channel):
    """The Refusal for a visit of which nobody says how the person is there."""
    if not present.strip():
        return Refusal("no-presence", "Write how you know that the person is there and agrees.", "One line is enough.")
    if channel not in VISIT_CHANNELS:
        return Refusal("channel", "Choose how you are together.", "In person, by phone or with a paper form.")
    return None


def why_not_end(visit, *, by):
    """The Refusal that stops a visit being ended: by its helper or by the person, once."""
    if by is None or by.pk not in {visit.person_id, visit.helper_id}:
        return NOT_YOURS
    return ALREADY if visit.ended_at else None


def why_not_mark_told(telling, *, by):
    """The Refusal that stops somebody saying that they told a person. Whose list it is, rules the room that shows it."""
    if refusal := why_not_act(by):
        return refusal
    if telling.told_at:
        return Refusal("told", "This person was told already.", "Nothing is left to do here.")
    if by.pk == telling.person_id:
        return Refusal("yourself", "Somebody else tells you this.", "You can read it on your own page at any time.")
    return None


def used_second_factor(request):
    """Whether this session showed a second thing: an app code, a passkey or a spare code."""
    if not request.user.is_authenticated:
        return False
    return any(way.get("method") == "mfa" for way in request.session.get(WAYS_KEY, []))


def person_needed(view):
    """A view that only somebody can use: others go to the door first and come back."""

    @wraps(view)
    def asked(request, *args, **kwargs):
        if request.person is None:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return asked


def second_factor_needed(view):
    """A view for money and operator duties: one's own login with a second factor, used in this session."""

    @wraps(view)
    def asked(request, *args, **kwargs):
        if request.person is None:
            return redirect_to_login(request.get_full_path())
        if request.person.helped_by or not used_second_factor(request):
            back = request.get_full_path() if request.method == "GET" else ""
            return redirect_to_second(back)
        return view(request, *args, **kwargs)

    return asked


def redirect_to_second(back):
    """To the page that says why a second factor is asked for, and back again afterwards."""
    response = redirect("people:second")
    if back:
        response["Location"] += f"?{urlencode({'next': back})}"
    return response


def show_second_factor_in_demo(request):
    """In the demo only: go on as if a code had been typed, so that visitors can see the pages for money."""
    if settings.DEMO:
        request.session[WAYS_KEY] = [*request.session.get(WAYS_KEY, []), {"method": "mfa", "at": time.time()}]


def may_try_code(request):
    """Whether this address on the network, and everybody together, may try another claim code now."""
    return ratelimit.consume(request, action="wrong_claim_site", key="everybody", dry_run=True) and ratelimit.consume(
        request, action="claim"
    )


def count_wrong_code(request, refusal):
    """Count a claim code that opened nothing against what everybody together may try."""
    if refusal.code == "no-such-code":
        ratelimit.consume(request, action="wrong_claim_site", key="everybody")


def may_welcome_guest(request):
    """Whether another guest may be written down from this address on the network now."""
    return ratelimit.consume(request, action="guest")
