"""Coming in by the account door, and going out. An address, then the six digits that were sent to it, on one screen.

Nobody is looked up before the right digits are typed: who is here and who is not gets the same answer, status,
mail and time. No link signs anybody in; the digits fit only in the browser that asked. See docs/people.md.
"""

import logging

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, perform_password_login, record_authentication
from allauth.account.models import Login
from allauth.core.internal import ratelimit
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from alongside.config import adapter, door_forms
from alongside.people import operations as people
from alongside.people import queries
from alongside.people.states import Typed
from alongside.refusals import Refused

log = logging.getLogger(__name__)

KNOWN_COOKIE, KNOWN_FOR = "known", 180 * 24 * 3600
EVERYBODY = "everybody"
OVER = "These digits were good for ten minutes and are over now. Ask for new ones."
TOO_OFTEN = "There were five tries, so these digits are over. Ask for new ones."
WRONG = "These are not the digits that we sent. Look at the newest mail and try again."


# --- budgets: how often something may be tried ---


def spend(request, action, key=EVERYBODY):
    """Count one try against the budget `action`; what was spent (it can be given back), or None when none is left."""
    return ratelimit.consume(request, app="allauth.account", action=action, key=key)


def give_back(spent):
    """A try that was right counts against nobody."""
    for usage in spent:
        usage.rollback()


def too_often(request):
    """The page for somebody who has to wait; the same for every reason."""
    return render(request, "429.html", status=429)


def mark_of(address):
    """A name for an address that does not tell the address: for counters and for the cookie of a known device."""
    return salted_hmac("alongside.doors.address", address.strip().lower(), algorithm="sha256").hexdigest()


def is_known_device(request, address):
    """Whether this browser came in by this address lately: then the budgets that strangers can use up do not count."""
    return request.get_signed_cookie(KNOWN_COOKIE, default="", salt="door", max_age=KNOWN_FOR) == mark_of(address)


def remember_device(response, address):
    """Know this browser next time. Signing out makes it forget."""
    response.set_signed_cookie(
        KNOWN_COOKIE, mark_of(address), salt="door", max_age=KNOWN_FOR, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


# --- an address, then six digits ---


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request):
    """The account door, for newcomers and for people who were here before."""
    if request.user.is_authenticated:
        return redirect(_way_on(request, request.POST.get("next") or request.GET.get("next")))
    return _two_steps(request, "sign_in", door_forms.AddressForm, "account/login.html", _come_in)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change_address(request):
    """Choose another address to sign in with; its digits are typed before anything changes."""
    return _two_steps(request, "address", door_forms.NewAddressForm, "account/address.html", _take_address)


def _two_steps(request, key, form_class, template, finish):
    """One screen: ask for the address, then for the digits. key: where the session keeps what was asked."""
    asked = request.session.get(key)
    if request.method != "POST":
        initial = {"next": request.GET.get("next", "")}
        return _screen(request, template, door_forms.CodeForm() if asked else form_class(initial=initial), asked)
    if asked and "code" in request.POST:
        return _typed(request, key, template, finish)
    if asked and "again" in request.POST:
        del request.session[key]
        return redirect(request.path)
    form = form_class(request.POST)
    return _ask(request, key, form) if form.is_valid() else _screen(request, template, form)


def _screen(request, template, form, asked=None):
    context = {"form": form, "address": asked["address"] if asked else "", "mail_is_off": _mail_is_off()}
    return render(request, template, context)


def _mail_is_off():
    return settings.MAILERS["default"]["BACKEND"].endswith("dummy.EmailBackend")


def _ask(request, key, form):
    """Send six digits. Whether the address is known here is not looked at, so it cannot show."""
    address = form.cleaned_data["address"]
    known = is_known_device(request, address)
    if not spend(request, "ask_code", mark_of(address)) or not (known or spend(request, "ask_code_site")):
        return too_often(request)
    asked, code = people.ask_code(address=address, at=timezone.now())
    request.session[key] = asked | {"next": form.cleaned_data["next"]}
    _send(address, code)
    return redirect(request.path)


def _send(address, code):
    """The mail with the digits. The first lines say nothing: a locked phone may show them."""
    words = render_to_string("account/email/code.txt", {"code": f"{code[:3]} {code[3:]}"})
    try:
        EmailMessage("Your code", words, to=[address]).send()
    except OSError:
        log.warning("A mail with a sign-in code could not be sent.")


