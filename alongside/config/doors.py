"""The addresses of signing in and out. The steps are ours or allauth's; words and pages are ours (templates/account)."""

from allauth.account import views as account
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkey
from django.urls import path
from django.views.generic import RedirectView

from alongside.config import signing_in

urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="account_login"),
    path("sign-in/password/", signing_in.password, name="account_password"),
    path("join/", RedirectView.as_view(pattern_name="account_login", query_string=True), name="account_signup"),
    path("sign-out/", signing_in.sign_out, name="account_logout"),
    path("sign-out/everywhere/", signing_in.everywhere, name="account_everywhere"),
    path("closed/", account.account_inactive, name="account_inactive"),
    path("address/", signing_in.change_address, name="account_email"),
    path("again/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_set, name="account_set_password"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("ways-in/", second.index, name="mfa_index"),
    path("second/check/", second.authenticate, name="mfa_authenticate"),
    path("second/again/", second.reauthenticate, name="mfa_reauthenticate"),
    path("second/app/", signing_in.AddApp.as_view(), name="mfa_activate_totp"),
    path("second/app/off/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("second/spare/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("second/spare/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("second/spare/file/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("passkeys/", passkey.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/add/", signing_in.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/remove/", passkey.remove_webauthn, name="mfa_remove_webauthn"),
    path("passkeys/<int:pk>/edit/", passkey.edit_webauthn, name="mfa_edit_webauthn"),
    path("passkeys/sign-in/", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("passkeys/again/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
]
