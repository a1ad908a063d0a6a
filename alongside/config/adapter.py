"""The seam to the sign-in library: which login is whose, what its mail may say, and where people go on to."""

import base64
import hashlib
import io
import logging

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from alongside.people import queries as people

log = logging.getLogger(__name__)

SECOND_STAGES = ["allauth.mfa.stages.AuthenticateStage"]
AGAIN_WORDS = {
    "reauthenticate": "Type your password",
    "mfa_reauthenticate": "Type a code from your app, or a spare code",
    "mfa_reauthenticate:webauthn": "Use a passkey",
}


class Backend(AuthenticationBackend):
    def get_user(self, user_id):
        """The login with its person in one query; None when it was closed."""
        login = people.login(user_id)
        return login if login and self.user_can_authenticate(login) else None


class Adapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "This address and password do not belong together. Look at both, or ask for a code.",
        "too_many_login_attempts": "There were too many tries. Wait five minutes, then try again.",
        "rate_limited": "There were too many tries. Wait five minutes, then try again.",
        "incorrect_password": "This is not your password. Try again.",
        "enter_current_password": "This is not your password. Try again.",
        "incorrect_code": "This code does not fit. Look at it again, or wait for the next one.",
    }

    def get_login_stages(self):
        """Who typed a code by mail or a password and has a second factor, shows it. Nothing else stands between."""
        return SECOND_STAGES

    def login(self, request, user):
        """Sign in. A guest or a visit that this browser held before does not come along."""
        super().login(request, user)
        request.session.pop(people.VISIT_KEY, None)
        if user.person_id:
            request.session.pop(people.GUEST_KEY, None)

    def post_login(self, request, user, *, redirect_url, **kwargs):
        """Go on to where they wanted to be; a newcomer first says what we may call them."""
        response = super().post_login(request, user, redirect_url=redirect_url, **kwargs)
        if user.person_id:
            return response
        return redirect(f"{reverse('people:welcome')}?{urlencode({'next': redirect_url or '/'})}")

    def get_reauthentication_methods(self, user):
        """The ways to show once more who you are, in our words."""
        return [
            way | {"description": AGAIN_WORDS.get(way["id"], way["description"])}
            for way in super().get_reauthentication_methods(user)
        ]

    def get_password_change_redirect_url(self, request):
        return reverse("mfa_index")

    def format_email_subject(self, subject):
        """Only our own neutral words: whoever holds the phone sees the subject."""
        return subject

    def send_mail(self, template_prefix, email, context):
        """Send, and go on when mail is off: no page depends on it."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:
            log.warning("A mail about signing in could not be sent.")


class SecondFactors(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This code does not fit. Look at it again, or wait for the next one.",
        "unverified_email": "Sign in once with a code by mail first.",
        "cannot_generate_recovery_codes": "Spare codes come with an app or a passkey. Add one of them first.",
    }

    def build_totp_svg(self, url):
        """The picture that an app scans, drawn like our other pictures."""
        out = io.BytesIO()
        segno.make(url, error="m").save(out, kind="svg", xmldecl=False, scale=5, border=4, light="#fff")
        return out.getvalue().decode()

    def encrypt(self, text):
        """The secret behind an app code is no use to somebody who has the database but not the secret key."""
        return _locks().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _locks().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user, type):
        return "My passkey"

    def get_public_key_credential_rp_entity(self):
        return super().get_public_key_credential_rp_entity() | {"name": "Alongside"}


def _locks():
    """Locks made from the secret key in use, and from those before it."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(f"alongside.second-factor:{secret}".encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def keep_address(login):
    """Let the sign-in library know the one address of a login, whose code was typed."""
    EmailAddress.objects.filter(user=login).exclude(email=login.email).delete()
    EmailAddress.objects.update_or_create(user=login, email=login.email, defaults={"verified": True, "primary": True})


def erase_words(*, person, at):
    """What the sign-in library keeps of a person: addresses, passkeys, app codes. Called when somebody is erased."""
    login = people.login_of(person)
    EmailAddress.objects.filter(user=login).delete()
    Authenticator.objects.filter(user=login).delete()


def about_me(person):
    """What the sign-in library keeps about a person, in words; never a secret."""
    login = people.login_of(person)
    return {
        "Ways in": [
            {"What": str(way), "Added": way.created_at, "Last used": way.last_used_at}
            for way in Authenticator.objects.filter(user=login).order_by("pk")
        ]
    }