def _typed(request, key, template, finish):
    """Digits were typed. Each try is counted before it is looked at, so that many at once gain nothing."""
    asked, form = request.session[key], door_forms.CodeForm(request.POST)
    if not form.is_valid():
        return _screen(request, template, form, asked)
    spent, stop = _spend_try(request, asked)
    if stop:
        del request.session[key]
        return _start_again(request, TOO_OFTEN) if stop == "one" else too_often(request)
    said = people.read_code(asked=asked, typed=form.cleaned_data["code"], at=timezone.now())
    if said == Typed.WRONG:
        form.add_error("code", WRONG)
        return _screen(request, template, form, asked)
    del request.session[key]
    if said == Typed.OVER:
        return _start_again(request, OVER)
    give_back(spent)
    return finish(request, asked)


def _spend_try(request, asked):
    """([spent], None), or ([], "one") after five tries of these digits, or ([], "many") when too many were tried."""
    if not (one := spend(request, "try_one_code", asked["name"])):
        return [], "one"
    spent = [one, spend(request, "try_code", mark_of(asked["address"]))]
    if not is_known_device(request, asked["address"]):
        spent.append(spend(request, "wrong_code_site"))
    return (spent, None) if all(spent) else ([], "many")


def _start_again(request, words):
    messages.error(request, words)
    return redirect(request.path)


def _come_in(request, asked):
    """The digits were right: open the login, known or new, and go on; a second factor is asked for where there is one."""
    login = people.open_login(address=asked["address"])
    adapter.keep_address(login)
    record_authentication(request, login, method="code", email=login.email)
    response = perform_login(request, Login(user=login, email=login.email, redirect_url=_safe(request, asked["next"])))
    return remember_device(response, login.email)


def _take_address(request, asked):
    """The digits sent to the new address were right: the login opens with it from now on."""
    try:
        login = people.change_address(
            login_id=request.user.pk, address=asked["address"], by=request.person, at=timezone.now()
        )
    except Refused as stop:
        messages.error(request, stop.said)
        return redirect("account_email")
    adapter.keep_address(login)
    messages.success(request, f"From now on you sign in with {login.email}.")
    return redirect("mfa_index")


def _safe(request, url):
    """`url` when it is a page of ours, else nothing."""
    return url if url and url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()}) else None


def _way_on(request, url):
    """Where somebody goes who is signed in already; a newcomer first says what we may call them."""
    if request.user.person_id is None:
        return reverse("people:welcome")
    return _safe(request, url) or settings.LOGIN_REDIRECT_URL


# --- a password, for those who want one ---


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request):
    """Sign in with a password. Who lost it asks for a code; there is no other way to a new one."""
    if request.user.is_authenticated:
        return redirect(_way_on(request, request.POST.get("next")))
    form = door_forms.PasswordForm(request.POST or None, initial={"next": request.GET.get("next", "")})
    if form.is_valid() and (response := _with_password(request, form)):
        return response
    return render(request, "account/password.html", {"form": form})


def _with_password(request, form):
    """The answer to a right password; None, and an error on the form, for a wrong one."""
    credentials = {"email": form.cleaned_data["address"], "password": form.cleaned_data["password"]}
    ours = get_adapter(request)
    try:
        login = ours.authenticate(request, **credentials)
    except ValidationError as stop:
        form.add_error(None, stop.messages[0])
        return None
    if login is None:
        form.add_error(None, ours.error_messages["email_password_mismatch"])
        return None
    url = _safe(request, form.cleaned_data["next"])
    return perform_password_login(request, credentials, Login(user=login, email=login.email, redirect_url=url))


# --- a second thing ---


class AddApp(ActivateTOTPView):
    """Add an app that shows codes. Its code was typed just now, so it counts as shown."""

    def form_valid(self, form):
        response = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="totp", reauthenticated=True)
        return response


class AddPasskey(AddWebAuthnView):
    """Add a passkey. The device answered just now, so it counts as shown."""

    def form_valid(self, form):
        response = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="webauthn", reauthenticated=True)
        return response


# --- going out ---


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request):
    """End this session, and a visit that is open in it; ask the browser to forget all that it kept of us."""
    if request.method != "POST":
        return render(request, "account/logout.html", {"is_guest": not request.user.is_authenticated})
    if visit := queries.visit_in(request.session, getattr(request.user, "person", None)):
        people.end_visit(visit_id=visit.pk, by=visit.helper, at=timezone.now())
    logout(request)
    response = redirect(settings.ACCOUNT_LOGOUT_REDIRECT_URL)
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@login_required
@require_POST
def everywhere(request):
    """End every session of this login but this one."""
    if request.user.person_id is None:
        return redirect("people:welcome")
    login = people.sign_out_everywhere(login_id=request.user.pk, by=request.user.person, at=timezone.now())
    update_session_auth_hash(request, login)
    messages.success(request, "You are signed out everywhere but here.")
    return redirect("mfa_index")
